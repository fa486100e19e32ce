/** A result of a batch in the full review, and what is taken back from there. Pure. */
import type { Run } from '../runs/run';
import type { Ready } from '../state';
import type { Batch, Work } from './batch';
import { eachWork } from './changeRow';

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

/** False for a run that has come from elsewhere, be it of a picture of the batch. */
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
