import { describe, expect, test } from 'vitest';
import type { PluginError } from '../../../src/core/errors';
import { imageHash, jobId, nodeId, presetId } from '../../../src/core/ids';
import type { Action } from '../../../src/ui/store/action';
import type { Run, RunningRun } from '../../../src/ui/store/runs/run';
import { OPENING, type Ready, type State } from '../../../src/ui/store/state';
import { update } from '../../../src/ui/store/update';
import { COMPLETION, FACES, opening, openPicture, openResult, order, report, selected } from '../fakes/data';

const ID = jobId('job of A');
const A = selected('A');
const B = selected('B');

const run = (change: Partial<RunningRun> = {}): RunningRun => ({
  state: 'running',
  id: ID,
  order: order('A'),
  job: null,
  forms: A.forms,
  resumed: false,
  faces: FACES,
  standing: null,
  material: { picture: openPicture(1), faces: FACES },
  progress: { stage: 'preparing', fraction: null, secondsLeft: null },
  cancelling: false,
  ...change,
});

function after(...actions: readonly Action[]): Ready {
  const state = [{ type: 'opened', opening: opening({ selection: report(A) }) } as const, ...actions].reduce<State>(
    update,
    OPENING,
  );
  if (state.phase !== 'ready') throw new Error(state.phase);
  return state;
}

const started: Action = { type: 'run-started', run: run() };
const BYTES = new Uint8Array([5]);
const arrived: Action = { type: 'run-ready', id: ID, bytes: BYTES, completion: COMPLETION };
const opened: Action = {
  type: 'run-opened',
  id: ID,
  material: { picture: openPicture(1), faces: FACES },
  result: openResult(1),
};
const delivered = [arrived, opened] as const;
const applied: Action = {
  type: 'applied',
  id: ID,
  placement: { nodeId: A.target.nodeId, form: 'overlay', resultHash: imageHash('r'), notes: [] },
};

function front(state: Ready): Run {
  const found = state.runs.find(({ id }) => id === state.front);
  if (found === undefined) throw new Error('No run is in front');
  return found;
}

function reviewed(state: Ready) {
  const found = front(state);
  if (found.state !== 'review') throw new Error(found.state);
  return found;
}

describe('the opening', () => {
  test('nothing but the opening changes a panel that is not open', () => {
    expect(update(OPENING, { type: 'page', page: 'settings' })).toBe(OPENING);
  });

  test('a host that does not answer breaks the panel, and a later answer mends it', () => {
    const broken = update(OPENING, { type: 'opening-failed', error: { code: 'host-silent' } });
    expect(broken).toEqual({ phase: 'broken', error: { code: 'host-silent' } });
    expect(update(broken, { type: 'opened', opening: opening() }).phase).toBe('ready');
  });

  test('a late failure of the opening does not break an open panel', () => {
    const state = after();
    expect(update(state, { type: 'opening-failed', error: { code: 'host-silent' } })).toBe(state);
  });

  test('the settings command opens the settings', () => {
    expect(update(OPENING, { type: 'opened', opening: opening({ command: 'settings' }) })).toMatchObject({
      page: 'settings',
    });
  });
});

describe('settings and account', () => {
  test.each<[Action, Partial<Ready>]>([
    [{ type: 'account', account: { state: 'asking' } }, { account: { state: 'asking' } }],
    [
      { type: 'trial', trial: { state: 'testing', service: 'topaz' } },
      { trial: { state: 'testing', service: 'topaz' } },
    ],
    [{ type: 'page', page: 'settings' }, { page: 'settings' }],
    [{ type: 'trouble', error: { code: 'offline' } }, { trouble: { code: 'offline' } }],
  ])('%o is remembered', (action, expected) => {
    expect(after(action)).toMatchObject(expected);
  });

  test('leaving the settings forgets the test of a service', () => {
    const state = after(
      { type: 'page', page: 'settings' },
      { type: 'trial', trial: { state: 'testing', service: 'local' } },
      { type: 'page', page: 'work' },
    );
    expect(state.trial).toEqual({ state: 'none' });
  });
});

