/** What is sent for each picture of a batch, and what is written down of the whole before the first is sent. Pure. */
import type { BatchPlan, BatchRecord } from '../../../core/batch';
import type { BatchId, ImageHash, JobId } from '../../../core/ids';
import type { Job, JobOrder } from '../../../core/job/job';
import type { Work } from '../../../core/job/work';
import { workKey } from '../../../core/job/workKey';
import { credits } from '../../../core/money/price';
import { isChanged } from '../draft';
import { savedBoxes } from '../faces/saved';
import type { Ready } from '../state';
import type { Batch, FoundKnown, Row } from './batch';

/**
 * The same for all of its pictures, and for those that are sent later: settings that change meanwhile do not touch
 * it.
 */
export function planOf({ draft }: Ready, { form }: Batch, address: string): BatchPlan {
  return {
    parameters: draft.parameters,
    preset: isChanged(draft) ? null : draft.preset.name,
    form,
    address,
  };
}

export interface NewOrder {
  readonly state: Ready;
  readonly batch: BatchId;
  readonly plan: BatchPlan;
  readonly row: Row & { readonly found: FoundKnown };
  readonly reuses: Job | null;
  readonly id: JobId;
  /** Unix milliseconds. */
  readonly at: number;
}

/**
 * `at`: unix milliseconds. Of the layers that show the picture the first stands in the order. Throws for a row
 * without any, which is a bug.
 */
export function orderOf({ state, batch, plan, row, reuses, id, at }: NewOrder): JobOrder {
  const [first] = row.places;
  if (first === undefined) throw new Error('A picture of a batch is on no layer.');
  const { size, content } = row.found;
  const work: Work = { kind: 'faces', parameters: plan.parameters };
  return {
    id,
    workKey: workKey(content, work),
    target: first.target,
    layerName: first.layerName,
    fileName: state.fileName,
    work,
    preset: plan.preset,
    address: plan.address,
    input: size,
    estimate: credits(size),
    boxes: savedBoxes(state.faceEdits.get(row.picture), size),
    batch,
    reuses: reuses?.id ?? null,
    createdAt: at,
  };
}

/** `jobs`: those that are about to be sent, by picture; the others keep the job that they have. */
export function recordOf(
  state: Ready,
  batch: Batch,
  id: BatchId,
  plan: BatchPlan,
  jobs: ReadonlyMap<ImageHash, JobId>,
  at: number,
): BatchRecord {
  const before = state.batches.get(id);
  const entries = batch.rows
    .map(({ picture, places }) => ({
      imageHash: picture,
      job: jobs.get(picture) ?? before?.entries.find(({ imageHash }) => imageHash === picture)?.job ?? null,
      places: places.map(({ target, layerName }) => ({ target, layerName })),
    }))
    // What is left out is not owed to anybody.
    .filter(({ job }) => job !== null);
  return { v: 1, id, fileId: state.fileId, plan, entries, createdAt: before?.createdAt ?? at };
}
