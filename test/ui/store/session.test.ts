import { describe, expect, test } from 'vitest';
import { imageHash, nodeId } from '../../../src/core/ids';
import type { Job } from '../../../src/core/job/job';
import { failed, ok } from '../../../src/core/result';
import { STANDARD_SETTINGS } from '../../../src/core/settings';
import { backOut, frontRun, view } from '../../../src/ui/store/view';
import { FACES, LOCAL, opening, report, selected } from '../fakes/data';
import { askJob, runningJob } from '../fakes/service';
import { type Bench, bench, settled } from '../fakes/session';

const never = new AbortController().signal;
const A = selected('A');
const B = selected('B');

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

const saves = (made: Bench, prefix: string) =>
  made.host.asks('record.save').flatMap(({ key, value }) => (key.startsWith(prefix) ? [value] : []));
const savedSettings = (made: Bench) => saves(made, 'settings');
const lastJob = (made: Bench) => saves(made, 'job:').at(-1) as Job | undefined;

async function reviewing(): Promise<Bench> {
  const made = await opened({ selection: report(A) });
  void made.session.deeds.restore();
  await settled();
  made.service.sent[0]?.deliver();
  await settled();
  return made;
}

describe('opening', () => {
  test('the selected picture is read, decoded and searched for faces without being asked', async () => {
    const made = await opened({ selection: report(A) });
    expect(made.state().subject).toMatchObject({ state: 'known', faces: FACES });
    expect(made.host.asks('thumbnail.read')).toEqual([{ nodeId: A.target.nodeId, width: 256 }]);
  });

  test('the balance is asked once a service is chosen, and not before', async () => {
    expect((await opened()).state().account).toMatchObject({ state: 'known', balance: { available: 12 } });
    const fresh = await opened({ settings: STANDARD_SETTINGS });
    expect(fresh.service.asked).toEqual([]);
    expect(view(fresh.state()).name).toBe('first-run');
  });

  test('before a service is chosen no picture is read', async () => {
    const made = await opened({ settings: STANDARD_SETTINGS, selection: report(A) });
    expect(made.host.asks('picture.read')).toEqual([]);
  });

  test('a host that refuses breaks the panel; trying again mends it', async () => {
    const made = bench();
    made.host.answer('panel.open', failed({ code: 'host-silent' }));
    await made.session.deeds.open();
    expect(view(made.session.store.get()).name).toBe('broken');
  });
});

describe('a storage that cannot be read at the opening', () => {
  test('is said, in a panel that can be seen; nothing is saved before it was read, and then all is there', async () => {
    const settings = { ...LOCAL, form: 'layer' } as const;
    const made = bench({ settings });
    made.host.answer('panel.open', failed({ code: 'storage-unreadable' }));
    await made.session.deeds.open();
    expect(made.session.store.get()).toEqual({ phase: 'broken', error: { code: 'storage-unreadable' } });
    expect(made.host.asks('panel.show')).toHaveLength(1);
    made.session.deeds.resize(400, 500, true);
    await made.session.deeds.saveSettings({ form: 'replace' });
    await made.world.pass(60_000);
    expect(made.host.asks('record.save')).toEqual([]);
    made.host.answer('panel.open', ok(opening({ settings })));
    await made.session.deeds.open();
    expect(made.state().settings.form).toBe('layer');
  });
});

