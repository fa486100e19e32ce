/**
 * From an order to bytes that are whole: the two doors to a job. Aborting `signal` only stops watching (the panel
 * closes; the job goes on at the service); `cancel()` cancels the job.
 */
import { type Job, type JobOrder, newJob } from '../core/job/job';
import type { Endpoint } from '../core/settings';
import { runJob } from './runJob';
import type { Client, RunningJob, Source, Watcher } from './running';

/** Nothing goes out before `source` has given the picture and the intent is written down. */
export function startJob(
  client: Client,
  endpoint: Endpoint,
  order: JobOrder,
  source: Source,
  watcher: Watcher,
  signal: AbortSignal,
): RunningJob {
  return runJob(client, endpoint, newJob(order), source, watcher, signal);
}

/**
 * Goes on with a saved job. `source` is needed only when it turns out that the job never reached the service.
 * A job that is DONE is fetched again, for nothing.
 */
export function resumeJob(
  client: Client,
  endpoint: Endpoint,
  job: Job,
  source: Source | null,
  watcher: Watcher,
  signal: AbortSignal,
): RunningJob {
  return runJob(client, endpoint, job, source, watcher, signal);
}
