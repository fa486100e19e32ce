/** What a job's state says of money. */
import type { JobState } from '../job/job';
import { unreachable } from '../result';
import type { Spent } from '../words/sentences/entry';

/** 'unknown' while the service has the job or may have it: it charges at completion, and only then says so. */
export function spentIn(state: JobState): Spent {
  switch (state.name) {
    case 'PREPARED':
    case 'REJECTED':
    case 'CANCELLED':
    case 'FAILED':
      return 'no';
    case 'PARKED':
      return state.accepted === null ? 'no' : 'unknown';
    case 'COMPLETED':
    case 'DONE':
      return state.completion.credits > 0 ? 'yes' : 'no';
    case 'SUBMITTING':
    case 'AMBIGUOUS':
    case 'ACCEPTED':
    case 'RUNNING':
    case 'CANCELLING':
    case 'GONE':
    case 'ASK':
      return 'unknown';
    default:
      return unreachable(state);
  }
}
