import { describe, expect, test } from 'vitest';
import { batchId, contentHash, imageHash, jobId, nodeId } from '../../../../src/core/ids';
import type { Job } from '../../../../src/core/job/job';
import { workKey } from '../../../../src/core/job/workKey';
import { STANDARD_PARAMETERS } from '../../../../src/core/parameters';
import type { SelectedPicture } from '../../../../src/protocol/selection';
import type { Action } from '../../../../src/ui/store/action';
import type { Batch, Found, Row } from '../../../../src/ui/store/batch/batch';
import { keepBytes } from '../../../../src/ui/store/batch/bytes';
import { progressed, retryable, survey } from '../../../../src/ui/store/batch/sums';
import { OPENING, type Ready, type State } from '../../../../src/ui/store/state';
import { update } from '../../../../src/ui/store/update';
import { face, LOCAL, opening, order, report, selected } from '../../fakes/data';
import { completedJob, runningJob } from '../../fakes/service';
import { bitmap } from '../../fakes/studio';

const A = selected('Ann');
const B = selected('Ben');
const C = selected('Cleo');
const SMALL = { width: 1000, height: 1000 };
/** Two credits: more than 24 MP. */
const LARGE = { width: 6000, height: 5000 };

const known = (name: string, faces = 1, size = SMALL): Action => ({
  type: 'batch-read',
  picture: imageHash(`hash of ${name}`),
  found: found(name, faces, size),
});
const found = (name: string, faces = 1, size = SMALL): Found => ({
  state: 'known',
  size,
  faces: Array.from({ length: faces }, (_, index) => face(index * 100)),
  content: contentHash(name),
  sendAs: 'jpeg',
  look: bitmap(),
  crops: [],
});
const collected: Action = { type: 'batch-collected', report: report(A, B, C), at: 1000 };
const open: Action = { type: 'opened', opening: opening({ selection: report(A, B, C) }) };
const picture = (name: string) => imageHash(`hash of ${name}`);
const plan = { parameters: STANDARD_PARAMETERS, preset: null, form: 'overlay', address: LOCAL.localAddress } as const;
const started: Action = { type: 'batch-started', id: batchId('b'), plan, at: 10_000 };
const sent = (name: string): Action => ({
  type: 'batch-sent',
  picture: picture(name),
  order: order(name, { batch: batchId('b') }),
});

function after(...actions: readonly Action[]): Ready & { readonly batch: Batch } {
  const state = actions.reduce<State>(update, OPENING);
  if (state.phase !== 'ready' || state.batch === null) throw new Error('no batch');
  return { ...state, batch: state.batch };
}
const sums = (...actions: readonly Action[]) => {
  const state = after(open, collected, ...actions);
  return survey(state, state.batch);
};
const workOf = ({ batch }: { readonly batch: Batch }, name: string): Row['work'] | undefined =>
  batch.rows.find((row) => row.picture === picture(name))?.work;

describe('opening', () => {
  const none = (...actions: readonly Action[]): boolean => {
    const state = actions.reduce<State>(update, OPENING);
    return state.phase === 'ready' && state.batch === null;
  };
  const select = (...pictures: readonly SelectedPicture[]): Action => ({
    type: 'selection',
    selection: report(...pictures),
  });

  test('several layers open it, and one layer with several fills does not', () => {
    expect(after(open).batch).toMatchObject({ phase: 'collecting', shown: true });
    const upper = { ...A, target: { ...A.target, paintIndex: 1 } };
    expect(none({ type: 'opened', opening: opening({ selection: report(A, upper) }) })).toBe(true);
  });

  test('a layer with pictures inside opens it, and closes it again when there are none', () => {
    const frame = { nodeId: nodeId('f'), layerName: 'Card', layerKind: 'FRAME', reason: 'only-inside' } as const;
    const first: Action = { type: 'opened', opening: opening({ selection: { ...report(), unusable: [frame] } }) };
    expect(after(first).batch.phase).toBe('collecting');
    expect(none(first, { type: 'batch-collected', report: report(), at: 0 })).toBe(true);
  });

  test('hearing of the same selection once more does not bring back what was left', () => {
    const left = after(open, collected, { type: 'batch-shown', shown: false }, select(A, B, C));
    expect(left.batch.shown).toBe(false);
    expect(none(open, collected, { type: 'batch-closed' }, select(A, B, C))).toBe(true);
    expect(after(open, collected, { type: 'batch-closed' }, select(A, B)).batch.phase).toBe('collecting');
  });

  test('a selection that changes replaces neither one that is shown nor one that was started', () => {
    expect(after(open, collected, select(A, B)).batch.rows).toHaveLength(3);
    const running = after(open, collected, started, { type: 'batch-shown', shown: false }, select(A, B));
    expect(running.batch).toMatchObject({ phase: 'run', shown: false });
  });
});

