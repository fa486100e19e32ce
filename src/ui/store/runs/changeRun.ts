/** One run changed, when it is there and in the state that the change is for; everything else stays as it is. Pure. */
import type { JobId } from '../../../core/ids';
import type { Ready } from '../state';
import type { ReadyRun, Review, ReviewRun, Run, RunningRun } from './run';

/** `next` gives the run itself back for no change. */
export function change(state: Ready, id: JobId, next: (run: Run) => Run): Ready {
  if (!state.runs.some((run) => run.id === id)) return state;
  return { ...state, runs: state.runs.map((run) => (run.id === id ? next(run) : run)) };
}

/** A change for `change`: the run itself in any other state. The next two are the same for theirs. */
export const running = (next: (run: RunningRun) => Run) => (run: Run) => (run.state === 'running' ? next(run) : run);

export const waiting = (next: (run: ReadyRun) => Run) => (run: Run) => (run.state === 'ready' ? next(run) : run);

export const reviewing = (next: (run: ReviewRun) => Run) => (run: Run) => (run.state === 'review' ? next(run) : run);

/** Choices stay open until Apply is pressed: what is being written must be what was shown. */
export const choosing = (next: (review: Review) => Review) =>
  reviewing((run) => (run.applying ? run : { ...run, review: next(run.review) }));

/** What a run is in every state. */
export const base = ({ id, order, job, forms, resumed, faces, standing }: Run) => ({
  id,
  order,
  job,
  forms,
  resumed,
  faces,
  standing,
});
