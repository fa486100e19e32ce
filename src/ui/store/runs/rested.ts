/** Whose hands an open picture is in, and what is left of a run when its picture is put away. Pure. */
import type { JobId } from '../../../core/ids';
import { unreachable } from '../../../core/result';
import type { Ready } from '../state';
import { base, change } from './changeRun';
import { closed } from './front';
import { looksOfFaces, setIn } from './looks';
import { held } from './run';

/** The looks of a set have one picture: it is in one pair of hands, so that it can be put away. */
export function onlyHolder(state: Ready, id: JobId): Ready {
  const own = state.runs.find((known) => known.id === id);
  if (own === undefined) return state;
  const others = setIn(state.runs, own.order).filter((run) => run.id !== id);
  return {
    ...state,
    runs: state.runs.map((run) =>
      others.includes(run) && (run.state === 'running' || run.state === 'ready' || run.state === 'problem')
        ? { ...run, material: null }
        : run,
    ),
  };
}

/** Without its pictures a run is what it was before they were opened; what was chosen stays chosen. */
export function rested(state: Ready, id: JobId): Ready {
  const run = state.runs.find((known) => known.id === id);
  switch (run?.state) {
    case 'running':
    case 'ready':
    case 'problem':
      return change(state, id, () => ({ ...run, material: null }));
    case 'review': {
      const { choices, form, completion } = run.review;
      const bytes = held(
        run.bytes,
        state.runs.filter((other) => other.id !== id),
      );
      return change(state, id, () => ({
        ...base(run),
        state: 'ready',
        material: null,
        bytes,
        completion,
        opening: false,
        chosen: { choices, form, ...(run.review.others.length > 0 ? { from: looksOfFaces(run) } : {}) },
      }));
    }
    case 'applied':
      return closed(state, id);
    case undefined:
      return state;
    default:
      return unreachable(run);
  }
}
