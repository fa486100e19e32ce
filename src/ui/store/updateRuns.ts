/** The runs: each action names its run, and is dropped when that run is gone or in another state. */
import type { JobId, NodeId } from '../../core/ids';
import type { JobOrder } from '../../core/job';
import { unreachable } from '../../core/result';
import type { PlacementForm } from '../../core/target';
import type { Face } from '../../pixels/face';
import type { Box } from '../../pixels/image';
import { allowed } from '../boxes';
import type { RunAction } from './action';
import { leadOf, looksOfFaces, openLooks, setIn } from './looks';
import { lostPlace } from './lost';
import {
  firstChoices,
  held,
  isWhole,
  possibleForm,
  type ReadyRun,
  type Review,
  type ReviewRun,
  type Run,
  type RunningRun,
  sameChoices,
  takenFaces,
  wholeForm,
} from './run';
import type { Ready } from './state';

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
      return { ...toFront(state, action.id), page: 'work' };
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

/** What came onto the canvas and lies behind the view now needs no more attention. Of several looks the one that stands for all is shown. */
function toFront(state: Ready, id: JobId | null): Ready {
  const run = state.runs.find((known) => known.id === id);
  const front = run === undefined ? null : (leadOf(setIn(state.runs, run.order))?.id ?? id);
  const before = state.runs.find((known) => known.id === state.front);
  const left = before?.state === 'applied' && before.id !== front ? closed(state, before.id) : state;
  return { ...left, front };
}

/** Another look of the set may stand for it now. */
function withLead(state: Ready, order: JobOrder): Ready {
  const set = setIn(state.runs, order);
  if (!set.some(({ id }) => id === state.front)) return state;
  const front = leadOf(set)?.id ?? null;
  return front === state.front ? state : { ...state, front };
}

function withLeadOf(state: Ready, id: JobId): Ready {
  const run = state.runs.find((known) => known.id === id);
  return run === undefined ? state : withLead(state, run.order);
}

/** Without a run, and without the looks that were open in it: they were decided about together. */
export function closed(state: Ready, id: JobId): Ready {
  const run = state.runs.find((known) => known.id === id);
  if (run === undefined) return state;
  const looks = run.state === 'review' || run.state === 'applied' ? openLooks(run) : [];
  const gone = new Set([id, ...looks.map(({ order }) => order.id)]);
  const runs = state.runs.filter((known) => !gone.has(known.id));
  if (state.front !== id) return { ...state, runs };
  // A look that is given up leaves the view to the others; a decision ends it.
  const next = looks.length > 0 ? null : (leadOf(setIn(runs, run.order))?.id ?? null);
  return { ...state, runs, front: next };
}

/** The looks of a set have one picture: it is in one pair of hands, so that it can be put away. */
function onlyHolder(state: Ready, id: JobId): Ready {
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
