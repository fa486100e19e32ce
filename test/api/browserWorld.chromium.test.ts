import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from '../../scripts/chromium';
import { type HttpService, httpService } from './httpServer';
import { KEY, order } from './jobs';
import { type Outgoing, RESULT } from './service';

/** What the frame offers to the tests; run in the page by `frame.evaluate`. */
const ENTRY = `
import { browserWorld } from './src/api/browserWorld';
import { balance } from './src/api/balance';
import { SAFE_POLICY } from './src/api/policy';
import { startJob } from './src/api/restore';
import { createTraffic } from './src/api/traffic';
const world = browserWorld();
const never = new AbortController().signal;
globalThis.client = {
  balance: (endpoint) => balance(world, endpoint, never),
  async run(endpoint, order, size) {
    const bytes = Uint8Array.from({ length: size }, (_, index) => (index * 7919) >> 5);
    const progress = [];
    const states = [];
    const watcher = { onProgress: (now) => progress.push(now), onJob: (job) => states.push(job.state.name) };
    const store = { save: async () => ({ ok: true, value: null }) };
    const client = { world, store, traffic: createTraffic(world), policy: SAFE_POLICY };
    const source = async () => ({ ok: true, value: { bytes, format: 'png' } });
    const running = startJob(client, endpoint, order, source, watcher, never);
    const outcome = await running.outcome;
    return {
      outcome: outcome.ok ? { ok: true, length: outcome.value.bytes.length } : outcome,
      states,
      sent: progress.filter((now) => now.stage === 'uploading').map((now) => now.fraction),
      sum: [...bytes.subarray(0, 64)],
    };
  },
  async stop(endpoint) {
    const stopping = new AbortController();
    const waiting = balance(world, endpoint, stopping.signal).then(() => 'answered', (reason) => reason.message);
    setTimeout(() => stopping.abort(new Error('stopped')), 50);
    return await waiting;
  },
  origin: String(globalThis.origin),
};
`;

interface Ran {
  readonly outcome: unknown;
  readonly states: readonly string[];
  readonly sent: readonly number[];
  readonly sum: readonly number[];
}

let browser: Browser;
let script: string;
let host: Server;
let page: Page;
let frame: Frame;
let server: HttpService;
/** A port where nobody listens. */
let nobody: string;

beforeAll(async () => {
  const built = await build({
    stdin: { contents: ENTRY, resolveDir: new URL('../..', import.meta.url).pathname, loader: 'ts' },
    bundle: true,
    format: 'iife',
    write: false,
  });
  script = built.outputFiles[0]!.text;
  browser = await launchChromium();
  host = createServer((_, response) => response.end('<!doctype html>'));
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  const gone = createServer();
  await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
  nobody = `127.0.0.1:${(gone.address() as AddressInfo).port}`;
  await new Promise((resolve) => gone.close(resolve));
});
afterAll(async () => {
  await browser.close();
  await new Promise((resolve) => host.close(resolve));
});

beforeEach(async () => {
  server = await httpService(() => Date.now());
  server.service.duration = 4;
  page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(host.address() as AddressInfo).port}/`);
  const policy = `default-src 'none'; script-src 'unsafe-inline'; connect-src ${server.address} ${server.filesAddress} http://${nobody}`;
  const html = `<meta http-equiv="Content-Security-Policy" content="${policy}"><script>${script.replaceAll('</script', '<\\/script')}</script>`;
  await page.evaluate((source) => {
    const inner = document.createElement('iframe');
    inner.setAttribute('sandbox', 'allow-scripts');
    inner.srcdoc = source;
    document.body.append(inner);
    return new Promise((resolve) => {
      inner.onload = resolve;
    });
  }, html);
  frame = page.frames()[1]!;
});
afterEach(async () => {
  await page.close();
  await server.close();
});

const endpoint = (address = server.address) => ({ address, key: KEY, name: 'Topaz Labs' });
const balanceAt = (address?: string): Promise<unknown> =>
  frame.evaluate(`client.balance(${JSON.stringify(endpoint(address))})`);
const run = (size: number): Promise<Ran> =>
  frame.evaluate(
    `client.run(${JSON.stringify(endpoint())}, ${JSON.stringify(order(Math.random, Date.now, server.address))}, ${size})`,
  );

describe('in a sandboxed frame without an origin', () => {
  it('a job goes its whole way, and the upload tells how much has gone out', async () => {
    expect(await frame.evaluate('client.origin')).toBe('null');
    const ran = await run(8_000_000);
    expect(ran.outcome).toEqual({ ok: true, length: RESULT.length });
    expect(ran.states).toEqual(['SUBMITTING', 'ACCEPTED', 'RUNNING', 'COMPLETED']);
    expect(ran.sent[0]).toBe(0);
    expect(ran.sent.at(-1)).toBe(1);
    expect(ran.sent).toEqual([...ran.sent].sort((one, other) => one - other));
    expect([...server.service.jobs[0]!.input.subarray(0, 64)]).toEqual(ran.sum);
    expect(server.service.jobs[0]!.input.length).toBe(8_000_000);
    for (const headers of server.fileHeaders) expect(headers.has('x-api-key')).toBe(false);
  });

  it('a connection that breaks after acceptance ends in one charge, although the browser sends again by itself', async () => {
    server.service.duration = 5;
    server.service.script(/^POST/, 'reset-after');
    const ran = await run(1000);
    expect(ran.outcome).toMatchObject({ ok: true });
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(server.service.charged()).toBe(1);
    expect(server.service.jobs.map(server.service.phase).filter((phase) => phase === 'Completed')).toHaveLength(1);
  });

  it('a host that the policy forbids is told from one where nobody listens', async () => {
    expect(await balanceAt('http://127.0.0.1:10')).toMatchObject({
      error: { code: 'host-blocked', host: '127.0.0.1:10' },
    });
    expect(await balanceAt(`http://${nobody}`)).toMatchObject({
      error: { code: 'host-unreachable', host: nobody, local: true },
    });
  });

  it('an error answer without CORS headers is a host that cannot be reached, not a crash', async () => {
    const bare: Outgoing = { status: 403, headers: { 'Access-Control-Allow-Origin': 'https://elsewhere.example' } };
    server.service.script(/balance/, bare);
    expect(await balanceAt()).toMatchObject({ ok: false, error: { code: 'host-unreachable' } });
  });

  it('a redirect never carries the key to another host', async () => {
    const headers = { Location: `${server.filesAddress}/stolen` };
    server.service.script(/balance/, { status: 307, headers });
    expect(await balanceAt()).toMatchObject({ ok: false });
    expect(server.fileHeaders).toEqual([]);
  });

  it('stopping ends a request at once', async () => {
    server.service.script(/balance/, 'silence');
    expect(await frame.evaluate(`client.stop(${JSON.stringify(endpoint())})`)).toBe('stopped');
  });
});
