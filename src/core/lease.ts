/**
 * Which of several windows on the same document sends and goes on with jobs: write, wait, read. The storage knows no
 * "only if nobody else has"; but when a read and the write after it take less than `SETTLE`, of two windows that wrote
 * at once only the one that reads itself back goes on.
 */
export interface Lease {
  readonly v: 1;
  /** A name minted for each opening of the panel. */
  readonly holder: string;
  /** Its host's window on the document, in which one panel at most is open; null where that is not known. */
  readonly window: string | null;
  /** Unix milliseconds of the last heartbeat. Windows on one machine share its clock. */
  readonly at: number;
}

/** Milliseconds between writing and reading back: longer than a read and a write. */
export const SETTLE = 500;
/** Milliseconds between heartbeats. */
export const HEARTBEAT = 5_000;
/** Milliseconds without a heartbeat after which a holder is taken to be gone. */
export const EXPIRY = 15_000;

/**
 * From the storage. Null for none, for a damaged one and for another version's: each counts as a lease that nobody
 * holds.
 */
export function parseLease(input: unknown): Lease | null {
  if (typeof input !== 'object' || input === null) return null;
  const { v, holder, at, window } = input as Record<string, unknown>;
  if (v !== 1 || typeof holder !== 'string' || typeof at !== 'number' || !Number.isFinite(at)) return null;
  return { v, holder, window: typeof window === 'string' ? window : null, at };
}

/**
 * True when nobody else holds it: not one who was in this window before, for he is gone, either. A heartbeat from the
 * future (a clock set back) counts as an old one.
 */
export function isFree(lease: Lease | null, me: Pick<Lease, 'holder' | 'window'>, now: number): boolean {
  if (lease === null || lease.holder === me.holder) return true;
  if (lease.window !== null && lease.window === me.window) return true;
  return Math.abs(now - lease.at) >= EXPIRY;
}
