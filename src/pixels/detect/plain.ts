/** The network's arithmetic in plain JavaScript, for places where WebAssembly is blocked. Shapes: see `kernels.ts`. */
import type { Kernels } from './kernels';

/** Each call has a memory of its own, empty at first. */
export function plainKernels(): Kernels {
  let memory = new Float32Array(0);
  return {
    name: 'plain',
    reserve(floats) {
      if (floats <= memory.length) return;
      const larger = new Float32Array(floats);
      larger.set(memory);
      memory = larger;
    },
    memory: () => memory,
    stem: (row0, row1, row2, out, width, outputs, weights) =>
      stem(memory, row0, row1, row2, out, width, outputs, weights),
    depthwise: (row0, row1, row2, out, inWidth, outWidth, channels, stride, weights) =>
      depthwise(memory, row0, row1, row2, out, inWidth, outWidth, channels, stride, weights),
    pointwise: (from, out, pixels, inputs, outputs, weights, skip, skipChannels, relu) =>
      pointwise(memory, from, out, pixels, inputs, outputs, weights, skip, skipChannels, relu),
    pool: (row0, row1, out, width, channels) => pool(memory, row0, row1, out, width, channels),
    raise: (near, far, onto, out, width, channels) => raise(memory, near, far, onto, out, width, channels),
  };
}

function stem(
  m: Float32Array,
  row0: number,
  row1: number,
  row2: number,
  out: number,
  width: number,
  outputs: number,
  weights: number,
): void {
  const bias = weights + 27 * outputs;
  for (let x = 0; x < width; x++) {
    const to = out + x * outputs;
    // The last column of the last pixel lies outside: 0 by the model's padding, so it is left out.
    const taps = x === width - 1 ? 6 : 9;
    for (let c = 0; c < outputs; c += 4) {
      let a = m[bias + c]!;
      let b = m[bias + c + 1]!;
      let d = m[bias + c + 2]!;
      let e = m[bias + c + 3]!;
      for (let row = 0; row < 3; row++) {
        const from = (row === 0 ? row0 : row === 1 ? row1 : row2) + x * 6;
        let w = weights + row * 9 * outputs + c;
        for (let tap = 0; tap < taps; tap++, w += outputs) {
          const v = m[from + tap]!;
          a += v * m[w]!;
          b += v * m[w + 1]!;
          d += v * m[w + 2]!;
          e += v * m[w + 3]!;
        }
      }
      m[to + c] = Math.max(a, 0);
      m[to + c + 1] = Math.max(b, 0);
      m[to + c + 2] = Math.max(d, 0);
      m[to + c + 3] = Math.max(e, 0);
    }
  }
}

function depthwise(
  m: Float32Array,
  row0: number,
  row1: number,
  row2: number,
  out: number,
  inWidth: number,
  outWidth: number,
  channels: number,
  stride: number,
  weights: number,
): void {
  const bias = weights + 9 * channels;
  const start = stride === 1 ? -1 : 0;
  for (let x = 0; x < outWidth; x++) {
    const column = x * stride + start;
    const to = out + x * channels;
    if (column >= 0 && column + 2 < inWidth) {
      const a = row0 + column * channels;
      const b = row1 + column * channels;
      const d = row2 + column * channels;
      const two = 2 * channels;
      for (let c = 0; c < channels; c++) {
        const w = weights + c;
        m[to + c] =
          m[bias + c]! +
          m[a + c]! * m[w]! +
          m[a + channels + c]! * m[w + channels]! +
          m[a + two + c]! * m[w + two]! +
          m[b + c]! * m[w + 3 * channels]! +
          m[b + channels + c]! * m[w + 4 * channels]! +
          m[b + two + c]! * m[w + 5 * channels]! +
          m[d + c]! * m[w + 6 * channels]! +
          m[d + channels + c]! * m[w + 7 * channels]! +
          m[d + two + c]! * m[w + 8 * channels]!;
      }
      continue;
    }
    for (let c = 0; c < channels; c++) {
      let sum = m[bias + c]!;
      for (let tap = 0; tap < 3; tap++) {
        if (column + tap < 0 || column + tap >= inWidth) continue;
        const from = (column + tap) * channels + c;
        const w = weights + tap * channels + c;
        sum += m[row0 + from]! * m[w]!;
        sum += m[row1 + from]! * m[w + 3 * channels]!;
        sum += m[row2 + from]! * m[w + 6 * channels]!;
      }
      m[to + c] = sum;
    }
  }
}

