/** What a running job takes, tells and gives: the words between the client and whoever shows the job. */
import type { PluginError } from '../core/errors';
import type { Completion, Job } from '../core/job/job';
import type { Progress } from '../core/job/progress';
import type { Result } from '../core/result';
import type { Policy } from './policy';
import type { Traffic } from './traffic';
import type { World } from './world';

/** Where job records are kept. `save` answers after the record is stored; no answer in 2 s means no request goes out. */
export interface JobStore {
  save(job: Job): Promise<Result<null, PluginError>>;
}

/** What every job of a panel works with. */
export interface Client {
  readonly world: World;
  readonly store: JobStore;
  readonly traffic: Traffic;
  readonly policy: Policy;
}

/**
 * Gets the picture when it is its turn to be sent: of many jobs that wait, none holds its picture. Asked again when it
 * has to be sent again. An error ends the job unsent.
 */
export type Source = (signal: AbortSignal) => Promise<Result<Upload, PluginError>>;

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
