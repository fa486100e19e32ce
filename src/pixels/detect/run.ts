/** Runs the network over one picture of any size, in bands of rows. It knows steps and places, not faces. */
import type { Pace } from '../pace';
import type { Step } from './graph';
import type { Kernels } from './kernels';
import type { Network } from './network';
import { BETWEEN_FLOATS, type Place, type Plan, plan } from './plan';

/** What the network says: `channels` numbers for every cell of 4 x 4 input pixels. */
export interface Grid {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Float32Array;
}

/** Multiplications a band: about a millisecond in plain JavaScript. */
const BAND = 1_000_000;

export interface Runner {
  /**
   * `fill` writes the picture: RGB in -1..1, row by row, from the given float on. Width and height: multiples of 32.
   * The grid is the caller's to keep.
   */
  run(
    width: number,
    height: number,
    fill: (memory: Float32Array, at: number) => Promise<void>,
    pace: Pace,
  ): Promise<Grid>;
}

/** A runner has one memory: one run at a time. */
export function startRunner(network: Network): Runner {
  const kernels = network.makeKernels();
  kernels.reserve(network.weights.length);
  kernels.memory().set(network.weights);
  const { steps, output } = network.graph;
  return {
    async run(width, height, fill, pace) {
      const layout = plan(steps, network.weights.length, width, height);
      kernels.reserve(layout.size);
      kernels.memory().fill(0, layout.zeros, layout.between);
      await fill(kernels.memory(), layout.places[0]!.at);
      for (let index = 0; index < steps.length; index++) {
        const step = steps[index]!;
        const to = layout.places[step.to]!;
        const band = bandOf(step, layout);
        for (let row = 0; row < to.height; row += band) {
          runRows(kernels, step, layout, network.places[index]!, row, Math.min(to.height, row + band));
          if (pace.due()) await pace.rest();
        }
      }
      const { at, ...shape } = layout.places[output]!;
      return { ...shape, data: kernels.memory().slice(at, at + shape.width * shape.height * shape.channels) };
    },
  };
}

/** Rows of output to be made between two looks at the clock. */
function bandOf(step: Step, layout: Plan): number {
  const from = layout.places[step.from]!;
  const to = layout.places[step.to]!;
  const each =
    step.kind === 'stem'
      ? 27 * step.outputs
      : step.kind === 'separable'
        ? step.inputs * (9 + step.outputs)
        : step.kind === 'pointwise'
          ? step.inputs * step.outputs
          : 4 * from.channels;
  return Math.max(1, Math.floor(BAND / (each * to.width)));
}

function runRows(
  kernels: Kernels,
  step: Step,
  layout: Plan,
  weights: readonly number[],
  first: number,
  end: number,
): void {
  const from = layout.places[step.from]!;
  const to = layout.places[step.to]!;
  const rowOf = (place: Place, row: number): number =>
    row < 0 || row >= place.height ? layout.zeros : place.at + row * place.width * place.channels;
  switch (step.kind) {
    case 'stem':
      for (let row = first; row < end; row++) {
        const [a, b, c] = [rowOf(from, 2 * row), rowOf(from, 2 * row + 1), rowOf(from, 2 * row + 2)];
        kernels.stem(a, b, c, rowOf(to, row), to.width, step.outputs, weights[0]!);
      }
      return;
    case 'pointwise': {
      const pixels = (end - first) * to.width;
      const relu = step.relu ? 1 : 0;
      kernels.pointwise(
        rowOf(from, first),
        rowOf(to, first),
        pixels,
        step.inputs,
        step.outputs,
        weights[0]!,
        -1,
        0,
        relu,
      );
      return;
    }
    case 'separable': {
      const skip = step.skip === null ? null : layout.places[step.skip]!;
      const rowFloats = to.width * step.inputs;
      const together = Math.max(1, Math.floor(BETWEEN_FLOATS / rowFloats));
      for (let row = first; row < end; row += together) {
        const count = Math.min(together, end - row);
        for (let i = 0; i < count; i++) {
          const top = (row + i) * step.stride + (step.stride === 1 ? -1 : 0);
          const out = layout.between + i * rowFloats;
          const [a, b, c] = [rowOf(from, top), rowOf(from, top + 1), rowOf(from, top + 2)];
          kernels.depthwise(a, b, c, out, from.width, to.width, step.inputs, step.stride, weights[0]!);
        }
        kernels.pointwise(
          layout.between,
          rowOf(to, row),
          count * to.width,
          step.inputs,
          step.outputs,
          weights[1]!,
          skip === null ? -1 : rowOf(skip, row),
          skip === null ? 0 : skip.channels,
          step.relu ? 1 : 0,
        );
      }
      return;
    }
    case 'pool':
      for (let row = first; row < end; row++) {
        kernels.pool(rowOf(from, 2 * row), rowOf(from, 2 * row + 1), rowOf(to, row), to.width, to.channels);
      }
      return;
    case 'raise': {
      const onto = layout.places[step.onto]!;
      for (let row = first; row < end; row++) {
        const near = row >> 1;
        const far = Math.min(from.height - 1, Math.max(0, row % 2 === 0 ? near - 1 : near + 1));
        kernels.raise(rowOf(from, near), rowOf(from, far), rowOf(onto, row), rowOf(to, row), from.width, to.channels);
      }
      return;
    }
  }
}
