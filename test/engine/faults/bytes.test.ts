import { describe, expect, it } from 'vitest';
import type { Fault, Match } from '../../../engine/faults/plan';
import { decodePicture } from '../../../engine/picture/decode';
import { sniff } from '../../../src/core/picture/format';
import { inspectPng } from '../../../src/core/picture/png';
import { type Json, KEY, picture, type Running, runEngine, submit, until } from '../running';
import { rawCall } from './rawClient';

interface Finished {
  readonly running: Running;
  readonly id: string;
  readonly link: string;
  /** The result without faults. */
  readonly truth: Buffer;
}

async function finished(): Promise<Finished> {
  const running = await runEngine();
  const id = await submit(running, { output_format: 'png' }, picture(3, 40, 30));
  await until(running, id, 'Completed');
  const link = ((await running.json(`/image/v1/download/${id}`)) as Json).download_url as string;
  return { running, id, link, truth: (await rawCall(link)).body };
}

const set = ({ running }: Finished, fault: Fault, match: Match = { kind: 'bytes' }): void =>
  running.engine.faults.set({ rules: [{ match, fault }] });

const asPage = { headers: { Origin: 'null' } };

describe('a result that is cut off', () => {
  it.each(['length', 'chunked'] as const)('under %s is a broken connection', async (ending) => {
    const all = await finished();
    set(all, { kind: 'bytes', cut: 0.5, ending });
    const { status, headers, body, end } = await rawCall(all.link, asPage);
    expect([status, end]).toEqual([200, 'ECONNRESET']);
    expect(headers['access-control-allow-origin']).toBe('null');
    expect(headers['content-length']).toBe(ending === 'length' ? String(all.truth.length) : undefined);
    expect(body).toEqual(all.truth.subarray(0, Math.floor(all.truth.length / 2)));
  });

  it('under HTTP/1.0, where the connection just closes, looks whole', async () => {
    const all = await finished();
    set(all, { kind: 'bytes', cut: 0.5, ending: 'close' });
    const { status, headers, body, end } = await rawCall(all.link, asPage);
    expect([status, end, headers['content-length']]).toEqual([200, 'whole', undefined]);
    expect(headers['access-control-allow-origin']).toBe('null');
    expect(body).toEqual(all.truth.subarray(0, Math.floor(all.truth.length / 2)));
  });

  it.each(['length', 'chunked', 'close'] as const)('at its first byte, under %s, has none', async (ending) => {
    const all = await finished();
    set(all, { kind: 'bytes', cut: 0, ending });
    const { status, body } = await rawCall(all.link);
    expect([status, body.length]).toEqual([200, 0]);
  });
});

describe('a result with another content', () => {
  it('differs in one bit', async () => {
    const all = await finished();
    set(all, { kind: 'bytes', flip: 0.5 });
    const { body, end } = await rawCall(all.link);
    const different = [...body.keys()].filter((at) => body[at] !== all.truth[at]);
    expect([end, body.length, different]).toEqual(['whole', all.truth.length, [Math.floor(all.truth.length / 2)]]);
    expect((body[different[0]!]! ^ all.truth[different[0]!]!).toString(2)).toMatch(/^10*$/);
  });

  it.each([
    ['empty', 'empty'],
    ['html', 'html'],
    ['xml', 'xml'],
    ['jpeg', 'jpeg'],
  ] as const)('is %s', async (content, sniffed) => {
    const all = await finished();
    set(all, { kind: 'bytes', content });
    const { status, body, end } = await rawCall(all.link);
    expect([status, end, sniff(new Uint8Array(body))]).toEqual([200, 'whole', sniffed]);
  });

  it('is noise of any length', async () => {
    const all = await finished();
    set(all, { kind: 'bytes', content: 'noise', length: 3_000_000 });
    expect((await rawCall(all.link)).body).toHaveLength(3_000_000);
  });

  it('is a PNG with right checksums that cannot be decoded', async () => {
    const all = await finished();
    set(all, { kind: 'bytes', content: 'undecodable' });
    const bytes = new Uint8Array((await rawCall(all.link)).body);
    expect(inspectPng(bytes)).toMatchObject({ ok: true, value: { width: 40, height: 30 } });
    expect((await decodePicture(bytes)).ok).toBe(false);
  });

  it.each([
    ['half', 20, 15],
    ['double', 80, 60],
    ['fourfold', 160, 120],
  ] as const)('has another size than was said: %s', async (content, width, height) => {
    const all = await finished();
    set(all, { kind: 'bytes', content });
    const decoded = await decodePicture(new Uint8Array((await rawCall(all.link)).body));
    if (!decoded.ok) throw new Error(decoded.error);
    expect([decoded.value.image.width, decoded.value.image.height]).toEqual([width, height]);
    expect(await all.running.json(`/image/v1/status/${all.id}`)).toMatchObject({ output_width: 40, output_height: 30 });
  });

  it('comes slowly, and whole', async () => {
    const all = await finished();
    set(all, { kind: 'bytes', rate: all.truth.length * 4 });
    const begun = performance.now();
    const { body } = await rawCall(all.link);
    expect(body).toEqual(all.truth);
    // A quarter of a second in slices of a tenth: two pauses at least.
    expect(performance.now() - begun).toBeGreaterThan(190);
  });
});

