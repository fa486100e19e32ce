import { describe, expect, test } from 'vitest';
import type { Face } from '../../../../src/pixels/face';
import type { Action } from '../../../../src/ui/store/action';
import { freshRun } from '../../../../src/ui/store/runs/run';
import { OPENING, type Ready, type State } from '../../../../src/ui/store/state';
import { update } from '../../../../src/ui/store/update';
import { backOut, view } from '../../../../src/ui/store/view';
import { FACES, face, opening, openPicture, order, report, selected } from '../../fakes/data';

const A = selected('A');
const B = selected('B');
const BOX = { x: 600, y: 400, width: 80, height: 100 };

const searched = (faces: readonly Face[], layer = A): Action => ({
  type: 'subject-searched',
  target: layer.target,
  faces,
});
const inHand = (faces: readonly Face[], layer = A): readonly Action[] => [
  { type: 'subject-chosen', target: layer.target },
  { type: 'subject-read', target: layer.target, picture: openPicture(1) },
  searched(faces, layer),
];
const open = (face: number | null = null): Action => ({ type: 'faces-opened', selected: face });
const add: Action = { type: 'face-added', box: BOX };
const remove = (index: number): Action => ({ type: 'face-removed', face: index });
const move = (index: number, box = BOX): Action => ({ type: 'face-changed', face: index, box });
const undo: Action = { type: 'faces-undone' };

function after(...actions: readonly Action[]): Ready {
  const first: Action = { type: 'opened', opening: opening({ selection: report(A, B) }) };
  const state = [first, { type: 'batch-shown', shown: false } as const, ...actions].reduce<State>(update, OPENING);
  if (state.phase !== 'ready') throw new Error(state.phase);
  return state;
}

/** The left edges of the faces, in order: each face has its own. */
function places(state: Ready): readonly number[] {
  if (state.subject?.state !== 'known') throw new Error('No faces are known');
  return state.subject.faces.map(({ box }) => box.x);
}

const faceAt = (state: Ready, index: number): Face | undefined =>
  state.subject?.state === 'known' ? state.subject.faces[index] : undefined;

describe('the editor', () => {
  test('opens for a picture whose faces are known, with one in hand or none', () => {
    expect(view(after(...inHand(FACES), open(1)))).toMatchObject({
      name: 'faces',
      editor: { selected: 1, said: null },
    });
    expect(view(after(...inHand(FACES), open(9)))).toMatchObject({ name: 'faces', editor: { selected: null } });
    expect(after(...inHand(FACES).slice(0, 2), open()).faceEditor).toBeNull();
  });

  test('nothing is edited while it is closed', () => {
    const closed = after(...inHand(FACES));
    for (const action of [add, remove(0), move(0), undo]) expect(update(closed, action)).toBe(closed);
  });

  test('Esc lets the face in hand go, then leaves', () => {
    const state = after(...inHand(FACES), open(1));
    const free = update(state, backOut(state) as Action) as Ready;
    expect(free.faceEditor?.selected).toBeNull();
    const left = update(free, backOut(free) as Action) as Ready;
    expect(view(left).name).toBe('selection');
    expect(backOut(left)).toBeNull();
  });

  test.each<[string, Action]>([
    ['another layer is selected', { type: 'selection', selection: report(B) }],
    ['another picture is chosen', { type: 'subject-chosen', target: B.target }],
    ['the picture is read again', { type: 'subject-chosen', target: A.target }],
  ])('closes when %s', (_, action) => {
    expect(after(...inHand(FACES), open(1), action).faceEditor).toBeNull();
  });

  test('stays open when the selection grows', () => {
    const state = after(...inHand(FACES), open(1), { type: 'selection', selection: report(A) });
    expect(state.faceEditor).not.toBeNull();
  });

  test('a run that comes to the front hides it', () => {
    const state = after(...inHand(FACES), open(), { type: 'run-started', run: freshRun(order('A'), null, null) });
    expect(view(state).name).toBe('run');
  });
});

describe('adding', () => {
  test('a drawn face is the last one, in hand, and said', () => {
    const state = after(...inHand(FACES), open(), add);
    expect(faceAt(state, 3)).toEqual({ box: BOX, score: 1, points: null });
    expect(state.faceEditor).toEqual({ selected: 3, said: { what: 'added', face: 3 } });
  });

  test('a box past the picture becomes one inside it', () => {
    const state = after(...inHand([]), open(), { type: 'face-added', box: { x: 1190.6, y: -5, width: 50, height: 2 } });
    expect(faceAt(state, 0)?.box).toEqual({ x: 1150, y: 0, width: 50, height: 8 });
  });
});

