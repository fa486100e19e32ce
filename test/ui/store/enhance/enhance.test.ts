import { describe, expect, test } from 'vitest';
import { failed, ok } from '../../../../src/core/result';
import {
  type EnhanceAction,
  type EnhanceState,
  enhanceParameters,
  FIRST_ENHANCE,
  isCapped,
  updateEnhance,
} from '../../../../src/ui/store/enhance/enhance';
import { backOut, frontRun, view } from '../../../../src/ui/store/view';
import { FACES, job, report, selected } from '../../fakes/data';
import { type Bench, bench, settled } from '../../fakes/session';

const never = new AbortController().signal;
const A = selected('A');
const SOURCE = { width: 1200, height: 800 };

async function opened(...given: Parameters<typeof bench>): Promise<Bench> {
  const made = bench(...given);
  await made.session.deeds.open();
  await settled();
  return made;
}

const front = (made: Bench) => {
  const run = frontRun(made.state());
  if (run === null) throw new Error('No run is in front');
  return run;
};

/** A restored picture under review. */
async function reviewing(): Promise<Bench> {
  const made = await opened({ selection: report(A) });
  await Promise.all([made.session.deeds.restore(), deliverWhenSent(made, 0)]);
  await settled();
  expect(front(made).state).toBe('review');
  return made;
}

async function deliverWhenSent(made: Bench, index: number): Promise<void> {
  await settled();
  made.service.sent[index]?.deliver();
}

/** The enhancement of what is shown, sent, delivered and under review. */
async function enhanced(made: Bench): Promise<Bench> {
  const index = made.service.sent.length;
  void made.session.deeds.enhance();
  await settled();
  made.service.sent[index]?.deliver();
  await settled();
  return made;
}

describe('what an enhancement is to be', () => {
  const made = (...actions: readonly EnhanceAction[]): EnhanceState => actions.reduce(updateEnhance, FIRST_ENHANCE);
  const of = (state: EnhanceState, restored = false) => enhanceParameters(state.draft, SOURCE, restored);

  test('by itself it recovers faces and doubles the picture', () => {
    expect(of(made())).toEqual({
      model: 'Standard V2',
      faceEnhancement: true,
      faceStrength: 0.8,
      faceCreativity: 0,
      output: { width: 2400, height: 1600 },
    });
  });

  test('after a recovery faces are left alone, unless the user says otherwise', () => {
    expect(of(made(), true).faceEnhancement).toBe(false);
    expect(of(made({ type: 'enhance-faces', on: true }), true).faceEnhancement).toBe(true);
    expect(of(made({ type: 'enhance-faces', on: false }), false).faceEnhancement).toBe(false);
  });

  test.each<readonly [string, EnhanceAction, { readonly width: number; readonly height: number }, string | null]>([
    ['one times', { type: 'enhance-times', times: 1 }, SOURCE, null],
    ['more than Figma holds', { type: 'enhance-times', times: 4 }, { width: 4096, height: 2731 }, null],
    ['a long side', { type: 'enhance-long', pixels: 3000, source: SOURCE }, { width: 3000, height: 2000 }, null],
    [
      'too long a side',
      { type: 'enhance-long', pixels: 9000, source: SOURCE },
      { width: 4096, height: 2731 },
      '9000 4096',
    ],
    ['too short a side', { type: 'enhance-long', pixels: 20, source: SOURCE }, SOURCE, '20 1200'],
    [
      'half a pixel',
      { type: 'enhance-long', pixels: 1500.5, source: SOURCE },
      { width: 1501, height: 1001 },
      '1500.5 1501',
    ],
    ['no number', { type: 'enhance-long', pixels: Number.NaN, source: SOURCE }, SOURCE, 'NaN 1200'],
  ])('%s', (_, action, output, corrected) => {
    const state = made(action);
    const { correction } = state.draft;
    expect(of(state).output).toEqual(output);
    expect(correction === null ? null : `${correction.from} ${correction.to}`).toBe(corrected);
  });

  test('a multiple that Figma does not hold is known, and a correction goes with the next choice', () => {
    expect(isCapped(made({ type: 'enhance-times', times: 4 }).draft.size, SOURCE)).toBe(true);
    expect(isCapped(made({ type: 'enhance-times', times: 2 }).draft.size, SOURCE)).toBe(false);
    const state = made({ type: 'enhance-long', pixels: 9000, source: SOURCE }, { type: 'enhance-times', times: 2 });
    expect(state.draft.correction).toBeNull();
  });

  test.each([
    [2, 1],
    [-1, 0],
    [0.3, 0.3],
    [Number.NaN, 0.8],
  ])('a strength of %d becomes %d', (value, strength) => {
    expect(of(made({ type: 'enhance-number', name: 'faceStrength', value })).faceStrength).toBe(strength);
  });
});

