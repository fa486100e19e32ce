/** What a batch costs, holds and lacks, in numbers. Pure: everything that is shown is counted here, and only here. */
import { withinCap } from '../../../core/batch';
import type { Job } from '../../../core/job/job';
import { isOver } from '../../../core/job/job';
import { reusable } from '../../../core/job/nextAct';
import type { Progress } from '../../../core/job/progress';
import { workKey } from '../../../core/job/workKey';
import { credits } from '../../../core/money/price';
import { endpoint } from '../../../core/settings';
import type { Face } from '../../../pixels/face';
import { remedies } from '../remedies';
import { underWay } from '../runs/sameWork';
import type { Ready } from '../state';
import { type Batch, type FoundKnown, isWaiting, type Row } from './batch';

/** What restoring one picture with the present settings means. */
export interface Quote {
  readonly credits: number;
  /** The finished job whose result is taken over for nothing. */
  readonly reuses: Job | null;
  /** The same work is being done by another job: it is not paid for a second time. */
  readonly underWay: boolean;
}

export type RowQuote = Row & Quote & { readonly found: FoundKnown };

export interface Survey {
  readonly layers: number;
  readonly pictures: number;
  readonly searched: number;
  readonly withFaces: number;
  readonly unusable: number;
  readonly alreadyPaid: number;
  /** What Restore would send, in order. */
  readonly chosen: readonly RowQuote[];
  /** Checked, but beyond the cap or the balance. */
  readonly beyond: ReadonlySet<Row['picture']>;
  readonly credits: number;
  readonly faces: number;
}

/** The faces of a picture, as the user corrected them. */
export function facesOf(state: Ready, row: Row): readonly Face[] {
  const found = row.found.state === 'known' ? row.found.faces : [];
  return state.faceEdits.get(row.picture)?.faces ?? found;
}

/** Until the user says otherwise, a picture with a face is wanted and one without is not. */
export const isWanted = (state: Ready, row: Row): boolean => row.wanted ?? facesOf(state, row).length > 0;

/**
 * A started batch is reckoned with its plan, another with the present settings. Credits: 0 for what was paid
 * before.
 */
export function quote(state: Ready, batch: Batch, found: FoundKnown): Quote {
  const plan = batch.start?.plan;
  const address = plan?.address ?? endpoint(state.settings)?.address ?? '';
  const key = workKey(found.content, { kind: 'faces', parameters: plan?.parameters ?? state.draft.parameters });
  const jobs = [...state.jobs.values()];
  const reuses = reusable(jobs, key, address, batch.at);
  if (reuses !== null) return { credits: 0, reuses, underWay: false };
  const doing = underWay(jobs, key, address, batch.at);
  return { credits: credits(found.size), reuses: null, underWay: doing !== null && !isOwn(batch, doing) };
}

/** Only of pictures that were looked through; `searched` says how many of them there are by now. */
export function survey(state: Ready, batch: Batch): Survey {
  const { rows } = batch;
  const known = rows.flatMap((row): readonly RowQuote[] =>
    row.found.state === 'known' ? [{ ...row, found: row.found, ...quote(state, batch, row.found) }] : [],
  );
  const wanted = known.filter((row) => isWanted(state, row) && !row.underWay);
  const chosen = withinCap(wanted, limit(state, batch));
  const within = new Set(chosen.map(({ picture }) => picture));
  return {
    layers: rows.reduce((sum, { places }) => sum + places.length, 0),
    pictures: rows.length,
    searched: rows.filter(({ found }) => found.state === 'known' || found.state === 'unusable').length,
    withFaces: known.filter((row) => facesOf(state, row).length > 0).length,
    unusable: rows.filter(({ found }) => found.state === 'unusable').length,
    alreadyPaid: chosen.filter(({ reuses }) => reuses !== null).length,
    chosen,
    beyond: new Set(wanted.map(({ picture }) => picture).filter((picture) => !within.has(picture))),
    credits: chosen.reduce((sum, row) => sum + row.credits, 0),
    faces: chosen.reduce((sum, row) => sum + facesOf(state, row).length, 0),
  };
}

const isOwn = ({ start }: Batch, { order }: Job): boolean => start !== null && order.batch === start.id;

/** The user's cap, or what is left on the account when that is less. The local engine's credits are play money. */
export function limit(state: Ready, batch: Batch): number | null {
  const { account, settings } = state;
  const left = account.state === 'known' && settings.service !== 'local' ? account.balance.available : null;
  if (left === null) return batch.cap;
  return batch.cap === null ? left : Math.min(batch.cap, left);
}

