import { describe, expect, it } from 'vitest';
import { packWeights } from '../../../scripts/pack-weights';
import { readGraph, type Step } from '../../../src/pixels/detect/graph';
import { plan } from '../../../src/pixels/detect/plan';

describe('the places of the tensors', () => {
  it.each([
    [32, 32],
    [128, 96],
    [512, 512],
  ])('never overlap while both are needed, at %i x %i', async (width, height) => {
    const { steps, output } = readGraph(await packWeights());
    const { places, zeros, between, size } = plan(steps, 1000, width, height);
    const end = (tensor: number): number => {
      const place = places[tensor]!;
      return place.at + place.width * place.height * place.channels;
    };
    const reads = (step: Step): number[] =>
      [step.from, step.kind === 'raise' ? step.onto : null, step.kind === 'separable' ? step.skip : null].filter(
        (tensor) => tensor !== null,
      );
    expect(zeros).toBe(1000);
    expect(Math.min(...places.map(({ at }) => at))).toBeGreaterThan(between);
    expect(Math.max(...places.map((_, tensor) => end(tensor)))).toBeLessThanOrEqual(size);
    steps.forEach((step, index) => {
      // Whatever is read now or later, and made before, must not lie where this step writes.
      const later = new Set(
        steps
          .slice(index + 1)
          .flatMap(reads)
          .concat(output),
      );
      for (let tensor = 0; tensor < step.to; tensor++) {
        const now = reads(step).includes(tensor);
        if (!now && !later.has(tensor)) continue;
        const apart = end(tensor) <= places[step.to]!.at || end(step.to) <= places[tensor]!.at;
        const inPlace = !later.has(tensor) && places[tensor]!.at === places[step.to]!.at && step.from !== tensor;
        expect(apart || inPlace, `step ${index} writes over tensor ${tensor}`).toBe(true);
      }
    });
  });

  const stem: Step = { kind: 'stem', from: 0, to: 1, outputs: 8 };
  const block = (from: number, skip: number, to: number): Step => ({
    kind: 'separable',
    from,
    to,
    stride: 1,
    inputs: 8,
    outputs: 8,
    skip,
    relu: true,
  });

  it.each([
    ['a skip that nobody needs any more is written over', [stem, block(1, 1, 2), block(2, 1, 3)], 3, true],
    ['a skip that is needed again is kept', [stem, block(1, 1, 2), block(2, 1, 3), block(3, 1, 4)], 3, false],
    ['a skip that is read with its neighbours is kept', [stem, block(1, 1, 2)], 2, false],
  ])('save room where they may: %s', (_, steps, made, over) => {
    const { places } = plan(steps, 0, 64, 64);
    expect(places[made]!.at === places[1]!.at).toBe(over);
  });

  it('refuse sides that the network cannot halve five times', () => {
    expect(() => plan([], 0, 100, 64)).toThrow('100 x 64: sides must be multiples of 32');
  });
});
