/**
 * The real client in a sandboxed frame without an origin, in a real Chromium. Its clock runs faster than the wall's
 * between the looks for a lost job, and when a test says so, so that two minutes of looking do not last two minutes;
 * sockets, CORS and the browser's own second tries are the real ones.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { build } from 'esbuild';
import type { Browser, BrowserContext, Frame } from 'playwright-core';
import { launchChromium } from '../../scripts/chromium';
import type { PluginError } from '../../src/core/errors';
import type { JobOrder, JobState } from '../../src/core/job/job';
import type { Endpoint } from '../../src/core/settings';

/** What the frame offers; run in the page by `frame.evaluate`. */
const ENTRY = `
import { browserWorld } from './src/api/browserWorld';
import { SAFE_POLICY } from './src/api/policy';
import { startJob } from './src/api/restore';
import { createTraffic } from './src/api/traffic';
const saved = [];
const real = browserWorld();
let wanted = 1;
let pace = 1;
let waited = 0;
let since = { real: real.now(), shown: real.now() };
const now = () => since.shown + (real.now() - since.real) * pace;
// The answer of a busy machine is not to be taken for a slow one: while one is waited for, the wall's pace it is.
function keepPace() {
  since = { real: real.now(), shown: now() };
  pace = waited > 0 ? 1 : wanted;
}
function hurry(speed) {
  wanted = speed;
  keepPace();
}
async function fetch(...request) {
  waited += 1;
  keepPace();
  try {
    return await real.fetch(...request);
  } finally {
    waited -= 1;
    keepPace();
  }
}
/** In short naps: the pace may change meanwhile. */
async function sleep(milliseconds, signal) {
  const until = now() + milliseconds;
  do await real.sleep(Math.max(0, Math.min(20, (until - now()) / pace)), signal);
  while (now() < until);
}
const world = { ...real, now, sleep, fetch };
globalThis.client = {
  saved: () => saved,
  hurry,
  async run(endpoint, order, picture, speed) {
    const bytes = Uint8Array.from(atob(picture), (letter) => letter.charCodeAt(0));
    const store = {
      async save(job) {
        const before = saved.at(-1)?.name;
        saved.push(JSON.parse(JSON.stringify(job.state)));
        if (job.state.name === 'AMBIGUOUS') hurry(speed);
        else if (before === 'AMBIGUOUS') hurry(1);
        return { ok: true, value: null };
      },
    };
    const client = { world, store, traffic: createTraffic(world), policy: SAFE_POLICY };
    const source = async () => ({ ok: true, value: { bytes, format: 'png' } });
    const watcher = { onProgress: () => undefined, onJob: () => undefined };
    const never = new AbortController().signal;
    const outcome = await startJob(client, endpoint, order, source, watcher, never).outcome;
    return outcome.ok ? { ok: true, length: outcome.value.bytes.length } : outcome;
  },
};
`;

export type Ended =
  | { readonly ok: true; readonly length: number }
  | { readonly ok: false; readonly error: PluginError };

/** One window with the client in it. */
export interface ClientFrame {
  readonly context: BrowserContext;
  run(endpoint: Endpoint, order: JobOrder, picture: Uint8Array): Promise<Ended>;
  /** Every state that was written down, in order: the last one is what a reopened panel would find. */
  saved(): Promise<readonly JobState[]>;
  /** The client's clock runs so fast from now on, or at the wall's pace. */
  hurry(pace: 'fast' | 'real'): Promise<void>;
  close(): Promise<void>;
}

export interface Frames {
  /** `origins`: the hosts that the frame's policy lets it call. */
  open(origins: readonly string[]): Promise<ClientFrame>;
  close(): Promise<void>;
}

/** Seconds of the client's clock in one of the wall's. */
const SPEED = 25;

export async function startFrames(): Promise<Frames> {
  const built = await build({
    stdin: { contents: ENTRY, resolveDir: new URL('../..', import.meta.url).pathname, loader: 'ts' },
    bundle: true,
    format: 'iife',
    write: false,
  });
  const script = built.outputFiles[0]!.text.replaceAll('</script', '<\\/script');
  const host = createServer((_, response) => response.end('<!doctype html>'));
  await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve));
  const browser = await launchChromium();
  return {
    open: (origins) => openFrame(browser, host, script, origins),
    close: async () => {
      await browser.close();
      await new Promise((resolve) => host.close(resolve));
    },
  };
}

async function openFrame(
  browser: Browser,
  host: Server,
  script: string,
  origins: readonly string[],
): Promise<ClientFrame> {
  // A profile of its own: connections and remembered preflights of one test are nothing to another.
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`http://127.0.0.1:${(host.address() as AddressInfo).port}/`);
  const policy = `default-src 'none'; script-src 'unsafe-inline'; connect-src ${origins.join(' ')}`;
  await page.evaluate((html) => {
    const inner = document.createElement('iframe');
    inner.setAttribute('sandbox', 'allow-scripts');
    inner.srcdoc = html;
    document.body.append(inner);
    return new Promise((resolve) => {
      inner.onload = resolve;
    });
  }, `<meta http-equiv="Content-Security-Policy" content="${policy}"><script>${script}</script>`);
  const frame = page.frames()[1] as Frame;
  return {
    context,
    run: (endpoint, order, picture) => {
      const given = [endpoint, order, Buffer.from(picture).toString('base64'), SPEED];
      return frame.evaluate(`client.run(${given.map((value) => JSON.stringify(value)).join(', ')})`);
    },
    saved: () => frame.evaluate('client.saved()'),
    hurry: (pace) => frame.evaluate(`client.hurry(${pace === 'fast' ? SPEED : 1})`),
    close: () => context.close(),
  };
}
