/** Several looks at the same faces: jobs of their own, one picture, one review. */
import { describe, expect, test } from 'vitest';
import { jobId } from '../../../../src/core/ids';
import type { Job } from '../../../../src/core/job/job';
import { placeOf, seedOf, setOf } from '../../../../src/core/job/looks';
import { failed } from '../../../../src/core/result';
import { leads, openLooks, setIn } from '../../../../src/ui/store/runs/looks';
import type { ReviewRun, Run } from '../../../../src/ui/store/runs/run';
import { frontRun, runsBehind } from '../../../../src/ui/store/view';
import { report, selected } from '../../fakes/data';
import { runningJob, type Sent } from '../../fakes/service';
import { type Bench, bench, settled } from '../../fakes/session';

const A = selected('A');

async function opened(...given: Parameters<typeof bench>): Promise<Bench> {
  const made = bench(...given);
  await made.session.deeds.open();
  await settled();
  return made;
}

/** Three looks, sent and on their way. */
async function threeLooks(): Promise<Bench> {
  const made = await opened({ selection: report(A) });
  void made.session.deeds.restore(3);
  await settled();
  return made;
}

const seeds = (sent: readonly Sent[]): readonly unknown[] => sent.map(({ order }) => seedOf(order.work));

async function deliver(made: Bench, ...which: readonly number[]): Promise<void> {
  for (const index of which) {
    made.service.sent[index]?.deliver();
    await settled();
  }
}

function front(made: Bench): ReviewRun {
  const run = frontRun(made.state());
  if (run?.state !== 'review') throw new Error(`In front: ${run?.state}`);
  return run;
}

const places = (run: ReviewRun): readonly number[] => openLooks(run).map(({ order }) => placeOf(order));
const states = (made: Bench): readonly Run['state'][] => made.state().runs.map(({ state }) => state);

describe('three looks', () => {
  test('are three jobs with the draft’s seed and the next two, in one set', async () => {
    const made = await threeLooks();
    const { sent } = made.service;
    expect(seeds(sent)).toEqual([1, 2, 3]);
    expect(new Set(sent.map(({ order }) => order.workKey)).size).toBe(3);
    expect(sent.map(({ order }) => setOf(order))).toEqual(Array(3).fill(sent[0]?.order.id));
    expect(sent.map(({ order }) => placeOf(order))).toEqual([0, 1, 2]);
    expect(made.state().front).toBe(sent[0]?.order.id);
  });

  test('share one open picture, also for what is sent', async () => {
    const made = await threeLooks();
    expect(made.studio.open_.size).toBe(1);
    const sent = await Promise.all(made.service.sent.map(({ source }) => source?.(new AbortController().signal)));
    expect(sent.every((answer) => answer?.ok)).toBe(true);
    expect(made.host.asks('picture.read')).toHaveLength(1);
    // In one pair of hands, so that it can be put away when there is no room for another.
    expect(made.state().runs.filter(({ material }) => material !== null)).toHaveLength(1);
    await deliver(made, 1, 0);
    expect(made.state().runs.filter(({ material }) => material !== null)).toHaveLength(1);
  });

  test('the one that is ready first is reviewed, whichever it is, and the others join it as they come', async () => {
    const made = await threeLooks();
    await deliver(made, 1);
    expect(places(front(made))).toEqual([1]);
    await deliver(made, 2, 0);
    expect(places(front(made))).toEqual([0, 1, 2]);
    expect(front(made).order).toEqual(made.service.sent[1]?.order);
    expect(made.studio.open_.size).toBe(1);
    // What is on the screen stays: nobody chose another look yet.
    const ids = new Set(front(made).review.choices.map(({ resultId }) => resultId));
    expect([...ids]).toEqual([front(made).review.result.id]);
  });

  test('a press for three more brings what is there, and sends nothing twice', async () => {
    const made = await threeLooks();
    made.session.store.dispatch({ type: 'run-shown', id: null });
    await settled();
    void made.session.deeds.restore(3);
    await settled();
    expect(made.service.sent).toHaveLength(3);
    expect(frontRun(made.state())).not.toBeNull();
  });

  test('one on its own that is asked for first becomes the first of the set', async () => {
    const made = await opened({ selection: report(A) });
    void made.session.deeds.restore();
    await settled();
    await deliver(made, 0);
    made.session.store.dispatch({ type: 'run-shown', id: null });
    await settled();
    void made.session.deeds.restore(3);
    await settled();
    expect(seeds(made.service.sent)).toEqual([1, 2, 3]);
    expect(setIn(made.state().runs, front(made).order)).toHaveLength(3);
  });
});

