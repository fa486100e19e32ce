/**
 * A network ready to be run: its weights laid out as the kernels want them. It is read-only, so any number of
 * detections may run on it at once; each makes its own kernels, with a memory of their own.
 */
import { type Convolution, type Graph, readGraph } from './graph';
import type { Kernels } from './kernels';
import { plainKernels } from './plain';
import { simdKernels } from './simd';

export interface Network {
  readonly graph: Pick<Graph, 'steps' | 'output'>;
  /** All weights, one after the other. */
  readonly weights: Float32Array;
  /** Per step, where in `weights` each of its convolutions begins, in floats. */
  readonly places: readonly (readonly number[])[];
  readonly makeKernels: () => Kernels;
}

/** Reads the packed weights (see `graph.ts`). `arithmetic`: by default WebAssembly where it works. */
export function loadNetwork(packed: Uint8Array, arithmetic: 'best' | 'plain' = 'best'): Network {
  const graph = readGraph(packed);
  // Whole fours, so that every place stays aligned to 16 bytes; all channel counts but the stem's inputs are.
  const whole = (count: number): number => Math.ceil(count / 4) * 4;
  const convolutions = graph.convolutions.flat();
  const weights = new Float32Array(
    convolutions.reduce((sum, each) => sum + whole(each.weights.length) + whole(each.bias.length), 0),
  );
  let end = 0;
  const places = graph.steps.map((step, index) =>
    graph.convolutions[index]!.map((convolution) => {
      const at = end;
      layOut(convolution, step.kind === 'stem', weights, at);
      end += whole(convolution.weights.length);
      weights.set(convolution.bias, end);
      end += whole(convolution.bias.length);
      return at;
    }),
  );
  const makeKernels = (arithmetic === 'best' ? simdKernels() : null) ?? plainKernels;
  // The packed numbers themselves are not kept.
  return { graph: { steps: graph.steps, output: graph.output }, weights, places, makeKernels };
}

/** [outputs][inputs] becomes [inputs][outputs] for the stem and [outputs / 4][inputs][4] for the 1 x 1 ones. */
function layOut(convolution: Convolution, stem: boolean, to: Float32Array, at: number): void {
  const { weights, scales, depthwise } = convolution;
  const outputs = scales.length;
  if (depthwise) {
    for (let i = 0; i < weights.length; i++) to[at + i] = weights[i]! * scales[i % outputs]!;
    return;
  }
  const inputs = weights.length / outputs;
  const stride = stem ? outputs : 4;
  for (let output = 0, from = 0; output < outputs; output++) {
    const scale = scales[output]!;
    let place = at + (stem ? output : (output - (output % 4)) * inputs + (output % 4));
    for (let input = 0; input < inputs; input++, from++, place += stride) to[place] = weights[from]! * scale;
  }
}
