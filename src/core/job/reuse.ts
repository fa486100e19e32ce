/** The same work once more, for nothing: a new order takes over the result of a job that was paid for before. */
import { type Job, type JobOrder, recorded } from './job';

/**
 * The new order's job, as far as the old one is: it is completed, and only its result is still to be fetched. `job`: the
 * finished one (`reusable`). `at`: unix milliseconds. Nothing is charged for it, so it adds no line to the ledger.
 */
export function reuseOf(job: Job, order: JobOrder, at: number): Job {
  const { state } = job;
  if (state.name !== 'COMPLETED' && state.name !== 'DONE') throw new Error(`Job ${job.id} has no result to take over`);
  const { attempt, acceptance, completion } = state;
  return {
    v: 1,
    id: order.id,
    order: { ...recorded(order), reuses: job.id },
    state: { name: 'COMPLETED', attempt, acceptance, completion: { ...completion, credits: 0 } },
    attempts: 0,
    resubmits: 0,
    changedAt: at,
  };
}
