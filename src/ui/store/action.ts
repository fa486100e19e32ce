/** Everything that can happen to the state: what the user set, and what a deed found out. */
import type { PluginError } from '../../core/errors';
import type { ContentHash, JobId, NodeId } from '../../core/ids';
import type { Completion, Job } from '../../core/job/job';
import type { Progress } from '../../core/job/progress';
import type { NumberParameter } from '../../core/parameters';
import type { Settings } from '../../core/settings';
import type { PlacementForm, Target } from '../../core/target';
import type { Face } from '../../pixels/face';
import type { Box } from '../../pixels/image';
import type { OpenPicture, OpenResult } from '../../pixels/studio';
import type { Opening, Placement, Standing } from '../../protocol/messages';
import type { SelectionReport } from '../../protocol/selection';
import type { BatchAction } from './batch/action';
import type { EnhanceAction } from './enhance/enhance';
import type { HistoryState } from './history/history';
import type { PresetsAction } from './presets/update';
import type { Material, OpenLook, ReadyRun, RunningRun } from './runs/run';
import type { Account, LeaseState, LedgerState, Page, Trial } from './state';

export type Action =
  | { readonly type: 'opened'; readonly opening: Opening }
  | { readonly type: 'opening-failed'; readonly error: PluginError }
  | { readonly type: 'settings'; readonly settings: Settings }
  | { readonly type: 'account'; readonly account: Account }
  | { readonly type: 'trial'; readonly trial: Trial }
  | { readonly type: 'page'; readonly page: Page }
  | { readonly type: 'history'; readonly history: HistoryState }
  | { readonly type: 'ledger'; readonly ledger: LedgerState }
  | { readonly type: 'trouble'; readonly error: PluginError | null }
  /** A job's record is stored as this. */
  | { readonly type: 'job-saved'; readonly job: Job }
  | { readonly type: 'job-forgotten'; readonly id: JobId }
  /** The job records were read anew. `at`: unix milliseconds of the asking. */
  | { readonly type: 'jobs-read'; readonly jobs: ReadonlyMap<JobId, Job>; readonly at: number }
  | { readonly type: 'lease'; readonly lease: LeaseState }
  | SelectionAction
  | FacesAction
  | DraftAction
  | EnhanceAction
  | PresetsAction
  | RunAction
  | BatchAction;

export type SelectionAction =
  | { readonly type: 'selection'; readonly selection: SelectionReport }
  | { readonly type: 'thumbnail'; readonly nodeId: NodeId; readonly bytes: Uint8Array }
  | { readonly type: 'subject-chosen'; readonly target: Target }
  | { readonly type: 'subject-read'; readonly target: Target; readonly picture: OpenPicture }
  | { readonly type: 'subject-searched'; readonly target: Target; readonly faces: readonly Face[] }
  /** The hash of the picture in hand. `at`: unix milliseconds. */
  | { readonly type: 'subject-hashed'; readonly target: Target; readonly content: ContentHash; readonly at: number }
  /** Its picture is put away: it is read again when somebody looks at the selection. */
  | { readonly type: 'subject-rested' }
  | { readonly type: 'subject-unusable'; readonly target: Target; readonly error: PluginError };

/** Faces are named by their index in the picture in hand; boxes are in source pixels. */
export type FacesAction =
  | { readonly type: 'faces-opened'; readonly selected: number | null }
  | { readonly type: 'faces-done' }
  | { readonly type: 'face-selected'; readonly face: number | null }
  | { readonly type: 'face-added'; readonly box: Box }
  | { readonly type: 'face-removed'; readonly face: number }
  | { readonly type: 'face-changed'; readonly face: number; readonly box: Box }
  | { readonly type: 'faces-undone' };

export type DraftAction =
  | { readonly type: 'parameter'; readonly name: NumberParameter; readonly value: number }
  | { readonly type: 'reference'; readonly text: string };

export type RunAction =
  | { readonly type: 'run-started'; readonly run: RunningRun | ReadyRun }
  | { readonly type: 'run-shown'; readonly id: JobId | null }
  | { readonly type: 'run-closed'; readonly id: JobId }
  | { readonly type: 'run-progress'; readonly id: JobId; readonly progress: Progress }
  | { readonly type: 'run-job'; readonly id: JobId; readonly job: Job }
  | { readonly type: 'run-material'; readonly id: JobId; readonly material: Material }
  | { readonly type: 'run-cancelling'; readonly id: JobId }
  | { readonly type: 'run-failed'; readonly id: JobId; readonly error: PluginError }
  /** The result is in hand, checked; `bytes` null: it can be fetched. */
  | {
      readonly type: 'run-ready';
      readonly id: JobId;
      readonly bytes: Uint8Array | null;
      readonly completion: Completion;
    }
  | { readonly type: 'run-opening'; readonly id: JobId }
  | { readonly type: 'run-standing'; readonly id: JobId; readonly standing: Standing }
  /** The result is open beside its picture; `others`: the looks that faces had been taken from before. */
  | {
      readonly type: 'run-opened';
      readonly id: JobId;
      readonly material: Material;
      readonly result: OpenResult;
      readonly others?: readonly OpenLook[];
    }
  /** Another look is open beside the same picture. */
  | { readonly type: 'run-look'; readonly id: JobId; readonly look: OpenLook }
  /** Its pictures are put away: they can be opened again at any time. */
  | { readonly type: 'run-rested'; readonly id: JobId }
  /** The picture that the layer shows now, to compare with; null: no longer compared. */
  | { readonly type: 'run-now'; readonly id: JobId; readonly picture: OpenPicture | null }
  | {
      readonly type: 'choice';
      readonly id: JobId;
      /** Index of the face. */
      readonly face: number;
      readonly change: { readonly on?: boolean; readonly blend?: number; readonly resultId?: number };
    }
  /** Takes every face from one of the looks. */
  | { readonly type: 'look-all'; readonly id: JobId; readonly resultId: number }
  /** A face that was not marked before the result came. `box`: source pixels. */
  | { readonly type: 'face-drawn'; readonly id: JobId; readonly box: Box }
  | { readonly type: 'blend-all'; readonly id: JobId; readonly blend: number }
  | { readonly type: 'form'; readonly id: JobId; readonly form: PlacementForm }
  | { readonly type: 'applying'; readonly id: JobId }
  | { readonly type: 'applied'; readonly id: JobId; readonly placement: Placement }
  | { readonly type: 'apply-failed'; readonly id: JobId; readonly error: PluginError }
  /** From "applied" back to the review, to choose differently: free. */
  | { readonly type: 'adjusting'; readonly id: JobId }
  | { readonly type: 'reverting'; readonly id: JobId }
  | { readonly type: 'reverted'; readonly id: JobId }
  | { readonly type: 'revert-failed'; readonly id: JobId; readonly error: PluginError };
