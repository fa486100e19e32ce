/** What each person has spent today and may yet spend; writes the spend log when a job is seen to be completed. */
import type { Budget } from './context';
import type { Journal } from './journal';
import type { Spending } from './spending';

/** Credits of a job whose price the service has not named yet. */
const LEAST = 1;

/**
 * Days are UTC days. A job counts as 1 credit from the moment it is sent, and by its own price once the service
 * names it. `now`: unix milliseconds.
 */
export function createBudget(journal: Journal, spending: Spending, now: () => number): Budget {
  const sending = new Map<string, number>();
  const prices = new Map<string, number>();
  const held = (person: string): number => {
    let sum = (sending.get(person) ?? 0) * LEAST;
    for (const job of journal.running()) if (job.person === person) sum += prices.get(job.id) ?? LEAST;
    return sum;
  };
  return {
    held,
    left: (person, limit) =>
      limit === null ? null : Math.max(0, Math.floor(limit - spending.on(person, now()) - held(person))),
    begin(person) {
      const add = (count: number): void => void sending.set(person, (sending.get(person) ?? 0) + count);
      add(1);
      let ended = false;
      return () => {
        if (!ended) add(-1);
        ended = true;
      };
    },
    seen(id, status, credits) {
      const person = journal.owner(id);
      if (person === null) return;
      if (credits !== null) prices.set(id, credits);
      const word = status.toLowerCase();
      if (word === 'completed') {
        // The log first: a crash in between leaves a job that is looked at again, and is logged once.
        const spent = credits ?? prices.get(id) ?? LEAST;
        spending.record({ at: new Date(now()).toISOString(), person, processId: id, credits: spent });
      }
      if (['completed', 'failed', 'cancelled'].includes(word)) {
        journal.over(id);
        prices.delete(id);
      }
    },
  };
}
