import { describe, expect, test } from 'vitest';
import { fileId, jobId } from '../../../src/core/ids';
import type { Job } from '../../../src/core/job/job';
import { jobKey } from '../../../src/core/records';
import { failed, ok } from '../../../src/core/result';
import { TOPAZ_ADDRESS } from '../../../src/core/settings';
import { frontRun, view } from '../../../src/ui/store/view';
import { FACES, job, LOCAL, report, selected } from '../fakes/data';
import { askJob, completedJob, runningJob } from '../fakes/service';
import { type Bench, bench, settled } from '../fakes/session';

const never = new AbortController().signal;
const A = selected('A');
const DAY = 24 * 60 * 60_000;

async function opened(...given: Parameters<typeof bench>): Promise<Bench> {
  const made = bench(...given);
  await made.session.deeds.open();
  await settled();
  return made;
}

const done = (name: string): Job => {
  const { state, ...rest } = completedJob(name);
  if (state.name !== 'COMPLETED') throw new Error(state.name);
  return { ...rest, state: { ...state, name: 'DONE', placedAt: 1 } };
};

const run = (made: Bench, name: string) => made.state().runs.find(({ order }) => order.layerName === name);

async function ready(given: Parameters<typeof bench>[0] = {}, before?: (made: Bench) => void): Promise<Bench> {
  const made = bench({ jobs: [runningJob('A')], ...given });
  before?.(made);
  await made.session.deeds.open();
  await settled();
  made.service.sent[0]?.deliver();
  await settled();
  return made;
}

