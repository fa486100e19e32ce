import { describe, expect, it } from 'vitest';
import { fileId, imageHash, jobId, nodeId, processId } from '../../../../src/core/ids';
import type { Job, JobOrder, JobState } from '../../../../src/core/job/job';
import { STANDARD_PARAMETERS } from '../../../../src/core/parameters';
import type { Recipe } from '../../../../src/core/recipe';
import { failed, ok } from '../../../../src/core/result';
import type { Target } from '../../../../src/core/target';
import type { PlacedResult } from '../../../../src/protocol/selection';
import { historyRows } from '../../../../src/ui/store/history/rows';
import { job, report, selected } from '../../fakes/data';
import { type Bench, bench, settled } from '../../fakes/session';

const DAY = 24 * 60 * 60_000;

const recipe = (id: string, change: Partial<Recipe> = {}): Recipe => ({
  v: 1,
  form: 'overlay',
  sourceHash: imageHash('source'),
  resultHash: imageHash('result'),
  jobId: jobId(id),
  work: { kind: 'faces', parameters: STANDARD_PARAMETERS },
  preset: 'Balanced',
  faces: 3,
  credits: 1,
  service: 'Local engine',
  appliedAt: 100,
  ...change,
});

const placed = (name: string, applied: Recipe): PlacedResult => ({
  ...selected(name, { applied }),
  pageName: 'Page 1',
});

/** Paid and done at 0. */
const done = (id: string, change: Partial<JobOrder> = {}): Job => job(id, DONE, { id: jobId(id), ...change });

const DONE: JobState = {
  name: 'DONE',
  attempt: { number: 1, tag: 'tag', submittedAt: 0 },
  acceptance: { processId: processId('p'), acceptedAt: 0, duration: 8 },
  completion: { credits: 1, output: null, completedAt: 0 },
  placedAt: 1,
};

const ELSEWHERE: Target = { ...selected('x').target, fileId: fileId('another file') };

async function opened(given: Parameters<typeof bench>[0] = {}): Promise<Bench> {
  const made = bench(given);
  await made.session.deeds.open();
  await settled();
  return made;
}

describe('the rows of the history', () => {
  it('are the results on layers, copies included, and what was paid for and lies on none; newest first', async () => {
    const { state } = await opened({ jobs: [done('one'), done('off')] });
    const results = [placed('Layer', recipe('one')), placed('Copy', recipe('one', { appliedAt: 200 }))];
    const rows = historyRows(state(), results, DAY);
    expect(rows.map(({ layerName, isOn, again }) => [layerName, isOn, again.state])).toEqual([
      ['Copy', true, 'free'],
      ['Layer', true, 'free'],
      [done('off').order.layerName, false, 'free'],
    ]);
    expect(new Set(rows.map(({ key }) => key)).size).toBe(3);
  });

  it.each<[string, readonly Job[], number, string]>([
    ['kept for less than 7 days', [done('one')], 6.9 * DAY, 'free'],
    ['made 7 days ago', [done('one')], 7 * DAY, 'gone'],
    ["made on a teammate's computer", [], DAY, 'gone'],
    ['kept at another service', [done('one', { address: 'https://elsewhere.example' })], DAY, 'elsewhere'],
    ['that was made in another file: a pasted layer', [done('one', { target: ELSEWHERE })], DAY, 'free'],
  ])('say whether it can be applied again for nothing: a result %s', async (_what, jobs, now, expected) => {
    const { state } = await opened({ jobs });
    const [row] = historyRows(state(), [placed('Layer', recipe('one'))], now);
    expect(row?.again.state).toBe(expected);
  });

  it('leave out the jobs of other files and those without a result', async () => {
    const other = done('other', { target: ELSEWHERE });
    const cancelled = job('cancelled', { name: 'CANCELLED' });
    const { state } = await opened({ jobs: [other, cancelled] });
    expect(historyRows(state(), [], DAY)).toEqual([]);
  });
});

