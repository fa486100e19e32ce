/** Which decoded pictures the state shows, and which of them can be put away first. Pure. */
import type { Action } from '../action';
import type { Run } from '../runs/run';
import type { Ready, State } from '../state';

/** Ids of the studio; none before the opening. */
export function shownPictures(state: State): ReadonlySet<number> {
  return new Set(state.phase === 'ready' ? all(state) : []);
}

/**
 * The action that lets go of a decoded picture nobody looks at: of a run behind the view, or the selection's while a run
 * fills the panel. Null when there is none. `lent`: pictures that are being worked on.
 */
export function putAway(state: Ready, lent: ReadonlySet<number>): Action | null {
  const frees = (own: readonly number[]): boolean => {
    const holders = all(state);
    return own.some((id) => !lent.has(id) && holders.filter((held) => held === id).length === 1);
  };
  const behind = state.runs.find((run) => run.id !== state.front && !isBusy(run) && frees(ofRun(run)));
  if (behind !== undefined) return { type: 'run-rested', id: behind.id };
  if (state.front !== null && frees(ofSubject(state))) return { type: 'subject-rested' };
  return null;
}

const isBusy = (run: Run): boolean =>
  (run.state === 'review' && run.applying) ||
  (run.state === 'ready' && run.opening) ||
  (run.state === 'applied' && run.reverting);

/** Each holder's pictures: one that two hold is in it twice. */
const all = (state: Ready): readonly number[] => [...ofSubject(state), ...state.runs.flatMap(ofRun)];

const ofSubject = ({ subject }: Ready): readonly number[] =>
  subject !== null && 'picture' in subject ? [subject.picture.id] : [];

function ofRun(run: Run): readonly number[] {
  const own = run.material === null ? [] : [run.material.picture.id];
  return run.state === 'review' && run.now !== null ? [...own, run.now.id] : own;
}
