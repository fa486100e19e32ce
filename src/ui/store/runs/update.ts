/** The runs from their start to their review: each action names its run, and is dropped when that run is gone or in another state. */
import type { PlacementForm } from '../../../core/target';
import type { RunAction } from '../action';
import type { Ready } from '../state';
import { base, change, reviewing, running, waiting } from './changeRun';
import { closed, toBack, toFront, withLead, withLeadOf } from './front';
import { openLooks, setIn } from './looks';
import { lostPlace } from './lost';
import { onlyHolder, rested } from './rested';
import {
  firstChoices,
  held,
  possibleForm,
  type ReadyRun,
  type Review,
  sameChoices,
  takenFaces,
  wholeForm,
} from './run';
import { updateReview } from './updateReview';

/** A run that is started takes the place of one of the same id. */
export function updateRuns(state: Ready, action: RunAction): Ready {
  switch (action.type) {
    case 'run-started': {
      const others = state.runs.filter(({ id }) => id !== action.run.id);
      const next = { ...state, runs: [...others, action.run] };
      // One more look joins what is shown of its set already.
      const joins = setIn(next.runs, action.run.order).some(({ id }) => id === state.front);
      if (joins) return withLead(next, action.run.order);
      return action.run.resumed ? next : toFront(next, action.run.id);
    }
    case 'run-shown':
      if (action.id !== null && !state.runs.some(({ id }) => id === action.id)) return state;
      return action.id === null ? toBack(state) : { ...toFront(state, action.id), page: 'work' };
    case 'run-closed':
      return closed(state, action.id);
    case 'run-job':
      return change(state, action.id, (run) => ({ ...run, job: action.job }));
    case 'run-progress':
      return change(
        state,
        action.id,
        running((run) => ({ ...run, progress: action.progress })),
      );
    case 'run-material':
      return change(onlyHolder(state, action.id), action.id, (run) =>
        run.state === 'running' || (run.state === 'ready' && run.opening)
          ? { ...run, material: action.material, faces: action.material.faces }
          : run,
      );
    case 'run-cancelling':
      return change(
        state,
        action.id,
        running((run) => ({ ...run, cancelling: true })),
      );
    case 'run-failed':
      return withLeadOf(
        change(state, action.id, (run) => {
          if (run.state !== 'running' && run.state !== 'ready') return run;
          return { ...base(run), state: 'problem', material: run.material, error: action.error };
        }),
        action.id,
      );
    case 'run-ready': {
      const others = state.runs.filter(({ id }) => id !== action.id);
      const next = change(
        state,
        action.id,
        running((run) => ({
          ...base(run),
          state: 'ready',
          material: run.material,
          // In front it is opened at once: there is room for one more.
          bytes: state.front === run.id ? action.bytes : held(action.bytes, others),
          completion: action.completion,
          opening: false,
          chosen: null,
        })),
      );
      return withLeadOf(next, action.id);
    }
    case 'run-opening':
      return change(
        state,
        action.id,
        waiting((run) => ({ ...run, opening: true })),
      );
    case 'run-standing':
      return change(state, action.id, (run) => {
        const now = action.standing.state === 'same' ? action.standing.now : null;
        const seen = { ...run, standing: action.standing, forms: now?.forms ?? run.forms };
        // What Apply met is over: somebody has undone it.
        return seen.state === 'review' && action.standing.state === 'same' && lostPlace(seen) !== null
          ? { ...seen, problem: null }
          : seen;
      });
    case 'run-opened':
      return change(
        onlyHolder(state, action.id),
        action.id,
        waiting((run) => {
          const { result, material } = action;
          const others = (action.others ?? []).filter(({ order }) => state.runs.some(({ id }) => id === order.id));
          const { chosen, completion, bytes } = run;
          const choices =
            chosen === null
              ? firstChoices(takenFaces(run.order, material), result)
              : sameChoices(chosen, result, others);
          const form = formFor(run, chosen?.form ?? state.settings.form);
          const review: Review = { result, others, choices, form, completion };
          const faces = material.faces;
          return {
            ...base(run),
            faces,
            state: 'review',
            material,
            bytes,
            review,
            now: null,
            applying: false,
            problem: null,
          };
        }),
      );
    case 'run-now':
      return change(
        state,
        action.id,
        reviewing((run) => ({ ...run, now: action.picture })),
      );
    case 'run-rested':
      return rested(state, action.id);
    case 'run-look':
      return change(
        state,
        action.id,
        reviewing((run) => {
          const { review } = run;
          const known = openLooks(run).some(({ order }) => order.id === action.look.order.id);
          if (known || action.look.result.pictureId !== run.material.picture.id) return run;
          return { ...run, review: { ...review, others: [...review.others, action.look] } };
        }),
      );
    default:
      return updateReview(state, action);
  }
}

/** The form wished for where the layer takes it; beside a layer that is not what it was only a new one is possible. */
function formFor({ order, standing, forms }: ReadyRun, wish: PlacementForm): PlacementForm {
  if (standing !== null && standing.state !== 'same') return 'layer';
  // An overlay of faces cannot show a picture that was changed as a whole.
  return order.work.kind === 'enhance' ? wholeForm(wish, forms) : possibleForm(wish, forms);
}
