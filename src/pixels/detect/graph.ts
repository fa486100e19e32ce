/**
 * The network as data: five kinds of steps over numbered tensors, and how its file is read. It knows nothing of
 * faces, of speed, or of where the numbers will live.
 *
 * File (gzip of): uint32 length of the JSON, JSON `Header`, then for every step with weights, in order: for each of
 * its convolutions the weights (int8 or float32), the scales (float16, one per output channel, int8 only) and the
 * biases (float16; the original's are float16 too, so nothing is lost). Little endian, no alignment.
 */
import { gunzipSync } from 'fflate';

/** Activations are NHWC without N: rows, pixels, channels. Tensor 0 is the input with 3 channels in -1..1. */
export type Step =
  /** 3 x 3, stride 2, 3 channels in, then relu. */
  | { readonly kind: 'stem'; readonly from: number; readonly to: number; readonly outputs: number }
  /** 3 x 3 depthwise, then 1 x 1, then plus `skip` (missing channels count as 0), then relu if `relu`. */
  | {
      readonly kind: 'separable';
      readonly from: number;
      readonly to: number;
      readonly stride: 1 | 2;
      readonly inputs: number;
      readonly outputs: number;
      readonly skip: number | null;
      readonly relu: boolean;
    }
  /** 1 x 1. */
  | {
      readonly kind: 'pointwise';
      readonly from: number;
      readonly to: number;
      readonly inputs: number;
      readonly outputs: number;
      readonly relu: boolean;
    }
  /** Maximum of each 2 x 2. */
  | { readonly kind: 'pool'; readonly from: number; readonly to: number }
  /** `onto` plus `from` made twice as large (bilinear, half-pixel centres). */
  | { readonly kind: 'raise'; readonly from: number; readonly onto: number; readonly to: number };

export interface Header {
  readonly v: 1;
  readonly precision: 'int8' | 'float32';
  readonly steps: readonly Step[];
  /** The last tensor: per cell of 4 x 4 pixels the score, 4 box numbers, 6 points, padded to whole fours. */
  readonly output: number;
}

/**
 * One convolution's numbers as they are stored: a weight is `weights[i] * scales[its output]`.
 * Order: [taps][outputs] for a depthwise one, [outputs][taps][inputs] otherwise.
 */
export interface Convolution {
  readonly depthwise: boolean;
  readonly weights: Int8Array | Float32Array;
  /** One per output. */
  readonly scales: Float32Array;
  readonly bias: Float32Array;
}

export interface Graph {
  readonly steps: readonly Step[];
  readonly output: number;
  /** Per step its convolutions in order of use; none for pool and raise. */
  readonly convolutions: readonly (readonly Convolution[])[];
}

/** Numbers of weights and outputs of each convolution of a step; depthwise ones share a scale per channel. */
export function convolutionsOf(step: Step): readonly { weights: number; outputs: number; depthwise: boolean }[] {
  switch (step.kind) {
    case 'stem':
      return [{ weights: 27 * step.outputs, outputs: step.outputs, depthwise: false }];
    case 'separable':
      return [
        { weights: 9 * step.inputs, outputs: step.inputs, depthwise: true },
        { weights: step.inputs * step.outputs, outputs: step.outputs, depthwise: false },
      ];
    case 'pointwise':
      return [{ weights: step.inputs * step.outputs, outputs: step.outputs, depthwise: false }];
    case 'pool':
    case 'raise':
      return [];
  }
}

/** Which output channel a weight belongs to. */
export function channelOf(index: number, shape: { weights: number; outputs: number; depthwise: boolean }): number {
  return shape.depthwise ? index % shape.outputs : Math.floor(index / (shape.weights / shape.outputs));
}

/** Reads the packed network. Throws when it is not one: it is our own file, so that is a bug. */
export function readGraph(packed: Uint8Array): Graph {
  const bytes = gunzipSync(packed);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const textLength = view.getUint32(0, true);
  const header = JSON.parse(String.fromCharCode(...bytes.subarray(4, 4 + textLength))) as Header;
  if (header.v !== 1) throw new Error(`Packed network of version ${String(header.v)}, this code reads 1`);
  let at = 4 + textLength;
  const halves = (count: number): Float32Array => {
    const values = new Float32Array(count);
    for (let i = 0; i < count; i++, at += 2) values[i] = fromHalf(view.getUint16(at, true));
    return values;
  };
  const convolutions = header.steps.map((step) =>
    convolutionsOf(step).map(({ depthwise, weights: count, outputs }): Convolution => {
      const start = at;
      if (header.precision === 'int8') {
        at += count;
        const weights = new Int8Array(bytes.buffer, bytes.byteOffset + start, count);
        return { depthwise, weights, scales: halves(outputs), bias: halves(outputs) };
      }
      at += 4 * count;
      const weights = new Float32Array(bytes.slice(start, at).buffer);
      return { depthwise, weights, scales: new Float32Array(outputs).fill(1), bias: halves(outputs) };
    }),
  );
  if (at !== bytes.length) throw new Error(`The packed network has ${bytes.length} bytes, its graph needs ${at}`);
  return { steps: header.steps, output: header.output, convolutions };
}

/** IEEE 754 binary16. */
export function fromHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}