describe('following the selection', () => {
  test('another selected layer is read, and the picture before it is closed', async () => {
    const made = await opened({ selection: report(A) });
    const first = [...made.studio.open_];
    made.host.announce({ type: 'selection', selection: report(B) });
    await settled();
    expect(made.state().subject).toMatchObject({ state: 'known', target: B.target });
    expect(made.studio.open_.size).toBe(1);
    expect([...made.studio.open_]).not.toEqual(first);
  });

  test('a picture that was still being read when the selection went on is closed, not kept', async () => {
    const made = bench({ selection: report(A) });
    const opened = made.session.deeds.open();
    made.host.announce({ type: 'selection', selection: report(B) });
    await opened;
    made.host.announce({ type: 'selection', selection: report() });
    await settled();
    expect(made.state().subject).toBeNull();
    expect(made.studio.open_.size).toBe(0);
  });

  test('of several fills of a layer the first visible one is taken, and another can be chosen', async () => {
    const upper = { ...A, target: { ...A.target, paintIndex: 1 } };
    const made = await opened({ selection: report({ ...A, visible: false }, upper) });
    expect(made.state().subject?.target).toEqual(upper.target);
    made.session.deeds.choose(A.target);
    await settled();
    expect(made.state().subject).toMatchObject({ state: 'known', target: A.target });
    expect(made.studio.open_.size).toBe(1);
  });

  test('not more than three thumbnails are asked for at once, and all come in the end', async () => {
    const layers = Array.from({ length: 7 }, (_, index) => selected(`L${index}`));
    const made = bench({ selection: report(...layers) });
    made.session.store.subscribe(() => {
      const state = made.session.store.get();
      // Several layers open the batch, which has pictures of its own; behind it lie the layers' thumbnails.
      if (state.phase === 'ready' && state.batch?.shown)
        made.session.store.dispatch({ type: 'batch-shown', shown: false });
    });
    let most = 0;
    made.session.store.subscribe(() => {
      const have = made.session.store.get();
      if (have.phase !== 'ready') return;
      most = Math.max(most, made.host.asks('thumbnail.read').length - have.thumbnails.size);
    });
    await made.session.deeds.open();
    await settled();
    expect(made.state().thumbnails.size).toBe(7);
    expect(most).toBeLessThanOrEqual(3);
  });

  test('a thumbnail that cannot be made is asked for once', async () => {
    const made = bench({ selection: report(A) });
    made.host.answer('thumbnail.read', failed({ code: 'picture-missing' }));
    await made.session.deeds.open();
    await settled();
    expect(made.host.asks('thumbnail.read')).toHaveLength(1);
  });

  test.each([
    ['cannot be read from the document', { code: 'picture-missing' }],
    ['is damaged', { code: 'picture-damaged', format: 'jpeg' }],
  ] as const)('a picture that %s says so, and can be read again', async (_, error) => {
    const made = bench({ selection: report(A) });
    if (error.code === 'picture-missing') made.host.answer('picture.read', failed(error));
    else made.studio.unreadable('A', error);
    await made.session.deeds.open();
    await settled();
    expect(made.state().subject).toMatchObject({ state: 'unusable', error });
    made.host.answer('picture.read', ok({ bytes: new Uint8Array([66]), imageHash: A.target.imageHash }));
    made.session.deeds.readAgain();
    await settled();
    expect(made.state().subject).toMatchObject({ state: 'known' });
  });
});