describe('a link', () => {
  it('is not ready although the job is: 409', async () => {
    const all = await finished();
    set(all, { kind: 'answer', status: 409 }, { kind: 'link', state: 'Completed', count: 2 });
    const ask = async () => (await all.running.call(`/image/v1/download/${all.id}`)).status;
    expect([await ask(), await ask(), await ask()]).toEqual([409, 409, 200]);
  });

  it('has expired when it comes', async () => {
    const all = await finished();
    set(all, { kind: 'json', add: { expiry: -7200 } }, { kind: 'link' });
    const { expiry } = await all.running.json(`/image/v1/download/${all.id}`);
    expect(expiry).toBeLessThan(Date.now() / 1000 - 3000);
  });

  it.each([
    [true, 'null'],
    [false, undefined],
  ])('is refused in XML, readable to a page: %s', async (cors, allowed) => {
    const all = await finished();
    set(all, { kind: 'answer', status: 403, body: 'xml', cors }, { kind: 'bytes', nth: 1 });
    const { status, headers, body } = await rawCall(all.link, asPage);
    expect([status, headers['access-control-allow-origin']]).toEqual([403, allowed]);
    expect(headers['content-type']).toContain('xml');
    expect(body.toString()).toContain('<Code>AccessDenied</Code>');
    expect((await rawCall(all.link)).status).toBe(200);
  });

  it('is silent, while the API answers', async () => {
    const all = await finished();
    set(all, { kind: 'silence' }, { origin: 'files' });
    const stop = new AbortController();
    const asked = rawCall(all.link, { signal: stop.signal });
    while (all.running.engine.faults.fired()[0]!.fired === 0) await new Promise((resolve) => setTimeout(resolve, 2));
    expect((await all.running.call('/image/v1/status')).status).toBe(200);
    stop.abort();
    expect((await asked).end).toBe('ABORT_ERR');
  });
});

describe('whatever goes wrong', () => {
  it('never goes wrong at the addresses of the engine itself', async () => {
    const running = await runEngine({ faults: { rules: [{ match: {}, fault: { kind: 'reset', at: 0 } }] } });
    expect((await rawCall(`${running.engine.address}/`, { headers: { 'X-API-Key': KEY } })).status).toBeNull();
    expect((await fetch(`${running.engine.address}/engine/ledger`)).status).toBe(200);
  });

  it('is logged without key, query or body', async () => {
    const all = await finished();
    set(all, { kind: 'reset', at: 0 });
    await rawCall(`${all.link}&secret=1`, { headers: { 'X-API-Key': KEY } });
    while (!all.running.log.some((line) => line.includes('dropped'))) await new Promise((r) => setTimeout(r, 2));
    const text = all.running.log.join('\n');
    for (const word of [KEY, 'secret', 'signature']) expect(text).not.toContain(word);
  });
});