describe('the selection', () => {
  const chosen: Action = { type: 'subject-chosen', target: A.target };
  const read: Action = { type: 'subject-read', target: A.target, picture: openPicture(1) };

  test('a picture is read, searched and known, one after the other', () => {
    expect(after(chosen).subject).toMatchObject({ state: 'reading' });
    expect(after(chosen, read).subject).toMatchObject({ state: 'searching' });
    expect(after(chosen, read, { type: 'subject-searched', target: A.target, faces: FACES }).subject).toMatchObject({
      state: 'known',
      faces: FACES,
    });
  });

  test('a picture that is not selected cannot be chosen', () => {
    expect(after({ type: 'subject-chosen', target: B.target }).subject).toBeNull();
  });

  test('answers about a picture that is no longer in hand are dropped', () => {
    const state = after(
      chosen,
      { type: 'selection', selection: report(B) },
      { type: 'subject-chosen', target: B.target },
    );
    expect(update(state, read)).toBe(state);
    expect(update(state, { type: 'subject-unusable', target: A.target, error: { code: 'picture-empty' } })).toBe(state);
  });

  test('faces of a picture that has not been read are dropped', () => {
    const state = after(chosen, { type: 'subject-searched', target: A.target, faces: FACES });
    expect(state.subject).toMatchObject({ state: 'reading' });
  });

  test('the picture stays in hand while it is among the selected ones', () => {
    const state = after(chosen, read, { type: 'selection', selection: report(B, A) });
    expect(state.subject).toMatchObject({ state: 'searching' });
    expect(after(chosen, read, { type: 'selection', selection: report(B) }).subject).toBeNull();
  });

  test('a layer whose picture was changed is another picture', () => {
    const changed = selected('A', { target: { ...A.target, imageHash: imageHash('other') } });
    expect(after(chosen, read, { type: 'selection', selection: report(changed) }).subject).toBeNull();
  });

  test('thumbnails of layers that are no longer selected are let go', () => {
    const seen: Action = { type: 'thumbnail', nodeId: A.target.nodeId, bytes: new Uint8Array([1]) };
    expect(after(seen).thumbnails.size).toBe(1);
    expect(after(seen, { type: 'selection', selection: report(B) }).thumbnails.size).toBe(0);
  });

  test('choosing a picture takes away what was said of the last one', () => {
    expect(after({ type: 'trouble', error: { code: 'job-cancelled', spent: false } }, chosen).trouble).toBeNull();
  });
});

describe('the draft', () => {
  test('a preset sets its parameters and keeps the reference picture', () => {
    const { draft } = after(
      { type: 'reference', text: 'https://example.com/me.jpg' },
      { type: 'preset', id: presetId('old-scan') },
    );
    expect(draft).toMatchObject({ preset: { id: 'old-scan' }, parameters: { noiseSigma: 0.06, strength: 0.85 } });
    expect(draft.parameters.referenceUri).toBe('https://example.com/me.jpg');
  });

  test.each([
    ['strength', 3, 1],
    ['strength', Number.NaN, 0.8],
    ['noiseSigma', 0, 0.001],
    ['blurSigma', 2.5, 2],
    ['noiseSeed', 3.4, 3],
  ] as const)('%s %d is corrected to %d, and that is said', (name, from, to) => {
    const { draft } = after({ type: 'parameter', name, value: from });
    expect(draft.parameters[name]).toBe(to);
    expect(draft.corrections).toEqual([{ name, from, to }]);
  });

  test('a good value takes the correction away, and only that of its own parameter', () => {
    const { draft } = after(
      { type: 'parameter', name: 'strength', value: 3 },
      { type: 'reference', text: 'my face' },
      { type: 'parameter', name: 'strength', value: 0.5 },
    );
    expect(draft.corrections.map(({ name }) => name)).toEqual(['referenceUri']);
  });

  test('an unknown preset changes nothing', () => {
    expect(after({ type: 'preset', id: presetId('none') }).draft).toEqual(after().draft);
  });
});

describe('a run', () => {
  test('one that the user starts comes to the front; one found at the opening does not', () => {
    expect(after(started).front).toBe(ID);
    expect(after({ type: 'run-started', run: run({ resumed: true }) }).front).toBeNull();
  });

  test('its progress, job and cancelling are shown', () => {
    const progress = { stage: 'uploading', fraction: 0.4, secondsLeft: null } as const;
    expect(front(after(started, { type: 'run-progress', id: ID, progress }))).toMatchObject({ progress });
    expect(front(after(started, { type: 'run-cancelling', id: ID }))).toMatchObject({ cancelling: true });
  });

  test('the selection may change meanwhile: the run goes on with its own picture', () => {
    const state = after(started, { type: 'selection', selection: report(B) });
    expect(front(state)).toMatchObject({ state: 'running', order: { target: A.target } });
  });

  test('a failure becomes a problem that keeps the picture', () => {
    const error: PluginError = { code: 'offline' };
    expect(front(after(started, { type: 'run-failed', id: ID, error }))).toMatchObject({
      state: 'problem',
      error,
      material: { faces: FACES },
    });
  });

  test('it goes to the back and comes again, and a run that is gone cannot be shown', () => {
    const behind = after(started, { type: 'run-shown', id: null });
    expect(behind.front).toBeNull();
    expect(update(behind, { type: 'run-shown', id: ID })).toMatchObject({ front: ID });
    expect(update(behind, { type: 'run-shown', id: jobId('none') })).toBe(behind);
  });

  test('showing it leaves the settings', () => {
    const state = after(started, { type: 'page', page: 'settings' }, { type: 'run-shown', id: ID });
    expect(state.page).toBe('work');
  });

  test('closing it takes it away', () => {
    expect(after(started, { type: 'run-closed', id: ID })).toMatchObject({ runs: [], front: null });
  });

  test('what comes after it was closed is dropped', () => {
    const closed = after(started, { type: 'run-closed', id: ID });
    expect(delivered.reduce<State>(update, closed)).toBe(closed);
  });
});