describe('restoring', () => {
  test('the picture in hand is sent with the parameters and the target of that moment', async () => {
    const made = await opened({ selection: report(A) });
    made.session.store.dispatch({ type: 'parameter', name: 'strength', value: 0.5 });
    void made.session.deeds.restore();
    await settled();
    const sent = made.service.sent[0];
    expect(sent?.order).toMatchObject({
      target: A.target,
      layerName: 'A',
      work: { kind: 'faces', parameters: { strength: 0.5 } },
      preset: null,
      address: LOCAL.localAddress,
      input: { width: 1200, height: 800 },
      estimate: 1,
      createdAt: 5000,
    });
    expect(sent?.order.workKey).toMatch(/^[0-9a-f]{64}\|Faces\|strength=0.5/);
    expect(await sent?.source?.(never)).toMatchObject({ ok: true, value: { format: 'jpeg' } });
  });

  test('pressing twice sends once', async () => {
    const made = await opened({ selection: report(A) });
    void made.session.deeds.restore();
    void made.session.deeds.restore();
    await settled();
    expect(made.service.sent).toHaveLength(1);
  });

  test('nothing is sent while the faces are still being looked for', async () => {
    const made = bench({ selection: report(A) });
    await made.session.deeds.open();
    made.session.store.dispatch({ type: 'subject-chosen', target: A.target });
    await made.session.deeds.restore();
    expect(made.service.sent).toEqual([]);
  });

  test('without a key nothing is sent, and that is said', async () => {
    const made = await opened({ selection: report(A), settings: { ...LOCAL, service: 'topaz' } });
    await made.session.deeds.restore();
    expect(made.service.sent).toEqual([]);
    expect(made.state().trouble).toEqual({ code: 'key-missing' });
  });

  test('the selection may change meanwhile: the result still belongs to its own layer', async () => {
    const made = await opened({ selection: report(A) });
    void made.session.deeds.restore();
    await settled();
    made.host.announce({ type: 'selection', selection: report(B) });
    made.service.sent[0]?.deliver();
    await settled();
    expect(front(made)).toMatchObject({ state: 'review', order: { target: A.target } });
    await made.session.deeds.apply(front(made).id);
    expect(made.host.asks('result.place')[0]?.target).toEqual(A.target);
  });

  test('a picture without a face that is sent all the same is taken as a whole', async () => {
    const made = bench({ selection: report(A) });
    made.studio.facesOf('A', []);
    await made.session.deeds.open();
    await settled();
    void made.session.deeds.restore();
    await settled();
    made.service.sent[0]?.deliver();
    await settled();
    const run = front(made);
    expect(run.state === 'review' && run.review.choices.map(({ face }) => face.box)).toEqual([
      { x: 0, y: 0, width: 1200, height: 800 },
    ]);
  });

  test('cancelling asks the service, and goes back to the picture with one sentence', async () => {
    const made = await opened({ selection: report(A) });
    void made.session.deeds.restore();
    await settled();
    made.session.deeds.cancel(front(made).id);
    expect(front(made)).toMatchObject({ cancelling: true });
    expect(made.service.sent[0]?.cancels).toBe(1);
    made.service.sent[0]?.fail({ code: 'job-cancelled', spent: false });
    await settled();
    expect(made.state()).toMatchObject({ runs: [], front: null, trouble: { code: 'job-cancelled', spent: false } });
  });

  test('the balance is asked again when a job has ended', async () => {
    const made = await opened({ selection: report(A) });
    const before = made.service.asked.length;
    void made.session.deeds.restore();
    await settled();
    made.service.sent[0]?.deliver();
    await settled();
    expect(made.service.asked.length).toBe(before + 1);
  });

  test('a result that does not lie on the picture is a problem, not a review', async () => {
    const made = await opened({ selection: report(A) });
    made.studio.resultIs(failed({ code: 'result-damaged' }));
    void made.session.deeds.restore();
    await settled();
    made.service.sent[0]?.deliver();
    await settled();
    expect(front(made)).toMatchObject({ state: 'problem', error: { code: 'result-damaged' } });
  });
});

describe('trying again', () => {
  async function problem(
    error: Parameters<NonNullable<Bench['service']['sent'][0]>['fail']>[0],
    last?: 'running' | 'ask',
  ) {
    const made = await opened({ selection: report(A) });
    void made.session.deeds.restore();
    await settled();
    const sent = made.service.sent[0];
    const { id } = front(made);
    const state = last === undefined ? undefined : (last === 'ask' ? askJob('A') : runningJob('A')).state;
    const last_ =
      state === undefined || sent === undefined ? undefined : { ...runningJob('A'), id, order: sent.order, state };
    sent?.fail(error, last_);
    await settled();
    return { made, id };
  }

  test('a job that goes on at the service is taken up again, never sent a second time', async () => {
    const { made, id } = await problem({ code: 'offline' }, 'running');
    void made.session.deeds.retry(id);
    await settled();
    expect(made.service.sent).toHaveLength(2);
    expect(made.service.sent[1]?.resumed?.id).toBe(id);
    expect(front(made)).toMatchObject({ state: 'running', id });
  });

  test('a job of which nothing was taken becomes a new one with the same picture', async () => {
    const { made, id } = await problem({ code: 'host-unreachable', host: 'localhost', local: true });
    void made.session.deeds.retry(id);
    await settled();
    expect(made.service.sent[1]?.resumed).toBeNull();
    expect(made.service.sent[1]?.order.id).not.toBe(id);
    expect(made.state().runs).toHaveLength(1);
    expect(made.studio.open_.size).toBe(1);
  });

  test('a job that nobody can find is sent again only on the user’s word', async () => {
    const { made, id } = await problem({ code: 'job-uncertain' }, 'ask');
    void made.session.deeds.retry(id);
    await settled();
    expect(made.service.sent[1]?.resumed?.state.name).toBe('ASK');
    made.service.sent[1]?.fail({ code: 'job-uncertain' });
    await settled();
    void made.session.deeds.sendAgain(id);
    await settled();
    expect(made.service.sent[2]?.resumed?.state.name).toBe('PREPARED');
  });
});

