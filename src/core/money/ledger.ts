/**
 * What was spent, on what and when: one line for each charge, by the service's own word at completion. It outlives the
 * job records, which are dropped after a week. Kept in one record a month.
 */
import { type FileId, fileId, type JobId, jobId, type NodeId, nodeId, type ProcessId, processId } from '../ids';
import type { Job } from '../job/job';

export interface Spending {
  readonly job: JobId;
  /** Unix milliseconds of the completion. */
  readonly at: number;
  /** Credits that the service reports; whole. */
  readonly credits: number;
  readonly layer: string;
  /** The layer itself, to be shown again while it is there. */
  readonly node: NodeId;
  readonly file: FileId;
  readonly fileName: string;
  /** The service's address. */
  readonly address: string;
  /** The preset's name, or null when the parameters were set by hand. */
  readonly preset: string | null;
  /** A charge too many: the service did the job a second time, under this name. Absent for the job's own charge. */
  readonly twin?: ProcessId;
}

/** One month, as it is saved. */
export interface LedgerPage {
  readonly v: 1;
  readonly spendings: readonly Spending[];
}

/** The last moment that a date can name. Unix milliseconds. Source: ECMA-262, "Time Values and Time Range". */
const LAST_TIME = 8.64e15;

/** The line for a job, or null while it has no charge: unfinished, free, or taken over from an earlier one. */
export function spendingOf({ order, state }: Job): Spending | null {
  if (state.name !== 'COMPLETED' && state.name !== 'DONE') return null;
  const { credits, completedAt } = state.completion;
  if (order.reuses !== null || credits === 0) return null;
  return {
    job: order.id,
    at: Math.min(completedAt, LAST_TIME),
    credits,
    layer: order.layerName,
    node: order.target.nodeId,
    file: order.target.fileId,
    fileName: order.fileName,
    address: order.address,
    preset: order.preset,
  };
}

/** All lines for a job: its own, and one for each twin that the service charged as well. */
export function spendingsOf(job: Job): readonly Spending[] {
  const own = spendingOf(job);
  if (own === null) return [];
  return [own, ...(job.twins ?? []).map(({ processId: twin, credits }) => ({ ...own, credits, twin }))];
}

/** No two charges have the same. */
export function chargeKey({ job, twin }: Spending): string {
  return twin === undefined ? job : `${job} ${twin}`;
}

/** The month (UTC) on whose page a line stands: `2026-11`. */
export function pageOf({ at }: Spending): string {
  return new Date(at).toISOString().slice(0, 7);
}

/** The page with the lines added that it does not have yet; the same object when it has them all. */
export function withSpendings(page: LedgerPage, lines: readonly Spending[]): LedgerPage {
  const known = new Set(page.spendings.map(chargeKey));
  const news = lines.filter((line) => !known.has(chargeKey(line)));
  return news.length === 0 ? page : { ...page, spendings: [...page.spendings, ...news] };
}

/** What a saved page turns out to be. Of one that cannot be read as a whole, the lines that can be read. */
export type ReadPage =
  | { readonly kind: 'page'; readonly page: LedgerPage }
  | { readonly kind: 'damaged'; readonly left: readonly Spending[] }
  /** Written by a newer version of the plugin, which alone may change it. */
  | { readonly kind: 'newer' };

/**
 * From the storage. One line that cannot be read makes the page damaged, and the readable ones are handed over, so
 * that nothing is written over unseen.
 */
export function parseLedgerPage(input: unknown): ReadPage {
  if (typeof input !== 'object' || input === null) return { kind: 'damaged', left: [] };
  const { v, spendings } = input as Record<string, unknown>;
  if (typeof v === 'number' && v > 1) return { kind: 'newer' };
  if (v !== 1 || !Array.isArray(spendings)) return { kind: 'damaged', left: [] };
  const lines = spendings.map(parseSpending);
  const left = lines.filter((line) => line !== null);
  return left.length === lines.length ? { kind: 'page', page: { v: 1, spendings: left } } : { kind: 'damaged', left };
}

function parseSpending(input: unknown): Spending | null {
  if (typeof input !== 'object' || input === null) return null;
  const { job, at, credits, layer, node, file, fileName, address, preset, twin } = input as Record<string, unknown>;
  const texts = [job, layer, node, file, fileName, address].every((text) => typeof text === 'string');
  const isCount = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0;
  if (!texts || !isCount(credits) || typeof at !== 'number' || !(Math.abs(at) <= LAST_TIME)) return null;
  if (preset !== null && typeof preset !== 'string') return null;
  if (twin !== undefined && typeof twin !== 'string') return null;
  return {
    job: jobId(job as string),
    at,
    credits,
    layer: layer as string,
    node: nodeId(node as string),
    file: fileId(file as string),
    fileName: fileName as string,
    address: address as string,
    preset,
    ...(twin === undefined ? {} : { twin: processId(twin) }),
  };
}
