/** Whether a job that the service calls unknown is really gone: a second and a third look, then the list. */
import type { ProcessId } from '../core/ids';
import { findJob } from '../core/job/reconcile';
import { attemptOf } from '../core/job/tag';
import { listJobs } from './list';
import type { Run } from './run';
import { readStatus } from './status';
import { waitUntil } from './wait';

/** Milliseconds between looks: three looks span 10 s. */
const APART = 5_000;

/** Takes 10 s and more. False also when the list cannot be read or may not be whole: then nobody can tell. */
export async function isGone(run: Run, id: ProcessId, signal: AbortSignal): Promise<boolean> {
  for (let look = 2; look <= 3; look++) {
    const at = run.world.now() + APART;
    while (run.world.now() < at) await waitUntil(run.world, at, signal);
    const status = await readStatus(run.world, run.endpoint, id, signal);
    if (status.ok || status.error.kind !== 'status' || status.error.status !== 404) return false;
  }
  const listing = await listJobs(run.world, run.endpoint, () => false, signal);
  if (!listing.ok || !listing.value.complete) return false;
  const { state } = run.job();
  const attempt = 'attempt' in state ? attemptOf(state.attempt.tag) : 0;
  const { kind } = findJob(listing.value.statuses, run.job(), attempt, id);
  // Nameless ones that could be ours are not: ours has an id, and the list does not show it.
  return kind === 'absent' || kind === 'perhaps';
}
