/**
 * What the runtime asks of whoever does the arithmetic. One memory of floats holds weights and activations; every
 * place is an index into it, in floats and a multiple of 4; channel counts are multiples of 4 (except the stem's 3
 * inputs). Two makers: `plain.ts` (always works) and `simd.ts` (WebAssembly); the same result within rounding.
 */
export interface Kernels {
  readonly name: 'plain' | 'simd';
  /** Makes room for this many floats. What was in the memory before is kept. */
  reserve(floats: number): void;
  /** The memory now: valid until the next `reserve`. */
  memory(): Float32Array;
  /**
   * One row of 3 x 3 convolution with stride 2 over 3 channels, relu. `rows` are the three input rows (a row outside
   * the picture points to zeros), each `2 * width` pixels; the column right of it counts as 0.
   * Weights [27][outputs], taps in the order row, column, channel.
   */
  stem(row0: number, row1: number, row2: number, out: number, width: number, outputs: number, weights: number): void;
  /**
   * One row of 3 x 3 depthwise convolution. Stride 1: columns -1..1 round each pixel; stride 2: columns 0..2.
   * `inWidth` pixels in, `outWidth` out; weights [9][channels], then the bias.
   */
  depthwise(
    row0: number,
    row1: number,
    row2: number,
    out: number,
    inWidth: number,
    outWidth: number,
    channels: number,
    stride: number,
    weights: number,
  ): void;
  /**
   * `pixels` pixels of 1 x 1 convolution: out = [relu](in * weights + bias [+ skip]). `skip` is -1 for none; it has
   * `skipChannels` channels, those missing count as 0, and it may be the same place as `out` when none are missing.
   * Weights [outputs / 4][inputs][4], then the bias.
   */
  pointwise(
    from: number,
    out: number,
    pixels: number,
    inputs: number,
    outputs: number,
    weights: number,
    skip: number,
    skipChannels: number,
    relu: number,
  ): void;
  /** One row of the maximum of 2 x 2, from two rows of `2 * width` pixels. */
  pool(row0: number, row1: number, out: number, width: number, channels: number): void;
  /**
   * One row: out = onto + from made twice as wide, where the rows above and below are mixed 3/4 `near` and 1/4 `far`.
   * `width` is of the small rows; half-pixel centres, edges repeated. `out` may be the same place as `onto`.
   */
  raise(near: number, far: number, onto: number, out: number, width: number, channels: number): void;
}
