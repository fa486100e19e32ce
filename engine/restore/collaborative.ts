/**
 * Block matching and 3-D filtering: Dabov, Foi, Katkovnik, Egiazarian, "Image denoising by sparse 3-D transform-domain
 * collaborative filtering", IEEE TIP 2007. Alike 8 x 8 patches are stacked, transformed together, and what is below the
 * noise is removed; a second pass weighs by the first one's answer (Wiener). The best denoiser that needs no training.
 */
import { forward, inverse } from './dct';
import { newPlane, type Plane } from './plane';
import { findStacks, gridOf, PATCH, STACK } from './stacks';

const SIDE = PATCH;
const AREA = SIDE * SIDE;
/** Threshold in noise deviations (the paper's 2.7). */
const THRESHOLD = 2.7;

export interface Denoising {
  /** Noise deviation of each plane, in its own units (0..255 scale). */
  readonly sigmas: readonly number[];
  /** Called between bands of rows with 0..1; throws to stop. */
  readonly onProgress: (fraction: number) => void;
}

/** All planes have one size; the stacks are found in the first. */
export function denoise(planes: readonly Plane[], { sigmas, onProgress }: Denoising): readonly Plane[] {
  // Stacks are found in the first plane, so it goes along even when it is clean itself.
  const needed = planes.map((_, index) => index).filter((index) => index === 0 || sigmas[index]! >= LEAST_SIGMA);
  if (needed.every((index) => sigmas[index]! < LEAST_SIGMA)) return planes;
  const padded = needed.map((index) => pad(planes[index]!));
  const deviations = needed.map((index) => sigmas[index]!);
  const hard = pass(padded, null, deviations, (fraction) => onProgress(fraction * 0.5));
  const soft = pass(padded, hard, deviations, (fraction) => onProgress(0.5 + fraction * 0.5));
  return planes.map((plane, index) => (needed.includes(index) ? unpad(soft[needed.indexOf(index)]!, plane) : plane));
}

/** Less noise than this is that of rounding to whole numbers. */
const LEAST_SIGMA = 0.5;

/** Mirrored borders, so that edges have neighbours. */
const MARGIN = 8;

function pad(plane: Plane): Plane {
  const { width, height, data } = plane;
  const out = newPlane(width + 2 * MARGIN, height + 2 * MARGIN);
  const mirror = (at: number, length: number): number => {
    let place = at;
    while (place < 0 || place >= length) place = place < 0 ? -1 - place : 2 * length - 1 - place;
    return place;
  };
  for (let y = 0; y < out.height; y++) {
    const from = mirror(y - MARGIN, height) * width;
    for (let x = 0; x < out.width; x++) out.data[y * out.width + x] = data[from + mirror(x - MARGIN, width)]!;
  }
  return out;
}

function unpad(padded: Plane, like: Plane): Plane {
  const out = newPlane(like.width, like.height);
  for (let y = 0; y < out.height; y++) {
    const from = (y + MARGIN) * padded.width + MARGIN;
    out.data.set(padded.data.subarray(from, from + out.width), y * out.width);
  }
  return out;
}

/**
 * Steps between patches and the search radius, in pixels: coarser on large areas, where there are alike patches enough,
 * and in the first pass, which only has to be good enough to find alike patches by.
 */
function grain(width: number, height: number, first: boolean): { readonly step: number; readonly reach: number } {
  const pixels = width * height;
  if (pixels < 120_000) return { step: first ? 4 : 3, reach: 10 };
  return pixels < 400_000 ? { step: 4, reach: 9 } : { step: first ? 6 : 5, reach: 7 };
}

function pass(
  noisy: readonly Plane[],
  pilots: readonly Plane[] | null,
  sigmas: readonly number[],
  onProgress: (fraction: number) => void,
): readonly Plane[] {
  const { width, height } = noisy[0]!;
  const { step, reach } = grain(width, height, pilots === null);
  const sums = noisy.map(() => new Float32Array(width * height));
  const weights = noisy.map(() => new Float32Array(width * height));
  const found = new Int32Array(STACK);
  const stack = new Float32Array(STACK * AREA);
  const pilot = new Float32Array(STACK * AREA);
  const guide = (pilots ?? noisy)[0]!;
  const grid = gridOf(guide, step);
  const { places, counts } = findStacks(guide, grid, reach, alike(sigmas[0]!, pilots !== null), (fraction) =>
    onProgress(fraction * MATCHED),
  );
  for (let patch = 0; patch < counts.length; patch++) {
    if (patch % 500 === 0) onProgress(MATCHED + (1 - MATCHED) * (patch / counts.length));
    const count = powerOfTwo(counts[patch]!);
    found.set(places.subarray(patch * STACK, patch * STACK + count));
    noisy.forEach((plane, channel) => {
      load(plane, found, count, stack);
      const variance = sigmas[channel]! ** 2;
      let weight: number;
      if (pilots === null) {
        weight = threshold(stack, count, variance);
      } else {
        load(pilots[channel]!, found, count, pilot);
        weight = wiener(stack, pilot, count, variance);
      }
      store(stack, found, count, weight, width, sums[channel]!, weights[channel]!);
    });
  }
  return noisy.map((plane, channel) => {
    const sum = sums[channel]!;
    const weight = weights[channel]!;
    return newPlane(
      width,
      height,
      sum.map((value, at) => (weight[at]! > 0 ? value / weight[at]! : plane.data[at]!)),
    );
  });
}

