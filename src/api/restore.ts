/**
 * From an order to bytes that are whole: the two doors to a job. Aborting `signal` only stops watching (the panel
 * closes; the job goes on at the service); `cancel()` cancels the job.
 */
import { type Job, type JobOrder, newJob } from '../core/job';
import type { Endpoint } from '../core/settings';
import { runJob } from './runJob';
import type { JobStore, RunningJob, Upload, Watcher } from './running';
import type { World } from './world';

export function startJob(
  world: World,
  store: JobStore,
  endpoint: Endpoint,
  order: JobOrder,
  upload: Upload,
  watcher: Watcher,
  signal: AbortSignal,
): RunningJob {
  return runJob(world, store, endpoint, newJob(order), upload, watcher, signal);
}

/**
 * Goes on with a saved job. `upload` is needed only when it turns out that the job never reached the service.
 * A job that is DONE is fetched again, for nothing.
 */
export function resumeJob(
  world: World,
  store: JobStore,
  endpoint: Endpoint,
  job: Job,
  upload: Upload | null,
  watcher: Watcher,
  signal: AbortSignal,
): RunningJob {
  return runJob(world, store, endpoint, job, upload, watcher, signal);
}