describe('a mix of looks', () => {
  test('is what is encoded, and the recipe is that of the first look taken, with what all have cost', async () => {
    const made = await threeLooks();
    await deliver(made, 0, 1, 2);
    const { id } = front(made);
    const [a, b, c] = openLooks(front(made)).map(({ result }) => result.id);
    made.session.store.dispatch({ type: 'look-all', id, resultId: c as number });
    made.session.store.dispatch({ type: 'choice', id, face: 0, change: { resultId: b as number } });
    await made.session.deeds.apply(id);
    await settled();
    expect(made.studio.encoded[0]?.choices.map(({ resultId }) => resultId)).toEqual([b, c, c]);
    expect(a).not.toBe(b);
    expect(made.host.asks('result.place')[0]?.recipe).toMatchObject({
      jobId: made.service.sent[1]?.order.id,
      work: { parameters: { noiseSeed: 2 } },
      seeds: [2, 3],
      credits: 3,
    });
  });

  test('once applied, no look of it is offered again, here or at the next opening', async () => {
    const made = await threeLooks();
    await deliver(made, 0, 1, 2);
    const { id } = front(made);
    await made.session.deeds.apply(id);
    await settled();
    expect([...made.state().jobs.values()].map(({ state }) => state.name)).toEqual(['DONE', 'DONE', 'DONE']);
    made.session.store.dispatch({ type: 'run-closed', id });
    expect(made.state().runs).toEqual([]);
  });

  test('discarded, all looks that were open go, and one that is still on its way comes later', async () => {
    const made = await threeLooks();
    await deliver(made, 0, 1);
    await made.session.deeds.discard(front(made).id);
    await settled();
    expect(states(made)).toEqual(['running']);
    expect(made.state().front).toBeNull();
    await deliver(made, 2);
    expect(states(made)).toEqual(['ready']);
  });

  test('stays as it was chosen when its picture was put away and opened again', async () => {
    const made = await threeLooks();
    await deliver(made, 0, 1, 2);
    const { id } = front(made);
    const second = openLooks(front(made))[1]?.result.id as number;
    made.session.store.dispatch({ type: 'choice', id, face: 1, change: { resultId: second, blend: 0.5 } });
    made.session.store.dispatch({ type: 'run-shown', id: null });
    made.session.store.dispatch({ type: 'run-rested', id });
    await settled();
    made.session.store.dispatch({ type: 'run-shown', id });
    await settled();
    await deliver(made, 3, 4, 5);
    const again = front(made);
    const look = openLooks(again).find(({ result }) => result.id === again.review.choices[1]?.resultId);
    expect(placeOf(look?.order ?? {})).toBe(1);
    expect(again.review.choices.map(({ blend }) => blend)).toEqual([1, 0.5, 1]);
    expect(places(again)).toEqual([0, 1, 2]);
  });
});

describe('one look that fails', () => {
  test('leaves the others, says why, and can be tried again for itself', async () => {
    const made = await threeLooks();
    made.service.sent[0]?.fail({ code: 'job-failed', message: 'No.' });
    await settled();
    expect(frontRun(made.state())?.state).toBe('running');
    await deliver(made, 1, 2);
    expect(places(front(made))).toEqual([1, 2]);
    expect(states(made).filter((state) => state === 'problem')).toHaveLength(1);
    void made.session.deeds.retry(made.service.sent[0]?.order.id ?? jobId(''));
    await settled();
    expect(front(made).order).toEqual(made.service.sent[1]?.order);
    const renewed = made.service.sent[3]?.order;
    expect([renewed && setOf(renewed), renewed && placeOf(renewed), renewed && seedOf(renewed.work)]).toEqual([
      made.service.sent[0]?.order.id,
      0,
      1,
    ]);
    await deliver(made, 3);
    expect(places(front(made))).toEqual([0, 1, 2]);
  });

  test('because its result cannot be used does not spoil the review', async () => {
    const made = await threeLooks();
    await deliver(made, 0);
    made.studio.resultIs(failed({ code: 'result-wrong-size' } as never));
    await deliver(made, 1);
    expect(places(front(made))).toEqual([0]);
    expect(states(made)).toContain('problem');
  });

  test('because it was cancelled stays beside the others until it is dismissed', async () => {
    const made = await threeLooks();
    await deliver(made, 0);
    const second = made.service.sent[1]?.order.id ?? jobId('');
    made.session.deeds.cancel(second);
    made.service.sent[1]?.fail({ code: 'job-cancelled', spent: false });
    await settled();
    expect(made.state().runs.find(({ id }) => id === second)).toMatchObject({ state: 'problem' });
    made.session.store.dispatch({ type: 'run-closed', id: second });
    expect(made.state().front).toBe(front(made).id);
  });
});

