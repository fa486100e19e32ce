/** What is to be done next for a job; the shell in `src/api` does it and reports back with an event. */
import type { PluginError } from '../errors';
import { unreachable } from '../result';
import { isAtService, isOver, type Job, type JobOrder } from './job';
import { SURELY_KEPT } from './retention';

export type Act =
  /** Ask whether the service is there, then write the next attempt down and send it. */
  | { readonly do: 'send' }
  /** Look for it in the service's list. */
  | { readonly do: 'find' }
  | { readonly do: 'poll' }
  | { readonly do: 'fetch' }
  | { readonly do: 'cancel' }
  /** Nothing more to do. */
  | { readonly do: 'end'; readonly error: PluginError };

/** `hasPicture`: the bytes to send are at hand. */
export function nextAct(job: Job, hasPicture: boolean): Act {
  const { state } = job;
  switch (state.name) {
    case 'PREPARED':
      return hasPicture ? { do: 'send' } : { do: 'end', error: { code: 'job-unsent' } };
    case 'SUBMITTING':
    case 'AMBIGUOUS':
      return { do: 'find' };
    case 'ACCEPTED':
    case 'RUNNING':
      return { do: 'poll' };
    case 'COMPLETED':
    case 'DONE':
      return { do: 'fetch' };
    case 'CANCELLING':
      return state.acceptance === null ? { do: 'find' } : { do: 'cancel' };
    case 'REJECTED':
    case 'PARKED':
    case 'FAILED':
      return { do: 'end', error: state.error };
    case 'CANCELLED':
      return { do: 'end', error: { code: 'job-cancelled', spent: false } };
    case 'GONE':
      return { do: 'end', error: { code: 'job-gone' } };
    case 'ASK':
      return { do: 'end', error: { code: 'job-uncertain' } };
    default:
      return unreachable(state);
  }
}

/** A finished job of the same work at the same service, young enough to be fetched again for nothing. */
export function reusable(jobs: readonly Job[], workKey: string, address: string, now: number): Job | null {
  const fits = jobs.filter(
    ({ order, state }) =>
      order.workKey === workKey &&
      order.address === address &&
      (state.name === 'COMPLETED' || state.name === 'DONE') &&
      now - state.acceptance.acceptedAt < SURELY_KEPT,
  );
  return fits.sort((one, other) => other.changedAt - one.changedAt)[0] ?? null;
}

/** Another job that has brought this work, or is about to: to send it would pay a second time. `now`: unix milliseconds. */
export function sameWork(others: readonly Job[], { workKey, address }: JobOrder, now: number): Job | null {
  const isDoing = ({ order, state, changedAt }: Job): boolean =>
    order.workKey === workKey && order.address === address && isAtService(state) && now - changedAt < SURELY_KEPT;
  return others.find(isDoing) ?? reusable(others, workKey, address, now);
}

/** Jobs that the next opening goes on with. */
export function unfinished(jobs: readonly Job[]): readonly Job[] {
  return jobs.filter((job) => !isOver(job.state));
}
