/** Starts the page: fetches the machine, the built plugin and the sample pictures, and puts the page on the screen. */
import { render } from 'preact';
import type { SamplePicture } from '../document/sampleCanvas';
import type { HostOptions, Machine } from '../host/host';
import { parseManifest } from '../host/manifest';
import { browserCodec } from './browserCodec';
import { createDriver } from './driver';
import { forgetDocument, loadDocument } from './savedDocument';
import { createSession } from './session';
import { shareDocument } from './sharedDocument';
import { App } from './view/app';

interface ServerFacts {
  readonly engineAddress: string | null;
  readonly allowOrigins: readonly string[];
}

const text = async (address: string): Promise<string> => (await fetched(address)).text();
const json = async (address: string): Promise<unknown> => (await fetched(address)).json();

async function fetched(address: string): Promise<Response> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} answered ${response.status}`);
  return response;
}

async function loadPlugin(): Promise<HostOptions['plugin']> {
  const [code, html, manifest] = await Promise.all([
    text('/plugin/code.js'),
    text('/plugin/ui.html'),
    json('/plugin/manifest.json'),
  ]);
  return { code, html, manifest };
}

async function loadMachine(): Promise<Machine> {
  const [wasm, guest, members] = await Promise.all([
    WebAssembly.compileStreaming(fetch('/quickjs.wasm')),
    text('/guest.js'),
    json('/members.json'),
  ]);
  return { wasm, guest, members: members as Machine['members'], codec: browserCodec() };
}

async function loadSamples(): Promise<readonly SamplePicture[]> {
  const list = (await json('/samples.json')) as readonly Omit<SamplePicture, 'bytes'>[];
  return Promise.all(
    list.map(async (sample, index) => {
      const bytes = new Uint8Array(await (await fetched(`/samples/${index}`)).arrayBuffer());
      return { ...sample, bytes };
    }),
  );
}

async function start(): Promise<void> {
  const holder = document.querySelector('#root') as HTMLElement;
  const [machine, plugin, saved, facts] = await Promise.all([
    loadMachine(),
    loadPlugin(),
    loadDocument().catch(() => null),
    json('/server.json') as Promise<ServerFacts>,
  ]);
  const query = new URLSearchParams(location.search);
  const samples = saved === null ? await loadSamples() : [];
  const session = createSession({
    machine,
    plugin,
    saved,
    samples,
    engineAddress: facts.engineAddress,
    storage: localStorage,
    // `?user=Ana`: another person on the same document, with a name and a storage of her own.
    user: query.get('user'),
  });
  const policy = {
    domains: [...parseManifest(plugin.manifest).domains, ...facts.allowOrigins],
    // Whether Figma's frame lets WebAssembly run is open: `?wasm=off` shows the other answer.
    eval: query.get('wasm') !== 'off',
  };
  const begin = (): void => location.reload();
  const shared = shareDocument(session.document, new BroadcastChannel('playground'), begin);
  const reset = (): void => {
    void forgetDocument().then(() => {
      shared.tellReset();
      begin();
    });
  };
  render(<App session={session} policy={policy} onReset={reset} />, holder);
  window.playground = createDriver(session);
  new EventSource('/events').addEventListener('plugin', () => {
    void loadPlugin().then(session.swap, (thrown: unknown) => session.report(String(thrown)));
  });
}

start().catch((thrown: unknown) => {
  const holder = document.querySelector('#root');
  if (holder !== null) holder.textContent = `The playground did not start: ${String(thrown)}`;
  throw thrown;
});
