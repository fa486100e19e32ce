/** Finds a job again in the service's list when its answer was lost, and its twins when a browser sent it twice. */
import type { ProcessId } from '../ids';
import { AUTOMATIC_RESUBMITS, type Job } from './job';
import { isAlive, type JobStatus } from './status';
import { parseTag, token } from './tag';
import { modelOf } from './work';

export type Finding =
  /**
   * Ours: the one to keep; `twins`: others that could still be cancelled before they cost something; `paid`: others that
   * have cost something already.
   */
  | {
      readonly kind: 'found';
      readonly status: JobStatus;
      readonly twins: readonly JobStatus[];
      readonly paid: readonly JobStatus[];
    }
  /** Only failed or cancelled ones of this attempt. */
  | { readonly kind: 'dead'; readonly status: JobStatus }
  /** Nameless ones that could be ours by size, model and time: only the picture itself can prove it. */
  | { readonly kind: 'perhaps'; readonly candidates: readonly JobStatus[] }
  | { readonly kind: 'absent' };

/**
 * Seconds after the loss of the answer at which the list is read. A service may accept up to 45 s late:
 * with a 10 s grace 0.8 % of the simulated jobs were paid twice, with 60 s and more none.
 */
export const LOOKS: readonly number[] = [1, 3, 8, 20, 45, 90, 120];
/** After the looks above: seconds between looks while the list could not be read. */
const LATER = 60;

/** Seconds after the loss at which to look again, when `elapsed` have passed. */
export function nextListing(elapsed: number): number {
  return LOOKS.find((look) => look > elapsed) ?? elapsed + LATER;
}

/** Absence counts from here on. Seconds. */
export const GRACE = 120;
/** Clocks of client and service may differ by this much when a nameless job is judged by its time. Milliseconds. */
const CLOCK_MARGIN = 10 * 60_000;

/** True when a job that is nowhere to be found is not sent again by itself: the user is asked. */
export function wouldAsk({ state, resubmits }: Job): boolean {
  return state.name === 'AMBIGUOUS' && resubmits >= AUTOMATIC_RESUBMITS;
}

/**
 * `attempt`: as the tag of the last one has it. `kept` is the one already accepted, if any: it wins over equals.
 * `lostBy`: unix milliseconds by which a job whose answer was lost must have been taken.
 */
export function findJob(
  statuses: readonly JobStatus[],
  job: Job,
  attempt: number,
  kept: ProcessId | null,
  lostBy = job.changedAt,
): Finding {
  const ours = statuses.filter((status) => status.processId === kept || tagOf(status)?.token === token(job.id));
  const alive = ours.filter(isAlive).sort((one, other) => rank(other, kept) - rank(one, kept) || byTime(one, other));
  const [first, ...rest] = alive;
  if (first !== undefined) {
    const isPaid = ({ phase }: JobStatus): boolean => phase === 'Completed';
    const twins = rest.filter((status) => !isPaid(status));
    return { kind: 'found', status: first, twins, paid: rest.filter(isPaid) };
  }
  const dead = ours.find((status) => tagOf(status)?.attempt === attempt || status.processId === kept);
  if (dead !== undefined) return { kind: 'dead', status: dead };
  // Where one name is echoed all are: then only the nameless can be ours.
  const echoes = statuses.some((status) => tagOf(status) !== null);
  const candidates = statuses.filter(
    (status) => isAlive(status) && couldBe(status, job, lostBy) && (status.fileName === null || !echoes),
  );
  return candidates.length > 0 ? { kind: 'perhaps', candidates } : { kind: 'absent' };
}

const tagOf = (status: JobStatus) => (status.fileName === null ? null : parseTag(status.fileName));

/** The furthest first: it costs least time, and a completed one cannot be cancelled any more. */
function rank(status: JobStatus, kept: ProcessId | null): number {
  const progress = { Completed: 4, Processing: 2, Pending: 0, Unknown: 0, Cancelled: -1, Failed: -1 }[status.phase];
  return progress + (status.processId === kept ? 1 : 0);
}

function byTime(one: JobStatus, other: JobStatus): number {
  return (one.createdAt ?? 0) - (other.createdAt ?? 0) || (one.processId < other.processId ? -1 : 1);
}

function couldBe(status: JobStatus, job: Job, lostBy: number): boolean {
  if (tagOf(status) !== null) return false;
  const { input, work } = job.order;
  const sameSize =
    status.input === null || (status.input.width === input.width && status.input.height === input.height);
  const sameModel = status.model === null || status.model === modelOf(work);
  const { state } = job;
  const from = 'attempt' in state ? state.attempt.submittedAt : job.changedAt;
  // A machine that slept with the request half out may have sent it long after.
  const { createdAt } = status;
  const sameTime = createdAt === null || (createdAt >= from - CLOCK_MARGIN && createdAt <= lostBy + CLOCK_MARGIN);
  return sameSize && sameModel && sameTime;
}
