/** What the service says of one job, after parsing: everything it left out or garbled is null. */
import type { ProcessId } from '../ids';
import type { Size } from '../money/price';

/** 'Unknown': a word we do not know; the job is then taken to be alive. */
export type Phase = 'Pending' | 'Processing' | 'Completed' | 'Cancelled' | 'Failed' | 'Unknown';

export interface JobStatus {
  readonly processId: ProcessId;
  readonly phase: Phase;
  /** The upload's file name as the service echoes it. */
  readonly fileName: string | null;
  readonly model: string | null;
  /** 0..1. */
  readonly fraction: number | null;
  readonly input: Size | null;
  readonly output: Size | null;
  /** Unix milliseconds by the service's clock: compare it with nothing but other times of the service. */
  readonly createdAt: number | null;
  /** Seconds from creation to the expected end, `eta - creation_time`. */
  readonly duration: number | null;
  /** Credits that were or will be charged on completion. */
  readonly credits: number | null;
}

/** True while the job can still produce (or has produced) a result. */
export function isAlive(status: JobStatus): boolean {
  return status.phase !== 'Cancelled' && status.phase !== 'Failed';
}
