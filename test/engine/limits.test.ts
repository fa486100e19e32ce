import { describe, expect, it } from 'vitest';
import { formOf, type Json, picture, runEngine, SUBMIT, slowRestorer, submit, until } from './running';

const send = (): RequestInit => ({ method: 'POST', body: formOf({ model: 'Faces' }, picture()) });

describe('a limit of jobs in flight', () => {
  it('refuses the one above it with 429, which costs nothing, and takes another when one has finished', async () => {
    const restorer = slowRestorer();
    const running = await runEngine({ restorer, inFlight: 2 });
    const [first, second] = [await submit(running), await submit(running)];
    const refused = await running.call(SUBMIT, send());
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ code: 429 });
    expect(running.engine.jobs()).toHaveLength(2);
    restorer.finish();
    await until(running, first, 'Completed');
    expect((await running.call(SUBMIT, send())).status).toBe(200);
    expect((await running.call(`/image/v1/cancel/${second}`, { method: 'DELETE' })).status).toBe(204);
    expect((await running.call(SUBMIT, send())).status).toBe(200);
    expect(running.engine.charges().map(({ processId }) => processId)).toEqual([first]);
  });

  it('lets no submission slip through beside another', async () => {
    const running = await runEngine({ restorer: slowRestorer(), inFlight: 3 });
    const statuses = await Promise.all(
      Array.from({ length: 8 }, async () => (await running.call(SUBMIT, send())).status),
    );
    expect(statuses.filter((status) => status === 200)).toHaveLength(3);
    expect(statuses.filter((status) => status === 429)).toHaveLength(5);
  });
});

describe('a number of jobs at once', () => {
  it('is worked on at once, and no more', async () => {
    const restorer = slowRestorer();
    const running = await runEngine({ restorer, parallel: 2 });
    const ids = [await submit(running), await submit(running), await submit(running)];
    await until(running, ids[0]!, 'Processing');
    await until(running, ids[1]!, 'Processing');
    expect((await running.json(`/image/v1/status/${ids[2]}`)).status).toBe('Pending');
    restorer.finish();
    await until(running, ids[2]!, 'Processing');
    expect(running.engine.charges()).toHaveLength(1);
  });
});

describe('a round trip that was asked for', () => {
  it('is added to every answer of both origins, to preflights and refusals too', async () => {
    const running = await runEngine({ latency: 60 });
    const id = await submit(running);
    await until(running, id, 'Completed');
    const { download_url } = await running.json(`/image/v1/download/${id}`);
    const times = async (address: string, init?: RequestInit): Promise<number> => {
      const begun = performance.now();
      await (await fetch(address, init)).arrayBuffer();
      return performance.now() - begun;
    };
    const preflight = { method: 'OPTIONS', headers: { Origin: 'null', 'Access-Control-Request-Method': 'POST' } };
    // 59: a timer may fire a little early by this clock.
    expect(await times(`${running.engine.address}/image/v1/status`)).toBeGreaterThan(59);
    expect(await times(running.engine.address + SUBMIT, preflight)).toBeGreaterThan(59);
    expect(await times(download_url)).toBeGreaterThan(59);
  });
});

describe("the engine's own ledger", () => {
  it('tells charges and jobs without a key', async () => {
    const restorer = slowRestorer();
    const { engine, ...running } = await runEngine({ restorer, now: () => 1_800_000_000_500 });
    const ask = async (): Promise<Json> => (await fetch(`${engine.address}/engine/ledger`)).json();
    expect(await ask()).toEqual({ charges: [], jobs: [] });
    const first = await submit({ engine, ...running }, {}, picture(), 'face~one-1.png');
    restorer.finish();
    await until({ engine, ...running }, first, 'Completed');
    const second = await submit({ engine, ...running }, {}, picture(), 'face~two-1.png');
    await until({ engine, ...running }, second, 'Processing');
    expect(await ask()).toEqual({
      charges: [{ process_id: first, tag: 'face~one-1.png', credits: 1, time: 1_800_000_000 }],
      jobs: [
        expect.objectContaining({ process_id: second, tag: 'face~two-1.png', status: 'Processing', credits: 1 }),
        expect.objectContaining({ process_id: first, tag: 'face~one-1.png', status: 'Completed', credits: 1 }),
      ],
    });
  });

  it.each([
    ['null', 403],
    ['https://evil.example', 403],
    ['http://127.0.0.1:4140', 200],
  ])('answers a page of origin %s with %d', async (origin, status) => {
    const { engine } = await runEngine();
    expect((await fetch(`${engine.address}/engine/ledger`, { headers: { Origin: origin } })).status).toBe(status);
  });
});
