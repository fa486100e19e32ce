/** The list of jobs as it must not be: late, in another order, without an end, full of other people's jobs. */
import { createHash } from 'node:crypto';
import { STANDARD_PARAMETERS } from '../../src/core/parameters';
import { type EngineJob, statusOf } from '../job';
import type { Fault } from './plan';

type ListFault = Omit<Extract<Fault, { readonly kind: 'list' }>, 'kind'>;
type Entry = Readonly<Record<string, unknown>>;

/** `jobs` newest first; `now` in unix seconds. `address` is the request's, with its query. */
export function faultyList(
  jobs: readonly EngineJob[],
  address: string,
  fault: ListFault,
  { modelType, now }: { readonly modelType: string; readonly now: number },
): unknown {
  const shown = jobs.filter(({ creationTime }) => now - creationTime >= (fault.lag ?? 0));
  const own = shown.map((job): Entry => statusOf(job, modelType));
  const twins = fault.twin === undefined ? [] : own.map((entry) => twinOf(entry, fault.twin!));
  const foreign = Array.from({ length: fault.foreign ?? 0 }, (_, at) => foreignJob(at, now, modelType));
  const all = ordered([...foreign, ...own, ...twins], fault.order);
  const query = new URL(address, 'http://engine').searchParams;
  if (query.get('paginated') !== 'true') return all;
  const limit = Number(query.get('limit') ?? 50);
  const from = Number(/^from (\d+)$/.exec(Buffer.from(query.get('cursor') ?? '', 'base64url').toString())?.[1] ?? 0);
  const next = from + limit < all.length ? from + limit : fault.cursor === 'loop' ? 0 : null;
  return {
    data: all.slice(from, from + limit),
    pagination:
      next === null
        ? { has_next_page: false }
        : { has_next_page: true, next_cursor: Buffer.from(`from ${next}`).toString('base64url') },
  };
}

function ordered(entries: readonly Entry[], order: ListFault['order']): readonly Entry[] {
  switch (order) {
    case undefined:
      return entries;
    case 'oldest':
      return [...entries].reverse();
    case 'shuffled':
      // The same order each time, whatever comes: by the ends of the ids, which are random.
      return [...entries].sort((a, b) => endOf(a).localeCompare(endOf(b)));
  }
}

const endOf = (entry: Entry): string => String(entry['process_id']).slice(-6);

/** The same id for the same text: what is listed must not change from page to page. */
function idFrom(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), `4${hex.slice(13, 16)}`, `8${hex.slice(17, 20)}`, hex.slice(20, 32)].join(
    '-',
  );
}

function twinOf(entry: Entry, status: string): Entry {
  const process_id = idFrom(`twin of ${entry['process_id']}`);
  const times = { creation_time: Number(entry['creation_time']) - 1 };
  return { ...entry, ...times, process_id, status, progress: status === 'Completed' ? 100 : 0 };
}

const FOREIGN_STATUSES = ['Completed', 'Processing', 'Failed', 'Pending', 'Cancelled'] as const;

/** Every other one was made by this plugin too, on somebody else's machine. */
function foreignJob(at: number, now: number, modelType: string): Entry {
  const job: EngineJob = {
    v: 1,
    sequence: 0,
    processId: idFrom(`foreign process ${at}`),
    sourceId: idFrom(`foreign source ${at}`),
    filename: at % 2 === 0 ? `holiday (${at}).jpg` : `portrait~${idFrom(`foreign tag ${at}`).slice(24)}-1.png`,
    input: { width: 1000 + at, height: 800, format: 'png' },
    output: { width: 1000 + at, height: 800, format: 'png' },
    work: { kind: 'faces', parameters: STANDARD_PARAMETERS },
    status: FOREIGN_STATUSES[at % FOREIGN_STATUSES.length]!,
    progress: 50,
    eta: now + 30,
    creationTime: now - at,
    modificationTime: now,
    credits: 1,
    message: null,
  };
  return statusOf(job, modelType);
}