function pointwise(
  m: Float32Array,
  from: number,
  out: number,
  pixels: number,
  inputs: number,
  outputs: number,
  weights: number,
  skip: number,
  skipChannels: number,
  relu: number,
): void {
  const bias = weights + inputs * outputs;
  const floor = relu === 1 ? 0 : Number.NEGATIVE_INFINITY;
  // Two pixels by four outputs: eight sums stay in registers. An odd last pixel is done twice, in the same place.
  for (let c = 0; c < outputs; c += 4) {
    const block = weights + c * inputs;
    const takesSkip = skip >= 0 && c < skipChannels;
    for (let p = 0; p < pixels; p += 2) {
      const q = p + 1 < pixels ? p + 1 : p;
      let x = from + p * inputs;
      let y = from + q * inputs;
      let a0 = m[bias + c]!;
      let a1 = m[bias + c + 1]!;
      let a2 = m[bias + c + 2]!;
      let a3 = m[bias + c + 3]!;
      let b0 = a0;
      let b1 = a1;
      let b2 = a2;
      let b3 = a3;
      if (takesSkip) {
        const s = skip + p * skipChannels + c;
        const t = skip + q * skipChannels + c;
        a0 += m[s]!;
        a1 += m[s + 1]!;
        a2 += m[s + 2]!;
        a3 += m[s + 3]!;
        b0 += m[t]!;
        b1 += m[t + 1]!;
        b2 += m[t + 2]!;
        b3 += m[t + 3]!;
      }
      for (let w = block, end = block + 4 * inputs; w < end; w += 4, x++, y++) {
        const v = m[x]!;
        const u = m[y]!;
        const w0 = m[w]!;
        const w1 = m[w + 1]!;
        const w2 = m[w + 2]!;
        const w3 = m[w + 3]!;
        a0 += v * w0;
        a1 += v * w1;
        a2 += v * w2;
        a3 += v * w3;
        b0 += u * w0;
        b1 += u * w1;
        b2 += u * w2;
        b3 += u * w3;
      }
      const to = out + p * outputs + c;
      const too = out + q * outputs + c;
      m[to] = Math.max(a0, floor);
      m[to + 1] = Math.max(a1, floor);
      m[to + 2] = Math.max(a2, floor);
      m[to + 3] = Math.max(a3, floor);
      m[too] = Math.max(b0, floor);
      m[too + 1] = Math.max(b1, floor);
      m[too + 2] = Math.max(b2, floor);
      m[too + 3] = Math.max(b3, floor);
    }
  }
}

function pool(m: Float32Array, row0: number, row1: number, out: number, width: number, channels: number): void {
  for (let x = 0; x < width; x++) {
    const a = row0 + 2 * x * channels;
    const b = row1 + 2 * x * channels;
    const to = out + x * channels;
    for (let c = 0; c < channels; c++) {
      const upper = Math.max(m[a + c]!, m[a + channels + c]!);
      const lower = Math.max(m[b + c]!, m[b + channels + c]!);
      m[to + c] = Math.max(upper, lower);
    }
  }
}

function raise(
  m: Float32Array,
  near: number,
  far: number,
  onto: number,
  out: number,
  width: number,
  channels: number,
): void {
  for (let x = 0; x < width; x++) {
    const here = x * channels;
    for (let side = 0; side < 2; side++) {
      const next = (side === 0 ? Math.max(0, x - 1) : Math.min(width - 1, x + 1)) * channels;
      const at = (2 * x + side) * channels;
      for (let c = 0; c < channels; c++) {
        const upright = 0.75 * m[near + here + c]! + 0.25 * m[far + here + c]!;
        const beside = 0.75 * m[near + next + c]! + 0.25 * m[far + next + c]!;
        m[out + at + c] = m[onto + at + c]! + 0.75 * upright + 0.25 * beside;
      }
    }
  }
}
