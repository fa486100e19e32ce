/** Runs a few lines as a plugin in the stand-in host and gives what they print. */
import type { CanvasDocument } from '../../playground/document/document';
import { createDocument } from '../../playground/document/document';
import type { Host } from '../../playground/host/host';
import type { Clock } from '../../playground/host/liveRun';
import { createNodeHost } from '../../playground/host/nodeHost';

export const MANIFEST = {
  name: 'Test plugin',
  id: 'test-plugin',
  api: '1.0.0',
  main: 'code.js',
  ui: 'ui.html',
  editorType: ['figma'],
  documentAccess: 'dynamic-page',
  menu: [{ name: 'Run', command: 'go' }],
  relaunchButtons: [{ command: 'again', name: 'Again' }],
};

export interface PluginOptions {
  readonly document?: CanvasDocument;
  readonly html?: string | null;
  readonly manifest?: object;
  readonly clock?: Clock;
  readonly storage?: Readonly<Record<string, unknown>>;
}

export async function pluginHost(code: string, options: PluginOptions = {}): Promise<Host> {
  const { memoryStorage } = await import('../../playground/host/clientStorage');
  return createNodeHost({
    plugin: { code, html: options.html ?? null, manifest: options.manifest ?? MANIFEST },
    document: options.document ?? createDocument('Test'),
    storage: memoryStorage(options.storage ?? {}),
    ...(options.clock === undefined ? {} : { clock: options.clock }),
  });
}

/** Puts the lines into an async function; what it returns or throws is printed as text. */
export function wrapped(lines: string): string {
  return `(async () => { ${lines} })().then(
    (value) => console.log(typeof value === 'string' ? value : value === undefined ? 'undefined' : JSON.stringify(value)),
    (thrown) => console.log('threw ' + thrown),
  );`;
}

/** The first line that the wrapped lines printed. */
export async function outcome(lines: string, options: PluginOptions = {}): Promise<string> {
  const host = await pluginHost(wrapped(lines), options);
  await host.run('go');
  return host.surface.console()[0]?.text ?? 'nothing was printed';
}