describe('jobs found at the opening', () => {
  test('all that go on are taken up behind the view, and their pictures are not read before they are needed', async () => {
    const made = await opened({ jobs: [runningJob('A'), runningJob('B'), askJob('C')] });
    expect(made.service.sent.map(({ resumed }) => resumed?.order.layerName)).toEqual(['A', 'B', 'C']);
    expect(made.host.asks('picture.read')).toEqual([]);
    expect(view(made.state()).name).toBe('start');
  });

  test('a picture is read when it turns out that it never arrived, and closed when it has been read', async () => {
    const made = await opened({ jobs: [runningJob('A')] });
    expect(await made.service.sent[0]?.source?.(never)).toEqual(
      ok({ bytes: new TextEncoder().encode('A'), format: 'jpeg' }),
    );
    expect(made.studio.open_.size).toBe(0);
  });

  test('a result is ready without being decoded, and opens when it is shown', async () => {
    const made = await ready();
    expect(run(made, 'A')).toMatchObject({ state: 'ready', resumed: true });
    expect(made.studio.open_.size).toBe(0);
    made.session.store.dispatch({ type: 'run-shown', id: jobId('job of A') });
    await settled();
    expect(frontRun(made.state())).toMatchObject({ state: 'review', standing: { state: 'same' } });
    expect(made.service.sent).toHaveLength(1);
  });

  test('a result can be applied without being looked at', async () => {
    const made = await ready();
    await made.session.deeds.apply(jobId('job of A'));
    expect(made.host.asks('result.place')).toMatchObject([{ target: A.target, form: 'overlay' }]);
    expect(run(made, 'A')?.state).toBe('applied');
    expect(made.state().front).toBeNull();
    expect(made.host.saved.get(jobKey(jobId('job of A')))).toMatchObject({ state: { name: 'DONE' } });
  });

  test.each(['gone', 'changed'] as const)(
    'onto a layer that is %s nothing is applied: the review is shown',
    async (state) => {
      const made = await ready();
      made.host.answer('target.look', ok({ state, now: null }));
      await made.session.deeds.apply(jobId('job of A'));
      expect(made.host.asks('result.place')).toEqual([]);
      expect(frontRun(made.state())).toMatchObject({ state: 'review', standing: { state }, review: { form: 'layer' } });
      await made.session.deeds.apply(jobId('job of A'), 'layer');
      expect(made.host.asks('result.place')).toMatchObject([{ form: 'layer' }]);
    },
  );

  test('of a picture that the document does not hold any more the service’s copy is shown', async () => {
    const made = await ready({}, ({ host, service }) => {
      host.answer('picture.read', failed({ code: 'picture-missing' }));
      service.inputIs(ok(new TextEncoder().encode('copy')));
    });
    made.session.store.dispatch({ type: 'run-shown', id: jobId('job of A') });
    await settled();
    expect(frontRun(made.state())?.state).toBe('review');
  });

  test('without picture and copy it says what is missing, and can be tried again for nothing', async () => {
    const made = await ready({}, ({ host }) => host.answer('picture.read', failed({ code: 'picture-missing' })));
    made.session.store.dispatch({ type: 'run-shown', id: jobId('job of A') });
    await settled();
    expect(frontRun(made.state())).toMatchObject({ state: 'problem', error: { code: 'picture-missing' } });
    void made.session.deeds.retry(jobId('job of A'));
    await settled();
    expect(made.service.sent[1]?.resumed?.state.name).toBe('COMPLETED');
  });

  test('several finished ones are fetched one after the other', async () => {
    const made = await opened({ jobs: [completedJob('A'), completedJob('B')] });
    expect(made.service.sent).toHaveLength(1);
    made.service.sent[0]?.deliver();
    await settled();
    expect(made.service.sent).toHaveLength(2);
    made.service.sent[1]?.deliver();
    await settled();
    expect(made.state().runs.map(({ state }) => state)).toEqual(['ready', 'ready']);
  });

  test.each([
    ['never sent', job('A', { name: 'PREPARED' }), 'job-unsent'],
    [
      'parked before it was taken',
      job('A', { name: 'PARKED', error: { code: 'key-refused' }, accepted: null }),
      'key-refused',
    ],
  ] as const)('a job %s is named, and sent only on the user’s word', async (_, found, code) => {
    const made = await opened({ jobs: [found] });
    expect(run(made, 'A')).toMatchObject({ state: 'problem', error: { code } });
    expect(made.service.sent).toEqual([]);
    void made.session.deeds.retry(found.id);
    await settled();
    expect(made.service.sent).toMatchObject([{ resumed: { id: found.id } }]);
  });

  test.each([
    ['that was placed already', done('A')],
    ['of another file', job('A', runningJob('A').state, { target: { ...A.target, fileId: fileId('other') } })],
    ['of another service', job('A', runningJob('A').state, { address: TOPAZ_ADDRESS })],
  ])('a job %s is left alone', async (_, found) => {
    const made = await opened({ jobs: [found] });
    expect(made.state().runs).toEqual([]);
    expect(made.service.sent).toEqual([]);
  });

  test('jobs of another service are taken up when it is set', async () => {
    const made = await opened({ jobs: [job('A', runningJob('A').state, { address: TOPAZ_ADDRESS })] });
    await made.session.deeds.tryService('topaz', { key: 'k' });
    await settled();
    expect(made.service.sent).toMatchObject([{ endpoint: { address: TOPAZ_ADDRESS } }]);
  });

  test('the corrected faces of a job are restored, with the detector’s points where it found the same face', async () => {
    const points = { rightEye: { x: 1, y: 1 } } as never;
    const made = bench({
      jobs: [
        job('A', runningJob('A').state, {
          boxes: [
            [2, 12, 78, 98],
            [900, 300, 60, 80],
          ],
        }),
      ],
    });
    made.studio.facesOf('A', [{ ...FACES[0]!, points }]);
    await made.session.deeds.open();
    await settled();
    made.service.sent[0]?.deliver();
    await settled();
    made.session.store.dispatch({ type: 'run-shown', id: jobId('job of A') });
    await settled();
    const shown = frontRun(made.state());
    expect(shown?.state === 'review' && shown.review.choices.map(({ face }) => face)).toMatchObject([
      { box: { x: 2, y: 12, width: 78, height: 98 }, points },
      { box: { x: 900, y: 300, width: 60, height: 80 }, points: null },
    ]);
  });
});

