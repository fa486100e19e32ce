/** What fills the panel, as a function of the state. */
import { setOf } from '../../core/job/looks';
import { sameTarget } from '../../core/target';
import type { SelectedPicture } from '../../protocol/selection';
import type { Action } from './action';
import type { Batch } from './batch/batch';
import { leads, setIn } from './runs/looks';
import type { AppliedRun, ReviewRun, Run } from './runs/run';
import type { FaceEditor, KnownSubject, Ready, State, Subject } from './state';

export type View =
  | { readonly name: 'opening' }
  | { readonly name: 'broken' }
  | { readonly name: 'first-run' }
  | { readonly name: 'presets' }
  | { readonly name: 'history' }
  | { readonly name: 'settings' }
  | { readonly name: 'spending' }
  | { readonly name: 'start' }
  | { readonly name: 'selection'; readonly subject: Subject; readonly selected: SelectedPicture }
  | {
      readonly name: 'faces';
      readonly subject: KnownSubject;
      readonly selected: SelectedPicture;
      readonly editor: FaceEditor;
    }
  | { readonly name: 'batch'; readonly batch: Batch }
  | { readonly name: 'run'; readonly run: Run }
  /** What is to be done with a picture whose faces are restored. */
  | { readonly name: 'enhance'; readonly run: ReviewRun | AppliedRun };

/** Always exactly one. The first run's choice of a service comes before everything but the pages of the menu. */
export function view(state: State): View {
  if (state.phase === 'opening') return { name: 'opening' };
  if (state.phase === 'broken') return { name: 'broken' };
  if (state.page === 'presets') return { name: 'presets' };
  if (state.page === 'history') return { name: 'history' };
  if (state.page === 'settings') return { name: 'settings' };
  if (state.page === 'spending') return { name: 'spending' };
  if (state.settings.service === null) return { name: 'first-run' };
  const run = frontRun(state);
  const enhanced = enhancedRun(state);
  if (enhanced !== null) return { name: 'enhance', run: enhanced };
  if (run !== null) return { name: 'run', run };
  if (state.batch?.shown) return { name: 'batch', batch: state.batch };
  const { subject } = state;
  const selected = subject === null ? null : selectedOf(state, subject);
  if (subject === null || selected === null) return { name: 'start' };
  const editor = state.faceEditor;
  if (editor !== null && subject.state === 'known') return { name: 'faces', subject, selected, editor };
  return { name: 'selection', subject, selected };
}

/** Null when the selection or the batch fills the panel. */
export function frontRun(state: Ready): Run | null {
  return state.runs.find(({ id }) => id === state.front) ?? null;
}

/** The run that fills the panel, when the view to enhance it further is open over it. */
function enhancedRun(state: Ready): ReviewRun | AppliedRun | null {
  const run = frontRun(state);
  if (run === null || run.id !== state.enhance.after) return null;
  return run.state === 'review' || run.state === 'applied' ? run : null;
}

/** Null when the selection has moved on and the picture in hand has not yet. */
function selectedOf(state: Ready, subject: Subject): SelectedPicture | null {
  return state.selection.pictures.find(({ target }) => sameTarget(target, subject.target)) ?? null;
}

/** Runs that go on, or wait, behind what is shown. */
export function runsBehind(state: Ready): readonly Run[] {
  const front = frontRun(state);
  const shown = front === null ? null : setOf(front.order);
  return leads(state.runs).filter(({ order }) => setOf(order) !== shown);
}

/** Names what the panel shows, for the focus: when it changes, the focus goes to the new view. */
export function viewKey(shown: View): string {
  if (shown.name === 'batch') return `${shown.name} ${shown.batch.phase}`;
  return shown.name === 'run' ? `${shown.name} ${shown.run.id} ${shown.run.state}` : shown.name;
}

/** One level up: from the spending to the settings and from there to the work, from a face in hand to none, from the faces or a run to the selection. What is not over goes on behind. */
export function backOut(state: Ready): Action | null {
  if (state.page === 'presets' && state.presets.offer !== null) return { type: 'presets-offer', offer: null };
  if (state.page === 'settings' || state.page === 'presets' || state.page === 'history')
    return { type: 'page', page: 'work' };
  if (state.page === 'spending') return { type: 'page', page: 'settings' };
  if (enhancedRun(state) !== null) return { type: 'enhance-after', id: null };
  const run = frontRun(state);
  if (run === null && state.batch?.shown) return { type: 'batch-shown', shown: false };
  if (run === null) return outOfFaces(state);
  const alone = setIn(state.runs, run.order).length === 1;
  const over = run.state === 'applied' || (run.state === 'problem' && alone);
  return over ? { type: 'run-closed', id: run.id } : { type: 'run-shown', id: null };
}

function outOfFaces({ faceEditor }: Ready): Action | null {
  if (faceEditor === null) return null;
  return faceEditor.selected === null ? { type: 'faces-done' } : { type: 'face-selected', face: null };
}
