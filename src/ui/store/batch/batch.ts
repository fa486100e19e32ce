/**
 * Several pictures restored together, as the panel sees them: looked through, started, reviewed and applied. One row is
 * one distinct picture with every layer that shows it. A selection that changes meanwhile does not change it.
 */
import type { BatchPlace, BatchPlan } from '../../../core/batch';
import type { PluginError } from '../../../core/errors';
import type { BatchId, ContentHash, ImageHash, NodeId } from '../../../core/ids';
import type { Completion, JobOrder } from '../../../core/job/job';
import type { Progress } from '../../../core/job/progress';
import type { Size } from '../../../core/money/price';
import type { PlacementForm } from '../../../core/target';
import type { Face } from '../../../pixels/face';
import type { OpenResult } from '../../../pixels/studio';
import type { SelectedPicture, SelectionReport, UnusableLayer } from '../../../protocol/selection';

export interface Batch {
  /** 'survey': nothing has been sent. 'run': from the first press of Restore on. */
  readonly phase: 'collecting' | 'survey' | 'run';
  readonly scope: 'selection' | 'page';
  /** False while it goes on behind another view. */
  readonly shown: boolean;
  readonly rows: readonly Row[];
  readonly unusable: readonly UnusableLayer[];
  /** Unix milliseconds of when the pictures were collected: what had been paid by then is free. */
  readonly at: number;
  /** Names the selection that it was opened for. */
  readonly selection: string;
  /** Pictures beyond what one batch can hold. */
  readonly leftOut: number;
  /** Most credits to spend; null = no limit. */
  readonly cap: number | null;
  readonly form: PlacementForm;
  /** Null until it is started. */
  readonly start: BatchStart | null;
  /** What is being written into the document. */
  readonly writing: Writing | null;
  /** An error of the whole batch, such as a record that could not be saved. */
  readonly problem: PluginError | null;
  /** What the user read or left last; it has the focus when the list comes back. */
  readonly lastOpened: ImageHash | null;
}

export interface BatchStart {
  readonly id: BatchId;
  readonly plan: BatchPlan;
  /** Unix milliseconds, of this opening: the time left is reckoned from here. */
  readonly at: number;
  /** Unix milliseconds of the last news. */
  readonly now: number;
}

export interface Writing {
  readonly what: 'applying' | 'reverting';
  /** Layers. */
  readonly done: number;
  readonly of: number;
}

export interface Row {
  readonly picture: ImageHash;
  /** Every place that shows the picture; at least one. */
  readonly places: readonly RowPlace[];
  readonly found: Found;
  /** Null: as the faces say. A picture without faces is only sent when the user insists. */
  readonly wanted: boolean | null;
  readonly work: Work;
}

export interface RowPlace extends BatchPlace {
  /** Which forms the layer allows; null when nobody has looked since the batch was started. */
  readonly forms: SelectedPicture['forms'] | null;
}

export type Found =
  | { readonly state: 'waiting' }
  | { readonly state: 'reading' }
  | FoundKnown
  | { readonly state: 'unusable'; readonly error: PluginError };

/** What is kept of a picture that was looked through and put away again. */
export interface FoundKnown {
  readonly state: 'known';
  readonly size: Size;
  readonly faces: readonly Face[];
  readonly content: ContentHash;
  /** The stored file goes to the service as it is; null: it has to be converted first. */
  readonly sendAs: 'jpeg' | 'png' | null;
  /** The whole picture, small. */
  readonly look: ImageBitmap;
  /** The first faces. */
  readonly crops: readonly ImageBitmap[];
}

export type Work =
  | { readonly state: 'none' }
  | {
      readonly state: 'running';
      readonly order: JobOrder;
      readonly progress: Progress;
      readonly cancelling: boolean;
    }
  | ReadyWork
  /** `order`: null when it was never made: the panel was closed before. */
  | { readonly state: 'failed'; readonly order: JobOrder | null; readonly error: PluginError }
  | { readonly state: 'cancelled'; readonly order: JobOrder; readonly spent: boolean };

export interface ReadyWork {
  readonly state: 'ready';
  readonly order: JobOrder;
  readonly completion: Completion;
  readonly faces: readonly Face[];
  /** Of the result as checked; its id belongs to a picture that is closed. */
  readonly result: Pick<OpenResult, 'size' | 'scale' | 'change' | 'wholeFrameChanged'>;
  /** The first faces, restored. */
  readonly crops: readonly ImageBitmap[];
  readonly keep: boolean;
  /** By face. */
  readonly choices: readonly RowChoice[];
  /** Another form than the batch's, chosen while it was reviewed. */
  readonly form: PlacementForm | null;
  /** Why it could not be opened or written; each layer's own reasons stand in `placed`. */
  readonly problem: PluginError | null;
  /** By place; empty until it was applied. */
  readonly placed: readonly Placed[];
}

export interface RowChoice {
  readonly on: boolean;
  readonly blend: number;
}

export type Placed =
  | { readonly state: 'on'; readonly nodeId: NodeId; readonly form: PlacementForm }
  | { readonly state: 'refused'; readonly error: PluginError }
  | { readonly state: 'reverted' };

/** Faces of a picture that are shown in its row. */
export const MOST_CROPS = 4;

export const EVERY_FACE: RowChoice = { on: true, blend: 1 };

/** True when more than one layer is concerned: several, or one that has layers with pictures inside. */
export function isSeveral({ pictures, unusable }: SelectionReport): boolean {
  const layers = new Set(pictures.map(({ target }) => target.nodeId));
  return layers.size > 1 || unusable.some(({ reason }) => reason === 'only-inside');
}

/** The same for two selections of the same layers. */
export const selectionKey = ({ pictures, unusable }: SelectionReport): string =>
  [...new Set([...pictures.map(({ target }) => target.nodeId), ...unusable.map(({ nodeId }) => nodeId)])].join(' ');

/** Undefined when the batch has no such picture. */
export const rowOf = (batch: Batch, picture: ImageHash): Row | undefined =>
  batch.rows.find((row) => row.picture === picture);

/** True as soon as one layer shows the result. */
export const isApplied = (work: Work): boolean =>
  work.state === 'ready' && work.placed.some(({ state }) => state === 'on');

/** Results that Apply would write now. */
export const isWaiting = (row: Row): row is Row & { readonly work: ReadyWork } =>
  row.work.state === 'ready' && row.work.keep && row.work.placed.every(({ state }) => state === 'reverted');

/** Waiting for its turn counts too. */
export const isRunning = ({ work }: Row): boolean => work.state === 'running';
