/** The runs: each action names its run, and is dropped when that run is gone or in another state. */
import type { JobId, NodeId } from '../../core/ids';
import { unreachable } from '../../core/result';
import type { PlacementForm } from '../../core/target';
import type { RunAction } from './action';
import { lostPlace } from './lost';
import {
  firstChoices,
  held,
  possibleForm,
  type ReadyRun,
  type Review,
  type ReviewRun,
  type Run,
  type RunningRun,
  sameChoices,
} from './run';
import type { Ready } from './state';

export function updateRuns(state: Ready, action: RunAction): Ready {
  switch (action.type) {
    case 'run-started': {
      const others = state.runs.filter(({ id }) => id !== action.run.id);
      const next = { ...state, runs: [...others, action.run] };
      return action.run.resumed ? next : toFront(next, action.run.id);
    }
    case 'run-shown':
      if (action.id !== null && !state.runs.some(({ id }) => id === action.id)) return state;
      return { ...toFront(state, action.id), page: 'work' };
    case 'run-closed':
      return {
        ...state,
        runs: state.runs.filter(({ id }) => id !== action.id),
        front: state.front === action.id ? null : state.front,
      };
    case 'run-job':
      return change(state, action.id, (run) => ({ ...run, job: action.job }));
    case 'run-progress':
      return change(
        state,
        action.id,
        running((run) => ({ ...run, progress: action.progress })),
      );
    case 'run-material':
      return change(state, action.id, (run) =>
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
      return change(state, action.id, (run) => {
        if (run.state !== 'running' && run.state !== 'ready') return run;
        return { ...base(run), state: 'problem', material: run.material, error: action.error };
      });
    case 'run-ready': {
      const others = state.runs.filter(({ id }) => id !== action.id);
      return change(
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
        state,
        action.id,
        waiting((run) => {
          const { result, material } = action;
          const { chosen, completion, bytes } = run;
          const choices = chosen === null ? firstChoices(material.faces, result) : sameChoices(chosen, result);
          const form = formFor(run, chosen?.form ?? state.settings.form);
          const review: Review = { result, choices, form, completion };
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
    default:
      return updateReview(state, action);
  }
}

/** The form wished for where the layer takes it; beside a layer that is not what it was only a new one is possible. */
function formFor({ standing, forms }: ReadyRun, wish: PlacementForm): PlacementForm {
  return standing === null || standing.state === 'same' ? possibleForm(wish, forms) : 'layer';
}

/** What came onto the canvas and lies behind the view now needs no more attention. */
function toFront(state: Ready, id: JobId | null): Ready {
  const runs = state.runs.filter((run) => run.id === id || run.id !== state.front || run.state !== 'applied');
  return { ...state, runs, front: id };
}

/** Without its pictures a run is what it was before they were opened; what was chosen stays chosen. */
function rested(state: Ready, id: JobId): Ready {
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
        chosen: { choices, form },
      }));
    }
    case 'applied':
      return {
        ...state,
        runs: state.runs.filter((other) => other.id !== id),
        front: state.front === id ? null : state.front,
      };
    case undefined:
      return state;
    default:
      return unreachable(run);
  }
}

const base = ({ id, order, job, forms, resumed, faces, standing }: Run) => ({
  id,
  order,
  job,
  forms,
  resumed,
  faces,
  standing,
});

type ReviewAction = Exclude<RunAction, { type: `run-${string}` }>;

function updateReview(state: Ready, action: ReviewAction): Ready {
  switch (action.type) {
    case 'choice':
      return change(
        state,
        action.id,
        choosing((review) => ({
          ...review,
          choices: review.choices.map((choice, index) =>
            index === action.face ? { ...choice, ...action.change } : choice,
          ),
        })),
      );
    case 'blend-all':
      return change(
        state,
        action.id,
        choosing((review) => ({
          ...review,
          choices: review.choices.map((choice) => ({ ...choice, blend: action.blend })),
        })),
      );
    case 'form':
      return change(
        state,
        action.id,
        choosing((review) => ({ ...review, form: action.form })),
      );
    case 'applying':
      return change(
        state,
        action.id,
        reviewing((run) => ({ ...run, applying: true, problem: null })),
      );
    case 'apply-failed':
      return change(
        state,
        action.id,
        reviewing((run) => ({ ...run, applying: false, problem: action.error })),
      );
    case 'applied':
      return change(
        looksDifferent(state, action.placement.nodeId),
        action.id,
        reviewing((run) => {
          const { applying, now, ...rest } = run;
          return { ...rest, state: 'applied', placement: action.placement, reverting: false, problem: null };
        }),
      );
    case 'reverting':
      return change(state, action.id, (run) =>
        run.state === 'applied' ? { ...run, reverting: true, problem: null } : run,
      );
    case 'revert-failed':
      return change(state, action.id, (run) =>
        run.state === 'applied' ? { ...run, reverting: false, problem: action.error } : run,
      );
    // The result is paid for and still here: it can be applied again, differently, after a revert or over itself.
    case 'reverted':
      return change(looksDifferent(state, carrierOf(state, action.id)), action.id, reviewedAgain);
    case 'adjusting':
      return change(state, action.id, (run) => (run.state === 'applied' && run.reverting ? run : reviewedAgain(run)));
    default:
      return unreachable(action);
  }
}

function reviewedAgain(run: Run): Run {
  if (run.state !== 'applied') return run;
  const { placement, reverting, ...rest } = run;
  return { ...rest, state: 'review', now: null, applying: false, problem: null };
}

/** The layer's thumbnail shows what it was before: it is fetched anew. */
function looksDifferent(state: Ready, nodeId: NodeId | null): Ready {
  return { ...state, thumbnails: new Map([...state.thumbnails].filter(([id]) => id !== nodeId)) };
}

function carrierOf(state: Ready, id: JobId): NodeId | null {
  const run = state.runs.find((known) => known.id === id);
  return run?.state === 'applied' ? run.placement.nodeId : null;
}

function change(state: Ready, id: JobId, next: (run: Run) => Run): Ready {
  if (!state.runs.some((run) => run.id === id)) return state;
  return { ...state, runs: state.runs.map((run) => (run.id === id ? next(run) : run)) };
}

const running = (next: (run: RunningRun) => Run) => (run: Run) => (run.state === 'running' ? next(run) : run);

const waiting = (next: (run: ReadyRun) => Run) => (run: Run) => (run.state === 'ready' ? next(run) : run);

const reviewing = (next: (run: ReviewRun) => Run) => (run: Run) => (run.state === 'review' ? next(run) : run);

/** Choices stay open until Apply is pressed: what is being written must be what was shown. */
const choosing = (next: (review: Review) => Review) =>
  reviewing((run) => (run.applying ? run : { ...run, review: next(run.review) }));
