/** What the user sees of a running job. */
export type Stage =
  | 'preparing'
  /** Others go first: nothing has been sent. */
  | 'in-line'
  | 'uploading'
  | 'queued'
  | 'restoring'
  | 'downloading'
  | 'checking'
  /** An answer was lost: the job is being looked for at the service. */
  | 'looking'
  /** The service is busy or out of reach: waiting for the next try. */
  | 'waiting'
  | 'cancelling';

export interface Progress {
  readonly stage: Stage;
  /** 0..1 within the stage, or null when nobody knows. */
  readonly fraction: number | null;
  /** Seconds until the result is ready, or until the next try while waiting; null when nobody knows. */
  readonly secondsLeft: number | null;
}