describe('applying', () => {
  test('the overlay carries what was chosen, with the recipe of the run', async () => {
    const made = await reviewing();
    const { id } = front(made);
    made.session.store.dispatch({ type: 'choice', id, face: 1, change: { on: false } });
    await made.session.deeds.apply(id);
    expect(made.studio.encoded[0]).toMatchObject({ what: 'overlay' });
    expect(made.studio.encoded[0]?.choices.map(({ on }) => on)).toEqual([true, false, true]);
    expect(made.host.asks('result.place')[0]).toMatchObject({
      target: A.target,
      form: 'overlay',
      scale: 1,
      recipe: { jobId: id, faces: 2, credits: 1, service: 'Local engine', preset: 'Balanced', appliedAt: 5000 },
    });
    expect(front(made)).toMatchObject({ state: 'applied' });
  });

  test.each(['replace', 'layer'] as const)('%s takes the composited picture', async (form) => {
    const made = await reviewing();
    const { id } = front(made);
    made.session.store.dispatch({ type: 'form', id, form });
    await made.session.deeds.apply(id);
    expect(made.studio.encoded[0]?.what).toBe('baked');
    expect(made.host.asks('result.place')[0]?.form).toBe(form);
  });

  test('the record says that the result was placed, so that it is not offered again', async () => {
    const made = await reviewing();
    await made.session.deeds.apply(front(made).id);
    expect(lastJob(made)?.state).toMatchObject({ name: 'DONE', placedAt: 5000 });
  });

  test('a layer that is gone keeps the result, which can go onto a new layer', async () => {
    const made = await reviewing();
    const { id } = front(made);
    made.host.answer('result.place', failed({ code: 'layer-gone' }));
    await made.session.deeds.apply(id);
    expect(front(made)).toMatchObject({ state: 'review', problem: { code: 'layer-gone' }, applying: false });
    made.host.answer('result.place', ({ form }) =>
      ok({ nodeId: nodeId('new'), form, resultHash: imageHash('r'), notes: ['placed-freely'] }),
    );
    await made.session.deeds.apply(id, 'layer');
    expect(front(made)).toMatchObject({ state: 'applied', placement: { nodeId: 'new', form: 'layer' } });
  });

  test('with every face off nothing is written', async () => {
    const made = await reviewing();
    const { id } = front(made);
    FACES.forEach((_, face) => {
      made.session.store.dispatch({ type: 'choice', id, face, change: { on: false } });
    });
    await made.session.deeds.apply(id);
    expect(made.host.asks('result.place')).toEqual([]);
  });

  test('pressing twice writes once', async () => {
    const made = await reviewing();
    const { id } = front(made);
    await Promise.all([made.session.deeds.apply(id), made.session.deeds.apply(id)]);
    expect(made.host.asks('result.place')).toHaveLength(1);
  });

  test('reverting takes it off the layer that carries it, and it can be applied again', async () => {
    const made = await reviewing();
    const { id } = front(made);
    made.session.store.dispatch({ type: 'form', id, form: 'layer' });
    await made.session.deeds.apply(id);
    await made.session.deeds.revert(id);
    expect(made.host.asks('result.revert')).toEqual([{ nodeId: 'new layer', undo: 'own' }]);
    expect(front(made)).toMatchObject({ state: 'review' });
  });

  test('a discarded result is not offered again', async () => {
    const made = await reviewing();
    await made.session.deeds.discard(front(made).id);
    expect(made.state().runs).toEqual([]);
    expect(lastJob(made)?.state.name).toBe('DONE');
  });

  test('closing it frees the picture once the selection has gone on too', async () => {
    const made = await reviewing();
    made.host.announce({ type: 'selection', selection: report() });
    await settled();
    expect(made.studio.open_.size).toBe(1);
    await made.session.deeds.discard(front(made).id);
    expect(made.studio.open_.size).toBe(0);
  });
});

