/** What the phases of one running job share. */
import type { PluginError } from '../core/errors';
import type { Job } from '../core/job/job';
import type { Progress } from '../core/job/progress';
import type { JobStatus } from '../core/job/status';
import type { JobEvent } from '../core/job/step';
import type { Answered } from '../core/pace/poll';
import type { Result } from '../core/result';
import type { Endpoint } from '../core/settings';
import type { Place } from './gate';
import type { Patience } from './patience';
import type { Policy } from './policy';
import type { Source } from './running';
import type { Road } from './traffic';
import type { World } from './world';

export interface Run {
  readonly world: World;
  readonly endpoint: Endpoint;
  /** What it shares with the other jobs at the same service. */
  readonly road: Road;
  readonly policy: Policy;
  /** Null when the picture cannot be had any more: the job can then only be looked for, not sent. */
  readonly source: Source | null;
  readonly patience: Patience;
  /** Its place among the jobs at the service; null while it has none. It is given back when the job is over there. */
  readonly place: () => Place | null;
  readonly take: (place: Place | null) => void;
  readonly job: () => Job;
  /** Takes the step, tells the watcher, and answers when the record is stored or was not stored within 2 s. */
  readonly apply: (event: JobEvent) => Promise<Result<null, PluginError>>;
  /** The last status of the job that anybody here has read, whatever it said; null at the start. */
  readonly seen: () => JobStatus | null;
  readonly see: (status: JobStatus) => void;
  /** What the answer to the submit told of the time; null when there was none in this run. */
  readonly answer: () => Answered | null;
  readonly answered: (answer: Answered) => void;
  readonly tell: (progress: Progress) => void;
}

/** Null: the state says how it goes on. An error: nothing more can be done now, and the job stays as it is. */
export type PhaseEnd = PluginError | null;
