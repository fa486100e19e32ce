/**
 * Writes small ONNX models: as much of onnx.proto (github.com/onnx/onnx, IR version 8, operators of opset 13) as the
 * tests need. Every network of the tests is made here, so none has to be downloaded.
 */

export type ElementType = 'float32' | 'float64' | 'float16' | 'int64';

/** `TensorProto.DataType`. */
const TYPES: { readonly [Type in ElementType]: number } = { float32: 1, int64: 7, float16: 10, float64: 11 };

export interface Value {
  readonly name: string;
  readonly type?: ElementType;
  /** A word is a side that the file leaves open. */
  readonly shape: readonly (number | string)[];
}

export interface Constant {
  readonly name: string;
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

export interface Operator {
  readonly kind: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly whole?: Readonly<Record<string, number>>;
  readonly wholes?: Readonly<Record<string, readonly number[]>>;
}

export interface Graph {
  readonly inputs: readonly Value[];
  readonly outputs: readonly Value[];
  readonly operators: readonly Operator[];
  readonly constants?: readonly Constant[];
}

export function onnxFile({ inputs, outputs, operators, constants = [] }: Graph): Uint8Array {
  const graph = [
    ...operators.map((operator) => part(1, operatorOf(operator))),
    text(2, 'test'),
    ...constants.map(({ name, shape, data }) => {
      const raw = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
      return part(5, [...shape.map((side) => number(1, side)), number(2, TYPES.float32), text(8, name), bytes(9, raw)]);
    }),
    ...inputs.map((value) => part(11, portOf(value))),
    ...outputs.map((value) => part(12, portOf(value))),
  ];
  const opset = part(8, [text(1, ''), number(2, 13)]);
  return joined([number(1, 8), text(2, 'recover-faces tests'), part(7, graph), opset]);
}

function operatorOf({ kind, inputs, outputs, whole = {}, wholes = {} }: Operator): readonly Uint8Array[] {
  return [
    ...inputs.map((name) => text(1, name)),
    ...outputs.map((name) => text(2, name)),
    text(4, kind),
    ...Object.entries(whole).map(([name, value]) => part(5, [text(1, name), number(3, value), number(20, 2)])),
    ...Object.entries(wholes).map(([name, values]) =>
      part(5, [text(1, name), ...values.map((value) => number(8, value)), number(20, 7)]),
    ),
  ];
}

function portOf({ name, type = 'float32', shape }: Value): readonly Uint8Array[] {
  const sides = shape.map((side) => part(1, [typeof side === 'number' ? number(1, side) : text(2, side)]));
  const tensor = part(1, [number(1, TYPES[type]), part(2, sides)]);
  return [text(1, name), part(2, [tensor])];
}

// The wire format: protobuf.dev/programming-guides/encoding.

function varint(value: number): number[] {
  const out: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) out.push((rest % 128) | 128);
  return [...out, rest];
}

function number(field: number, value: number): Uint8Array {
  return Uint8Array.from([...varint(field * 8), ...varint(value)]);
}

function bytes(field: number, value: Uint8Array): Uint8Array {
  return joined([Uint8Array.from([...varint(field * 8 + 2), ...varint(value.length)]), value]);
}

function text(field: number, value: string): Uint8Array {
  return bytes(field, new TextEncoder().encode(value));
}

function part(field: number, parts: readonly Uint8Array[]): Uint8Array {
  return bytes(field, joined(parts));
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const one of parts) {
    out.set(one, at);
    at += one.length;
  }
  return out;
}
