import { afterEach, describe, expect, it } from 'vitest';
import type { Kernels } from '../../../src/pixels/detect/kernels';
import { plainKernels } from '../../../src/pixels/detect/plain';
import { simdKernels } from '../../../src/pixels/detect/simd';

const makers: readonly [string, () => Kernels][] = [
  ['plain', plainKernels],
  ['simd', simdKernels()!],
];

/** Kernels with these floats at the start of their memory, and room behind them. */
function holding(make: () => Kernels, values: readonly number[], room = 4096): Kernels {
  const kernels = make();
  kernels.reserve(values.length + room);
  kernels.memory().set(values);
  return kernels;
}

/** Pixels of four channels that all hold the same value. */
const four = (...values: readonly number[]): number[] => values.flatMap((value) => [value, value, value, value]);

/** Numbers that look random and are the same every time, -1..1. */
function scattered(count: number, seed: number): number[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return state / 2 ** 31;
  });
}

describe.each(makers)('the %s kernels', (_, make) => {
  it('add a pixel and its two neighbours in a depthwise row, with nothing beyond the edges', () => {
    const row = four(1, 2, 4);
    const weights = [...four(0, 0, 0, 1, 10, 100, 0, 0, 0), ...four(0.5)];
    const kernels = holding(make, [...four(0, 0, 0), ...row, ...weights]);
    kernels.depthwise(0, 12, 0, 100, 3, 3, 4, 1, 24);
    expect([...kernels.memory().subarray(100, 112)]).toEqual(four(10 + 200 + 0.5, 1 + 20 + 400 + 0.5, 2 + 40 + 0.5));
  });

  it('take every second pixel and its two followers at stride 2', () => {
    const weights = [...four(1, 10, 100, 0, 0, 0, 0, 0, 0), ...four(0)];
    const kernels = holding(make, [...four(1, 2, 3, 4), ...four(0, 0, 0, 0), ...weights]);
    kernels.depthwise(0, 16, 16, 100, 4, 2, 4, 2, 32);
    expect([...kernels.memory().subarray(100, 108)]).toEqual(four(1 + 20 + 300, 3 + 40));
  });

  it('use the rows above, here and below each with its own weights', () => {
    const weights = [...four(0, 1, 0, 0, 10, 0, 0, 100, 0), ...four(0)];
    const kernels = holding(make, [...four(1), ...four(2), ...four(3), ...weights]);
    kernels.depthwise(0, 4, 8, 100, 1, 1, 4, 1, 12);
    expect([...kernels.memory().subarray(100, 104)]).toEqual(four(321));
  });

  it('multiply a pixel by its matrix, add bias and skip, and cut below 0 only when asked', () => {
    // Input [1, 2, 3, 4]; output o sums input i times (o + 1) * 10^i; weights are [inputs][4].
    const weights = [1, 10, 100, 1000].flatMap((ten) => [ten, 2 * ten, -ten, 0]);
    const kernels = holding(make, [1, 2, 3, 4, ...weights, 0.5, 0.5, 0.5, -0.5, 7, 7, 7, 7]);
    kernels.pointwise(0, 100, 1, 4, 4, 4, -1, 0, 0);
    expect([...kernels.memory().subarray(100, 104)]).toEqual([4321.5, 8642.5, -4320.5, -0.5]);
    kernels.pointwise(0, 100, 1, 4, 4, 4, 24, 4, 1);
    expect([...kernels.memory().subarray(100, 104)]).toEqual([4328.5, 8649.5, 0, 6.5]);
  });

  it('count the channels that a skip does not have as 0', () => {
    const kernels = holding(make, [1, 0, 0, 0, ...four(1, 0, 0, 0), ...four(2, 0, 0, 0), ...four(0, 0), ...four(5)]);
    kernels.pointwise(0, 100, 1, 4, 8, 4, 44, 4, 0);
    expect([...kernels.memory().subarray(100, 108)]).toEqual(four(6, 2));
  });

  it('keep the largest of each 2 x 2', () => {
    const kernels = holding(make, [...four(1, 5, -3, -2), ...four(4, 2, -8, -1)]);
    kernels.pool(0, 16, 100, 2, 4);
    expect([...kernels.memory().subarray(100, 108)]).toEqual(four(5, -1));
  });

  it('raise a row to twice its width with half-pixel centres, and add it', () => {
    const kernels = holding(make, [...four(0, 4), ...four(8, 12), ...four(100, 100, 100, 100)]);
    kernels.raise(0, 8, 16, 100, 2, 4);
    // Rows mix to 2 and 6; columns to 2, 3, 5, 6.
    expect([...kernels.memory().subarray(100, 116)]).toEqual(four(102, 103, 105, 106));
  });

  it('convolve the picture to half its width, sixteen outputs and more', () => {
    const outputs = 16;
    // Output o takes the red of the pixel itself times o, and the blue of the pixel to its right.
    const weights = Array.from({ length: 27 * outputs }, (_, i) => {
      const [tap, output] = [Math.floor(i / outputs), i % outputs];
      return tap === 0 ? output : tap === 5 ? 1 : 0;
    });
    const kernels = holding(make, [1, 0, 0, 0, 0, 3, 2, 0, 0, 0, 0, 5, ...weights, ...new Array(outputs).fill(-1)]);
    kernels.stem(0, 2000, 2000, 1000, 2, outputs, 12);
    const expected = [1, 2].flatMap((red, pixel) =>
      Array.from({ length: outputs }, (_, o) => Math.max(0, red * o + (pixel === 0 ? 3 : 5) - 1)),
    );
    expect([...kernels.memory().subarray(1000, 1032)]).toEqual(expected);
  });
});

