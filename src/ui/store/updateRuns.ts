/** The runs: each action names its run, and is dropped when that run is gone or in another state. */
import type { JobId, NodeId } from '../../core/ids';
import { unreachable } from '../../core/result';
import type { RunAction } from './action';
import { firstChoices, possibleForm, type Review, type ReviewRun, type Run, type RunningRun } from './run';
import type { Ready } from './state';

export function updateRuns(state: Ready, action: RunAction): Ready {
  switch (action.type) {
    case 'run-started': {
      const others = state.runs.filter(({ id }) => id !== action.run.id);
      return { ...state, runs: [...others, action.run], front: action.run.resumed ? state.front : action.run.id };
    }
    case 'run-shown':
      if (action.id !== null && !state.runs.some(({ id }) => id === action.id)) return state;
      return { ...state, front: action.id, page: 'work' };
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
      return change(
        state,
        action.id,
        running((run) => ({ ...run, material: action.material })),
      );
    case 'run-cancelling':
      return change(
        state,
        action.id,
        running((run) => ({ ...run, cancelling: true })),
      );
    case 'run-failed':
      return change(state, action.id, (run) => {
        if (run.state !== 'running') return run;
        const { id, order, job, forms, resumed, material } = run;
        return { state: 'problem', id, order, job, forms, resumed, material, error: action.error };
      });
    case 'run-delivered':
      return change(state, action.id, (run) => {
        if (run.state !== 'running') return run;
        const { id, order, job, forms, resumed } = run;
        const review: Review = {
          result: action.result,
          choices: firstChoices(action.material.faces, action.result),
          form: possibleForm(state.settings.form, forms),
          completion: action.completion,
        };
        const { material } = action;
        return { state: 'review', id, order, job, forms, resumed, material, review, applying: false, problem: null };
      });
    default:
      return updateReview(state, action);
  }
}

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
          const { applying, ...rest } = run;
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
  return { ...rest, state: 'review', applying: false, problem: null };
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

const reviewing = (next: (run: ReviewRun) => Run) => (run: Run) => (run.state === 'review' ? next(run) : run);

/** Choices stay open until Apply is pressed: what is being written must be what was shown. */
const choosing = (next: (review: Review) => Review) =>
  reviewing((run) => (run.applying ? run : { ...run, review: next(run.review) }));