describe('a picture enhanced instead of its faces', () => {
  test('goes out as it is in the layer, with what was chosen and the price of its size', async () => {
    const made = await opened({ selection: report(A) });
    made.session.store.dispatch({ type: 'enhance-model', model: 'High Fidelity V2' });
    made.session.store.dispatch({ type: 'enhance-times', times: 4 });
    void made.session.deeds.enhance();
    await settled();
    const { order, source } = made.service.sent[0] ?? {};
    expect(order).toMatchObject({
      target: A.target,
      layerName: 'A',
      work: {
        kind: 'enhance',
        parameters: { model: 'High Fidelity V2', output: { width: 4096, height: 2731 } },
        after: null,
      },
      preset: 'High Fidelity V2',
      input: SOURCE,
      estimate: 1,
    });
    expect(order?.workKey).toMatch(/^[0-9a-f]{64}\|High Fidelity V2\|output_width=4096\|output_height=2731\|face_/);
    expect(await source?.(never)).toMatchObject({ ok: true, value: { format: 'jpeg' } });
  });

  test('is written as a whole, never as an overlay, and says so in its recipe', async () => {
    const made = await enhanced(await opened({ selection: report(A) }));
    const run = front(made);
    expect(run).toMatchObject({ state: 'review', review: { form: 'replace', choices: [{ on: true, blend: 1 }] } });
    made.session.store.dispatch({ type: 'choice', id: run.id, face: 0, change: { blend: 0.5 } });
    await made.session.deeds.apply(run.id);
    expect(made.studio.encodedWholes).toMatchObject([{ blend: 0.5 }]);
    expect(made.host.asks('result.place')[0]).toMatchObject({
      form: 'replace',
      scale: 2,
      recipe: { jobId: run.id, faces: 0, preset: 'Standard V2', work: { kind: 'enhance' } },
    });
    expect(front(made).state).toBe('applied');
  });

  test('goes onto a new layer where the fill cannot be replaced', async () => {
    const forms = { overlay: 'yes', replace: 'in-instance', layer: 'yes' } as const;
    const made = await enhanced(await opened({ selection: report({ ...A, forms }) }));
    expect(front(made)).toMatchObject({ state: 'review', review: { form: 'layer' } });
  });

  test('is brought for nothing when the same was paid before', async () => {
    const made = await enhanced(await opened({ selection: report(A) }));
    await made.session.deeds.apply(front(made).id);
    made.session.store.dispatch({ type: 'run-shown', id: null });
    await settled();
    void made.session.deeds.enhance();
    await settled();
    expect(made.service.sent[1]?.resumed?.state.name).toBe('COMPLETED');
    expect(made.service.sent[1]?.order.reuses).toBe(made.service.sent[0]?.order.id);
  });

  test('is not the same work as its faces', async () => {
    const made = await reviewing();
    made.session.store.dispatch({ type: 'run-shown', id: null });
    void made.session.deeds.enhance();
    await settled();
    expect(made.service.sent[1]?.order.work.kind).toBe('enhance');
    expect(made.service.sent[1]?.resumed).toBeNull();
  });

  test('is not sent without a key', async () => {
    const made = await opened({ selection: report(A) });
    made.session.store.dispatch({
      type: 'settings',
      settings: { ...made.state().settings, service: 'topaz', key: '' },
    });
    await made.session.deeds.enhance();
    expect(made.service.sent).toEqual([]);
    expect(made.state().trouble).toEqual({ code: 'key-missing' });
  });
});

