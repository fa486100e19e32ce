import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { openStore } from '../../engine/store';
import {
  formOf,
  type Json,
  newFolder,
  picture,
  quickRestorer,
  type Running,
  runEngine,
  slowRestorer,
  until,
} from './running';

const ENHANCE = '/image/v1/enhance/async';
const PLAIN = { model: 'Standard V2', output_format: 'png' };

const send = ({ call }: Running, fields: Readonly<Record<string, string>>, file = picture()): Promise<Response> =>
  call(ENHANCE, { method: 'POST', body: formOf(fields, file) });

async function enhance(running: Running, fields: Readonly<Record<string, string>>, file = picture()): Promise<Json> {
  const response = await send(running, { ...PLAIN, ...fields }, file);
  if (!response.ok) throw new Error(`Not accepted: ${await response.text()}`);
  return until(running, ((await response.json()) as Json).process_id, 'Completed');
}

async function download({ json }: Running, id: string): Promise<{ readonly width: number; readonly height: number }> {
  const { download_url } = await json(`/image/v1/download/${id}`);
  return decode(new Uint8Array(await (await fetch(download_url)).arrayBuffer()));
}

describe('an enhancement', () => {
  it('is told in the status as what it is, with its parameters by their wire names', async () => {
    const running = await runEngine();
    const job = await enhance(running, {
      model: 'High Fidelity V2',
      output_width: '12',
      output_height: '8',
      face_enhancement_strength: '0.4',
      face_enhancement_creativity: '1',
    });
    expect(job).toMatchObject({
      category: 'Enhance',
      model: 'High Fidelity V2',
      model_type: expect.stringContaining('not a generative model'),
      input_width: 6,
      output_width: 12,
      output_height: 8,
      credits: 1,
    });
    expect(JSON.parse(job.options_json)).toEqual({
      face_enhancement: true,
      face_enhancement_strength: 0.4,
      face_enhancement_creativity: 1,
    });
    expect(await download(running, job.process_id)).toMatchObject({ width: 12, height: 8 });
  });

  it.each([
    [{}, 6, 4],
    [{ output_width: '9' }, 9, 6],
    [{ output_height: '16' }, 24, 16],
    [{ output_width: '13', output_height: '9' }, 13, 9],
  ])('for %j has %i x %i pixels', async (fields, width, height) => {
    const running = await runEngine();
    const job = await enhance(running, fields as Readonly<Record<string, string>>);
    expect([job.output_width, job.output_height]).toEqual([width, height]);
    expect(await download(running, job.process_id)).toMatchObject({ width, height });
  });

  it('is charged once, by the megapixels of the result', async () => {
    const running = await runEngine();
    const job = await enhance(running, { output_width: '4000' }, picture(9, 4000, 2));
    expect(running.engine.charges()).toEqual([expect.objectContaining({ processId: job.process_id, credits: 1 })]);
  });

  it.each([
    [400, { model: 'Faces' }],
    [400, { model: 'standard v2' }],
    [400, { face_enhancement: 'yes' }],
    [400, { face_enhancement_strength: 'much' }],
    [422, { face_enhancement_strength: '1.2' }],
    [422, { face_enhancement_creativity: '-0.1' }],
    [400, { output_width: '1.5' }],
    [422, { output_width: '5' }],
    [422, { output_width: '4097' }],
    [422, { output_width: '12', output_height: '12' }],
    [400, { output_format: 'webp' }],
  ])('is refused with %i for %j, and nothing is charged', async (status, fields) => {
    const running = await runEngine();
    const response = await send(running, { ...PLAIN, ...fields } as Readonly<Record<string, string>>);
    expect(response.status).toBe(status);
    expect(running.engine.jobs()).toEqual([]);
    expect(running.engine.charges()).toEqual([]);
  });

  it('restores faces only when it is asked to, at a whole factor within the result', async () => {
    const orders: { readonly strength: number; readonly noise: number; readonly scale: number }[] = [];
    const quick = quickRestorer();
    const running = await runEngine({
      restorer: {
        ...quick,
        restore: (order, watcher) => {
          const { strength, noiseSigma } = order.parameters;
          orders.push({ strength, noise: noiseSigma, scale: order.scale });
          return quick.restore(order, watcher);
        },
      },
    });
    await enhance(running, { face_enhancement: 'false' });
    await enhance(running, { face_enhancement_strength: '0' });
    expect(orders).toEqual([]);
    await enhance(running, { face_enhancement_strength: '0.6', face_enhancement_creativity: '0', output_width: '20' });
    await enhance(running, { face_enhancement_creativity: '1' });
    expect(orders).toEqual([
      { strength: 0.6, noise: expect.closeTo(0.008), scale: 2 },
      { strength: 0.8, noise: expect.closeTo(0.03), scale: 1 },
    ]);
  });

  it('can be cancelled while it runs', async () => {
    const running = await runEngine({ restorer: slowRestorer() });
    const { process_id } = (await (await send(running, PLAIN)).json()) as Json;
    await until(running, process_id, 'Processing');
    expect((await running.call(`/image/v1/cancel/${process_id}`, { method: 'DELETE' })).status).toBe(204);
    expect((await running.json(`/image/v1/status/${process_id}`)).status).toBe('Cancelled');
    expect(running.engine.charges()).toEqual([]);
  });

  it('left unfinished is taken up again by the next engine on the folder', async () => {
    const folder = await newFolder();
    const first = await runEngine({ data: folder, restorer: slowRestorer() });
    const { process_id } = (await (await send(first, { ...PLAIN, output_width: '12' })).json()) as Json;
    await first.engine.close();
    const second = await runEngine({ data: folder });
    expect(await until(second, process_id, 'Completed')).toMatchObject({ model: 'Standard V2', output_width: 12 });
    expect(second.engine.charges()).toHaveLength(1);
  });

  it('does not hide the jobs of a folder from before there were enhancements', async () => {
    const folder = await newFolder();
    const running = await runEngine({ data: folder });
    await enhance(running, {});
    const [job] = running.engine.jobs();
    if (job === undefined) throw new Error('There is no job.');
    const { work, ...rest } = job;
    openStore(folder).put({ ...rest, sequence: 7, processId: 'old', parameters: FACES } as never);
    const old = openStore(folder).get('old');
    expect(old?.work).toEqual({ kind: 'faces', parameters: FACES });
  });
});

const FACES = { strength: 0.5, noiseSigma: 0.01, blurSigma: 0.4, noiseSeed: 3, referenceUri: null };
