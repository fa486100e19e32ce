/**
 * What all jobs of one panel share towards one service: how many are in flight (additive increase, multiplicative
 * decrease), who uploads, how long nobody sends after the service said that it is busy, and one reading of the list
 * for all when there are several.
 */
import type { ProcessId } from '../core/ids';
import type { Endpoint } from '../core/settings';
import type { JobStatus } from '../core/status';

export interface Traffic {
  /** Waits for a place among the jobs in flight. The function that comes back frees it; calling it again does nothing. */
  enter(signal: AbortSignal): Promise<() => void>;
  /** Waits for the end of a pause that the service asked for, and sends while at most one other upload is under way. */
  upload<Value>(send: () => Promise<Value>, signal: AbortSignal, onWait: (left: number) => void): Promise<Value>;
  /** The service took a job: a little more at once from now on. */
  taken(): void;
  /** The service refused a submit for now: half as much at once, and nobody sends for `pause` milliseconds. */
  busy(pause: number): void;
  /**
   * The job's status from the next shared reading of the list; null when there are too few jobs to share one, or when
   * the reading did not show this job: then it is looked at by itself.
   */
  shared(endpoint: Endpoint, id: ProcessId, signal: AbortSignal): Promise<JobStatus | null>;
}
