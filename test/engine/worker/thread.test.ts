/** The engine as people run it: with its own thread and its own restorer. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodePicture } from '../../../engine/picture/decode';
import { encodePicture } from '../../../engine/picture/encode';
import { startThread } from '../../../engine/worker/thread';
import { grainy, portrait, rms } from '../portrait';
import { newFolder, runEngine, submit, until } from '../running';

describe('the engine with its own restorer', () => {
  it('restores a face in its thread, answers meanwhile, and changes nothing outside', async () => {
    const running = await runEngine({ restorer: null });
    const truth = await portrait();
    const noisy = grainy(truth, 20);
    const id = await submit(running, { output_format: 'png' }, await encodePicture(noisy, 'png', null));
    const seen = new Set<number>();
    let job = await until(running, id, 'Pending', 'Processing', 'Completed');
    while (job.status !== 'Completed') {
      seen.add(job.progress);
      expect(job.eta).toBeGreaterThanOrEqual(job.creation_time);
      job = await until(running, id, 'Pending', 'Processing', 'Completed');
    }
    expect(seen.size).toBeGreaterThan(3);
    expect(job.model_type).toContain('not a generative model');
    const { download_url } = await running.json(`/image/v1/download/${id}`);
    const result = await decodePicture(new Uint8Array(await (await fetch(download_url)).arrayBuffer()));
    if (!result.ok) throw new Error('The result cannot be read');
    expect(rms(result.value.image, truth)).toBeLessThan(rms(noisy, truth) * 0.85);
    for (const x of [0, 175]) {
      for (let y = 0; y < 196; y += 3) {
        const at = (y * 176 + x) * 4;
        expect([...result.value.image.data.subarray(at, at + 4)]).toEqual([...noisy.data.subarray(at, at + 4)]);
      }
    }
  });

  it('stops in the middle when it is cancelled, and does the next job', async () => {
    const running = await runEngine({ restorer: null });
    const noisy = await encodePicture(grainy(await portrait(), 20), 'png', null);
    const [first, second] = [await submit(running, {}, noisy), await submit(running)];
    let job = await until(running, first, 'Pending', 'Processing');
    while (job.progress < 20) job = await until(running, first, 'Pending', 'Processing');
    expect((await running.call(`/image/v1/cancel/${first}`, { method: 'DELETE' })).status).toBe(204);
    await until(running, second, 'Completed');
    expect(running.engine.charges().map(({ processId }) => processId)).toEqual([second]);
  });
});

describe('a thread', () => {
  it('that is closed answers what it was asked, and can be asked again', async () => {
    const thread = startThread();
    const file = join(await newFolder(), 'text.png');
    await writeFile(file, 'no picture');
    const lost = thread.ask({ kind: 'inspect', file });
    await thread.close();
    expect(await lost).toMatchObject({ kind: 'broken' });
    expect(await thread.ask({ kind: 'inspect', file })).toMatchObject({ kind: 'unreadable', fault: 'format' });
    await thread.close();
  });

  it('tells of a file that is not there, and lives on', async () => {
    const thread = startThread();
    expect(await thread.ask({ kind: 'inspect', file: join(await newFolder(), 'gone') })).toMatchObject({
      kind: 'broken',
    });
    const file = join(await newFolder(), 'text.png');
    await writeFile(file, '<html>');
    expect(await thread.ask({ kind: 'inspect', file })).toMatchObject({ kind: 'unreadable' });
    await thread.close();
  });
});
