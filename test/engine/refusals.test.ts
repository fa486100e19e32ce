import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formOf, type Json, KEY, picture, runEngine, SUBMIT, slowRestorer, submit, until } from './running';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';

async function refusal(response: Response): Promise<number> {
  const body = (await response.json()) as Json;
  expect(body).toEqual({ message: expect.any(String), code: response.status });
  expect(body.message.length).toBeGreaterThan(10);
  return response.status;
}

describe('a submission is refused', () => {
  it.each<[string, number, Record<string, string>, Uint8Array | undefined]>([
    ['without a model', 400, {}, picture()],
    ['with a model it does not have', 400, { model: 'Portrait' }, picture()],
    ['without a picture', 400, { model: 'Faces' }, undefined],
    ['with a picture and a source id', 400, { model: 'Faces', source_id: UNKNOWN }, picture()],
    [
      'with an address to fetch: it fetches nothing',
      400,
      { model: 'Faces', source_url: 'https://a.example/b.png' },
      undefined,
    ],
    ['with a source id that it does not have', 404, { model: 'Faces', source_id: UNKNOWN }, undefined],
    ['with an output format that it does not have', 400, { model: 'Faces', output_format: 'webp' }, picture()],
    ['with a strength that is no number', 400, { model: 'Faces', strength: 'much' }, picture()],
    ['with a strength below 0', 422, { model: 'Faces', strength: '-0.1' }, picture()],
    ['with a strength above 1', 422, { model: 'Faces', strength: '1.01' }, picture()],
    ['with a noise_sigma below 0.001', 422, { model: 'Faces', noise_sigma: '0.0009' }, picture()],
    ['with a noise_sigma above 0.1', 422, { model: 'Faces', noise_sigma: '0.11' }, picture()],
    ['with a blur_sigma below 0.01', 422, { model: 'Faces', blur_sigma: '0' }, picture()],
    ['with a blur_sigma above 2', 422, { model: 'Faces', blur_sigma: '2.5' }, picture()],
    ['with a seed of 0', 422, { model: 'Faces', noise_seed: '0' }, picture()],
    ['with a seed above 2000', 422, { model: 'Faces', noise_seed: '2001' }, picture()],
    ['with half a seed', 400, { model: 'Faces', noise_seed: '1.5' }, picture()],
    ['with an empty file', 415, { model: 'Faces' }, new Uint8Array(0)],
    ['with text instead of a picture', 415, { model: 'Faces' }, new TextEncoder().encode('<html>not a picture</html>')],
    ['with a picture that is cut off', 415, { model: 'Faces' }, picture(1, 40, 40).subarray(0, 200)],
    ['with a damaged picture', 415, { model: 'Faces' }, flipped(picture(1, 40, 40), 60)],
    ['with more pixels than it takes', 422, { model: 'Faces' }, hugeHeader()],
  ])('%s: %d', async (_, status, fields, file) => {
    const running = await runEngine();
    expect(await refusal(await running.call(SUBMIT, { method: 'POST', body: formOf(fields, file) }))).toBe(status);
    expect(running.engine.jobs()).toEqual([]);
    expect(running.engine.charges()).toEqual([]);
    expect(await readdir(join(running.folder, 'incoming'))).toEqual([]);
    expect(await readdir(join(running.folder, 'sources'))).toEqual([]);
  });

  it('when it is not multipart: 400', async () => {
    const running = await runEngine();
    const body = JSON.stringify({ model: 'Faces' });
    const init = { method: 'POST', body, headers: { 'Content-Type': 'application/json' } };
    expect(await refusal(await running.call(SUBMIT, init))).toBe(400);
  });

  it('when it is larger than the limit, told or not: 413', async () => {
    const running = await runEngine({ uploadLimit: 1000 });
    const large = new Uint8Array(200_000);
    expect(await refusal(await running.call(SUBMIT, { method: 'POST', body: formOf({ model: 'Faces' }, large) }))).toBe(
      413,
    );
    // Larger than a file may be, smaller than the room for the whole request.
    const medium = new Uint8Array(5000);
    expect(
      await refusal(await running.call(SUBMIT, { method: 'POST', body: formOf({ model: 'Faces' }, medium) })),
    ).toBe(413);
    expect(await readdir(join(running.folder, 'incoming'))).toEqual([]);
  });

  it('when the credits are used up: 402, and nothing is reserved', async () => {
    const running = await runEngine({ credits: 1 });
    await until(running, await submit(running), 'Completed');
    const response = await running.call(SUBMIT, { method: 'POST', body: formOf({ model: 'Faces' }, picture()) });
    expect(await refusal(response)).toBe(402);
    expect(await running.json('/account/v1/credits/balance')).toMatchObject({
      available_credits: 0,
      reserved_credits: 0,
    });
  });
});

