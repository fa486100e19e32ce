/** Networks with the inputs and outputs of face restorers, whose effect is known exactly. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { sayModelFault } from '../../../engine/neural/fault';
import { type Model, openModel } from '../../../engine/neural/model';
import { type Constant, type Graph, type Operator, onnxFile, type Value } from './onnxFile';

export const FACE_SHAPE = [1, 3, 512, 512] as const;
const INPUT: Value = { name: 'input', shape: FACE_SHAPE };
const OUTPUT: Value = { name: 'output', shape: FACE_SHAPE };

/** One operator between a restorer's input and output. */
export function network(
  operators: readonly Operator[],
  constants: readonly Constant[] = [],
  more: Partial<Graph> = {},
): Uint8Array {
  return onnxFile({ inputs: [INPUT], outputs: [OUTPUT], operators, constants, ...more });
}

export const operator = (kind: string, inputs: readonly string[], output = 'output'): Operator => ({
  kind,
  inputs,
  outputs: [output],
});

export const constant = (name: string, shape: readonly number[], ...values: number[]): Constant => ({
  name,
  shape,
  data: Float32Array.from(values),
});

/** Gives every face back as it is. */
export const identity = (): Uint8Array => network([operator('Identity', ['input'])]);

/** Adds so much, of 255, to red, green and blue. */
export const tinting = (...colour: [number, number, number]): Uint8Array =>
  network([operator('Add', ['input', 'colour'])], [colourOf(colour)]);

const colourOf = (colour: readonly number[]): Constant =>
  constant('colour', [1, 3, 1, 1], ...colour.map((value) => value / 127.5));

/** One kernel along the rows and one along the columns, over each colour. */
function convolving(rows: Float32Array, columns: Float32Array): Uint8Array {
  const along = (input: string, kernel: string, output: string, padding: readonly number[]): Operator => ({
    ...operator('Conv', [input, kernel], output),
    whole: { group: 3 },
    wholes: { pads: [...padding, ...padding] },
  });
  const thrice = (kernel: Float32Array): Float32Array => Float32Array.from([...kernel, ...kernel, ...kernel]);
  const half = (kernel: Float32Array): number => (kernel.length - 1) / 2;
  return network(
    [along('input', 'rows', 'between', [0, half(rows)]), along('between', 'columns', 'output', [half(columns), 0])],
    [
      { name: 'rows', shape: [3, 1, 1, rows.length], data: thrice(rows) },
      { name: 'columns', shape: [3, 1, columns.length, 1], data: thrice(columns) },
    ],
  );
}

/** A Gaussian blur, its deviation in pixels of the aligned face. */
export function blurring(sigma: number): Uint8Array {
  const reach = Math.ceil(4 * sigma);
  const bell = Array.from({ length: 2 * reach + 1 }, (_, k) => Math.exp(-((k - reach) ** 2) / (2 * sigma ** 2)));
  const sum = bell.reduce((total, weight) => total + weight, 0);
  const kernel = Float32Array.from(bell, (weight) => weight / sum);
  return convolving(kernel, kernel);
}

/** Moves the face to the right and down by so many of its pixels, at most 8. */
export function shifting(right: number, down: number): Uint8Array {
  const only = (place: number): Float32Array => Float32Array.from({ length: 17 }, (_, k) => (k === place ? 1 : 0));
  return convolving(only(8 - right), only(8 - down));
}

/** As CodeFormer: adds so much, of 255, the less the more fidelity is asked for. */
export function weighted(type: 'float32' | 'float64', ...colour: [number, number, number]): Uint8Array {
  return network(
    [
      { ...operator('Cast', ['weight'], 'fidelity'), whole: { to: 1 } },
      operator('Sub', ['one', 'fidelity'], 'quality'),
      operator('Mul', ['colour', 'quality'], 'share'),
      operator('Add', ['input', 'share']),
    ],
    [constant('one', [1], 1), colourOf(colour)],
    { inputs: [INPUT, { name: 'weight', type, shape: [1] }] },
  );
}

/** A file of these bytes, gone after the test. */
export function modelFile(bytes: Uint8Array, name = 'model.onnx'): string {
  const folder = mkdtempSync(join(tmpdir(), 'model-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
}

export async function opened(bytes: Uint8Array): Promise<Model> {
  const model = await openModel(modelFile(bytes));
  if (!model.ok) throw new Error(sayModelFault(model.error));
  return model.value;
}