describe('removing', () => {
  test('a face goes, the others keep their order, and none is in hand', () => {
    const state = after(...inHand(FACES), open(1), remove(1));
    expect(places(state)).toEqual([0, 400]);
    expect(state.faceEditor).toEqual({ selected: null, said: { what: 'removed', face: 1 } });
  });

  test('undoing brings it back where it was, and in hand', () => {
    const state = after(...inHand(FACES), open(), remove(1), undo);
    expect(places(state)).toEqual([0, 200, 400]);
    expect(state.faceEditor).toEqual({ selected: 1, said: null });
  });

  test('a face that is not there changes nothing', () => {
    const state = after(...inHand(FACES), open());
    expect(update(state, remove(7))).toBe(state);
    expect(update(state, undo)).toBe(state);
  });
});

describe('moving and resizing', () => {
  const eyes = { x: 20, y: 40 };
  const pointed: Face = {
    ...face(0),
    points: { rightEye: eyes, leftEye: { x: 60, y: 40 }, nose: eyes, mouth: eyes, rightEar: eyes, leftEar: eyes },
  };

  test('the face keeps its number, and counts as sure', () => {
    const state = after(...inHand(FACES), open(0), move(1));
    expect(faceAt(state, 1)).toEqual({ box: BOX, score: 1, points: null });
    expect(state.faceEditor).toEqual({ selected: 1, said: { what: 'changed', face: 1 } });
  });

  test('its eyes are kept while they are inside, for its tilt, and dropped when the box leaves them', () => {
    const near = { x: 5, y: 20, width: 80, height: 90 };
    expect(faceAt(after(...inHand([pointed]), open(), move(0, near)), 0)?.points).toEqual(pointed.points);
    expect(faceAt(after(...inHand([pointed]), open(), move(0)), 0)?.points).toBeNull();
  });

  test('to the same place is no change', () => {
    const state = after(...inHand([]), open(), add);
    expect(update(state, move(0))).toBe(state);
  });

  test('many steps of one face are undone at once, those of another face are not', () => {
    const steps = [1, 2, 3].map((right) => move(0, { ...BOX, x: BOX.x + right }));
    const state = after(...inHand(FACES), open(), move(1, { ...BOX, x: 50 }), ...steps);
    expect(places(state)).toEqual([603, 50, 400]);
    expect(places(update(state, undo) as Ready)).toEqual([0, 50, 400]);
    expect(places([undo, undo].reduce<State>(update, state) as Ready)).toEqual([0, 200, 400]);
  });

  test('undoing the first move of a drawn face leaves it drawn', () => {
    expect(places(after(...inHand([]), open(), add, move(0, { ...BOX, x: 9 }), undo))).toEqual([600]);
  });
});

describe('a later answer of the detector', () => {
  test('replaces the first one while nobody has looked closely', () => {
    expect(places(after(...inHand(FACES), searched([face(700)])))).toEqual([700]);
  });

  test('only adds to what is being looked at, and nothing changes its number', () => {
    const state = after(...inHand(FACES), open(1), searched([face(5), face(700), face(203), face(401)]));
    expect(places(state)).toEqual([0, 200, 400, 700]);
    expect(state.faceEditor?.selected).toBe(1);
  });

  test('neither brings a removed face back nor doubles a drawn or moved one', () => {
    const drawn: Action = { type: 'face-added', box: { ...face(800).box } };
    const state = after(
      ...inHand(FACES),
      open(),
      remove(0),
      drawn,
      move(0, { ...face(1000).box }),
      { type: 'faces-done' },
      searched([face(2), face(203), face(401), face(798), face(1001)]),
    );
    expect(places(state)).toEqual([1000, 400, 800]);
  });

  test('a face that was drawn and removed may still be found', () => {
    const state = after(...inHand([]), open(), add, remove(0), searched([{ ...face(0), box: BOX }]));
    expect(places(state)).toEqual([600]);
  });

  test('is not taken back by undoing', () => {
    expect(places(after(...inHand(FACES), open(), remove(1), searched([face(700)]), undo))).toEqual([0, 200, 400, 700]);
  });
});

describe('coming back to a picture', () => {
  test('the corrections are still there, and can still be undone', () => {
    const away = [open(), remove(1), add, { type: 'selection', selection: report(B) } as const];
    const back = [{ type: 'selection', selection: report(A) } as const, ...inHand(FACES)];
    const state = after(...inHand(FACES), ...away, ...back);
    expect(places(state)).toEqual([0, 400, 600]);
    expect(places([open(), undo, undo].reduce<State>(update, state) as Ready)).toEqual([0, 200, 400]);
  });

  test('another picture has its own', () => {
    expect(places(after(...inHand(FACES), open(), remove(1), ...inHand(FACES, B)))).toEqual([0, 200, 400]);
  });
});