describe('a key', () => {
  const PATHS = [
    ['POST', SUBMIT],
    ['GET', '/image/v1/status'],
    ['GET', `/image/v1/status/${UNKNOWN}`],
    ['DELETE', '/image/v1/status'],
    ['DELETE', `/image/v1/status/${UNKNOWN}`],
    ['GET', `/image/v1/download/${UNKNOWN}`],
    ['GET', `/image/v1/download/input/${UNKNOWN}`],
    ['DELETE', `/image/v1/cancel/${UNKNOWN}`],
    ['POST', '/image/v1/estimate-gen'],
    ['GET', '/account/v1/credits/balance'],
  ] as const;

  it.each(PATHS)('is needed for %s %s', async (method, path) => {
    const running = await runEngine();
    expect(await refusal(await fetch(running.engine.address + path, { method }))).toBe(401);
    expect(await refusal(await fetch(running.engine.address + path, { method, headers: { 'X-API-Key': ' ' } }))).toBe(
      401,
    );
  });

  it('must be the one that was set', async () => {
    const running = await runEngine({ key: KEY });
    const balance = (key: string) =>
      fetch(`${running.engine.address}/account/v1/credits/balance`, { headers: { 'X-API-Key': key } });
    expect((await balance(KEY)).status).toBe(200);
    expect((await balance(`${KEY}4`)).status).toBe(401);
    expect((await balance('another')).status).toBe(401);
  });
});

describe('a question about a job is refused', () => {
  it.each([
    ['GET', 'status'],
    ['DELETE', 'status'],
    ['DELETE', 'cancel'],
    ['GET', 'download'],
    ['GET', 'download/input'],
  ])('%s %s: 400 for what is no id, 404 for one that it does not have', async (method, what) => {
    const running = await runEngine();
    expect(await refusal(await running.call(`/image/v1/${what}/not-an-id`, { method }))).toBe(400);
    expect(await refusal(await running.call(`/image/v1/${what}/${UNKNOWN}`, { method }))).toBe(404);
  });

  it('about the result while there is none: 409', async () => {
    const restorer = slowRestorer();
    const running = await runEngine({ restorer });
    const id = await submit(running);
    expect(await refusal(await running.call(`/image/v1/download/${id}`))).toBe(409);
    restorer.fail();
    await until(running, id, 'Failed');
    expect(await refusal(await running.call(`/image/v1/download/${id}`))).toBe(409);
  });

  it.each(['limit=0', 'limit=101', 'limit=many', 'cursor=bm9uc2Vuc2U'])('with a wrong page, %s: 400', async (query) => {
    const running = await runEngine();
    expect(await refusal(await running.call(`/image/v1/status?paginated=true&${query}`))).toBe(400);
  });

  it('at an address that it does not have: 404', async () => {
    const running = await runEngine();
    expect(await refusal(await running.call('/image/v1/enhance'))).toBe(404);
  });
});

describe('an estimate is refused', () => {
  it.each<[string, number, object]>([
    ['for another category', 400, { category: 'Enhance', model: 'Faces', input_width: 10, input_height: 10 }],
    ['for another model', 400, { category: 'Restore', model: 'Dust', input_width: 10, input_height: 10 }],
    ['without a width', 400, { category: 'Restore', model: 'Faces', input_height: 10 }],
    ['for half a pixel', 400, { category: 'Restore', model: 'Faces', input_width: 10.5, input_height: 10 }],
    ['for no pixel', 422, { category: 'Restore', model: 'Faces', input_width: 0, input_height: 10 }],
  ])('%s: %d', async (_, status, body) => {
    const running = await runEngine();
    const init = { method: 'POST', body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } };
    expect(await refusal(await running.call('/image/v1/estimate-gen', init))).toBe(status);
  });

  it('for what is not JSON: 400', async () => {
    const running = await runEngine();
    const init = { method: 'POST', body: '{"category": ', headers: { 'Content-Type': 'application/json' } };
    expect(await refusal(await running.call('/image/v1/estimate-gen', init))).toBe(400);
  });
});

function flipped(bytes: Uint8Array, at: number): Uint8Array {
  const changed = bytes.slice();
  changed[at]! ^= 0x40;
  return changed;
}

/** A TIFF header that promises 20,000 x 20,000 pixels. */
function hugeHeader(): Uint8Array {
  const tag = (name: number, value: number) => [
    name & 255,
    name >> 8,
    4,
    0,
    1,
    0,
    0,
    0,
    value & 255,
    (value >> 8) & 255,
    0,
    0,
  ];
  return Uint8Array.from([0x49, 0x49, 42, 0, 8, 0, 0, 0, 2, 0, ...tag(256, 20_000), ...tag(257, 20_000), 0, 0, 0, 0]);
}
