/** The batch: each action names its row, and is dropped when that row is in another state. Pure. */

import type { BatchRecord } from '../../core/batch';
import { distinct } from '../../core/batch';
import type { ImageHash } from '../../core/ids';
import { unreachable } from '../../core/result';
import type { SelectionReport } from '../../protocol/selection';
import { type Batch, EVERY_FACE, isSeveral, type Row, type RowPlace, selectionKey, type Work } from './batch';
import type { BatchAction } from './batchAction';
import type { Run } from './run';
import type { Ready } from './state';

export function updateBatch(state: Ready, action: BatchAction): Ready {
  if (action.type === 'batch-opened') return isStarted(state.batch) ? state : opened(state, action.scope);
  if (action.type === 'batch-found') return state.batch === null ? { ...state, batch: found(state, action) } : state;
  if (action.type === 'batch-saved') {
    return { ...state, batches: new Map(state.batches).set(action.record.id, action.record) };
  }
  if (action.type === 'batch-forgotten') {
    return { ...state, batches: new Map([...state.batches].filter(([id]) => id !== action.id)) };
  }
  const { batch } = state;
  if (batch === null) return state;
  if (action.type === 'batch-closed') return { ...state, batch: null };
  if (action.type === 'batch-collected') return collected(state, batch, action.report, action.at);
  if (action.type === 'batch-shown' && action.shown) {
    return { ...state, batch: { ...batch, shown: true }, front: null, faceEditor: null, page: 'work' };
  }
  const next = changed(batch, action);
  return next === batch ? state : { ...state, batch: next };
}

type Change = Exclude<
  BatchAction,
  {
    readonly type:
      | 'batch-opened'
      | 'batch-found'
      | 'batch-closed'
      | 'batch-collected'
      | 'batch-saved'
      | 'batch-forgotten';
  }
>;

function changed(batch: Batch, action: Change): Batch {
  switch (action.type) {
    case 'batch-shown':
      return { ...batch, shown: action.shown };
    case 'batch-read':
      return withRow(batch, action.picture, (row) => ({ ...row, found: action.found }));
    case 'batch-wanted':
      return batch.phase === 'run' ? batch : withRow(batch, action.picture, (row) => ({ ...row, wanted: action.on }));
    case 'batch-cap':
      return batch.phase === 'run' ? batch : { ...batch, cap: action.cap };
    case 'batch-form':
      return batch.phase === 'run' ? batch : { ...batch, form: action.form };
    case 'batch-started': {
      const { id, plan, at } = action;
      return { ...batch, phase: 'run', start: { id, plan, at, now: at }, form: plan.form, problem: null };
    }
    case 'batch-sent':
      return withWork(batch, action.picture, (work) =>
        work.state === 'ready'
          ? work
          : { state: 'running', order: action.order, progress: PREPARING, cancelling: false },
      );
    case 'batch-progress':
      return {
        ...batch,
        start: batch.start === null ? null : { ...batch.start, now: Math.max(batch.start.now, action.at) },
        rows: batch.rows.map((row) => {
          const progress = action.progress.get(row.picture);
          if (progress === undefined || row.work.state !== 'running') return row;
          return { ...row, work: { ...row.work, progress } };
        }),
      };
    case 'batch-delivered':
      return withWork(batch, action.picture, (work) => {
        if (work.state !== 'running') return work;
        return {
          state: 'ready',
          order: work.order,
          ...action.delivered,
          keep: true,
          choices: action.delivered.faces.map(() => EVERY_FACE),
          form: null,
          problem: null,
          placed: [],
        };
      });
    case 'batch-failed':
      return withWork(batch, action.picture, (work) => {
        if (work.state !== 'running') return work;
        const { order } = work;
        const { error } = action;
        return error.code === 'job-cancelled'
          ? { state: 'cancelled', order, spent: error.spent }
          : { state: 'failed', order, error };
      });
    case 'batch-cancelling':
      return eachWork(batch, action.picture, (work) =>
        work.state === 'running' && !work.cancelling ? { ...work, cancelling: true } : work,
      );
    case 'batch-keep':
      return eachWork(batch, action.picture, (work) =>
        work.state === 'ready' && work.keep !== action.on && !isHeld(batch, work) ? { ...work, keep: action.on } : work,
      );
    case 'batch-touched':
      return { ...batch, lastOpened: action.picture };
    case 'batch-writing':
      return { ...batch, writing: action.writing };
    case 'batch-placed':
      return withWork(batch, action.picture, (work) =>
        work.state === 'ready' ? { ...work, placed: action.placed, problem: null } : work,
      );
    case 'batch-row-problem':
      return withWork(batch, action.picture, (work) =>
        work.state === 'ready' ? { ...work, problem: action.error } : work,
      );
    case 'batch-problem':
      return { ...batch, problem: action.error };
    case 'batch-looked':
      return withRow(batch, action.picture, (row) => ({ ...row, places: action.places }));
    default:
      return unreachable(action);
  }
}

const PREPARING = { stage: 'preparing', fraction: null, secondsLeft: null } as const;

/** What is being written, or is on the canvas, is not chosen anew. */
const isHeld = (batch: Batch, work: Extract<Work, { readonly state: 'ready' }>): boolean =>
  batch.writing !== null || work.placed.some(({ state }) => state === 'on');

const isStarted = (batch: Batch | null): boolean => batch?.phase === 'run';