describe('services', () => {
  test('a key is kept only when the service accepts it', async () => {
    const made = await opened({ settings: STANDARD_SETTINGS });
    made.service.balanceIs(failed({ code: 'key-refused' }));
    await made.session.deeds.tryService('topaz', { key: 'wrong' });
    expect(made.state().trial).toMatchObject({ state: 'failed', error: { code: 'key-refused' } });
    expect(savedSettings(made)).toEqual([]);
    made.service.balanceIs(ok({ available: 3, reserved: 0, total: 3 }));
    await made.session.deeds.tryService('topaz', { key: 'right' });
    expect(savedSettings(made)).toMatchObject([{ service: 'topaz', key: 'right' }]);
    expect(made.state().account).toMatchObject({ state: 'known', balance: { available: 3 } });
  });

  test('choosing a service starts reading the selection', async () => {
    const made = await opened({ settings: STANDARD_SETTINGS, selection: report(A) });
    await made.session.deeds.tryService('local', {});
    await settled();
    expect(made.state().subject).toMatchObject({ state: 'known' });
  });

  test('the answer to a test that was left is dropped', async () => {
    const made = await opened({ settings: STANDARD_SETTINGS });
    const testing = made.session.deeds.tryService('local', {});
    made.session.store.dispatch({ type: 'trial', trial: { state: 'none' } });
    await testing;
    expect(savedSettings(made)).toEqual([]);
  });

  test('removing the key asks for a service anew', async () => {
    const made = await opened({ settings: { ...LOCAL, service: 'topaz', key: 'k' } });
    await made.session.deeds.removeKey();
    expect(made.state().settings).toMatchObject({ key: '', service: null });
    expect(made.state().account).toEqual({ state: 'unknown' });
  });

  test('settings that cannot be stored are said', async () => {
    const made = await opened();
    made.host.answer('record.save', failed({ code: 'storage-full' }));
    await made.session.deeds.saveSettings({ form: 'layer' });
    expect(made.state()).toMatchObject({ settings: { form: 'layer' }, trouble: { code: 'storage-full' } });
  });
});

describe('the host’s commands', () => {
  test('settings opens them, recover leaves them', async () => {
    const made = await opened();
    made.host.announce({ type: 'command', command: 'settings', preset: null });
    await settled();
    expect(view(made.state()).name).toBe('settings');
    made.host.announce({ type: 'command', command: 'recover', preset: null });
    await settled();
    expect(view(made.state()).name).toBe('start');
  });

  test('the panel’s size is kept within its limits, and remembered when the corner is let go', async () => {
    const made = await opened();
    made.session.deeds.resize(100, 5000, false);
    made.session.deeds.resize(400.4, 500, true);
    await settled();
    expect(made.host.asks('panel.resize')).toEqual([
      { width: 280, height: 1000 },
      { width: 400, height: 500 },
    ]);
    expect(savedSettings(made)).toMatchObject([{ panel: { width: 400, height: 500 } }]);
  });
});

describe('backing out', () => {
  test('Esc goes from the settings to the work, from a run to the selection, and then nowhere', async () => {
    const made = await reviewing();
    const { store } = made.session;
    store.dispatch({ type: 'page', page: 'settings' });
    const first = backOut(made.state());
    expect(first).toEqual({ type: 'page', page: 'work' });
    if (first !== null) store.dispatch(first);
    const second = backOut(made.state());
    expect(second).toEqual({ type: 'run-shown', id: null });
    if (second !== null) store.dispatch(second);
    expect(backOut(made.state())).toBeNull();
    expect(made.state().runs).toHaveLength(1);
  });

  test('an applied result is closed by it', async () => {
    const made = await reviewing();
    const { id } = front(made);
    await made.session.deeds.apply(id);
    expect(backOut(made.state())).toEqual({ type: 'run-closed', id });
  });
});
