/** The files of results that wait to be reviewed or applied. Beyond the budget they are fetched anew, for nothing. */
import type { JobId } from '../../../core/ids';

/** Bytes. */
const MOST_KEPT = 150_000_000;

export interface KeptBytes {
  /** Keeps them when there is room. */
  put(id: JobId, bytes: Uint8Array): void;
  get(id: JobId): Uint8Array | null;
  drop(id: JobId): void;
  clear(): void;
}

/** `budget`: bytes in all. What does not fit is not kept, and nothing goes for it. */
export function keepBytes(budget = MOST_KEPT): KeptBytes {
  const kept = new Map<JobId, Uint8Array>();
  let sum = 0;
  const drop = (id: JobId): void => {
    sum -= kept.get(id)?.length ?? 0;
    kept.delete(id);
  };
  return {
    put(id, bytes) {
      drop(id);
      if (sum + bytes.length > budget) return;
      kept.set(id, bytes);
      sum += bytes.length;
    },
    get: (id) => kept.get(id) ?? null,
    drop,
    clear() {
      kept.clear();
      sum = 0;
    },
  };
}