describe('another look', () => {
  test('takes the next seed, up to six in all', async () => {
    const made = await opened({ selection: report(A) });
    void made.session.deeds.restore();
    await settled();
    await deliver(made, 0);
    for (let look = 1; look < 8; look++) {
      made.session.deeds.anotherLook(front(made).id);
      await settled();
      await deliver(made, look);
    }
    expect(seeds(made.service.sent)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(places(front(made))).toEqual([0, 1, 2, 3, 4, 5]);
  });

  test('that was paid for before is fetched, and costs nothing', async () => {
    const made = await threeLooks();
    await deliver(made, 0, 1, 2);
    await made.session.deeds.discard(front(made).id);
    await settled();
    void made.session.deeds.restore(3);
    await settled();
    const again = made.service.sent.slice(3);
    expect(again.map(({ resumed }) => resumed?.state.name)).toEqual(['COMPLETED', 'COMPLETED', 'COMPLETED']);
    expect(again.map(({ order }) => order.reuses)).toEqual(made.service.sent.slice(0, 3).map(({ order }) => order.id));
  });
});

describe('looks that were on their way when the panel was closed', () => {
  const of = runningJob('A').id;
  const look = (place: number): Job => {
    const job = runningJob('A');
    const id = jobId(`look ${place}`);
    return place === 0 ? job : { ...job, id, order: { ...job.order, id, look: { of, place } } };
  };

  test('come back as one, with the first that is ready in front of the others', async () => {
    const made = await opened({ jobs: [look(0), look(1), look(2)] });
    expect(runsBehind(made.state())).toHaveLength(1);
    await deliver(made, 2);
    expect(runsBehind(made.state()).map(({ state }) => state)).toEqual(['ready']);
    await deliver(made, 0, 1);
    expect(runsBehind(made.state())).toHaveLength(1);
    made.session.store.dispatch({ type: 'run-shown', id: jobId('look 1') });
    await settled();
    expect(places(front(made))).toEqual([0, 1, 2]);
    expect(made.studio.open_.size).toBe(1);
    expect(leads(made.state().runs)).toHaveLength(1);
  });
});

describe('a face that nobody had marked', () => {
  const box = { x: 500, y: 300, width: 80, height: 100 };

  test('is taken from the result that is there, and counts as a face from then on', async () => {
    const made = await opened({ selection: report(A) });
    void made.session.deeds.restore();
    await settled();
    await deliver(made, 0);
    const { id } = front(made);
    made.session.store.dispatch({ type: 'face-drawn', id, box });
    expect(front(made).review.choices).toHaveLength(4);
    expect(front(made).review.choices[3]).toMatchObject({ face: { box }, on: true, blend: 1 });
    expect(made.service.sent).toHaveLength(1);
    made.session.store.dispatch({ type: 'run-shown', id: null });
    made.session.store.dispatch({ type: 'run-rested', id });
    made.session.store.dispatch({ type: 'run-shown', id });
    await settled();
    expect(front(made).review.choices).toHaveLength(4);
  });

  test('stands in place of the whole picture, which stood for it before', async () => {
    const made = bench({ selection: report(A) });
    made.studio.facesOf('A', []);
    await made.session.deeds.open();
    await settled();
    void made.session.deeds.restore();
    await settled();
    await deliver(made, 0);
    made.session.store.dispatch({ type: 'face-drawn', id: front(made).id, box });
    expect(front(made).review.choices.map(({ face }) => face.box)).toEqual([box]);
  });
});
