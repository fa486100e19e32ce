/** One press of Restore as the panel sees it, from sending to applied. Its target never changes: the selection may. */
import type { PluginError } from '../../core/errors';
import type { JobId } from '../../core/ids';
import { type Completion, isOver, type Job, type JobOrder } from '../../core/job';
import type { Progress } from '../../core/progress';
import type { PlacementForm } from '../../core/target';
import type { Face } from '../../pixels/face';
import type { FaceChoice, OpenPicture, OpenResult } from '../../pixels/studio';
import type { Placement } from '../../protocol/messages';
import type { SelectedPicture } from '../../protocol/selection';

/** The decoded original and its faces: open in the studio for as long as the run is shown. */
export interface Material {
  readonly picture: OpenPicture;
  readonly faces: readonly Face[];
}

interface RunBase {
  readonly id: JobId;
  readonly order: JobOrder;
  /** The record as last saved; null before the first save. */
  readonly job: Job | null;
  /** Which forms the layer allows; null for a resumed job, whose layer has not been looked at. */
  readonly forms: SelectedPicture['forms'] | null;
  /** True when the job was found at the opening instead of started by the user just now. */
  readonly resumed: boolean;
}

export interface RunningRun extends RunBase {
  readonly state: 'running';
  /** Null while a resumed job's picture is still being read. */
  readonly material: Material | null;
  readonly progress: Progress;
  readonly cancelling: boolean;
}

/** The result and what is taken of it: every choice here is free. */
export interface Review {
  readonly result: OpenResult;
  readonly choices: readonly FaceChoice[];
  readonly form: PlacementForm;
  readonly completion: Completion;
}

export interface ReviewRun extends RunBase {
  readonly state: 'review';
  readonly material: Material;
  readonly review: Review;
  readonly applying: boolean;
  /** Why the last Apply did not work. */
  readonly problem: PluginError | null;
}

export interface AppliedRun extends RunBase {
  readonly state: 'applied';
  readonly material: Material;
  readonly review: Review;
  readonly placement: Placement;
  readonly reverting: boolean;
  readonly problem: PluginError | null;
}

export interface ProblemRun extends RunBase {
  readonly state: 'problem';
  readonly material: Material | null;
  readonly error: PluginError;
}

export type Run = RunningRun | ReviewRun | AppliedRun | ProblemRun;

/** The face that stands for a picture in which none was found and which the user sent all the same. */
export function wholePicture(picture: OpenPicture): Face {
  return { box: { x: 0, y: 0, ...picture.size }, score: 0, points: null };
}

/** Every face on, in full: what the user paid for. */
export function firstChoices(faces: readonly Face[], result: OpenResult): readonly FaceChoice[] {
  return faces.map((face) => ({ face, resultId: result.id, on: true, blend: 1 }));
}

/** The form wished for, or the first that the layer allows. */
export function possibleForm(wish: PlacementForm, forms: SelectedPicture['forms'] | null): PlacementForm {
  if (forms === null || forms[wish] === 'yes') return wish;
  return (['overlay', 'replace', 'layer'] as const).find((form) => forms[form] === 'yes') ?? wish;
}

/** A job that can be gone on with: it is never replaced by a new one, which could be paid a second time. */
export function isUnfinished(job: Job | null): job is Job {
  return job !== null && !isOver(job.state);
}
