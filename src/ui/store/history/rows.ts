/**
 * The results of this document as the history lists them: what lies on its layers, copies and pasted ones included, and
 * what was paid for here and lies on none. Pure.
 */
import type { JobId, NodeId } from '../../../core/ids';
import type { Job } from '../../../core/job/job';
import { placeOf, seedOf, setOf } from '../../../core/job/looks';
import { KEPT } from '../../../core/job/retention';
import type { Recipe } from '../../../core/recipe';
import { endpoint } from '../../../core/settings';
import type { Target } from '../../../core/target';
import type { PlacedResult, SelectedPicture } from '../../../protocol/selection';
import { serviceName } from '../serviceName';
import type { Ready } from '../state';

export interface HistoryRow {
  /** One layer with several pictures has several. */
  readonly key: string;
  readonly nodeId: NodeId;
  readonly layerName: string;
  /** Null where it is not known: nobody has looked at the layer. */
  readonly pageName: string | null;
  /** Unix milliseconds: when it was applied, or when the service was done. */
  readonly at: number;
  /** Null: set by hand. */
  readonly preset: string | null;
  /** Faces that it shows, 0 for a picture that was enhanced as a whole; null where it is on no layer. */
  readonly faces: number | null;
  readonly credits: number;
  readonly service: string;
  /** False: it was taken off, or never applied. */
  readonly isOn: boolean;
  readonly again: Again;
}

/** Whether the result can be brought once more, and how. */
export type Again =
  | { readonly state: 'free'; readonly result: KeptResult }
  /** The service keeps results for 7 days, and only for the account that paid for them. */
  | { readonly state: 'gone' }
  /** It is kept at a service that is not set now. */
  | { readonly state: 'elsewhere' };

/** A result that the service still keeps, and where it belongs. */
export interface KeptResult {
  readonly job: Job;
  /** The other looks that faces were taken from, as far as the service still keeps them. */
  readonly beside: readonly Job[];
  readonly target: Target;
  readonly layerName: string;
  /** Null while nobody has looked at the layer. */
  readonly forms: SelectedPicture['forms'] | null;
}

/** Newest first. `now`: unix milliseconds. */
export function historyRows(state: Ready, results: readonly PlacedResult[], now: number): readonly HistoryRow[] {
  const placed = results.flatMap((result) =>
    result.applied === null ? [] : [placedRow(state, result, result.applied, now)],
  );
  const shown = new Set(results.map(({ applied }) => applied?.jobId));
  const others = [...state.jobs.values()].flatMap((job) =>
    shown.has(job.id) || job.order.target.fileId !== state.fileId ? [] : jobRow(state, job, now),
  );
  return [...placed, ...others].sort((one, other) => other.at - one.at);
}

/** The result that a layer carries, where it can still be fetched. */
export function againOf(state: Ready, picture: SelectedPicture, jobId: JobId, now: number): Again {
  const { target, layerName, forms, applied } = picture;
  const job = state.jobs.get(jobId);
  if (job === undefined) return { state: 'gone' };
  return kept(state, { job, beside: beside(state, job, applied?.seeds ?? [], now), target, layerName, forms }, now);
}

/** The looks of the job's set with these seeds, first place first. */
function beside({ jobs }: Ready, job: Job, seeds: readonly number[], now: number): readonly Job[] {
  return [...jobs.values()]
    .filter((other) => other.id !== job.id && setOf(other.order) === setOf(job.order) && isKept(other, now))
    .filter(({ order }) => order.address === job.order.address && seeds.includes(seedOf(order.work) ?? Number.NaN))
    .sort((one, other) => placeOf(one.order) - placeOf(other.order));
}

const isKept = ({ state }: Job, now: number): boolean =>
  (state.name === 'COMPLETED' || state.name === 'DONE') && now - state.acceptance.acceptedAt < KEPT;

function kept(state: Ready, result: KeptResult, now: number): Again {
  if (!isKept(result.job, now)) return { state: 'gone' };
  return endpoint(state.settings)?.address === result.job.order.address
    ? { state: 'free', result }
    : { state: 'elsewhere' };
}

function placedRow(state: Ready, result: PlacedResult, recipe: Recipe, now: number): HistoryRow {
  const { target, layerName, pageName } = result;
  return {
    key: `${target.nodeId} ${target.paintIndex}`,
    nodeId: target.nodeId,
    layerName,
    pageName,
    at: recipe.appliedAt,
    preset: recipe.preset,
    faces: recipe.faces,
    credits: recipe.credits,
    service: recipe.service,
    isOn: true,
    again: againOf(state, result, recipe.jobId, now),
  };
}

function jobRow(state: Ready, job: Job, now: number): readonly HistoryRow[] {
  const { id, order, state: done } = job;
  if (done.name !== 'COMPLETED' && done.name !== 'DONE') return [];
  const { target, layerName } = order;
  return [
    {
      key: id,
      nodeId: target.nodeId,
      layerName,
      pageName: null,
      at: done.completion.completedAt,
      preset: order.preset,
      faces: null,
      credits: done.completion.credits,
      service: serviceName(order.address),
      isOn: false,
      again: kept(state, { job, beside: [], target, layerName, forms: null }, now),
    },
  ];
}
