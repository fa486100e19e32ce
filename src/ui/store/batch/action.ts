/** What can happen to a batch. Rows are named by their picture. */
import type { BatchPlan, BatchRecord } from '../../../core/batch';
import type { PluginError } from '../../../core/errors';
import type { BatchId, ImageHash } from '../../../core/ids';
import type { JobOrder } from '../../../core/job/job';
import type { Progress } from '../../../core/job/progress';
import type { PlacementForm } from '../../../core/target';
import type { SelectionReport } from '../../../protocol/selection';
import type { Batch, Found, Placed, ReadyWork, Row, Writing } from './batch';

export type BatchAction =
  | { readonly type: 'batch-opened'; readonly scope: Batch['scope'] }
  /** `at`: unix milliseconds. */
  | { readonly type: 'batch-collected'; readonly report: SelectionReport; readonly at: number }
  /** A batch of an earlier opening. `shown`: nothing else is in hand. */
  | { readonly type: 'batch-found'; readonly record: BatchRecord; readonly at: number; readonly shown: boolean }
  | { readonly type: 'batch-saved'; readonly record: BatchRecord }
  | { readonly type: 'batch-forgotten'; readonly id: BatchId }
  | { readonly type: 'batch-shown'; readonly shown: boolean }
  | { readonly type: 'batch-closed' }
  | { readonly type: 'batch-read'; readonly picture: ImageHash; readonly found: Found }
  | { readonly type: 'batch-wanted'; readonly picture: ImageHash; readonly on: boolean }
  | { readonly type: 'batch-cap'; readonly cap: number | null }
  | { readonly type: 'batch-form'; readonly form: PlacementForm }
  | { readonly type: 'batch-started'; readonly id: BatchId; readonly plan: BatchPlan; readonly at: number }
  /** Its job is on its way: for the first time or again. */
  | { readonly type: 'batch-sent'; readonly picture: ImageHash; readonly order: JobOrder }
  | {
      readonly type: 'batch-progress';
      readonly progress: ReadonlyMap<ImageHash, Progress>;
      readonly at: number;
    }
  | {
      readonly type: 'batch-delivered';
      readonly picture: ImageHash;
      readonly delivered: Pick<ReadyWork, 'completion' | 'faces' | 'result' | 'crops'>;
    }
  | { readonly type: 'batch-failed'; readonly picture: ImageHash; readonly error: PluginError }
  /** Null: all of them. */
  | { readonly type: 'batch-cancelling'; readonly picture: ImageHash | null }
  /** Null: all of them. */
  | { readonly type: 'batch-keep'; readonly picture: ImageHash | null; readonly on: boolean }
  | { readonly type: 'batch-touched'; readonly picture: ImageHash }
  | { readonly type: 'batch-writing'; readonly writing: Writing | null }
  | { readonly type: 'batch-placed'; readonly picture: ImageHash; readonly placed: readonly Placed[] }
  | { readonly type: 'batch-row-problem'; readonly picture: ImageHash; readonly error: PluginError | null }
  | { readonly type: 'batch-problem'; readonly error: PluginError | null }
  | { readonly type: 'batch-looked'; readonly picture: ImageHash; readonly places: Row['places'] };
