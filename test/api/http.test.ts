import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { balance } from '../../src/api/balance';
import { readBytes } from '../../src/api/download';
import { call } from '../../src/api/http';
import { listJobs } from '../../src/api/list';
import { SAFE_POLICY } from '../../src/api/policy';
import { startJob } from '../../src/api/restore';
import { createTraffic } from '../../src/api/traffic';
import { processId } from '../../src/core/ids';
import type { Job } from '../../src/core/job/job';
import { ok } from '../../src/core/result';
import { type HttpService, httpService } from './httpServer';
import { KEY, order, source, UPLOAD } from './jobs';
import { realWorld } from './realWorld';
import { type Fault, RESULT, reply } from './service';

const world = realWorld(20);
const forEver = new AbortController().signal;
let server: HttpService;
beforeEach(async () => {
  server = await httpService(world.clock);
});
afterEach(() => server.close());

const endpoint = () => ({ address: server.address, key: KEY, name: 'Local engine' });

function start(signal = forEver) {
  const saved: Job[] = [];
  const store = {
    save: async (job: Job) => {
      saved.push(job);
      return ok(null);
    },
  };
  const client = { world, store, traffic: createTraffic(world), policy: SAFE_POLICY };
  const watcher = { onProgress: () => undefined, onJob: () => undefined };
  const placed = order(Math.random, world.clock, server.address);
  return { saved, running: startJob(client, endpoint(), placed, source(UPLOAD), watcher, signal) };
}

