/**
 * One paid piece of work, as it is written down before anything is sent. A little JSON, at most `RECORD_BYTES`; never
 * image bytes, never a link or a key. Each state carries only what is true in it.
 */
import type { PluginError } from '../errors';
import type { BatchId, JobId, ProcessId } from '../ids';
import type { Size } from '../money/price';
import type { Target } from '../target';
import { fitted } from '../words/names';
import type { Work } from './work';

/** What was decided when the user pressed Restore; it never changes afterwards. */
export interface JobOrder {
  readonly id: JobId;
  /** Same picture, model, parameters and format: the same work, paid once. Made by `workKey`. */
  readonly workKey: string;
  readonly target: Target;
  readonly layerName: string;
  readonly fileName: string;
  readonly work: Work;
  /** What it is called in lists: the preset's name, or an enhancement's model; null when the parameters were set by hand. */
  readonly preset: string | null;
  /** Which service it is for; a job is only ever looked up where it was sent. */
  readonly address: string;
  readonly input: Size;
  /** Credits by the price table; the service's own number comes with the result. */
  readonly estimate: number;
  /**
   * The faces as the user corrected them: x, y, width, height in whole source pixels. Null: as the detector finds them.
   * Kept so that a job that is resumed restores the faces that were paid for. At most `MOST_BOXES`.
   */
  readonly boxes: readonly FaceBox[] | null;
  /** The batch that it belongs to, or null. */
  readonly batch: BatchId | null;
  /** The finished job whose result it takes over at no cost, or null. */
  readonly reuses: JobId | null;
  /** Absent for a job on its own, and for the first of a set of looks. */
  readonly look?: Look;
  /** Unix milliseconds. */
  readonly createdAt: number;
}

/** One of several looks at the same faces, which differ in the seed. */
export interface Look {
  /** The first job of the set. */
  readonly of: JobId;
  /** Where it stands in the set, from 0: it keeps its letter whatever becomes of the others. */
  readonly place: number;
}

/** x, y, width, height in whole source pixels. */
export type FaceBox = readonly [number, number, number, number];
/** More would make a record long; beyond it a resumed job finds its faces anew. */
export const MOST_BOXES = 16;

/** One attempt to submit: its tag is the upload's file name and is never used twice. */
export interface Attempt {
  readonly number: number;
  readonly tag: string;
  /** Unix milliseconds of the intent, saved before the request goes out. */
  readonly submittedAt: number;
}

/** What the service said when it took the job. */
export interface Acceptance {
  readonly processId: ProcessId;
  /** Unix milliseconds, this machine's clock. */
  readonly acceptedAt: number;
  /** Seconds the service reckoned with (`eta - creation_time`), or null. */
  readonly duration: number | null;
}

export interface Completion {
  /** Credits as the service reports them, not as we estimated. */
  readonly credits: number;
  /** As the status says; null when it does not. */
  readonly output: Size | null;
  readonly completedAt: number;
}

export type JobState =
  | { readonly name: 'PREPARED' }
  | { readonly name: 'SUBMITTING'; readonly attempt: Attempt }
  | { readonly name: 'AMBIGUOUS'; readonly attempt: Attempt; readonly since: number }
  | { readonly name: 'ACCEPTED'; readonly attempt: Attempt; readonly acceptance: Acceptance }
  | { readonly name: 'RUNNING'; readonly attempt: Attempt; readonly acceptance: Acceptance }
  | {
      readonly name: 'COMPLETED';
      readonly attempt: Attempt;
      readonly acceptance: Acceptance;
      readonly completion: Completion;
    }
  | {
      readonly name: 'DONE';
      readonly attempt: Attempt;
      readonly acceptance: Acceptance;
      readonly completion: Completion;
      readonly placedAt: number;
    }
  | { readonly name: 'REJECTED'; readonly error: PluginError }
  | {
      readonly name: 'PARKED';
      readonly error: PluginError;
      /** Present when the job had already been accepted: it is then only waiting to be fetched. */
      readonly accepted: { readonly attempt: Attempt; readonly acceptance: Acceptance } | null;
    }
  | {
      readonly name: 'CANCELLING';
      readonly attempt: Attempt;
      /** Null while it is open whether the service has the job. */
      readonly acceptance: Acceptance | null;
    }
  | { readonly name: 'CANCELLED' }
  | { readonly name: 'FAILED'; readonly error: PluginError }
  | { readonly name: 'GONE' }
  /** Nobody can tell whether the job exists: only the user may decide to send it again. */
  | { readonly name: 'ASK'; readonly attempt: Attempt };

/** At most this many times is a job sent again without asking. */
export const AUTOMATIC_RESUBMITS = 1;

/** What the service took beside the job itself: a twin of it completed before anybody could cancel it. */
export interface Charge {
  readonly processId: ProcessId;
  /** As the service reports them. */
  readonly credits: number;
}

/** Twins that are written down: more were never seen, and a record has its bounds. */
export const MOST_CHARGES = 4;

export interface Job {
  readonly v: 1;
  readonly id: JobId;
  readonly order: JobOrder;
  readonly state: JobState;
  /** Attempts made so far, for the next tag. */
  readonly attempts: number;
  /** Attempts sent again without asking, because the one before was nowhere to be found: 1 at most. */
  readonly resubmits: number;
  /** Charges too many, at most `MOST_CHARGES`. Absent while there are none. */
  readonly twins?: readonly Charge[];
  /** Unix milliseconds of the last change. */
  readonly changedAt: number;
}

/**
 * Bytes of JSON that a job's record may take. Ids, hashes, times and the work's own name take 1,060 of them, whatever
 * is left out of the names; 4 MB of storage hold 2,600 such records of a week.
 */
export const RECORD_BYTES = 1_536;
/** What a user can add to it: own boxes, a reference picture's address (twice), restored faces; and a service's twins. */
export const RECORD_EXTRAS = { boxes: 500, reference: 2 * 2_000, restored: 1_300, twins: 600 } as const;

/** Bytes of each name in a record. */
const NAME_BYTES = 80;
const PRESET_BYTES = 60;

/** The order as it is written down: with names that leave the record within its bounds. */
export function recorded(order: JobOrder): JobOrder {
  const { layerName, fileName, preset } = order;
  return {
    ...order,
    layerName: fitted(layerName, NAME_BYTES),
    fileName: fitted(fileName, NAME_BYTES),
    preset: preset === null ? null : fitted(preset, PRESET_BYTES),
  };
}

/** A job as it begins: in memory only, until its first attempt is written down. */
export function newJob(order: JobOrder): Job {
  return {
    v: 1,
    id: order.id,
    order: recorded(order),
    state: { name: 'PREPARED' },
    attempts: 0,
    resubmits: 0,
    changedAt: order.createdAt,
  };
}

/** States in which the service has the job, or may have it. */
export function isAtService(state: JobState): boolean {
  return ['SUBMITTING', 'AMBIGUOUS', 'ACCEPTED', 'RUNNING', 'CANCELLING'].includes(state.name);
}

/** States that need nothing more: no request goes out for them, but that a DONE one may be fetched again when asked for. */
export function isOver(state: JobState): boolean {
  return ['DONE', 'REJECTED', 'CANCELLED', 'FAILED', 'GONE'].includes(state.name);
}