describe('jobs that wait for the key or the credits', () => {
  const { state } = runningJob('A');
  if (state.name !== 'RUNNING') throw new Error(state.name);
  const parked = { name: 'PARKED', error: { code: 'key-refused' }, accepted: state } as const;

  test('what the service has goes on by itself when the key is accepted again', async () => {
    const made = await opened({ jobs: [runningJob('A')] });
    made.service.sent[0]?.fail({ code: 'key-refused' }, job('A', parked));
    await settled();
    expect(run(made, 'A')?.state).toBe('problem');
    await made.session.deeds.tryService('local', {});
    await settled();
    expect(made.service.sent).toMatchObject([{}, { resumed: { state: { name: 'PARKED' } } }]);
  });

  test('what was never sent waits for the user', async () => {
    const made = await opened({ jobs: [job('A', { ...parked, accepted: null })] });
    await made.session.deeds.tryService('local', {});
    await settled();
    expect(made.service.sent).toEqual([]);
  });
});

describe('records that are no longer needed', () => {
  const NOW = 50 * DAY;
  const aged = (found: Job, age: number): Job => ({ ...found, changedAt: NOW - age });
  async function openedNow(given: Parameters<typeof bench>[0], before?: (made: Bench) => void): Promise<Bench> {
    const made = bench(given);
    await made.world.pass(NOW - made.world.clock());
    before?.(made);
    await made.session.deeds.open();
    await settled();
    return made;
  }
  test.each([
    ['placed 8 days ago', aged(done('A'), 8 * DAY), true],
    ['placed 6 days ago', aged(done('A'), 6 * DAY), false],
    ['that failed 2 days ago', aged(job('A', { name: 'FAILED', error: { code: 'offline' } }), 2 * DAY), true],
    ['that was cancelled an hour ago', aged(job('A', { name: 'CANCELLED' }), DAY / 24), false],
    ['that goes on since 8 days', aged(job('A', runningJob('A').state, { address: TOPAZ_ADDRESS }), 8 * DAY), false],
    [
      'that nobody came back for in 40 days',
      aged(job('A', runningJob('A').state, { address: TOPAZ_ADDRESS }), 40 * DAY),
      true,
    ],
  ])('one %s is dropped: %#', async (_, found, dropped) => {
    const made = await openedNow({ jobs: [found] });
    expect(made.host.saved.has(jobKey(found.id))).toBe(!dropped);
    expect(made.state().jobs.has(found.id)).toBe(!dropped);
  });

  test('none is dropped while what it cost cannot be written down', async () => {
    const made = await openedNow({ jobs: [aged(done('A'), 8 * DAY)] }, ({ host }) =>
      host.answer('record.save', failed({ code: 'storage-full' })),
    );
    expect(made.host.asks('record.forget')).toEqual([]);
  });

  test('settings of a newer version are put aside before they can be written over', async () => {
    const newer = { ...LOCAL, v: 2, wonder: true };
    const made = await opened({ settings: newer as never });
    expect(made.host.saved.get('unreadable:settings')).toEqual(newer);
  });

  test('records that cannot be read, or only by a newer version, are counted and kept', async () => {
    const records = [
      { key: 'job:a', value: { v: 1 } },
      { key: 'job:b', value: 'text' },
      { key: 'job:c', value: { v: 2 } },
      { key: jobKey(jobId('another')), value: runningJob('A') },
    ];
    const made = await opened({ records });
    expect(made.state()).toMatchObject({ unreadable: 3, newer: 1 });
    for (const { key, value } of records) expect(made.host.saved.get(key)).toEqual(value);
  });
});