function opened(state: Ready, scope: Batch['scope']): Ready {
  const batch: Batch = {
    phase: 'collecting',
    scope,
    shown: true,
    rows: [],
    unusable: [],
    at: 0,
    selection: selectionKey(state.selection),
    leftOut: 0,
    cap: state.batch?.cap ?? null,
    form: state.settings.form,
    start: null,
    writing: null,
    problem: null,
    lastOpened: null,
  };
  return { ...state, batch, front: null, faceEditor: null };
}

function collected(state: Ready, batch: Batch, report: SelectionReport, at: number): Ready {
  if (batch.phase !== 'collecting') return state;
  // Nothing inside what is selected: the selection itself says why.
  if (report.pictures.length === 0 && batch.scope === 'selection') return { ...state, batch: null };
  const places: readonly RowPlace[] = report.pictures.map(({ target, layerName, forms }) => ({
    target,
    layerName,
    forms,
  }));
  const rows = distinct(places).map(({ imageHash, places: all }) => newRow(imageHash, all as readonly RowPlace[]));
  const { unusable, leftOut } = report;
  return { ...state, batch: { ...batch, phase: 'survey', rows, unusable, leftOut, at } };
}

const newRow = (picture: ImageHash, places: readonly RowPlace[]): Row => ({
  picture,
  places,
  found: { state: 'waiting' },
  wanted: null,
  work: { state: 'none' },
});

/** As it was left: what was sent is gone on with, what was not waits for the user's word. */
function found(
  { jobs }: Ready,
  { record, at, shown }: { readonly record: BatchRecord; readonly at: number; readonly shown: boolean },
): Batch {
  const { id, plan } = record;
  const rows = unapplied(record, jobs).map((entry): Row => {
    const places = entry.places.map((place) => ({ ...place, forms: null }));
    const job = entry.job === null ? undefined : jobs.get(entry.job);
    const row = newRow(entry.imageHash, places);
    if (entry.job === null) return row;
    if (job === undefined) return { ...row, work: { state: 'failed', order: null, error: { code: 'job-unsent' } } };
    const { state, order } = job;
    if (state.name === 'CANCELLED') return { ...row, work: { state: 'cancelled', order, spent: false } };
    return { ...row, work: { state: 'running', order, progress: PREPARING, cancelling: false } };
  });
  return {
    phase: 'run',
    scope: 'selection',
    shown,
    rows,
    unusable: [],
    at,
    selection: '',
    leftOut: 0,
    cap: null,
    form: plan.form,
    start: { id, plan, at, now: at },
    writing: null,
    problem: null,
    lastOpened: null,
  };
}

/** What is on the canvas is over; the rest is still owed to the user. */
export function unapplied({ entries }: BatchRecord, jobs: Ready['jobs']): BatchRecord['entries'] {
  return entries.filter(({ job }) => job === null || jobs.get(job)?.state.name !== 'DONE');
}

function withRow(batch: Batch, picture: ImageHash, next: (row: Row) => Row): Batch {
  const rows = batch.rows.map((row) => (row.picture === picture ? next(row) : row));
  return rows.every((row, index) => row === batch.rows[index]) ? batch : { ...batch, rows };
}

const withWork = (batch: Batch, picture: ImageHash, next: (work: Work) => Work): Batch =>
  eachWork(batch, picture, next);

/** Null: every row. */
function eachWork(batch: Batch, picture: ImageHash | null, next: (work: Work) => Work): Batch {
  const rows = batch.rows.map((row) => {
    if (picture !== null && row.picture !== picture) return row;
    const work = next(row.work);
    return work === row.work ? row : { ...row, work };
  });
  return rows.every((row, index) => row === batch.rows[index]) ? batch : { ...batch, rows };
}

/**
 * A selection of several layers opens the batch by itself, for it is what the user came for; one that was begun stays as
 * it is, whatever is selected meanwhile.
 */
export function withSelectedBatch(before: Ready | null, state: Ready): Ready {
  // The host tells of the same selection again whenever something in the document has changed.
  const same = before !== null && selectionKey(before.selection) === selectionKey(state.selection);
  const chosen = !same || before.settings.service === null;
  if (!chosen || state.settings.service === null || state.front !== null || state.faceEditor !== null) return state;
  const { batch } = state;
  if (!isSeveral(state.selection))
    return batch !== null && batch.phase === 'collecting' ? { ...state, batch: null } : state;
  if (batch !== null && (isStarted(batch) || (batch.shown && batch.phase === 'survey'))) return state;
  return opened(state, 'selection');
}

/** A result that was opened from the batch goes back to it, with what was chosen, when it is no longer looked at. */
export function withReviewedBatch(state: Ready): Ready {
  const { batch } = state;
  const left = state.runs.filter((run) => run.id !== state.front && isOfBatch(batch, run));
  if (batch === null || left.length === 0) return state;
  return {
    ...state,
    batch: left.reduce(withReviewed, batch),
    runs: state.runs.filter((run) => !left.includes(run)),
  };
}

export const isOfBatch = (batch: Batch | null, run: Run): boolean =>
  batch?.start != null && run.order.batch === batch.start.id && batch.rows.some(({ work }) => isJobOf(work, run));

const isJobOf = (work: Work, run: Run): boolean => work.state === 'ready' && work.order.id === run.id;

function withReviewed(batch: Batch, run: Run): Batch {
  const chosen = run.state === 'review' ? run.review : run.state === 'ready' ? run.chosen : null;
  const problem = run.state === 'problem' ? run.error : null;
  return eachWork(batch, run.order.target.imageHash, (work) => {
    if (work.state !== 'ready') return work;
    if (chosen === null) return { ...work, problem };
    const choices = chosen.choices.map(({ on, blend }) => ({ on, blend }));
    return { ...work, choices, form: chosen.form, problem: null };
  });
}
