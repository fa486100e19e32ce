/** Which of the saved jobs this window goes on with, and which it only names. Pure. */
import type { Job } from '../../../core/job/job';
import { unfinished } from '../../../core/job/nextAct';
import { KEPT } from '../../../core/job/retention';
import { endpoint } from '../../../core/settings';
import type { Ready } from '../state';

/** The unfinished jobs of this document at the present service, oldest first. A batch goes on with its own. */
export function toTakeUp(state: Ready): readonly Job[] {
  const address = endpoint(state.settings)?.address;
  return ours(state)
    .filter(({ order }) => order.address === address)
    .sort((one, other) => one.order.createdAt - other.order.createdAt);
}

/** Unfinished jobs of this document at services that are not set now, by address. */
export function atOtherServices(state: Ready): ReadonlyMap<string, number> {
  const address = endpoint(state.settings)?.address;
  const jobs = ours(state).filter((job) => job.order.address !== address && isFetchable(job, state.readAt));
  return counted(jobs.map(({ order }) => order.address));
}

/** Jobs of other documents with something to fetch, by the document's name. */
export function inOtherFiles(state: Ready): ReadonlyMap<string, number> {
  const jobs = unfinished([...state.jobs.values()]).filter(
    (job) => job.order.target.fileId !== state.fileId && isFetchable(job, state.readAt),
  );
  return counted(jobs.map(({ order }) => order.fileName));
}

/** Nothing of these has reached the service: to send them by itself would spend a credit that nobody pressed for today. */
export function isUnsent({ state }: Job): boolean {
  return state.name === 'PREPARED' || (state.name === 'PARKED' && state.accepted === null);
}

/**
 * The service has it, and it is only read how it goes on: nothing of that is spent, so two windows that do it for a
 * moment do no harm.
 */
export function isOnlyAwaited({ state }: Job): boolean {
  return state.name === 'ACCEPTED' || state.name === 'RUNNING' || state.name === 'COMPLETED';
}

/** The service may still have its result. */
function isFetchable(job: Job, now: number | null): boolean {
  return now !== null && !isUnsent(job) && now - job.order.createdAt < KEPT;
}

function ours({ jobs, batches, fileId }: Ready): readonly Job[] {
  return unfinished([...jobs.values()]).filter(
    ({ order }) => order.target.fileId === fileId && !(order.batch !== null && batches.has(order.batch)),
  );
}

function counted(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
