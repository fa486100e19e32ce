/**
 * What was spent, on what and when: one line for each charge, by the service's own word at completion. It outlives the
 * job records, which are dropped after a week. Kept in one record a month.
 */
import { type FileId, fileId, type JobId, jobId } from './ids';
import type { Job } from './job';

export interface Spending {
  readonly job: JobId;
  /** Unix milliseconds of the completion. */
  readonly at: number;
  /** Credits that the service reports; whole. */
  readonly credits: number;
  readonly layer: string;
  readonly file: FileId;
  readonly fileName: string;
  /** The service's address. */
  readonly address: string;
  /** The preset's name, or null when the parameters were set by hand. */
  readonly preset: string | null;
}

/** One month, as it is saved. */
export interface LedgerPage {
  readonly v: 1;
  readonly spendings: readonly Spending[];
}

/** The line for a job, or null while it has no charge: unfinished, free, or taken over from an earlier one. */
export function spendingOf({ order, state }: Job): Spending | null {
  if (state.name !== 'COMPLETED' && state.name !== 'DONE') return null;
  const { credits, completedAt } = state.completion;
  if (order.reuses !== null || credits === 0) return null;
  return {
    job: order.id,
    at: completedAt,
    credits,
    layer: order.layerName,
    file: order.target.fileId,
    fileName: order.fileName,
    address: order.address,
    preset: order.preset,
  };
}

/** The page with the lines added that it does not have yet; the same object when it has them all. */
export function withSpendings(page: LedgerPage, lines: readonly Spending[]): LedgerPage {
  const known = new Set(page.spendings.map(({ job }) => job));
  const news = lines.filter(({ job }) => !known.has(job));
  return news.length === 0 ? page : { ...page, spendings: [...page.spendings, ...news] };
}

/** A page from saved data; null when it, or one of its lines, cannot be read. */
export function parseLedgerPage(input: unknown): LedgerPage | null {
  if (typeof input !== 'object' || input === null) return null;
  const { v, spendings } = input as Record<string, unknown>;
  if (v !== 1 || !Array.isArray(spendings)) return null;
  const lines = spendings.map(parseSpending);
  return lines.some((line) => line === null) ? null : { v: 1, spendings: lines as Spending[] };
}

function parseSpending(input: unknown): Spending | null {
  if (typeof input !== 'object' || input === null) return null;
  const { job, at, credits, layer, file, fileName, address, preset } = input as Record<string, unknown>;
  const texts = [job, layer, file, fileName, address].every((text) => typeof text === 'string');
  const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;
  if (!texts || !isCount(credits) || typeof at !== 'number' || !Number.isFinite(at)) return null;
  if (preset !== null && typeof preset !== 'string') return null;
  return {
    job: jobId(job as string),
    at,
    credits,
    layer: layer as string,
    file: fileId(file as string),
    fileName: fileName as string,
    address: address as string,
    preset,
  };
}
