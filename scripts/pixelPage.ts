/** A page in a real Chromium with the pixel floor loaded from `entry`, served from this machine: the repository's pictures, the worker's text and the face weights (base64) beside it. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { buildWorker } from './build';
import { launchChromium } from './chromium';
import { packWeights } from './pack-weights';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

export interface PixelPage {
  readonly page: Page;
  /** Served at this path from now on. */
  readonly serve: (path: string, bytes: Uint8Array) => void;
  readonly close: () => Promise<void>;
}

export async function openPixelPage(entry: string): Promise<PixelPage> {
  const [bundle, worker, weights] = await Promise.all([
    build({
      entryPoints: [join(ROOT, entry)],
      bundle: true,
      write: false,
      format: 'iife',
      target: 'es2020',
      logLevel: 'silent',
    }),
    buildWorker(),
    packWeights(),
  ]);
  const own = new Map<string, Uint8Array | string>([
    [
      '/',
      '<!doctype html><meta charset="utf-8"><title>pixels</title><link rel="icon" href="data:,"><script src="/entry.js"></script>',
    ],
    ['/entry.js', bundle.outputFiles[0]!.text],
    ['/worker.js', worker],
    ['/weights', Buffer.from(weights).toString('base64')],
  ]);
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url ?? '/');
    // A frame of null origin, like Figma's, asks too.
    response.setHeader('access-control-allow-origin', '*');
    const known = own.get(path);
    if (known !== undefined) {
      response.setHeader('content-type', path === '/' ? 'text/html' : 'text/javascript');
      response.end(known);
      return;
    }
    // Pictures of the repository, by their path in it.
    readFile(join(ROOT, path)).then(
      (bytes) => response.end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const browser = await launchChromium();
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  return {
    page,
    serve: (path, bytes) => own.set(path, bytes),
    close: async () => {
      await browser.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