describe('WebAssembly and plain JavaScript', () => {
  const both = makers.map(([, make]) => holding(make, scattered(40_000, 7), 20_000));
  const same = (run: (kernels: Kernels) => void, at: number, count: number): void => {
    const [plain, simd] = both.map((kernels) => {
      run(kernels);
      return [...kernels.memory().subarray(at, at + count)];
    });
    expect(plain!.some((value) => value !== 0)).toBe(true);
    expect(Math.max(...plain!.map((value, i) => Math.abs(value - simd![i]!)))).toBeLessThan(1e-4);
  };

  it.each([
    [1, 16, 12],
    [8, 32, 8],
    [17, 96, 36],
    [64, 384, 96],
  ])('agree on %i pixels of 1 x 1 convolution from %i to %i channels', (pixels, inputs, outputs) => {
    const run = (kernels: Kernels): void => {
      kernels.pointwise(0, 50_000, pixels, inputs, outputs, 2000, 1000, 8, 1);
    };
    same(run, 50_000, Math.min(9000, pixels * outputs));
  });

  it.each([
    [1, 1, 8],
    [2, 1, 32],
    [9, 1, 12],
    [2, 2, 8],
    [16, 2, 24],
  ])(
    'agree on a row of %i pixels of depthwise convolution at stride %i with %i channels',
    (width, stride, channels) => {
      const run = (kernels: Kernels): void => {
        kernels.depthwise(0, 600, 1200, 50_000, width, width / stride, channels, stride, 4000);
      };
      same(run, 50_000, (width / stride) * channels);
    },
  );

  it.each([1, 2, 33])('agree on a stem row of %i pixels', (width) => {
    same((kernels) => kernels.stem(0, 600, 1200, 50_000, width, 32, 4000), 50_000, width * 32);
  });

  it.each([1, 2, 7])('agree on raising and pooling %i pixels', (width) => {
    same((kernels) => kernels.raise(0, 400, 800, 50_000, width, 24), 50_000, 2 * width * 24);
    same((kernels) => kernels.pool(0, 400, 50_000, width, 24), 50_000, width * 24);
  });
});

describe('where WebAssembly does not work', () => {
  const whole = globalThis.WebAssembly;
  afterEach(() => {
    globalThis.WebAssembly = whole;
  });

  it.each([
    ['it is missing', undefined],
    [
      'a policy forbids it',
      {
        Module: class {
          constructor() {
            throw new EvalError('Refused to compile or instantiate WebAssembly module');
          }
        },
      },
    ],
  ])('because %s, nothing is thrown and there are no such kernels', (_, stub) => {
    globalThis.WebAssembly = stub as unknown as typeof WebAssembly;
    expect(simdKernels()).toBeNull();
  });
});
