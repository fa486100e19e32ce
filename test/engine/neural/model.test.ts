/** What comes of files that are no restorers: the real ONNX Runtime opens each. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { type ModelFault, RUNTIME_COMMAND, sayModelFault } from '../../../engine/neural/fault';
import { FACE_PIXELS, openModel } from '../../../engine/neural/model';
import { loadRuntime } from '../../../engine/neural/runtime';
import { newFolder } from '../running';
import { FACE_SHAPE, identity, modelFile, network, opened, operator, weighted } from './networks';

const INPUT = { name: 'input', shape: FACE_SHAPE };

const FILES: readonly [string, ModelFault['code'], () => Uint8Array][] = [
  ['an empty file', 'unreadable', () => new Uint8Array(0)],
  ['a web page in its place', 'unreadable', () => new TextEncoder().encode('<!doctype html><title>Sign in</title>')],
  ['one byte', 'unreadable', () => Uint8Array.of(8)],
  ['a download that broke off', 'unreadable', () => weighted('float32', 1, 2, 3).subarray(0, 150)],
  ['an operator that nobody knows', 'unreadable', () => network([operator('Restore', ['input'])])],
  ['a picture of another size', 'unknown', () => smaller(256)],
  ['one more input', 'unknown', () => withMore('landmarks')],
  ['a result of another size than the file says', 'failed', shrinking],
  ['a result that is not made of numbers', 'failed', withoutNumbers],
];

function smaller(side: number): Uint8Array {
  const shape = [1, 3, side, side];
  const only = [operator('Identity', ['input'])];
  return network(only, [], { inputs: [{ name: 'input', shape }], outputs: [{ name: 'output', shape }] });
}

function withMore(name: string): Uint8Array {
  return network([operator('Add', ['input', name])], [], { inputs: [INPUT, { name, shape: FACE_SHAPE }] });
}

function shrinking(): Uint8Array {
  const halving = { ...operator('AveragePool', ['input']), wholes: { kernel_shape: [2, 2], strides: [2, 2] } };
  const open = { shape: ['n', 3, 'height', 'width'] };
  return network([halving], [], { inputs: [{ name: 'input', ...open }], outputs: [{ name: 'output', ...open }] });
}

function withoutNumbers(): Uint8Array {
  return network([operator('Sub', ['input', 'input'], 'nothing'), operator('Div', ['nothing', 'nothing'])]);
}

describe('a model that cannot be used', () => {
  it.each(FILES)('is told in a sentence: %s', async (_, code, bytes) => {
    const file = modelFile(bytes());
    const model = await openModel(file);
    if (model.ok) throw new Error('It was opened.');
    expect(model.error.code).toBe(code);
    const sentence = sayModelFault(model.error);
    expect(sentence).toContain(file);
    expect(sentence).toMatch(/^The model [^\n]*[.]$/);
    expect(sentence).not.toMatch(/ERROR_CODE|\[object|undefined/);
  });

  it.each([
    ['not there', 'gone.onnx'],
    ['a folder', '.'],
  ])('is told in a sentence: %s', async (_, name) => {
    const file = join(await newFolder(), name);
    expect(await openModel(file)).toEqual({ ok: false, error: { code: 'no-file', file } });
    expect(sayModelFault({ code: 'no-file', file })).toBe(
      `The model ${file} cannot be read. Check the path after --model.`,
    );
  });
});

describe('without ONNX Runtime', () => {
  it('the engine says the one command that adds it, and the command finds what it needs', async () => {
    const nothing = loadRuntime(pathToFileURL(`${await newFolder()}/`));
    const model = await openModel(modelFile(identity()), nothing);
    expect(model).toEqual({ ok: false, error: { code: 'no-runtime' } });
    expect(!model.ok && sayModelFault(model.error)).toContain(RUNTIME_COMMAND);
    const folder = RUNTIME_COMMAND.split(' ').at(-1)!;
    expect(existsSync(join(folder, 'package-lock.json'))).toBe(true);
  });

  it('nothing of the plain install asks for it', () => {
    expect(readFileSync('package.json', 'utf8') + readFileSync('package-lock.json', 'utf8')).not.toContain('onnx');
  });

  it('its own lock names no addresses, so any registry will do', () => {
    const lock = readFileSync('engine/neural/runtime/package-lock.json', 'utf8');
    expect(lock).toContain('"integrity"');
    expect(lock).not.toContain('"resolved"');
  });
});

describe('a model that can be used', () => {
  it('gets RGB as -1..1 and gives it back as 0..255, clipped', async () => {
    const face = Float32Array.from({ length: 3 * FACE_PIXELS }, (_, at) => (at % 300) - 20);
    const restored = await (await opened(identity())).restore(face, 1);
    const wrong = restored.findIndex((value, at) => Math.abs(value - Math.min(255, Math.max(0, face[at]!))) > 1e-3);
    expect(wrong).toBe(-1);
  });
});
