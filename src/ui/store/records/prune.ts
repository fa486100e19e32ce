/** Which records are no longer needed. Pure. */
import { isOver, type Job } from '../../../core/job/job';
import { KEPT } from '../../../core/job/retention';

const DAY = 24 * 60 * 60_000;
/** Nothing was spent on these and nothing can be fetched. Milliseconds. */
const WITHOUT = DAY;
/** Nobody came back for these, and the service has forgotten them long ago. Milliseconds. */
const ABANDONED = 30 * DAY;

/** Jobs whose records can be dropped, once what they cost stands in the ledger. `now`: unix milliseconds. */
export function outdated(jobs: Iterable<Job>, now: number): readonly Job[] {
  return [...jobs].filter(({ state, changedAt }) => {
    const age = now - changedAt;
    if (!isOver(state)) return age > ABANDONED;
    return age > (['FAILED', 'REJECTED', 'CANCELLED'].includes(state.name) ? WITHOUT : KEPT);
  });
}
