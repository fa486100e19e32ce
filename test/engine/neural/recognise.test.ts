import { describe, expect, it } from 'vitest';
import { recognise } from '../../../engine/neural/recognise';
import type { Port } from '../../../engine/neural/runtime';

const port = (name: string, shape: readonly (number | string)[], type = 'float32'): Port => ({
  name,
  isTensor: true,
  type,
  shape,
});
const FACE = [1, 3, 512, 512];
const [INPUT, OUTPUT] = [port('input', FACE), port('output', FACE)];

describe('a model is known by its inputs and outputs', () => {
  it.each([
    ['GFPGAN and RestoreFormer', [INPUT], [OUTPUT], 'plain', null],
    ['CodeFormer with float64', [INPUT, port('weight', [1], 'float64')], [OUTPUT], 'weighted', 'float64'],
    ['CodeFormer with float32 and one bare number', [port('w', []), INPUT], [OUTPUT], 'weighted', 'float32'],
    ['open sides', [port('x', ['n', 3, 'h', 'w'])], [port('y', [-1, 3, -1, -1])], 'plain', null],
    ['outputs besides', [INPUT], [port('code', [1, 256]), port('small', [1, 3, 256, 256]), OUTPUT], 'plain', null],
  ] as const)('%s', (_, inputs, outputs, family, weight) => {
    const known = recognise(inputs, outputs);
    if (!known.ok) throw new Error(known.error);
    expect(known.value.family).toBe(family);
    expect(known.value.weight?.type ?? null).toBe(weight);
    expect(known.value.output).toBe(outputs.at(-1)?.name);
  });

  it.each([
    ['no picture goes in', [port('ids', [1, 77], 'int64')], [OUTPUT], 'it takes "ids" (int64, 1 x 77)'],
    ['nothing goes in', [], [OUTPUT], 'it takes nothing'],
    ['half precision', [port('input', FACE, 'float16')], [OUTPUT], 'float16, not float32'],
    ['another size', [port('input', [1, 3, 256, 256])], [OUTPUT], '1 x 3 x 256 x 256, not'],
    ['grey pictures', [port('input', [1, 1, 512, 512])], [OUTPUT], '1 x 1 x 512 x 512, not'],
    ['channels last', [port('input', [1, 512, 512, 3])], [OUTPUT], '1 x 512 x 512 x 3, not'],
    ['another face', [INPUT, port('source', [1, 512])], [OUTPUT], 'more than a picture: "source" (float32, 1 x 512)'],
    ['two pictures', [INPUT, port('mask', FACE)], [OUTPUT], 'more than a picture: "mask"'],
    ['a mask comes out', [INPUT], [port('mask', [1, 19, 512, 512])], 'it gives "mask" (float32, 1 x 19 x 512 x 512)'],
    ['a larger picture comes out', [INPUT], [port('y', [1, 3, 2048, 2048])], 'none of its outputs is a face'],
  ] as const)('is refused in a sentence: %s', (_, inputs, outputs, sentence) => {
    const unknown = recognise(inputs, outputs);
    expect(unknown.ok).toBe(false);
    expect(!unknown.ok && unknown.error).toContain(sentence);
    expect(!unknown.ok && unknown.error).toMatch(/\.$/);
  });
});
