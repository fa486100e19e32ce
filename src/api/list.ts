/** The service's list of the jobs of the last 7 days, page by page. */
import type { ProcessId } from '../core/ids';
import type { CallFailure } from '../core/job/failure';
import type { JobStatus } from '../core/job/status';
import { failed, ok, type Result } from '../core/result';
import type { Endpoint } from '../core/settings';
import { call, JSON_LIMIT, json, READ_PATIENCE } from './http';
import { parsePage } from './parse';
import type { World } from './world';

export interface Listing {
  readonly statuses: readonly JobStatus[];
  /** False when something may be missing (a cursor that turns in circles, entries that cannot be read): absence then proves nothing. */
  readonly complete: boolean;
}

/** How long before a job its twin may have been made, and how far two clocks of the service may differ. Milliseconds. */
const BEFORE = 10 * 60_000;

/**
 * Enough for these jobs and their twins: all of them are there, and what comes later is surely older. Never enough of
 * a list that is not in the order of time, newest first: there the last page may hold the newest.
 */
export function reaches(ids: readonly ProcessId[]): (statuses: readonly JobStatus[]) => boolean {
  return (statuses) => {
    const times = statuses.map(({ createdAt }) => createdAt);
    if (!times.every((time, index) => time !== null && time <= (times[index - 1] ?? time))) return false;
    const ours = statuses.filter(({ processId }) => ids.includes(processId));
    if (ids.length === 0 || new Set(ours.map(({ processId }) => processId)).size < new Set(ids).size) return false;
    // Not null, as was just seen.
    const oldest = Math.min(...ours.map(({ createdAt }) => createdAt as number));
    return (times.at(-1) as number) < oldest - BEFORE;
  };
}

const PAGE = 100;
const MOST_PAGES = 100;

/** All pages, or as many as `enough` wants of what came so far. */
export async function listJobs(
  world: World,
  endpoint: Endpoint,
  enough: (statuses: readonly JobStatus[]) => boolean,
  signal: AbortSignal,
): Promise<Result<Listing, CallFailure>> {
  const seen = new Set<string>();
  let statuses: readonly JobStatus[] = [];
  let unreadable = 0;
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const from: string = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const address = `${endpoint.address}/image/v1/status?paginated=true&limit=${PAGE}${from}`;
    const reply = await call(
      world,
      { method: 'GET', address, key: endpoint.key, patience: READ_PATIENCE, limit: JSON_LIMIT },
      signal,
    );
    if (!reply.ok) return reply;
    const parsed = parsePage(json(reply.value));
    if (parsed === null) {
      return failed({ kind: 'lost', error: { code: 'answer-unreadable', host: reply.value.host } });
    }
    statuses = [...statuses, ...parsed.statuses];
    unreadable += parsed.unreadable;
    if (parsed.next === null) return ok({ statuses, complete: unreadable === 0 });
    if (enough(statuses) || seen.has(parsed.next)) return ok({ statuses, complete: false });
    seen.add(parsed.next);
    cursor = parsed.next;
  }
  return ok({ statuses, complete: false });
}
