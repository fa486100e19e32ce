/**
 * A network ready to be run: its weights laid out as the kernels want them. It is read-only, so any number of
 * detections may run on it at once; each makes its own kernels, with a memory of their own.
 */
import { type Convolution, type Graph, readGraph } from './graph';
import type { Kernels } from './kernels';
import { plainKernels } from './plain';
import { simdKernels } from './simd';

export interface Network {
  readonly graph: Graph;
  /** All weights, one after the other. */
  readonly weights: Float32Array;
  /** Per step, where in `weights` each of its convolutions begins, in floats. */
  readonly places: readonly (readonly number[])[];
  readonly makeKernels: () => Kernels;
}

/** Reads the packed weights (see `graph.ts`). `arithmetic`: by default WebAssembly where it works. */
export function loadNetwork(packed: Uint8Array, arithmetic: 'best' | 'plain' = 'best'): Network {
  const graph = readGraph(packed);
  const chunks: Float32Array[] = [];
  let length = 0;
  const place = (values: Float32Array): number => {
    const at = length;
    chunks.push(values);
    // Whole fours, so that every place stays aligned to 16 bytes.
    length += Math.ceil(values.length / 4) * 4;
    return at;
  };
  const places = graph.steps.map((step, index) =>
    graph.convolutions[index]!.map((convolution, order) => {
      const depthwise = step.kind === 'separable' && order === 0;
      const at = place(depthwise ? convolution.weights : laidOut(convolution, step.kind === 'stem'));
      place(convolution.bias);
      return at;
    }),
  );
  const weights = new Float32Array(length);
  let at = 0;
  for (const chunk of chunks) {
    weights.set(chunk, at);
    at += Math.ceil(chunk.length / 4) * 4;
  }
  const makeKernels = (arithmetic === 'best' ? simdKernels() : null) ?? plainKernels;
  return { graph, weights, places, makeKernels };
}

/** [outputs][inputs] becomes [inputs][outputs] for the stem and [outputs / 4][inputs][4] for the 1 x 1 ones. */
function laidOut({ weights, outputs }: Convolution, stem: boolean): Float32Array {
  const inputs = weights.length / outputs;
  const moved = new Float32Array(weights.length);
  for (let output = 0; output < outputs; output++) {
    for (let input = 0; input < inputs; input++) {
      const block = output - (output % 4);
      const to = stem ? input * outputs + output : block * inputs + input * 4 + (output - block);
      moved[to] = weights[output * inputs + input]!;
    }
  }
  return moved;
}