describe('the same work again', () => {
  /** Restores A once, applies it and goes back to the picture. */
  async function restoredOnce(): Promise<Bench> {
    const made = await opened({ selection: report(A) });
    void made.session.deeds.restore();
    await settled();
    const sent = made.service.sent[0];
    sent?.deliver();
    await settled();
    const { id } = frontRun(made.state()) ?? {};
    if (id === undefined) throw new Error('No run');
    await made.session.deeds.apply(id);
    made.session.store.dispatch({ type: 'run-closed', id });
    await settled();
    return made;
  }

  test('is brought for nothing: no new job is sent', async () => {
    const made = await restoredOnce();
    void made.session.deeds.restore();
    await settled();
    const [first, second] = made.service.sent;
    expect(made.service.sent).toHaveLength(2);
    expect(second?.resumed).toMatchObject({
      order: { reuses: first?.order.id },
      state: { name: 'COMPLETED', completion: { credits: 0 } },
    });
    expect(second?.source).toBeNull();
  });

  test('with other parameters is new work', async () => {
    const made = await restoredOnce();
    made.session.store.dispatch({ type: 'parameter', name: 'strength', value: 0.3 });
    void made.session.deeds.restore();
    await settled();
    expect(made.service.sent[1]?.resumed).toBeNull();
  });

  test('that is gone at the service is not offered again, and may be paid for anew', async () => {
    const made = await restoredOnce();
    void made.session.deeds.restore();
    await settled();
    const [first, second] = made.service.sent;
    second?.fail({ code: 'job-gone' }, { ...second.resumed!, state: { name: 'GONE' } });
    await settled();
    expect(made.state().jobs.has(first!.order.id)).toBe(false);
    expect(frontRun(made.state())).toMatchObject({ state: 'problem', error: { code: 'job-gone' } });
    void made.session.deeds.sendAgain(second!.order.id);
    await settled();
    expect(made.service.sent[2]).toMatchObject({ resumed: null, order: { reuses: null } });
  });

  test('that is still under way is shown instead of being sent twice', async () => {
    const made = await opened({ selection: report(A) });
    void made.session.deeds.restore();
    await settled();
    const { id } = frontRun(made.state()) ?? {};
    made.session.store.dispatch({ type: 'run-shown', id: null });
    void made.session.deeds.restore();
    await settled();
    expect(made.service.sent).toHaveLength(1);
    expect(made.state().front).toBe(id);
  });

  test('that is under way in another document is named', async () => {
    const first = await restoredOnce();
    const workKey = first.service.sent[0]!.order.workKey;
    const other = job('X', runningJob('X').state, {
      workKey,
      fileName: 'Campaign',
      target: { ...A.target, fileId: fileId('other') },
    });
    const made = await opened({ selection: report(A), jobs: [{ ...other, changedAt: 5000 }] });
    void made.session.deeds.restore();
    await settled();
    expect(made.service.sent).toEqual([]);
    expect(made.state().trouble).toEqual({ code: 'work-under-way', fileName: 'Campaign' });
  });

  test('a discarded result is still free', async () => {
    const made = await opened({ selection: report(A) });
    void made.session.deeds.restore();
    await settled();
    made.service.sent[0]?.deliver();
    await settled();
    await made.session.deeds.discard(frontRun(made.state())!.id);
    void made.session.deeds.restore();
    await settled();
    expect(made.service.sent[1]?.order.reuses).toBe(made.service.sent[0]?.order.id);
  });
});

describe('hand-corrected faces', () => {
  test('go into the job’s record as whole pixels, and only when they were corrected', async () => {
    const made = await opened({ selection: report(A) });
    made.session.store.dispatch({ type: 'faces-opened', selected: null });
    made.session.store.dispatch({ type: 'face-removed', face: 1 });
    made.session.store.dispatch({ type: 'faces-done' });
    void made.session.deeds.restore();
    await settled();
    expect(made.service.sent[0]?.order.boxes).toEqual([
      [0, 10, 80, 100],
      [400, 10, 80, 100],
    ]);
    const other = await opened({ selection: report(A) });
    void other.session.deeds.restore();
    await settled();
    expect(other.service.sent[0]?.order.boxes).toBeNull();
  });
});
