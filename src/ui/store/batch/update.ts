/** The batch: each action names its row, and is dropped when that row is in another state. Pure. */
import { unreachable } from '../../../core/result';
import type { Ready } from '../state';
import type { BatchAction } from './action';
import { type Batch, EVERY_FACE, type Work } from './batch';
import { collected, found, isStarted, opened, PREPARING } from './begun';
import { eachWork, withRow, withWork } from './changeRow';

/** A batch that is under way is not replaced by another one. */
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
    return {
      ...state,
      batch: { ...batch, shown: true },
      front: null,
      cameFrom: 'work',
      faceEditor: null,
      page: 'work',
    };
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

/** What is being written, or is on the canvas, is not chosen anew. */
const isHeld = (batch: Batch, work: Extract<Work, { readonly state: 'ready' }>): boolean =>
  batch.writing !== null || work.placed.some(({ state }) => state === 'on');
