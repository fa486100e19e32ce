import { decode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { formOf, type Json, picture, runEngine, SUBMIT, slowRestorer, submit, until } from './running';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Every member the contract requires of a status answer, and its type. */
const REQUIRED: Readonly<Record<string, string>> = {
  process_id: 'string',
  filename: 'string',
  input_format: 'string',
  input_height: 'number',
  input_width: 'number',
  output_format: 'string',
  output_height: 'number',
  output_width: 'number',
  category: 'string',
  model_type: 'string',
  model: 'string',
  crop_to_fill: 'boolean',
  status: 'string',
  progress: 'number',
  eta: 'number',
  creation_time: 'number',
  modification_time: 'number',
  credits: 'number',
};

describe('submitting', () => {
  it('answers with ids and a time in unix seconds, in the body and in the headers', async () => {
    const running = await runEngine({ now: () => 1_800_000_000_000 });
    const response = await running.call(SUBMIT, { method: 'POST', body: formOf({ model: 'Faces' }, picture()) });
    const answer = (await response.json()) as Json;
    expect(response.status).toBe(200);
    expect(answer).toEqual({
      process_id: expect.stringMatching(UUID),
      source_id: expect.stringMatching(UUID),
      eta: expect.any(Number),
    });
    expect(Number.isInteger(answer.eta)).toBe(true);
    expect(answer.eta).toBeGreaterThan(1_800_000_000);
    expect(response.headers.get('X-Process-ID')).toBe(answer.process_id);
    expect(response.headers.get('X-Source-ID')).toBe(answer.source_id);
    expect(response.headers.get('X-ETA')).toBe(String(answer.eta));
  });

  it('keeps the name of the upload, letter for letter', async () => {
    const running = await runEngine();
    const id = await submit(running, {}, picture(), 'Bärbel ☕ (1) 100 %~0123456789ab-2.png');
    expect((await until(running, id, 'Completed')).filename).toBe('Bärbel ☕ (1) 100 %~0123456789ab-2.png');
  });

  it('takes the parameters as sent and the defaults otherwise, and ignores fields it does not know', async () => {
    const running = await runEngine();
    const id = await submit(running, {
      strength: '0.25',
      noise_seed: '77',
      reference_uri: 'https://a.example/b.jpg',
      strenght: '9',
    });
    const job = await until(running, id, 'Completed');
    expect(JSON.parse(job.options_json)).toEqual({
      strength: 0.25,
      noise_sigma: 0.015,
      blur_sigma: 0.4,
      noise_seed: 77,
      reference_uri: 'https://a.example/b.jpg',
    });
  });

  it('accepts a webhook address and never calls it', async () => {
    const running = await runEngine();
    const id = await submit(running, { webhook_url: `${running.engine.address}/hook` });
    await until(running, id, 'Completed');
    expect(running.seen.filter(({ path }) => path.includes('hook'))).toEqual([]);
  });

  it('takes an earlier upload by its source id', async () => {
    const running = await runEngine();
    const first = await submit(running, {}, picture(5, 9, 7), 'first.png');
    const { source_id } = await until(running, first, 'Completed');
    const answer = await running.json(SUBMIT, { method: 'POST', body: formOf({ model: 'Faces', source_id }) });
    expect(await until(running, answer.process_id, 'Completed')).toMatchObject({
      source_id,
      filename: 'first.png',
      input_width: 9,
      input_height: 7,
    });
  });

  it.each([
    ['jpg', 'jpeg', [0xff, 0xd8, 0xff]],
    ['jpeg', 'jpeg', [0xff, 0xd8, 0xff]],
    ['png', 'png', [0x89, 0x50, 0x4e]],
    ['tif', 'tiff', [0x4d, 0x4d, 0x00]],
    ['tiff', 'tiff', [0x4d, 0x4d, 0x00]],
    [undefined, 'jpeg', [0xff, 0xd8, 0xff]],
  ])('gives back output_format %s as %s', async (asked, said, signature) => {
    const running = await runEngine();
    const id = await submit(running, asked === undefined ? {} : { output_format: asked });
    expect((await until(running, id, 'Completed')).output_format).toBe(said);
    const { download_url } = await running.json(`/image/v1/download/${id}`);
    const response = await fetch(download_url);
    expect(response.headers.get('content-type')).toBe(`image/${said}`);
    expect([...new Uint8Array(await response.arrayBuffer()).subarray(0, 3)]).toEqual(signature);
  });

  it.each([1, 2, 4] as const)('gives back %d times the size when told so', async (scale) => {
    const running = await runEngine({ scale });
    const id = await submit(running, { output_format: 'png' });
    expect(await until(running, id, 'Completed')).toMatchObject({ output_width: 6 * scale, output_height: 4 * scale });
    const { download_url } = await running.json(`/image/v1/download/${id}`);
    const result = decode(new Uint8Array(await (await fetch(download_url)).arrayBuffer()));
    expect([result.width, result.height]).toEqual([6 * scale, 4 * scale]);
  });
});

describe('status', () => {
  it('has every member that the contract requires', async () => {
    const running = await runEngine();
    const job = await until(running, await submit(running), 'Completed');
    const types = Object.fromEntries(Object.keys(REQUIRED).map((name) => [name, typeof job[name]]));
    expect(types).toEqual(REQUIRED);
    expect(job).toMatchObject({ status: 'Completed', progress: 100, model: 'Faces', category: 'Restore', credits: 1 });
    expect(job.model_type).toBe('a test restorer');
  });

  it('goes from Pending over Processing to Completed, one job at a time', async () => {
    const restorer = slowRestorer();
    const running = await runEngine({ restorer });
    const first = await submit(running);
    const second = await submit(running);
    expect(await until(running, first, 'Processing')).toMatchObject({ status: 'Processing' });
    expect((await running.json(`/image/v1/status/${second}`)).status).toBe('Pending');
    restorer.finish();
    await until(running, first, 'Completed');
    await until(running, second, 'Processing');
    restorer.finish();
    await until(running, second, 'Completed');
    expect(restorer.begun()).toBe(2);
  });

  it('tells the progress while it works, and 100 only at the end', async () => {
    const restorer = slowRestorer();
    const running = await runEngine({ restorer });
    const id = await submit(running);
    let job = await until(running, id, 'Processing');
    while (job.progress === 0) job = await until(running, id, 'Processing');
    expect(job.progress).toBeGreaterThan(4);
    expect(job.progress).toBeLessThan(100);
    restorer.finish();
    expect((await until(running, id, 'Completed')).progress).toBe(100);
  });

  it('lists all jobs, newest first, as an array', async () => {
    const running = await runEngine();
    const ids = [await submit(running), await submit(running), await submit(running)];
    const list = await running.json('/image/v1/status');
    expect(list.map((job: Json) => job.process_id)).toEqual([...ids].reverse());
  });

  it('pages through the jobs without losing or repeating one, also when new ones come meanwhile', async () => {
    const running = await runEngine();
    const ids: string[] = [];
    for (let count = 0; count < 7; count++) ids.push(await submit(running));
    const found: string[] = [];
    let cursor = '';
    for (;;) {
      const page = await running.json(`/image/v1/status?paginated=true&limit=3&cursor=${cursor}`);
      expect(page.data.length).toBeLessThanOrEqual(3);
      found.push(...page.data.map((job: Json) => job.process_id));
      if (!page.pagination.has_next_page) {
        expect(page.pagination).toEqual({ has_next_page: false });
        break;
      }
      cursor = page.pagination.next_cursor;
      await submit(running);
    }
    expect(found).toEqual([...ids].reverse());
  });

  it('has pages of 50 unless told otherwise, and says when a full page is the last', async () => {
    const running = await runEngine();
    for (let count = 0; count < 50; count++) await submit(running);
    expect((await running.json('/image/v1/status?paginated=true')).pagination.has_next_page).toBe(false);
    await submit(running);
    const page = await running.json('/image/v1/status?paginated=true');
    expect(page.data).toHaveLength(50);
    expect(page.pagination.has_next_page).toBe(true);
  });

  it('deletes one job with its files, and all of them', async () => {
    const running = await runEngine();
    const [one, two, three] = [await submit(running), await submit(running), await submit(running)];
    await until(running, three, 'Completed');
    const { download_url } = await running.json(`/image/v1/download/${one}`);
    expect((await running.call(`/image/v1/status/${one}`, { method: 'DELETE' })).status).toBe(204);
    expect((await running.call(`/image/v1/status/${one}`)).status).toBe(404);
    expect((await fetch(download_url)).status).toBe(404);
    expect((await running.call(`/image/v1/status/${two}`)).status).toBe(200);
    expect(await running.json('/image/v1/status', { method: 'DELETE' })).toEqual({ deleted_count: 2 });
    expect(await running.json('/image/v1/status')).toEqual([]);
  });
});

describe('downloads', () => {
  it('give the upload back byte for byte', async () => {
    const running = await runEngine();
    const file = picture(42);
    const id = await submit(running, {}, file);
    const { download_url } = await running.json(`/image/v1/download/input/${id}`);
    expect(new Uint8Array(await (await fetch(download_url)).arrayBuffer())).toEqual(new Uint8Array(file));
  });

  it('give links that live one hour', async () => {
    const running = await runEngine({ now: () => 1_800_000_000_500 });
    const id = await submit(running);
    await until(running, id, 'Completed');
    expect((await running.json(`/image/v1/download/${id}`)).expiry).toBe(1_800_003_600);
  });
});

describe('prices', () => {
  it.each([
    [1000, 1000, 1, 1],
    [6000, 4000, 1, 1],
    [6001, 4000, 1, 2],
    [10_000, 10_000, 1, 5],
    [3000, 2001, 2, 2],
  ])('%d x %d at scale %d costs %d', async (input_width, input_height, scale, credits) => {
    const running = await runEngine({ scale: scale as 1 | 2 });
    const body = { category: 'Restore', model: 'Faces', input_width, input_height };
    const asJson = { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
    const answer = await running.json('/image/v1/estimate-gen', asJson);
    expect(answer.credits).toBe(credits);
    expect(Number.isInteger(answer.duration) && answer.duration >= 1).toBe(true);
    const texts = Object.fromEntries(Object.entries(body).map(([name, value]) => [name, String(value)]));
    expect(await running.json('/image/v1/estimate-gen', { method: 'POST', body: formOf(texts) })).toEqual(answer);
  });

  it('reserves at acceptance, charges at completion, and says so in the balance', async () => {
    const restorer = slowRestorer();
    const running = await runEngine({ restorer, credits: 10 });
    const balance = () => running.json('/account/v1/credits/balance');
    expect(await balance()).toEqual({ available_credits: 10, reserved_credits: 0, total_credits: 10 });
    const id = await submit(running);
    expect(await balance()).toEqual({ available_credits: 9, reserved_credits: 1, total_credits: 10 });
    restorer.finish();
    await until(running, id, 'Completed');
    expect(await balance()).toEqual({ available_credits: 9, reserved_credits: 0, total_credits: 9 });
    expect(running.engine.charges()).toMatchObject([{ processId: id, credits: 1 }]);
  });
});
