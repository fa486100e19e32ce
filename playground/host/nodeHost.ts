/** The host in Node: for tests and for the demo. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { nodeCodec } from '../paint/nodeCodec';
import { createHost, type Host, type HostOptions, type Machine } from './host';
import { memberNames } from './typings';

let machine: Promise<Machine> | null = null;

/** Built once a process: about half a second. */
export function nodeMachine(): Promise<Machine> {
  machine ??= makeMachine();
  return machine;
}

/** The first call of a process waits for the machine to be built. */
export async function createNodeHost(options: Omit<HostOptions, 'machine'>): Promise<Host> {
  return createHost({ ...options, machine: await nodeMachine() });
}

/** The script that builds the `figma` object inside the VM. */
export async function buildGuest(): Promise<string> {
  const result = await build({
    entryPoints: [fileURLToPath(new URL('../guest/main.ts', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'neutral',
    target: 'es2020',
    // Parsed anew for each run.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
  });
  return result.outputFiles[0]?.text ?? '';
}

/** QuickJS, as its package ships it: about 0.5 MB. */
export async function readWasm(): Promise<Uint8Array> {
  const { resolve } = createRequire(import.meta.url);
  return readFile(resolve('@jitl/quickjs-wasmfile-release-sync/wasm'));
}

/** From the typings package that is installed. */
export async function readMemberNames(): Promise<Machine['members']> {
  const { resolve } = createRequire(import.meta.url);
  return memberNames(await readFile(resolve('@figma/plugin-typings/plugin-api-standalone.d.ts'), 'utf8'));
}

async function makeMachine(): Promise<Machine> {
  const [wasm, guest, members] = await Promise.all([readWasm(), buildGuest(), readMemberNames()]);
  return { wasm: await WebAssembly.compile(wasm as BufferSource), guest, members, codec: nodeCodec() };
}
