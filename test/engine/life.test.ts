import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startEngine } from '../../engine/engine';
import { type Json, newFolder, picture, runEngine, slowRestorer, submit, until } from './running';

const cancel = (id: string) => [`/image/v1/cancel/${id}`, { method: 'DELETE' }] as const;

describe('cancelling', () => {
  it('takes a waiting job out: it is never begun and costs nothing', async () => {
    const restorer = slowRestorer();
    const running = await runEngine({ restorer });
    const first = await submit(running);
    const second = await submit(running);
    expect((await running.call(...cancel(second))).status).toBe(204);
    restorer.finish();
    await until(running, first, 'Completed');
    expect(await running.json(`/image/v1/status/${second}`)).toMatchObject({ status: 'Cancelled' });
    expect(restorer.begun()).toBe(1);
    expect(running.engine.charges().map(({ processId }) => processId)).toEqual([first]);
    expect(await running.json('/account/v1/credits/balance')).toMatchObject({ reserved_credits: 0 });
  });

  it('stops a running job, which costs nothing, and goes on with the next', async () => {
    const restorer = slowRestorer();
    const running = await runEngine({ restorer });
    const [first, second] = [await submit(running), await submit(running)];
    await until(running, first, 'Processing');
    expect((await running.call(...cancel(first))).status).toBe(204);
    expect((await running.json(`/image/v1/status/${first}`)).status).toBe('Cancelled');
    await until(running, second, 'Processing');
    restorer.finish();
    await until(running, second, 'Completed');
    expect(running.engine.charges().map(({ processId }) => processId)).toEqual([second]);
  });

  it('comes too late for a completed, a failed and a cancelled job: 409', async () => {
    const restorer = slowRestorer();
    const running = await runEngine({ restorer });
    const completed = await submit(running);
    restorer.finish();
    await until(running, completed, 'Completed');
    const failed = await submit(running);
    restorer.fail();
    await until(running, failed, 'Failed');
    const cancelled = await submit(running);
    await running.call(...cancel(cancelled));
    for (const id of [completed, failed, cancelled]) expect((await running.call(...cancel(id))).status).toBe(409);
    expect(running.engine.charges().map(({ processId }) => processId)).toEqual([completed]);
  });

  it('at the moment of completion either cancels or delivers and charges, never both', async () => {
    const restorer = slowRestorer();
    const running = await runEngine({ restorer });
    for (let round = 0; round < 20; round++) {
      const id = await submit(running);
      await until(running, id, 'Processing');
      restorer.finish();
      const { status } = await running.call(...cancel(id));
      const job = await until(running, id, 'Completed', 'Cancelled');
      const charged = running.engine.charges().some(({ processId }) => processId === id);
      const delivered = (await running.call(`/image/v1/download/${id}`)).status === 200;
      const cancelled = status === 204;
      expect({ charged, delivered, status: job.status }).toEqual({
        charged: !cancelled,
        delivered: !cancelled,
        status: cancelled ? 'Cancelled' : 'Completed',
      });
      // A finish that nobody waited for would let the next job through at once.
      if (cancelled) await drain(restorer, running);
    }
  });

  it('is implied by deleting a job that is being worked on', async () => {
    const restorer = slowRestorer();
    const running = await runEngine({ restorer });
    const [first, second] = [await submit(running), await submit(running)];
    await until(running, first, 'Processing');
    expect((await running.call(`/image/v1/status/${first}`, { method: 'DELETE' })).status).toBe(204);
    await until(running, second, 'Processing');
    restorer.finish();
    await until(running, second, 'Completed');
    expect(running.engine.charges().map(({ processId }) => processId)).toEqual([second]);
  });
});

async function drain(
  restorer: ReturnType<typeof slowRestorer>,
  running: Awaited<ReturnType<typeof runEngine>>,
): Promise<void> {
  // The finish may or may not have been used up by the cancelled job: one more job shows it.
  const id = await submit(running);
  restorer.finish();
  await until(running, id, 'Completed');
  const next = await submit(running);
  const job = await until(running, next, 'Processing', 'Completed');
  if (job.status === 'Processing') await running.call(...cancel(next));
}

describe('a failure', () => {
  it('is said, costs nothing, and does not stop the jobs after it', async () => {
    const restorer = slowRestorer();
    const running = await runEngine({ restorer });
    const [first, second] = [await submit(running), await submit(running)];
    restorer.fail();
    const job = await until(running, first, 'Failed');
    expect(job.message).toBe('The picture could not be restored.');
    restorer.finish();
    await until(running, second, 'Completed');
    expect(running.engine.charges().map(({ processId }) => processId)).toEqual([second]);
  });
});

