import { describe, expect, it } from 'vitest';
import type { Fault, Match } from '../../../engine/faults/plan';
import type { EngineOptions } from '../../../engine/options';
import { type Json, KEY, picture, type Running, runEngine, slowRestorer, submit, until } from '../running';
import { rawCall } from './rawClient';

const withFault = (fault: Fault, match: Match, options: Partial<EngineOptions> = {}): Promise<Running> =>
  runEngine({ ...options, faults: { rules: [{ match, fault }] } });

const names = (jobs: Json): readonly string[] => jobs.map((job: Json) => job.filename);

describe('a status', () => {
  it.each<[string, Fault & { kind: 'json' }, Json]>([
    ['an unknown word', { kind: 'json', set: { status: 'Paused' } }, { status: 'Paused' }],
    ['processing without end', { kind: 'json', set: { status: 'Processing', progress: 50 } }, { status: 'Processing' }],
    ['no estimate', { kind: 'json', set: { eta: null } }, { eta: null }],
    ['an estimate of 0', { kind: 'json', set: { eta: 0 } }, { eta: 0 }],
    ['an estimate in the past', { kind: 'json', add: { eta: -3600 } }, { eta: 1_799_996_400 }],
    ['an estimate far away', { kind: 'json', add: { eta: 1e9 } }, { eta: 2_800_000_000 }],
    ['an estimate in milliseconds', { kind: 'json', multiply: { eta: 1000 } }, { eta: 1_800_000_000_000 }],
    [
      'a clock 90 s behind',
      { kind: 'json', add: { eta: -90, creation_time: -90, modification_time: -90 } },
      { eta: 1_799_999_910, creation_time: 1_799_999_910, modification_time: 1_799_999_910 },
    ],
    ['another file name', { kind: 'json', set: { filename: 'upload.png' } }, { filename: 'upload.png' }],
  ])('says %s', async (_, fault, expected) => {
    const running = await withFault(fault, { kind: 'status' }, { now: () => 1_800_000_000_000 });
    const id = await submit(running);
    while (running.engine.charges().length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    expect(await running.json(`/image/v1/status/${id}`)).toMatchObject({ process_id: id, ...expected });
  });

  it('lacks its file name, on its own and in the list', async () => {
    const fault: Fault = { kind: 'json', remove: ['filename'] };
    const running = await runEngine({
      faults: { rules: ['status', 'list'].map((kind) => ({ match: { kind } as Match, fault })) },
    });
    const id = await submit(running);
    const status = await running.json(`/image/v1/status/${id}`);
    const [entry] = await running.json('/image/v1/status');
    const [paged] = (await running.json('/image/v1/status?paginated=true')).data;
    for (const job of [status, entry, paged]) {
      expect(job.process_id).toBe(id);
      expect(job).not.toHaveProperty('filename');
    }
  });

  it('goes backwards, from look to look', async () => {
    const progress = (nth: number, value: number) => ({
      match: { kind: 'status', nth } as Match,
      fault: { kind: 'json', set: { progress: value } } as Fault,
    });
    const running = await runEngine({
      restorer: slowRestorer(),
      faults: { rules: [progress(1, 80), progress(2, 20)] },
    });
    const id = await submit(running);
    const looks = [];
    for (let look = 0; look < 2; look += 1) looks.push((await running.json(`/image/v1/status/${id}`)).progress);
    expect(looks).toEqual([80, 20]);
  });

  it('is unknown to the service once it was completed', async () => {
    const restorer = slowRestorer();
    const fault: Fault = { kind: 'answer', status: 404 };
    const running = await withFault(fault, { kind: 'status', state: 'Completed' }, { restorer });
    const id = await submit(running);
    expect((await running.call(`/image/v1/status/${id}`)).status).toBe(200);
    restorer.finish();
    while (running.engine.charges().length === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    expect((await running.call(`/image/v1/status/${id}`)).status).toBe(404);
  });

  it('is dropped for one process only', async () => {
    const running = await runEngine();
    const [first, second] = [await submit(running), await submit(running)];
    running.engine.faults.set({
      rules: [{ match: { kind: 'status', process: first }, fault: { kind: 'reset', at: 0 } }],
    });
    const ask = (id: string) =>
      rawCall(`${running.engine.address}/image/v1/status/${id}`, { headers: { 'X-API-Key': KEY } });
    expect((await ask(first)).status).toBeNull();
    expect((await ask(second)).status).toBe(200);
  });
});

describe('the list', () => {
  it('shows a new job only after its lag', async () => {
    let now = 1_800_000_000_000;
    const running = await withFault({ kind: 'list', lag: 30 }, { kind: 'list' }, { now: () => now });
    await submit(running, {}, picture(), 'a.png');
    now += 29_000;
    await submit(running, {}, picture(), 'b.png');
    expect(await running.json('/image/v1/status')).toEqual([]);
    now += 1000;
    expect(names(await running.json('/image/v1/status'))).toEqual(['a.png']);
    now += 29_000;
    expect(names(await running.json('/image/v1/status'))).toEqual(['b.png', 'a.png']);
  });

  it.each<['oldest' | 'shuffled', (all: readonly string[]) => void]>([
    ['oldest', (all) => expect(all).toEqual(['0.png', '1.png', '2.png', '3.png', '4.png', '5.png'])],
    ['shuffled', (all) => expect([...all].sort()).toEqual(['0.png', '1.png', '2.png', '3.png', '4.png', '5.png'])],
  ])('comes in another order, %s, over several pages', async (order, check) => {
    const running = await withFault({ kind: 'list', order }, { kind: 'list' });
    for (let at = 0; at < 6; at += 1) await submit(running, {}, picture(at), `${at}.png`);
    const all: string[] = [];
    let cursor = '';
    for (;;) {
      const page = await running.json(`/image/v1/status?paginated=true&limit=4&cursor=${cursor}`);
      all.push(...names(page.data));
      if (!page.pagination.has_next_page) break;
      cursor = page.pagination.next_cursor;
    }
    check(all);
  });

  it('never ends when its last page leads to the first', async () => {
    const running = await withFault({ kind: 'list', cursor: 'loop' }, { kind: 'list' });
    for (let at = 0; at < 3; at += 1) await submit(running, {}, picture(at), `${at}.png`);
    const pages: Json[] = [];
    let cursor = '';
    for (let look = 0; look < 4; look += 1) {
      const page = await running.json(`/image/v1/status?paginated=true&limit=2&cursor=${cursor}`);
      pages.push(names(page.data));
      expect(page.pagination.has_next_page).toBe(true);
      cursor = page.pagination.next_cursor;
    }
    expect(pages).toEqual([['2.png', '1.png'], ['0.png'], ['2.png', '1.png'], ['0.png']]);
  });

  it("is full of other people's jobs, the same ones from page to page", async () => {
    const running = await withFault({ kind: 'list', foreign: 120 }, { kind: 'list' });
    const id = await submit(running);
    const first = await running.json('/image/v1/status?paginated=true&limit=100');
    const second = await running.json(
      `/image/v1/status?paginated=true&limit=100&cursor=${first.pagination.next_cursor}`,
    );
    const ids = [...first.data, ...second.data].map((job: Json) => job.process_id);
    expect([first.data.length, second.data.length, new Set(ids).size]).toEqual([100, 21, 121]);
    expect(ids.at(-1)).toBe(id);
    const again = await running.json('/image/v1/status?paginated=true&limit=100');
    expect(again.data.map((job: Json) => job.process_id)).toEqual(ids.slice(0, 100));
  });

  it('has an old twin of every job, under the same name', async () => {
    const running = await withFault({ kind: 'list', twin: 'Failed' }, { kind: 'list' });
    const id = await submit(running, {}, picture(), 'same.png');
    await until(running, id, 'Completed');
    const [own, twin] = await running.json('/image/v1/status');
    expect([own.process_id, own.status]).toEqual([id, 'Completed']);
    expect([twin.filename, twin.status]).toEqual(['same.png', 'Failed']);
    expect(twin.process_id).not.toBe(id);
    expect(twin.creation_time).toBeLessThan(own.creation_time);
  });

  it('answers 500 for its first five minutes', async () => {
    let now = 1_800_000_000_000;
    const match: Match = { kind: 'list', until: 300 };
    const running = await withFault({ kind: 'answer', status: 500 }, match, { now: () => now });
    expect((await running.call('/image/v1/status')).status).toBe(500);
    now += 301_000;
    expect((await running.call('/image/v1/status')).status).toBe(200);
  });

  it('is refused without a key all the same', async () => {
    const running = await withFault({ kind: 'list', foreign: 3 }, { kind: 'list' });
    expect((await fetch(`${running.engine.address}/image/v1/status`)).status).toBe(401);
  });
});

describe('a cancellation', () => {
  it.each<[string, Fault, number | null, string]>([
    ['409 without being acted on', { kind: 'answer', status: 409 }, 409, 'Processing'],
    ['404 without being acted on', { kind: 'answer', status: 404 }, 404, 'Processing'],
    ['a dropped connection before it is acted on', { kind: 'reset', at: 0 }, null, 'Processing'],
    ['a dropped connection after it was acted on', { kind: 'reset', at: 'answered' }, null, 'Cancelled'],
  ])('gets %s', async (_, fault, status, state) => {
    const running = await withFault(fault, { kind: 'cancel' }, { restorer: slowRestorer() });
    const id = await submit(running);
    await until(running, id, 'Processing');
    const answer = await rawCall(`${running.engine.address}/image/v1/cancel/${id}`, {
      method: 'DELETE',
      headers: { 'X-API-Key': KEY },
    });
    expect(answer.status).toBe(status);
    expect((await running.json(`/image/v1/status/${id}`)).status).toBe(state);
    expect(running.engine.charges()).toEqual([]);
  });
});