describe('a result that is opened again', () => {
  it('goes where the user asked for it, with the record of the job that was paid for', async () => {
    const copy = selected('Copy', { applied: recipe('one') });
    const { session, state } = await opened({ jobs: [done('one')], selection: report(copy) });
    session.deeds.adjust(copy);
    const run = state().runs.find(({ id }) => id === jobId('one'));
    expect(run).toMatchObject({ order: { target: copy.target, layerName: 'Copy' }, job: { id: 'one' } });
    expect(state()).toMatchObject({ front: 'one', page: 'work' });
  });

  it('is laid on the picture of this file, when its layer was pasted here from another one', async () => {
    const pasted = selected('Pasted', { applied: recipe('one') });
    const { session, host, service, state } = await opened({
      jobs: [done('one', { target: ELSEWHERE })],
      selection: report(pasted),
    });
    session.deeds.adjust(pasted);
    await settled();
    service.sent.at(-1)!.deliver();
    await settled();
    expect(host.asks('picture.read').at(-1)).toEqual({ target: pasted.target, anyway: true });
    expect(state().runs[0]?.state).toBe('review');
  });

  it('is what the button Adjust faces of a layer opens the panel with', async () => {
    const layer = selected('Layer', { applied: recipe('one') });
    const { state } = await opened({ command: 'adjust', jobs: [done('one')], selection: report(layer) });
    expect(state().front).toBe('one');
  });

  it('brings every look that its faces were taken from, and no other one', async () => {
    const look = (id: string, place: number, seed: number): Job =>
      done(id, {
        look: { of: jobId('A'), place },
        work: { kind: 'faces', parameters: { ...STANDARD_PARAMETERS, noiseSeed: seed } },
      });
    const mixed = selected('Layer', { applied: recipe('B', { seeds: [2, 3] }) });
    const { session, service, state } = await opened({
      jobs: [done('A'), look('B', 1, 2), look('C', 2, 3), look('D', 3, 4), done('of another set')],
      selection: report(mixed),
    });
    session.deeds.adjust(mixed);
    await settled();
    expect(state().runs.map(({ id, order }) => [id, order.target])).toEqual([
      ['B', mixed.target],
      ['C', mixed.target],
    ]);
    // One after the other, as they are needed.
    service.sent.at(-1)!.deliver();
    await settled();
    service.sent.at(-1)!.deliver();
    await settled();
    expect(service.sent.map(({ order }) => order.id)).toEqual(['B', 'C']);
    const run = state().runs[0];
    if (run?.state !== 'review') throw new Error(`It is ${run?.state}`);
    expect([run.id, ...run.review.others.map(({ order }) => order.id)]).toEqual(['B', 'C']);
  });

  it('leaves the layer in hand where the result is not kept any more', async () => {
    const layer = selected('Layer', { applied: recipe('one') });
    const { state, service } = await opened({ command: 'adjust', selection: report(layer) });
    expect(state()).toMatchObject({ front: null, page: 'work', subject: { target: layer.target } });
    expect(service.sent).toEqual([]);
  });
});

describe('the list of results', () => {
  it('is read anew after one was taken off, as far as before', async () => {
    const { session, host, state } = await opened();
    await session.deeds.readHistory('file');
    expect(await session.deeds.revertResult(nodeId('Layer'))).toBe(true);
    expect(host.asks('result.revert')).toEqual([{ nodeId: 'Layer', undo: 'own' }]);
    expect(host.asks('results.find')).toEqual([{ scope: 'file' }, { scope: 'file' }]);
    expect(state().history).toMatchObject({ state: 'known', looking: false });
  });

  it('says why it could not be read, and can be read again', async () => {
    const { session, host, state } = await opened();
    host.answer('results.find', failed({ code: 'host-silent' }));
    await session.deeds.readHistory('page');
    expect(state().history).toEqual({ state: 'failed', error: { code: 'host-silent' } });
    host.answer('results.find', ok({ results: [], leftOut: 0, unread: 2 }));
    await session.deeds.readHistory('page');
    expect(state().history).toMatchObject({ state: 'known', report: { unread: 2 } });
  });

  it('asks for no more than three pictures of layers at once', async () => {
    const { session, host } = await opened();
    const before = host.asks('thumbnail.read').length;
    const asked = Array.from({ length: 8 }, (_, at) => session.deeds.thumbnail(nodeId(`layer ${at}`)));
    await Promise.resolve();
    await Promise.resolve();
    expect(host.asks('thumbnail.read').length - before).toBeLessThanOrEqual(3);
    expect(await Promise.all(asked)).toHaveLength(8);
  });

  it('says why an original cannot be shown on the canvas, and nothing when it is let go', async () => {
    const { session, host, state } = await opened();
    host.answer('result.compare', failed({ code: 'nothing-to-revert' }));
    await session.deeds.holdOriginal(nodeId('Layer'), true);
    expect(state().trouble).toEqual({ code: 'nothing-to-revert' });
    session.store.dispatch({ type: 'trouble', error: null });
    await session.deeds.holdOriginal(nodeId('Layer'), false);
    expect(state().trouble).toBeNull();
    expect(host.asks('result.compare')).toEqual([
      { nodeId: 'Layer', original: true },
      { nodeId: 'Layer', original: false },
    ]);
  });
});
