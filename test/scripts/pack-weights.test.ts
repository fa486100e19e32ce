import { expect, it } from 'vitest';
import { packWeights, toHalf } from '../../scripts/pack-weights';
import { channelOf, fromHalf, readGraph } from '../../src/pixels/detect/graph';

it.each([0, 1, -1, 0.5, 65504, -0.1, 2 ** -24, 2 ** -14, 3 * 2 ** -25, 1 / 3, 1023.9])(
  '%d survives 16 bits within half a step of them',
  (value) => {
    const step = 2 ** (Math.max(-14, Math.floor(Math.log2(Math.abs(value) || 1))) - 10);
    expect(Math.abs(fromHalf(toHalf(value, Math.round)) - value)).toBeLessThanOrEqual(step / 2);
  },
);

it('the packed weights differ from the model by at most half a step of 1/127 of their channel', async () => {
  const [packed, exact] = await Promise.all([packWeights('int8'), packWeights('float32')]).then((all) =>
    all.map(readGraph),
  );
  expect(packed!.steps).toEqual(exact!.steps);
  exact!.convolutions.flat().forEach(({ weights, bias, scales, depthwise }, index) => {
    const ours = packed!.convolutions.flat()[index]!;
    const outputs = scales.length;
    const shape = { weights: weights.length, outputs, depthwise };
    const errors = Array.from(weights, (weight, i) => weight - ours.weights[i]! * ours.scales[channelOf(i, shape)]!);
    const largest = new Float32Array(outputs);
    weights.forEach((weight, i) => {
      const channel = channelOf(i, shape);
      largest[channel] = Math.max(largest[channel]!, Math.abs(weight));
    });
    // A hundredth for the scale itself, which has 11 bits.
    const worst = Math.max(...errors.map((error, i) => Math.abs(error) - (largest[channelOf(i, shape)]! / 254) * 1.01));
    expect(worst, `convolution ${index}`).toBeLessThan(1e-6);
    expect(ours.bias).toEqual(bias);
  });
});

it('the graph has the steps of full-range BlazeFace, and five numbers and six points a cell', async () => {
  const { steps, output } = readGraph(await packWeights());
  const count = (kind: string): number => steps.filter((step) => step.kind === kind).length;
  expect([count('stem'), count('separable'), count('pointwise'), count('pool'), count('raise')]).toEqual([
    1, 40, 7, 4, 3,
  ]);
  expect(steps.at(-1)).toMatchObject({ to: output, outputs: 20 });
});

it('the packed network stays small enough to be carried in the panel', async () => {
  expect((await packWeights()).length).toBeLessThan(520_000);
});
