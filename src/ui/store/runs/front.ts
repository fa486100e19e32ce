/** Which run fills the panel, and what fills it when that run goes away. Pure. */
import type { JobId } from '../../../core/ids';
import type { JobOrder } from '../../../core/job/job';
import type { Ready } from '../state';
import { leadOf, openLooks, setIn } from './looks';
import type { OpenLook, Run } from './run';

/**
 * What came onto the canvas and lies behind the view now needs no more attention. Of several looks the one that stands for
 * all is shown. A run that is opened from the history leads back there.
 */
export function toFront(state: Ready, id: JobId): Ready {
  const run = state.runs.find((known) => known.id === id);
  const front = run === undefined ? id : (leadOf(setIn(state.runs, run.order))?.id ?? id);
  const cameFrom = state.page === 'history' ? 'history' : front === state.front ? state.cameFrom : 'work';
  return { ...withoutApplied(state, front), front, cameFrom };
}

/** Nothing is in front any more: back to where it was opened. */
export function toBack(state: Ready): Ready {
  return { ...withoutApplied(state, null), front: null, page: state.cameFrom, cameFrom: 'work' };
}

function withoutApplied(state: Ready, front: JobId | null): Ready {
  const before = state.runs.find((known) => known.id === state.front);
  return before?.state === 'applied' && before.id !== front ? without(state, before) : state;
}

/** Another look of the set may stand for it now. */
export function withLead(state: Ready, order: JobOrder): Ready {
  const set = setIn(state.runs, order);
  if (!set.some(({ id }) => id === state.front)) return state;
  const front = leadOf(set)?.id ?? null;
  return front === state.front ? state : { ...state, front };
}

/** The same, by a job's id; one that is not there changes nothing. */
export function withLeadOf(state: Ready, id: JobId): Ready {
  const run = state.runs.find((known) => known.id === id);
  return run === undefined ? state : withLead(state, run.order);
}

/** Without a run, and without the looks that were open in it: they were decided about together. */
export function closed(state: Ready, id: JobId): Ready {
  const run = state.runs.find((known) => known.id === id);
  if (run === undefined) return state;
  const left = without(state, run);
  if (state.front !== id) return left;
  // A look that is given up leaves the view to the others; a decision ends it.
  const next = looksIn(run).length > 0 ? null : (leadOf(setIn(left.runs, run.order))?.id ?? null);
  if (next !== null) return { ...left, front: next };
  return { ...left, front: null, cameFrom: 'work', page: state.page === 'work' ? state.cameFrom : state.page };
}

function without(state: Ready, run: Run): Ready {
  const gone = new Set([run.id, ...looksIn(run).map(({ order }) => order.id)]);
  return { ...state, runs: state.runs.filter(({ id }) => !gone.has(id)) };
}

const looksIn = (run: Run): readonly OpenLook[] =>
  run.state === 'review' || run.state === 'applied' ? openLooks(run) : [];