describe('the sums', () => {
  test('credits follow the size of each picture', () => {
    expect(sums(known('Ann'), known('Ben', 1, LARGE), known('Cleo', 0))).toMatchObject({
      layers: 3,
      pictures: 3,
      withFaces: 2,
      credits: 3,
      searched: 3,
    });
  });

  test('the faces that the user corrected are the ones that count', () => {
    const state = after(open, collected, known('Ann', 0));
    const edited = { faces: [face(0)], found: [], before: null };
    const faceEdits = new Map([[picture('Ann'), edited]]);
    expect(survey({ ...state, faceEdits }, state.batch)).toMatchObject({ withFaces: 1, credits: 1 });
  });

  const job = (name: string, made: Job): Action => ({
    type: 'job-saved',
    job: {
      ...made,
      order: { ...made.order, workKey: workKey(contentHash(name), { kind: 'faces', parameters: STANDARD_PARAMETERS }) },
    },
  });

  test('what was paid before is free, also beyond the cap', () => {
    const cap: Action = { type: 'batch-cap', cap: 0 };
    const paid = sums(known('Ann'), known('Ben'), job('Ben', completedJob('Ben')), cap);
    expect(paid).toMatchObject({ credits: 0, alreadyPaid: 1 });
    expect(paid.chosen.map(({ picture: one }) => one)).toEqual([picture('Ben')]);
    expect([...paid.beyond]).toEqual([picture('Ann')]);
  });

  test('what is being done by another job is not paid a second time', () => {
    const doing = sums(known('Ann'), known('Ben'), job('Ben', runningJob('Ben')));
    expect(doing.chosen.map(({ picture: one }) => one)).toEqual([picture('Ann')]);
  });

  test('other settings are other work', () => {
    const other: Action = { type: 'parameter', name: 'strength', value: 0.9 };
    expect(sums(known('Ann'), job('Ann', completedJob('Ann')), other)).toMatchObject({ credits: 1, alreadyPaid: 0 });
  });
});

describe('a started batch', () => {
  const run = (...actions: readonly Action[]) =>
    after(open, collected, known('Ann'), known('Ben'), started, sent('Ann'), sent('Ben'), ...actions);
  const fail = (name: string, error: { readonly code: 'job-failed'; readonly message: string }): Action => ({
    type: 'batch-failed',
    picture: picture(name),
    error,
  });
  const delivered = (name: string): Action => ({
    type: 'batch-delivered',
    picture: picture(name),
    delivered: {
      completion: { credits: 2, output: null, completedAt: 1 },
      faces: [face(0)],
      result: { size: SMALL, scale: 1, change: [], wholeFrameChanged: false },
      crops: [],
    },
  });

  test('its settings do not change any more', () => {
    const { batch } = run({ type: 'batch-cap', cap: 1 }, { type: 'batch-form', form: 'layer' });
    expect([batch.cap, batch.form]).toEqual([null, 'overlay']);
    const before = after(open, collected);
    expect(update(before, { type: 'batch-form', form: 'layer' })).toMatchObject({ batch: { form: 'layer' } });
  });

  test('progress is that of all pictures, and the time left follows from it', () => {
    const progress = new Map([[picture('Ann'), { stage: 'restoring', fraction: 0.5, secondsLeft: null } as const]]);
    const { batch } = run({ type: 'batch-progress', progress, at: 20_000 });
    expect(progressed(batch)).toMatchObject({ fraction: 0.25, secondsLeft: 30, running: 2, started: 2 });
  });

  test('the service’s own word says what was charged, not our estimate', () => {
    expect(progressed(run(delivered('Ann')).batch)).toMatchObject({ ready: 1, running: 1, charged: 2 });
  });

  test('an answer that comes too late changes nothing', () => {
    const failed = run(fail('Ann', { code: 'job-failed', message: '' }));
    expect(workOf(update(failed, delivered('Ann')) as typeof failed, 'Ann')?.state).toBe('failed');
  });

  test('only what failed is tried again, at its price', () => {
    const state = run(fail('Ann', { code: 'job-failed', message: '' }), delivered('Ben'));
    const { rows, credits } = retryable(state, state.batch);
    expect([rows.map((row) => row.picture), credits]).toEqual([[picture('Ann')], 1]);
  });

  test('a failed one that the service may have is gone on with at no price', () => {
    const uncertain = { ...runningJob('Ann'), order: order('Ann', { batch: batchId('b') }) };
    const state = run(
      { type: 'job-saved', job: { ...uncertain, id: jobId('job of Ann') } },
      { type: 'batch-failed', picture: picture('Ann'), error: { code: 'job-waiting' } },
    );
    expect(retryable(state, state.batch).credits).toBe(0);
  });

  test('what is on the canvas is not chosen anew', () => {
    const state = run(
      delivered('Ann'),
      {
        type: 'batch-placed',
        picture: picture('Ann'),
        placed: [{ state: 'on', nodeId: nodeId('n'), form: 'overlay' }],
      },
      { type: 'batch-keep', picture: null, on: false },
    );
    expect(workOf(state, 'Ann')).toMatchObject({ keep: true });
  });

  test('cancelling all reaches only what runs', () => {
    const state = run(delivered('Ann'), { type: 'batch-cancelling', picture: null });
    expect([workOf(state, 'Ann')?.state, workOf(state, 'Ben')]).toMatchObject(['ready', { cancelling: true }]);
    expect(progressed(state.batch).cancelling).toBe(true);
  });
});

test('files of results are kept up to the budget, and what is dropped makes room', () => {
  const kept = keepBytes(10);
  kept.put(jobId('a'), new Uint8Array(6));
  kept.put(jobId('b'), new Uint8Array(6));
  expect([kept.get(jobId('a'))?.length, kept.get(jobId('b'))]).toEqual([6, null]);
  kept.drop(jobId('a'));
  kept.put(jobId('b'), new Uint8Array(6));
  kept.put(jobId('b'), new Uint8Array(9));
  expect(kept.get(jobId('b'))?.length).toBe(9);
});