export interface Progressed {
  /** 0..1 over all pictures that were sent. */
  readonly fraction: number;
  /** Seconds; null while nothing can be said. */
  readonly secondsLeft: number | null;
  readonly running: number;
  /** Pictures that were meant to be restored. */
  readonly started: number;
  readonly ready: number;
  readonly failed: number;
  readonly cancelled: number;
  readonly cancelling: boolean;
  /** Credits that the service has charged for this batch. */
  readonly charged: number;
}

/** Of the rows that were sent, whatever has become of them. */
export function progressed(batch: Batch): Progressed {
  const rows = batch.rows.filter(({ work }) => work.state !== 'none');
  const count = (state: Row['work']['state']): number => rows.filter(({ work }) => work.state === state).length;
  const fraction = rows.length === 0 ? 1 : rows.reduce((sum, row) => sum + share(row), 0) / rows.length;
  const { start } = batch;
  const elapsed = start === null ? 0 : (start.now - start.at) / 1000;
  const running = count('running');
  return {
    fraction,
    secondsLeft:
      running > 0 && elapsed >= LEAST_ELAPSED && fraction >= LEAST_FRACTION
        ? (elapsed * (1 - fraction)) / fraction
        : null,
    running,
    started: rows.length,
    ready: count('ready'),
    failed: count('failed'),
    cancelled: count('cancelled'),
    cancelling: running > 0 && rows.every(({ work }) => work.state !== 'running' || work.cancelling),
    charged: rows.reduce((sum, { work }) => sum + chargeOf(work), 0),
  };
}

/** Before that a guess of the time left would only jump about. Seconds; and a share of the whole. */
const LEAST_ELAPSED = 2;
const LEAST_FRACTION = 0.05;

function share({ work }: Row): number {
  return work.state === 'running' ? shareOf(work.progress) : 1;
}

/** How far one picture is: most of its time is spent at the service. */
function shareOf({ stage, fraction }: Progress): number {
  const part = fraction ?? 0;
  switch (stage) {
    case 'preparing':
    case 'in-line':
    case 'waiting':
    case 'looking':
    case 'cancelling':
      return 0;
    case 'uploading':
      return 0.15 * part;
    case 'queued':
      return 0.15;
    case 'restoring':
      return 0.15 + 0.7 * part;
    case 'downloading':
      return 0.85 + 0.1 * part;
    case 'checking':
      return 0.95;
  }
}

function chargeOf(work: Row['work']): number {
  if (work.state === 'ready') return work.order.reuses === null ? work.completion.credits : 0;
  return work.state === 'cancelled' && work.spent ? work.order.estimate : 0;
}

/** Rows that a press of Retry takes up again, and what those that were never taken would cost. */
export function retryable(state: Ready, batch: Batch): { readonly rows: readonly Row[]; readonly credits: number } {
  const rows = batch.rows.filter(
    ({ work, found }) =>
      work.state === 'failed' &&
      isRetryable(work.error) &&
      // What has no order yet has no price either, before it was looked through.
      (work.order !== null || found.state === 'known'),
  );
  return { rows, credits: rows.reduce((sum, row) => sum + priceOfRetry(state, batch, row), 0) };
}

const isRetryable = (error: Parameters<typeof remedies>[0]): boolean =>
  error.code === 'job-elsewhere' ||
  remedies(error).some((remedy) => remedy === 'retry' || remedy === 'look' || remedy === 'refetch');

/** Credits. A job that may have been taken is gone on with: it is never sent, nor charged, a second time. */
export function priceOfRetry(state: Ready, batch: Batch, row: Row): number {
  if (row.work.state !== 'failed') return 0;
  const { order } = row.work;
  const job = order === null ? undefined : state.jobs.get(order.id);
  if (job !== undefined && !isOver(job.state) && job.state.name !== 'PREPARED') {
    return job.state.name === 'PARKED' && job.state.accepted === null ? job.order.estimate : 0;
  }
  if (row.found.state === 'known') return quote(state, batch, row.found).credits;
  return order?.estimate ?? 0;
}

/** Results that Apply would write now, and onto how many layers. */
export function applicable({ rows }: Batch): { readonly results: number; readonly layers: number } {
  const waiting = rows.filter(isWaiting);
  return { results: waiting.length, layers: waiting.reduce((sum, { places }) => sum + places.length, 0) };
}

export interface Written {
  readonly layers: number;
  readonly refused: number;
  /** Refused because the layer is gone or shows something else: a new layer can take the result. */
  readonly misplaced: number;
}

/** Counted in layers: one result may lie on some of its layers and be refused by others. */
export function written({ rows }: Batch): Written {
  const placed = rows.flatMap(({ work }) => (work.state === 'ready' ? work.placed : []));
  const refused = placed.flatMap((one) => (one.state === 'refused' ? [one.error] : []));
  return {
    layers: placed.filter(({ state }) => state === 'on').length,
    refused: refused.length,
    misplaced: refused.filter((error) => remedies(error).includes('new-layer')).length,
  };
}
