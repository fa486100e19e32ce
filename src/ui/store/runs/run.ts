/** One press of Restore as the panel sees it, from sending to applied. Its target never changes: the selection may. */
import type { PluginError } from '../../../core/errors';
import type { JobId } from '../../../core/ids';
import { type Completion, isOver, type Job, type JobOrder } from '../../../core/job/job';
import type { Progress } from '../../../core/job/progress';
import type { PlacementForm } from '../../../core/target';
import type { Face } from '../../../pixels/face';
import type { FaceChoice, OpenPicture, OpenResult } from '../../../pixels/studio';
import type { Placement, Standing } from '../../../protocol/messages';
import type { SelectedPicture } from '../../../protocol/selection';

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
  /** The faces it is about, once they are known: they stay known when the picture is put away. */
  readonly faces: readonly Face[] | null;
  /** What has become of the place it is for, as looked at when its result was opened; null while nobody has looked. */
  readonly standing: Standing | null;
}

export interface RunningRun extends RunBase {
  readonly state: 'running';
  /** Null while its picture is not open: it was found at the opening, or lies behind the view. */
  readonly material: Material | null;
  readonly progress: Progress;
  readonly cancelling: boolean;
}

/** The result is paid for and can be opened at any time, for nothing. It opens as soon as the run is shown. */
export interface ReadyRun extends RunBase {
  readonly state: 'ready';
  readonly material: Material | null;
  /** The file as the service sent it, checked; null: it is fetched anew when it is opened. */
  readonly bytes: Uint8Array | null;
  readonly completion: Completion;
  readonly opening: boolean;
  /** What had been chosen of it before it was put away. */
  readonly chosen: Chosen | null;
}

export interface Chosen {
  readonly choices: readonly FaceChoice[];
  readonly form: PlacementForm;
  /** The look that each face was taken from; absent where all are the run's own. */
  readonly from?: readonly JobId[];
}

/** A result of the same set that is open beside the picture. */
export interface OpenLook {
  readonly order: JobOrder;
  readonly result: OpenResult;
  /** As the service reports them. */
  readonly credits: number;
}

/** The result and what is taken of it: every choice here is free. */
export interface Review {
  readonly result: OpenResult;
  /** Looks with other seeds, in the order in which they came: each face can be taken from any of them. */
  readonly others: readonly OpenLook[];
  readonly choices: readonly FaceChoice[];
  readonly form: PlacementForm;
  readonly completion: Completion;
}

export interface ReviewRun extends RunBase {
  readonly state: 'review';
  readonly material: Material;
  readonly bytes: Uint8Array | null;
  readonly review: Review;
  /** What the layer shows now, when that is another picture and the user compares the two. */
  readonly now: OpenPicture | null;
  readonly applying: boolean;
  /** Why the last Apply did not work. */
  readonly problem: PluginError | null;
}

export interface AppliedRun extends RunBase {
  readonly state: 'applied';
  readonly material: Material;
  readonly bytes: Uint8Array | null;
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

export type Run = RunningRun | ReadyRun | ReviewRun | AppliedRun | ProblemRun;

/** The face that stands for a picture in which none was found and which the user sent all the same. */
export function wholePicture(picture: OpenPicture): Face {
  return { box: { x: 0, y: 0, ...picture.size }, score: 0, points: null };
}

/** True when no face was marked, and the whole picture stands for one. */
export function isWhole(choices: readonly FaceChoice[]): boolean {
  return choices.length === 1 && choices[0]?.face.score === 0;
}

/** What there is to choose from: the faces, or, where the whole picture is enhanced, the picture as one. */
export function takenFaces({ work }: JobOrder, { picture, faces }: Material): readonly Face[] {
  return work.kind === 'enhance' ? [wholePicture(picture)] : faces;
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

/** The form of a result that changes the picture as a whole: wished for, or else a new layer. */
export function wholeForm(wish: PlacementForm, forms: SelectedPicture['forms'] | null): PlacementForm {
  return wish === 'layer' || (forms !== null && forms.replace !== 'yes') ? 'layer' : 'replace';
}

/** The same choices for results that were opened anew; what was taken from a look that is gone is the run's own again. */
export function sameChoices(
  { choices, from }: Chosen,
  result: OpenResult,
  others: readonly OpenLook[],
): readonly FaceChoice[] {
  return choices.map((choice, index) => {
    const look = others.find(({ order }) => order.id === from?.[index]);
    return { ...choice, resultId: look?.result.id ?? result.id };
  });
}

/** Bytes of results that are kept while nobody looks at them; beyond it they are fetched anew. */
const MOST_HELD = 64_000_000;

/** The bytes, when they can be kept beside those of the other runs. */
export function held(bytes: Uint8Array | null, others: readonly Run[]): Uint8Array | null {
  if (bytes === null) return null;
  const kept = others.reduce((sum, run) => sum + ('bytes' in run ? (run.bytes?.length ?? 0) : 0), 0);
  return kept + bytes.length <= MOST_HELD ? bytes : null;
}

/** A job that can be gone on with: it is never replaced by a new one, which could be paid a second time. */
export function isUnfinished(job: Job | null): job is Job {
  return job !== null && !isOver(job.state);
}

/** Its result can be fetched at the service, for nothing. */
export function isFetchable(job: Job | null): boolean {
  return job?.state.name === 'COMPLETED' || job?.state.name === 'DONE';
}

/** There is something to come of it, or to be done with it. */
export function isOpen(run: Run): boolean {
  return run.state !== 'applied' && (run.state !== 'problem' || isUnfinished(run.job) || isFetchable(run.job));
}

/** A run as it begins. */
export function freshRun(order: JobOrder, material: Material | null, forms: RunningRun['forms']): RunningRun {
  return {
    state: 'running',
    id: order.id,
    order,
    job: null,
    forms,
    resumed: false,
    faces: material?.faces ?? null,
    standing: null,
    material,
    progress: { stage: 'preparing', fraction: null, secondsLeft: null },
    cancelling: false,
  };
}