describe('over real sockets', () => {
  it('a job is sent, awaited, fetched and checked; the key goes to the API and never to the files', async () => {
    const { running } = start();
    const outcome = await running.outcome;
    expect(outcome.ok && outcome.value.bytes).toEqual(RESULT);
    expect(server.service.jobs[0]?.input).toEqual(UPLOAD.bytes);
    expect(server.service.jobs[0]?.fields['noise_sigma']).toBe('0.015');
    expect(server.fileHeaders.length).toBeGreaterThan(0);
    for (const headers of server.fileHeaders) expect(JSON.stringify([...headers])).not.toContain(KEY);
  });

  const cases: readonly (readonly [string, Fault])[] = [
    ['a reset after acceptance', 'reset-after'],
    ['a submit taken twice', 'twice'],
  ];
  it.each(cases)('%s ends in one charge and a result', async (_, fault) => {
    server.service.script(/^POST/, fault);
    const { running } = start();
    expect(await running.outcome).toMatchObject({ ok: true });
    expect(server.service.charged()).toBe(1);
  });

  it('aborting stops at once and asks nothing more', async () => {
    server.service.duration = 1000;
    const watching = new AbortController();
    const { running } = start(watching.signal);
    while (server.service.jobs.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    watching.abort(new Error('closed'));
    await expect(running.outcome).rejects.toThrow('closed');
    const asked = server.service.log.length;
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(server.service.log.length - asked).toBeLessThanOrEqual(1);
  });
});

describe('one request', () => {
  const ask = (address: string, patience = 10_000, limit = 1_000_000) =>
    call(world, { method: 'GET', address, key: KEY, patience, limit }, forEver);

  it('a server that stays silent is given up after the patience', async () => {
    server.service.script(/balance/, 'silence');
    expect(await ask(`${server.address}/account/v1/credits/balance`, 1000)).toEqual({
      ok: false,
      error: { kind: 'lost', error: { code: 'timed-out', host: new URL(server.address).host } },
    });
  });

  it('a port where nobody listens is an unreachable local engine', async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    expect(await ask(`http://127.0.0.1:${port}/`)).toEqual({
      ok: false,
      error: { kind: 'lost', error: { code: 'host-unreachable', host: `127.0.0.1:${port}`, local: true } },
    });
  });

  it('a redirect is not followed with the key', async () => {
    const headers = { Location: `${server.filesAddress}/stolen` };
    server.service.script(/balance/, { status: 302, headers });
    expect(await ask(`${server.address}/account/v1/credits/balance`)).toMatchObject({ ok: false });
    expect(server.fileHeaders).toEqual([]);
  });

  it('a body longer than the limit is not read to its end', async () => {
    server.service.script(/balance/, { status: 200, body: 'x'.repeat(3_000_000) });
    expect(await ask(`${server.address}/account/v1/credits/balance`)).toMatchObject({
      ok: false,
      error: { kind: 'lost', error: { code: 'answer-unreadable' } },
    });
  });

  it('the message and the Retry-After of an error are read', async () => {
    server.service.script(/balance/, {
      status: 429,
      headers: { 'Retry-After': '7' },
      body: '{"message":"Slow down."}',
    });
    expect(await ask(`${server.address}/account/v1/credits/balance`)).toMatchObject({
      ok: false,
      error: { kind: 'status', status: 429, message: 'Slow down.', retryAfter: 7000 },
    });
  });

  it('bytes that stop coming are given up, bytes that come slowly are not', async () => {
    const slow = createServer((request, response) => {
      response.writeHead(200, { 'Content-Length': '10' });
      let sent = 0;
      const most = request.url === '/stalls' ? 3 : 10;
      const drip = setInterval(() => {
        response.write('x');
        sent++;
        if (sent === most) clearInterval(drip);
        if (sent === 10) response.end();
      }, 200);
    });
    await new Promise<void>((resolve) => slow.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(slow.address() as AddressInfo).port}`;
    const link = (path: string) => ({ processId: processId('1'), address: address + path });
    const fractions: (number | null)[] = [];
    const whole = await readBytes(world, link('/drips'), (fraction) => fractions.push(fraction), forEver);
    expect(whole.ok && whole.value.length).toBe(10);
    expect(fractions.at(-1)).toBe(1);
    expect(await readBytes(world, link('/stalls'), () => undefined, forEver)).toMatchObject({
      ok: false,
      error: { kind: 'lost', error: { code: 'timed-out' } },
    });
    slow.closeAllConnections();
    await new Promise((resolve) => slow.close(resolve));
  });
});

describe('the account', () => {
  it('is read with the key', async () => {
    expect(await balance(world, endpoint(), forEver)).toEqual(ok({ available: 100, reserved: 0, total: 100 }));
  });

  it.each([
    [401, 'key-refused'],
    [403, 'key-not-permitted'],
    [404, 'service-wrong-address'],
    [429, 'service-busy'],
    [500, 'service-failing'],
  ])('%i is %s', async (status, code) => {
    server.service.script(/balance/, reply(status, {}));
    expect(await balance(world, endpoint(), forEver)).toMatchObject({ ok: false, error: { code } });
  });

  it('a web page in its place is not a balance', async () => {
    server.service.script(/balance/, { status: 200, body: '<!doctype html>' });
    expect(await balance(world, endpoint(), forEver)).toMatchObject({
      ok: false,
      error: { code: 'answer-unreadable' },
    });
  });
});

describe('the list', () => {
  it('is read page by page to its end', async () => {
    for (let index = 0; index < 230; index++) {
      const job = {
        id: `job-${index}`,
        fileName: '',
        input: RESULT,
        fields: {},
        createdAt: world.clock(),
        duration: 1,
      };
      server.service.jobs.push({ ...job, cancelledAt: null, failed: false });
    }
    const listing = await listJobs(world, endpoint(), () => false, forEver);
    expect(listing.ok && listing.value.complete).toBe(true);
    expect(listing.ok && new Set(listing.value.statuses.map((status) => status.processId)).size).toBe(230);
    expect(server.service.log).toHaveLength(3);
  });

  it('is also understood as a plain array', async () => {
    server.service.script(/status/, reply(200, [{ process_id: 'a', status: 'Completed' }]));
    const listing = await listJobs(world, endpoint(), () => false, forEver);
    expect(listing).toMatchObject({ ok: true, value: { complete: true, statuses: [{ processId: 'a' }] } });
  });

  it('with an entry that cannot be read proves no absence', async () => {
    server.service.script(/status/, reply(200, [{ process_id: 'a' }, 7]));
    const listing = await listJobs(world, endpoint(), () => false, forEver);
    expect(listing.ok && listing.value.complete).toBe(false);
  });
});