/** Share of looking for alike patches in a pass. */
const MATCHED = 0.4;

/**
 * Sum of squared differences from which patches are not alike (the paper's thresholds, 2500 and 400 a pixel). Two noisy
 * copies of one patch differ by twice the variance.
 */
function alike(sigma: number, clean: boolean): number {
  return AREA * (clean ? 400 + 0.5 * sigma * sigma : 2500 + 2 * sigma * sigma);
}

function powerOfTwo(count: number): number {
  return count >= 16 ? 16 : count >= 8 ? 8 : count >= 4 ? 4 : count >= 2 ? 2 : 1;
}

/** Patches into the stack, transformed in all three directions. */
function load({ width, data }: Plane, found: Int32Array, count: number, stack: Float32Array): void {
  for (let index = 0; index < count; index++) {
    let from = found[index]!;
    const to = index * AREA;
    for (let row = 0; row < SIDE; row++, from += width) {
      for (let i = 0; i < SIDE; i++) stack[to + row * SIDE + i] = data[from + i]!;
    }
    forward(stack, to);
  }
  haar(stack, count, false);
}

/** Removes what does not stand out of the noise; the weight of the estimate (the paper's equation 10). */
function threshold(stack: Float32Array, count: number, variance: number): number {
  const limit = THRESHOLD * THRESHOLD * variance;
  let kept = 0;
  for (let at = 0; at < count * AREA; at++) {
    const value = stack[at]!;
    if (at > 0 && value * value < limit) stack[at] = 0;
    else kept += 1;
  }
  return 1 / (kept * Math.max(variance, 1e-3));
}

function wiener(stack: Float32Array, pilot: Float32Array, count: number, variance: number): number {
  let energy = 0;
  for (let at = 0; at < count * AREA; at++) {
    const power = pilot[at]! * pilot[at]!;
    const gain = power / (power + variance + 1e-6);
    stack[at]! *= gain;
    energy += gain * gain;
  }
  return 1 / (Math.max(energy, 1e-3) * Math.max(variance, 1e-3));
}

/** Kaiser window (beta 2) over a patch, against seams between patches. */
const WINDOW = Float32Array.from({ length: AREA }, (_, at) => kaiser(at & 7) * kaiser(at >> 3));

function kaiser(at: number): number {
  const bessel = (x: number): number => 1 + (x * x) / 4 + x ** 4 / 64 + x ** 6 / 2304;
  const ratio = (2 * at) / (SIDE - 1) - 1;
  return bessel(2 * Math.sqrt(1 - ratio * ratio)) / bessel(2);
}

function store(
  stack: Float32Array,
  found: Int32Array,
  count: number,
  weight: number,
  width: number,
  sums: Float32Array,
  weights: Float32Array,
): void {
  haar(stack, count, true);
  for (let index = 0; index < count; index++) {
    const from = index * AREA;
    inverse(stack, from);
    let to = found[index]!;
    for (let row = 0; row < SIDE; row++, to += width) {
      for (let i = 0; i < SIDE; i++) {
        const share = weight * WINDOW[row * SIDE + i]!;
        sums[to + i]! += share * stack[from + row * SIDE + i]!;
        weights[to + i]! += share;
      }
    }
  }
}

const spare = new Float32Array(STACK * AREA);

/** Orthonormal Haar transform through the stack, all coefficients of two patches at a time. */
function haar(stack: Float32Array, count: number, back: boolean): void {
  for (let length = back ? 2 : count; back ? length <= count : length >= 2; length = back ? length * 2 : length / 2) {
    const half = (length / 2) * AREA;
    for (let pair = 0; pair < half; pair += AREA) {
      // Apart: sums in the first half, differences in the second. Together: neighbours.
      const [a, b] = back ? [pair, half + pair] : [2 * pair, 2 * pair + AREA];
      const [c, d] = back ? [2 * pair, 2 * pair + AREA] : [pair, half + pair];
      for (let place = 0; place < AREA; place++) {
        const one = stack[a + place]!;
        const other = stack[b + place]!;
        spare[c + place] = (one + other) * Math.SQRT1_2;
        spare[d + place] = (one - other) * Math.SQRT1_2;
      }
    }
    stack.set(length === STACK ? spare : spare.subarray(0, length * AREA));
  }
}
