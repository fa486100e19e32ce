/** The 8 x 8 cosine transform (orthonormal DCT-II, as in ITU T.81 A.3.3 up to the scale), in place, on 64 floats. */

const BASIS = Float32Array.from({ length: 64 }, (_, at) => {
  const frequency = at >> 3;
  const scale = frequency === 0 ? Math.sqrt(1 / 8) : 1 / 2;
  return scale * Math.cos(((2 * (at & 7) + 1) * frequency * Math.PI) / 16);
});

const between = new Float32Array(64);

/** Values at `block[at]`.. become coefficients, row = vertical frequency. */
export function forward(block: Float32Array, at: number): void {
  rows(block, at, between, 0);
  columns(between, block, at);
}

/** Coefficients at `block[at]`.. become values: the exact way back of `forward`, but for rounding. */
export function inverse(block: Float32Array, at: number): void {
  for (let y = 0; y < 8; y++) whole(block, at + y * 8, 1, between, y * 8, 1);
  for (let x = 0; x < 8; x++) whole(between, x, 8, block, at + x, 8);
}

/** Eight-point transforms along rows, by the even and odd halves. */
function rows(block: Float32Array, at: number, to: Float32Array, toAt: number): void {
  for (let y = 0; y < 8; y++) half(block, at + y * 8, 1, to, toAt + y * 8, 1);
}

function columns(from: Float32Array, block: Float32Array, at: number): void {
  for (let x = 0; x < 8; x++) half(from, x, 8, block, at + x, 8);
}

function half(from: Float32Array, at: number, step: number, to: Float32Array, toAt: number, toStep: number): void {
  const a = from[at]!;
  const b = from[at + step]!;
  const c = from[at + 2 * step]!;
  const d = from[at + 3 * step]!;
  const e = from[at + 4 * step]!;
  const f = from[at + 5 * step]!;
  const g = from[at + 6 * step]!;
  const h = from[at + 7 * step]!;
  const s0 = a + h;
  const s1 = b + g;
  const s2 = c + f;
  const s3 = d + e;
  const d0 = a - h;
  const d1 = b - g;
  const d2 = c - f;
  const d3 = d - e;
  for (let k = 0; k < 8; k += 2) {
    const even = BASIS[k * 8]! * s0 + BASIS[k * 8 + 1]! * s1 + BASIS[k * 8 + 2]! * s2 + BASIS[k * 8 + 3]! * s3;
    to[toAt + k * toStep] = even;
    const o = (k + 1) * 8;
    to[toAt + (k + 1) * toStep] = BASIS[o]! * d0 + BASIS[o + 1]! * d1 + BASIS[o + 2]! * d2 + BASIS[o + 3]! * d3;
  }
}

/** The way back of `half`: even frequencies give what both ends share, odd ones what they differ by. */
function whole(from: Float32Array, at: number, step: number, to: Float32Array, toAt: number, toStep: number): void {
  const f0 = from[at]!;
  const f1 = from[at + step]!;
  const f2 = from[at + 2 * step]!;
  const f3 = from[at + 3 * step]!;
  const f4 = from[at + 4 * step]!;
  const f5 = from[at + 5 * step]!;
  const f6 = from[at + 6 * step]!;
  const f7 = from[at + 7 * step]!;
  for (let x = 0; x < 4; x++) {
    const even = BASIS[x]! * f0 + BASIS[16 + x]! * f2 + BASIS[32 + x]! * f4 + BASIS[48 + x]! * f6;
    const odd = BASIS[8 + x]! * f1 + BASIS[24 + x]! * f3 + BASIS[40 + x]! * f5 + BASIS[56 + x]! * f7;
    to[toAt + x * toStep] = even + odd;
    to[toAt + (7 - x) * toStep] = even - odd;
  }
}
