/** What is decided in a review, and what becomes of it on the canvas: each action is dropped when its run is elsewhere. Pure. */
import type { JobId, NodeId } from '../../../core/ids';
import { unreachable } from '../../../core/result';
import type { Face } from '../../../pixels/face';
import type { Box } from '../../../pixels/image';
import { allowed } from '../../boxes';
import type { RunAction } from '../action';
import type { Ready } from '../state';
import { change, choosing, reviewing } from './changeRun';
import { isWhole, type ReviewRun, type Run } from './run';

export type ReviewAction = Exclude<RunAction, { type: `run-${string}` }>;

/** `face` counts from 0 in the choices; blends are 0..1. */
export function updateReview(state: Ready, action: ReviewAction): Ready {
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
    case 'look-all':
      return change(
        state,
        action.id,
        choosing((review) => ({
          ...review,
          choices: review.choices.map((choice) => ({ ...choice, resultId: action.resultId })),
        })),
      );
    case 'face-drawn':
      return change(state, action.id, (run) => (run.state === 'review' ? withDrawnFace(run, action.box) : run));
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

/** A face that nobody had marked: the result has its pixels already, so it is free. */
function withDrawnFace(run: ReviewRun, box: Box): ReviewRun {
  const { review, material, applying } = run;
  if (applying) return run;
  const face: Face = { box: allowed(box, material.picture.size), score: 1, points: null };
  const faces = [...material.faces, face];
  const choice = { face, resultId: review.result.id, on: true, blend: 1 };
  // In place of the whole picture, when that stood for a face nobody had found.
  const choices = isWhole(review.choices) ? [choice] : [...review.choices, choice];
  return {
    ...run,
    faces: choices.length === 1 ? [face] : faces,
    material: { ...material, faces: choices.length === 1 ? [face] : faces },
    review: { ...review, choices },
  };
}

/** The layer's thumbnail shows what it was before: it is fetched anew. */
function looksDifferent(state: Ready, nodeId: NodeId | null): Ready {
  return { ...state, thumbnails: new Map([...state.thumbnails].filter(([id]) => id !== nodeId)) };
}

function carrierOf(state: Ready, id: JobId): NodeId | null {
  const run = state.runs.find((known) => known.id === id);
  return run?.state === 'applied' ? run.placement.nodeId : null;
}