describe('a picture enhanced after its faces', () => {
  const after = async (change?: (made: Bench) => void): Promise<Bench> => {
    const made = await reviewing();
    change?.(made);
    made.session.store.dispatch({ type: 'enhance-after', id: front(made).id });
    return made;
  };

  test('has a view of its own over the review, which Esc closes', async () => {
    const made = await after();
    expect(view(made.state()).name).toBe('enhance');
    const back = backOut(made.state());
    expect(back).toEqual({ type: 'enhance-after', id: null });
    if (back !== null) made.session.store.dispatch(back);
    expect(view(made.state()).name).toBe('run');
  });

  test('goes out with the faces as they are reviewed', async () => {
    const made = await after((bench_) => {
      const { id } = front(bench_);
      bench_.session.store.dispatch({ type: 'choice', id, face: 1, change: { on: false } });
      bench_.session.store.dispatch({ type: 'choice', id, face: 2, change: { blend: 0.25 } });
    });
    const faces = front(made).id;
    void made.session.deeds.enhance();
    await settled();
    expect(made.studio.encoded).toMatchObject([{ what: 'baked' }]);
    const sent = made.service.sent[1];
    expect(sent?.order).toMatchObject({
      target: A.target,
      work: {
        kind: 'enhance',
        parameters: { faceEnhancement: false },
        after: {
          jobs: [faces],
          faces: [
            [0, 1],
            [0, 0],
            [0, 0.25],
          ],
        },
      },
    });
    expect(sent?.order.workKey.slice(0, 64)).not.toBe(made.service.sent[0]?.order.workKey.slice(0, 64));
    // The composite of the fake studio.
    expect(await sent?.source?.(never)).toEqual({ ok: true, value: { bytes: new Uint8Array([7]), format: 'png' } });
  });

  test('leaves the faces to be applied by themselves until it is applied, and settles them then', async () => {
    const made = await after();
    const faces = front(made).id;
    await enhanced(made);
    expect(made.state().runs.find(({ id }) => id === faces)?.state).toBe('ready');
    // The records are not written yet: the panel offers no faces that are on the canvas meanwhile.
    const offered: boolean[] = [];
    made.host.answer('record.save', () => {
      offered.push(made.state().runs.some(({ id }) => id === faces));
      return ok(null);
    });
    await made.session.deeds.apply(front(made).id);
    expect(offered).toEqual([false, false]);
    expect(made.state().runs.map(({ id }) => id)).toEqual([front(made).id]);
    expect(made.state().jobs.get(faces)?.state.name).toBe('DONE');
  });

  test('that is not sent behind anybody’s back: who goes back meanwhile has sent nothing', async () => {
    const made = await after();
    void made.session.deeds.enhance();
    made.session.store.dispatch({ type: 'enhance-after', id: null });
    await settled();
    expect(made.service.sent).toHaveLength(1);
  });

  test('says why when the picture cannot be put together', async () => {
    const made = await after();
    made.studio.encode = async () => failed({ code: 'picture-damaged', format: null });
    await made.session.deeds.enhance();
    expect(made.service.sent).toHaveLength(1);
    expect(made.state().trouble).toMatchObject({ code: 'picture-damaged' });
    expect(made.state().enhance.preparing).toBe(false);
  });

  test('is put together once more after the panel was closed, from what was paid, and costs nothing for that', async () => {
    const first = await after();
    const faces = first.state().jobs.get(front(first).id);
    void first.session.deeds.enhance();
    await settled();
    const order = first.service.sent[1]?.order;
    if (order === undefined || faces === undefined) throw new Error('Nothing was sent.');
    const unsent = {
      ...job('A', { name: 'PARKED', error: { code: 'credits-missing' }, accepted: null }),
      id: order.id,
      order,
    };
    const made = await opened({ selection: report(A), jobs: [faces, unsent] });
    void made.session.deeds.retry(order.id);
    await settled();
    const { source } = made.service.sent.find((sent) => sent.order.id === order.id) ?? {};
    const picture = source?.(never);
    await settled();
    // The result of the faces, fetched once more: by the opening, and for this.
    const fetched = made.service.sent.filter((sent) => sent.order.id === faces.id);
    expect(fetched.map(({ resumed }) => resumed?.state.name)).toEqual(['COMPLETED', 'COMPLETED']);
    for (const one of fetched) one.deliver();
    expect(await picture).toMatchObject({ ok: true, value: { format: 'png' } });
    expect(made.studio.encoded.at(-1)).toMatchObject({
      what: 'baked',
      choices: FACES.map((face) => ({ face, blend: 1 })),
    });
  });
});