describe('after a restart on the same folder', () => {
  it('jobs, results, links and charges are still there', async () => {
    const data = await newFolder();
    const first = await runEngine({ data, credits: 5, filesPort: 0 });
    const id = await submit(first, { output_format: 'png' }, picture(9), 'kept.png');
    const before = await until(first, id, 'Completed');
    await first.engine.close();
    const second = await runEngine({ data, credits: 5 });
    expect(await second.json(`/image/v1/status/${id}`)).toEqual(before);
    const { download_url } = await second.json(`/image/v1/download/${id}`);
    expect((await fetch(download_url)).status).toBe(200);
    expect(await second.json('/account/v1/credits/balance')).toMatchObject({ total_credits: 4 });
  });

  it('a link from before works on: the signature outlives the engine', async () => {
    const data = await newFolder();
    const first = await runEngine({ data });
    const id = await submit(first);
    await until(first, id, 'Completed');
    const { download_url } = await first.json(`/image/v1/download/${id}`);
    await first.engine.close();
    const second = await runEngine({ data });
    expect((await fetch(download_url.replace(first.engine.filesAddress, second.engine.filesAddress))).status).toBe(200);
  });

  it('unfinished jobs are taken up again in their order and charged once', async () => {
    const data = await newFolder();
    const stuck = await runEngine({ data, restorer: slowRestorer() });
    const ids = [await submit(stuck), await submit(stuck)];
    await until(stuck, ids[0]!, 'Processing');
    await stuck.engine.close();
    const again = await runEngine({ data });
    for (const id of ids) await until(again, id, 'Completed');
    expect(again.engine.charges().map(({ processId }) => processId)).toEqual(ids);
  });

  it('a damaged job file and a cut ledger line are left out, the rest lives', async () => {
    const data = await newFolder();
    const first = await runEngine({ data });
    const id = await submit(first);
    await until(first, id, 'Completed');
    await first.engine.close();
    await writeFile(join(data, 'jobs', 'broken.json'), '{"v":1,"process');
    await writeFile(join(data, 'ledger.jsonl'), '{"at":1,"processId":"x","filename":"y","credits":3}\n{"at":2,"proc');
    const second = await runEngine({ data, credits: 10 });
    expect((await second.json('/image/v1/status')).map((job: Json) => job.process_id)).toEqual([id]);
    expect(await second.json('/account/v1/credits/balance')).toMatchObject({ total_credits: 7 });
  });

  it('what was being uploaded is gone', async () => {
    const data = await newFolder();
    await (await runEngine({ data })).engine.close();
    await writeFile(join(data, 'incoming', 'half-an-upload'), 'x');
    await runEngine({ data });
    expect(await readdir(join(data, 'incoming'))).toEqual([]);
  });
});

describe('retention', () => {
  it('keeps a job, its upload and its result for 7 days and not longer', async () => {
    let now = 1_800_000_000_000;
    const running = await runEngine({ now: () => now });
    const id = await submit(running);
    await until(running, id, 'Completed');
    now += 7 * 24 * 3600 * 1000;
    expect((await running.call(`/image/v1/status/${id}`)).status).toBe(200);
    now += 1000;
    expect(await running.json('/image/v1/status')).toEqual([]);
    expect((await running.call(`/image/v1/status/${id}`)).status).toBe(404);
    for (const kind of ['jobs', 'sources', 'results']) expect(await readdir(join(running.folder, kind))).toEqual([]);
    expect(running.engine.charges()).toHaveLength(1);
  });

  it('keeps an upload as long as a job uses it', async () => {
    const running = await runEngine();
    const first = await submit(running);
    const { source_id } = await until(running, first, 'Completed');
    const form = new FormData();
    form.set('model', 'Faces');
    form.set('source_id', source_id);
    const second = (await running.json('/image/v1/restore-gen/async', { method: 'POST', body: form })).process_id;
    await until(running, second, 'Completed');
    await running.call(`/image/v1/status/${first}`, { method: 'DELETE' });
    const { download_url } = await running.json(`/image/v1/download/input/${second}`);
    expect((await fetch(download_url)).status).toBe(200);
    await running.call(`/image/v1/status/${second}`, { method: 'DELETE' });
    expect(await readdir(join(running.folder, 'sources'))).toEqual([]);
  });
});

describe('the time a job will take', () => {
  it('is learned from the jobs before, and counts those that wait in front', async () => {
    let now = 1_800_000_000_000;
    const restorer = slowRestorer();
    const running = await runEngine({ restorer, now: () => now });
    const first = await submit(running);
    await until(running, first, 'Processing');
    now += 100_000;
    restorer.finish();
    await until(running, first, 'Completed');
    const eta = async () => (await running.json(`/image/v1/status/${await submit(running)}`)).eta - now / 1000;
    const [one, two, three] = [await eta(), await eta(), await eta()];
    expect(one).toBeGreaterThan(20);
    expect(two).toBeGreaterThan(one + 10);
    expect(three).toBeGreaterThan(two + 10);
  });
});

describe('starting', () => {
  it('says that another engine has the folder', async () => {
    const { folder } = await runEngine();
    expect(await startEngine({ data: folder })).toEqual({ ok: false, error: 'folder-taken' });
  });

  it('takes a folder whose engine is gone', async () => {
    const data = await newFolder();
    await writeFile(join(data, 'lock'), '999999999');
    const running = await runEngine({ data });
    expect((await running.call('/image/v1/status')).status).toBe(200);
  });

  it('says that a port is taken, and gives the folder back', async () => {
    const first = await runEngine();
    const data = await newFolder();
    const port = Number(new URL(first.engine.address).port);
    expect(await startEngine({ data, port })).toEqual({ ok: false, error: 'port-taken' });
    await runEngine({ data });
  });

  it('says at its address what it is', async () => {
    const { engine } = await runEngine();
    expect(await (await fetch(`${engine.address}/`)).text()).toContain('a test restorer');
  });
});