describe('the review', () => {
  const review = [started, ...delivered] as const;

  test('every face is on and in full at first', () => {
    const { choices, form } = reviewed(after(...review)).review;
    expect(choices.map(({ on, blend, resultId }) => [on, blend, resultId])).toEqual(FACES.map(() => [true, 1, 100]));
    expect(form).toBe('overlay');
  });

  test('a form that the layer does not allow is replaced by the first that it allows', () => {
    const forms = { overlay: 'fill-blended', replace: 'yes', layer: 'in-instance' } as const;
    const state = after({ type: 'run-started', run: run({ forms }) }, ...delivered);
    expect(reviewed(state).review.form).toBe('replace');
  });

  test('one face can be left out or blended without touching the others', () => {
    const state = after(
      ...review,
      { type: 'choice', id: ID, face: 1, change: { on: false } },
      { type: 'choice', id: ID, face: 2, change: { blend: 0.4 } },
    );
    const { choices } = reviewed(state).review;
    expect(choices.map(({ on, blend }) => [on, blend])).toEqual([
      [true, 1],
      [false, 1],
      [true, 0.4],
    ]);
  });

  test('all can be blended at once', () => {
    const state = after(...review, { type: 'blend-all', id: ID, blend: 0.3 });
    expect(reviewed(state).review.choices.map(({ blend }) => blend)).toEqual([0.3, 0.3, 0.3]);
  });

  test('nothing can be chosen while it is being applied', () => {
    const state = after(...review, { type: 'applying', id: ID }, { type: 'form', id: ID, form: 'layer' });
    expect(reviewed(state)).toMatchObject({ applying: true, review: { form: 'overlay' } });
  });

  test('an error of applying is shown and applying may be tried again', () => {
    const state = after(
      ...review,
      { type: 'applying', id: ID },
      { type: 'apply-failed', id: ID, error: { code: 'layer-gone' } },
    );
    expect(reviewed(state)).toMatchObject({ applying: false, problem: { code: 'layer-gone' } });
  });
});

describe('the applied result', () => {
  const done = [started, ...delivered, { type: 'applying', id: ID } as const, applied];

  test('it says where it lies', () => {
    expect(front(after(...done))).toMatchObject({ state: 'applied', placement: { form: 'overlay' } });
  });

  test('after a revert it can be applied again, because it is paid for', () => {
    expect(front(after(...done, { type: 'reverting', id: ID }, { type: 'reverted', id: ID }))).toMatchObject({
      state: 'review',
      applying: false,
    });
  });

  test('its choices can be opened again, because changing them is free', () => {
    expect(front(after(...done, { type: 'adjusting', id: ID }))).toMatchObject({ state: 'review', applying: false });
  });

  test('its choices stay closed while it is being taken off', () => {
    const state = after(...done, { type: 'reverting', id: ID }, { type: 'adjusting', id: ID });
    expect(front(state)).toMatchObject({ state: 'applied', reverting: true });
  });

  test('a revert that fails says why', () => {
    const state = after(
      ...done,
      { type: 'reverting', id: ID },
      { type: 'revert-failed', id: ID, error: { code: 'layer-gone' } },
    );
    expect(front(state)).toMatchObject({ state: 'applied', reverting: false, problem: { code: 'layer-gone' } });
  });

  test('the thumbnail of its layer is fetched anew, after applying and after reverting', () => {
    const seen: Action = { type: 'thumbnail', nodeId: A.target.nodeId, bytes: new Uint8Array([1]) };
    expect(after(seen, ...done).thumbnails.size).toBe(0);
    expect(after(...done, seen, { type: 'reverting', id: ID }, { type: 'reverted', id: ID }).thumbnails.size).toBe(0);
  });

  test('selecting another layer closes it; the same layer, its new layer or nothing does not', () => {
    expect(after(...done, { type: 'selection', selection: report(B) }).front).toBeNull();
    expect(after(...done, { type: 'selection', selection: report(A) }).front).toBe(ID);
    expect(after(...done, { type: 'selection', selection: report() }).front).toBe(ID);
  });

  test('an unusable layer is another layer too', () => {
    const text = { nodeId: nodeId('text'), layerName: 'text', layerKind: 'TEXT', reason: 'text' } as const;
    const selection = { pictures: [], unusable: [text], layers: 1, leftOut: 0 };
    expect(after(...done, { type: 'selection', selection }).front).toBeNull();
  });
});
