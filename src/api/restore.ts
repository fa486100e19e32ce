/**
 * From an order to bytes that are whole: the two doors to a job. Aborting `signal` only stops watching (the panel
 * closes; the job goes on at the service); `cancel()` cancels the job.
 */
import type { PluginError } from '../core/errors';
import { type Completion, type Job, type JobOrder, newJob } from '../core/job';
import type { Progress } from '../core/progress';
import type { Result } from '../core/result';
import type { Endpoint } from '../core/settings';
import { runJob } from './runJob';
import type { World } from './world';

/** Where job records are kept. `save` answers after the record is stored; no answer in 2 s means no request goes out. */
export interface JobStore {
  save(job: Job): Promise<Result<null, PluginError>>;
}

export interface Upload {
  readonly bytes: Uint8Array;
  readonly format: 'jpeg' | 'png';
}

export interface Delivered {
  readonly job: Job;
  /** Downloaded whole, signature and (for PNG) chunk CRCs checked. */
  readonly bytes: Uint8Array;
  readonly completion: Completion;
}

export interface Watcher {
  readonly onProgress: (progress: Progress) => void;
  readonly onJob: (job: Job) => void;
}

export interface RunningJob {
  /**
   * Settles once. An `ok` result holds the paid bytes. Rejects only when the watching is stopped, with the signal's
   * reason; what an error means for the money says `spentIn` of the job's last state.
   */
  readonly outcome: Promise<Result<Delivered, PluginError>>;
  /** Asks the service to cancel; the outcome then says whether a credit was spent. */
  cancel(): void;
}

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
