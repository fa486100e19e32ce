/** Serves the playground: the page, the built plugin (with news of each new build), and the sample pictures. */
import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { SamplePicture } from './document/sampleCanvas';
import { buildGuest, readMemberNames, readWasm } from './host/nodeHost';
import { themeStyle } from './page/figmaTheme';
import { sampleDocument } from './samples/degrade';

/** What tests find as `window.playground`. */
export type { Driver } from './page/driver';

export interface PlaygroundOptions {
  /** 0 = any free one. */
  readonly port: number;
  /** Where the local engine is, for the plugin's settings; null = leave them alone. */
  readonly engineAddress: string | null;
  /** Origins that the plugin's window may reach besides those of its manifest. */
  readonly allowOrigins?: readonly string[];
  /** Folder with `code.js` and `ui.html`. */
  readonly dist?: string;
  /** Path of the plugin's manifest. */
  readonly manifest?: string;
  readonly samples?: readonly SamplePicture[];
}

export interface Playground {
  readonly address: string;
  close(): Promise<void>;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
/** Files of one build arrive one after another: wait for the last. */
const BUILD_SETTLES = 100;

type Served = () => Promise<{ readonly type: string; readonly body: Uint8Array | string }>;

/**
 * Resolves when it listens, on 127.0.0.1 alone; rejects when the port is taken. Needs the built plugin in `dist`.
 */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const dist = options.dist ?? join(ROOT, 'dist');
  const served = await routes(options, dist);
  const listeners = new Set<ServerResponse>();
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://localhost').pathname;
    if (path === '/events') {
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
      response.write(': hello\n\n');
      listeners.add(response);
      request.on('close', () => listeners.delete(response));
      return;
    }
    void answer(served, path, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const watching = watchBuild(dist, () => {
    for (const listener of listeners) listener.write('event: plugin\ndata: new\n\n');
  });
  const address = server.address();
  return {
    address: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : options.port}`,
    async close() {
      watching.close();
      for (const listener of listeners) listener.end();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(served: ReadonlyMap<string, Served>, path: string, response: ServerResponse): Promise<void> {
  const found = served.get(path);
  try {
    if (found === undefined) throw Object.assign(new Error(`There is no ${path}`), { status: 404 });
    const { type, body } = await found();
    response.writeHead(200, { 'Content-Type': type, 'Cache-Control': 'no-store' }).end(body);
  } catch (thrown) {
    const status = (thrown as { status?: number }).status ?? 500;
    response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(String(thrown));
  }
}

async function routes(options: PlaygroundOptions, dist: string): Promise<ReadonlyMap<string, Served>> {
  const samples = options.samples ?? (await sampleDocument());
  const [page, guest, members, wasm] = await Promise.all([buildPage(), buildGuest(), readMemberNames(), readWasm()]);
  const fixed =
    (type: string, body: Uint8Array | string): Served =>
    () =>
      Promise.resolve({ type, body });
  const file =
    (type: string, path: string): Served =>
    async () => ({ type, body: await readFile(path) });
  const facts = { engineAddress: options.engineAddress, allowOrigins: options.allowOrigins ?? [] };
  const list = samples.map(({ title, width, height }) => ({ title, width, height }));
  return new Map<string, Served>([
    ['/', fixed('text/html; charset=utf-8', HTML)],
    ['/page.js', fixed('text/javascript', page.script)],
    ['/page.css', fixed('text/css', themeStyle() + page.style)],
    ['/guest.js', fixed('text/javascript', guest)],
    ['/members.json', fixed('application/json', JSON.stringify(members))],
    ['/quickjs.wasm', fixed('application/wasm', wasm)],
    ['/server.json', fixed('application/json', JSON.stringify(facts))],
    ['/plugin/code.js', file('text/javascript', join(dist, 'code.js'))],
    ['/plugin/ui.html', file('text/plain; charset=utf-8', join(dist, 'ui.html'))],
    ['/plugin/manifest.json', file('application/json', options.manifest ?? join(ROOT, 'manifest.json'))],
    ['/samples.json', fixed('application/json', JSON.stringify(list))],
    ['/favicon.ico', fixed('image/svg+xml', '<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ...samples.map(({ bytes }, index) => [`/samples/${index}`, fixed('application/octet-stream', bytes)] as const),
  ]);
}

async function buildPage(): Promise<{ readonly script: string; readonly style: string }> {
  const result = await build({
    entryPoints: [join(ROOT, 'playground/page/main.tsx'), join(ROOT, 'playground/page/page.css')],
    outdir: 'page',
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    // The VM's binary is handed in; its own way of finding it is never taken.
    external: ['*.wasm', 'module'],
    define: { 'process.env.NODE_ENV': '"production"' },
  });
  const text = (ending: string): string => result.outputFiles.find((file) => file.path.endsWith(ending))?.text ?? '';
  return { script: text('.js'), style: text('.css') };
}

function watchBuild(dist: string, changed: () => void): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(dist, () => {
    clearTimeout(timer);
    timer = setTimeout(changed, BUILD_SETTLES);
  });
  return {
    close() {
      clearTimeout(timer);
      watcher.close();
    },
  };
}

const HTML = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Playground</title>
    <link rel="stylesheet" href="/page.css" />
  </head>
  <body>
    <div id="root"></div>
    <script type="module" src="/page.js"></script>
  </body>
</html>
`;
