/**
 * Reads the parts of a TensorFlow Lite file that a small convolutional network uses: tensors, constants, operators.
 * It knows the file format and nothing of faces. Build time only; the plugin never carries it.
 * Source: the TFLite schema (schema.fbs, version 3) and the FlatBuffers internals page.
 */
import { fromHalf } from '../src/pixels/detect/graph';

/** One number of an operator's options by its place in the schema's table; `standard` when the file leaves it out. */
export type Option = (field: number, standard: number) => number;

export interface Tensor {
  readonly name: string;
  /** NHWC for activations, OHWI for weights. */
  readonly shape: readonly number[];
  /** The constant's values as float32, or null for what the network computes. */
  readonly values: Float32Array | null;
}

export interface Operator {
  /** `BuiltinOperator` of the schema. */
  readonly code: number;
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  readonly byteOption: Option;
  readonly intOption: Option;
}

export interface Model {
  readonly tensors: readonly Tensor[];
  readonly operators: readonly Operator[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** A table inside the file: fields are found through its vtable, absent ones are null. */
class Table {
  constructor(
    readonly view: DataView,
    readonly at: number,
  ) {}

  field(index: number): number | null {
    const vtable = this.at - this.view.getInt32(this.at, true);
    const slot = 4 + index * 2;
    if (slot >= this.view.getUint16(vtable, true)) return null;
    const offset = this.view.getUint16(vtable + slot, true);
    return offset === 0 ? null : this.at + offset;
  }

  byte(index: number, standard: number): number {
    const at = this.field(index);
    return at === null ? standard : this.view.getInt8(at);
  }

  int(index: number, standard: number): number {
    const at = this.field(index);
    return at === null ? standard : this.view.getInt32(at, true);
  }

  table(index: number): Table | null {
    const at = this.field(index);
    return at === null ? null : new Table(this.view, at + this.view.getUint32(at, true));
  }

  /** Position of the first element and their number. */
  vector(index: number): { readonly at: number; readonly length: number } {
    const at = this.field(index);
    if (at === null) return { at: 0, length: 0 };
    const start = at + this.view.getUint32(at, true);
    return { at: start + 4, length: this.view.getUint32(start, true) };
  }

  ints(index: number): number[] {
    const { at, length } = this.vector(index);
    return Array.from({ length }, (_, i) => this.view.getInt32(at + i * 4, true));
  }

  tables(index: number): Table[] {
    const { at, length } = this.vector(index);
    return Array.from({ length }, (_, i) => {
      const slot = at + i * 4;
      return new Table(this.view, slot + this.view.getUint32(slot, true));
    });
  }

  text(index: number): string {
    const { at, length } = this.vector(index);
    return String.fromCharCode(...new Uint8Array(this.view.buffer, this.view.byteOffset + at, length));
  }
}

const FLOAT32 = 0;
const FLOAT16 = 1;
const INT32 = 2;

/** Throws when the bytes are not a TFLite file with one float graph. */
export function readTflite(bytes: Uint8Array): Model {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (String.fromCharCode(...bytes.subarray(4, 8)) !== 'TFL3') throw new Error('Not a TensorFlow Lite file');
  const model = new Table(view, view.getUint32(0, true));
  const codes = model.tables(1).map((code) => Math.max(code.byte(0, 0), code.int(3, 0)));
  const buffers = model.tables(4);
  const graph = model.tables(2)[0];
  if (graph === undefined) throw new Error('The TensorFlow Lite file has no graph');
  return {
    tensors: graph.tables(0).map((tensor) => ({
      name: tensor.text(3),
      shape: tensor.ints(0),
      values: constant(view, buffers[tensor.int(2, 0)], tensor.byte(1, 0)),
    })),
    operators: graph.tables(3).map((operator) => {
      const options = operator.table(4);
      return {
        code: codes[operator.int(0, 0)] ?? -1,
        inputs: operator.ints(1),
        outputs: operator.ints(2),
        byteOption: (field, standard) => options?.byte(field, standard) ?? standard,
        intOption: (field, standard) => options?.int(field, standard) ?? standard,
      };
    }),
    inputs: graph.ints(1),
    outputs: graph.ints(2),
  };
}

function constant(view: DataView, buffer: Table | undefined, type: number): Float32Array | null {
  const { at, length } = buffer?.vector(0) ?? { at: 0, length: 0 };
  if (length === 0) return null;
  switch (type) {
    case FLOAT32:
      return Float32Array.from({ length: length / 4 }, (_, i) => view.getFloat32(at + i * 4, true));
    case FLOAT16:
      return Float32Array.from({ length: length / 2 }, (_, i) => fromHalf(view.getUint16(at + i * 2, true)));
    case INT32:
      return Float32Array.from({ length: length / 4 }, (_, i) => view.getInt32(at + i * 4, true));
    default:
      throw new Error(`Tensor type ${type} is not read`);
  }
}
