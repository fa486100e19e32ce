/**
 * Where the result's picture lies against the source's: an affine displacement found by least squares on the
 * brightness (Lucas & Kanade 1981; both gradients averaged as in Benhimane & Malis 2004), coarse to fine, with gain
 * and offset free and large residuals held down (Huber), so that what the service really changed does not pull.
 */
import { NO_PACE, type Pace } from '../pace';
import { halved, type Plane } from './plane';
import { inverse, times } from './solve';

/**
 * The result's pixel for a source pixel is moved by `(tx + a u + b v, ty + c u + d v)` pixels, u and v being the
 * distance from the middle in units of half the long side.
 */
export interface Displacement {
  readonly tx: number;
  readonly ty: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly d: number;
}

export interface Registration {
  readonly displacement: Displacement;
  /** One standard deviation of the six numbers, in pixels, in the order of `Displacement`. Large where nothing can be seen. */
  readonly deviation: Float64Array;
}

const UNKNOWNS = 8;
/** Pixels looked at a level at most: more of them add time, not exactness. */
const SAMPLES = 15_000;
/** Shorter side in pixels under which no coarser level is made. */
const COARSEST = 24;
/** Pixels by which one expects a result to be off, before looking: keeps what cannot be seen at zero. */
const EXPECTED = 8;
/** The same for brightness: by a factor and in grey levels. */
const EXPECTED_GAIN = 0.3;
const EXPECTED_OFFSET = 30;
/** Neighbouring residuals go together, so there are fewer independent ones than pixels: variances are this much larger. */
const CORRELATED = 25;

interface Level {
  readonly source: Plane;
  readonly result: Plane;
  readonly mask: Plane;
}

/** Planes of one size. `mask`: 0 where a pixel is not to be looked at. */
export async function register(
  source: Plane,
  result: Plane,
  mask: Plane,
  pace: Pace = NO_PACE,
): Promise<Registration | null> {
  const levels: Level[] = [{ source, result, mask }];
  for (let last = levels[0]!; Math.min(last.source.width, last.source.height) >= COARSEST * 2; ) {
    last = { source: halved(last.source), result: halved(last.result), mask: halved(last.mask) };
    levels.push(last);
  }
  // tx, ty, a, b, c, d, gain - 1, offset
  let at: Float64Array = new Float64Array(UNKNOWNS);
  let covariance: Float64Array | null = null;
  for (let i = levels.length - 1; i >= 0; i--) {
    const samples = samplesOf(levels[i]!);
    for (let round = 0; round < (i === 0 ? 6 : 8); round++) {
      const step = improve(levels[i]!, samples, at, EXPECTED / 2 ** i);
      if (step === null) break;
      at = step.next;
      covariance = step.covariance;
      if (step.moved < 0.002) break;
      if (pace.due()) await pace.rest();
    }
    if (i > 0) at = at.map((value, k) => (k < 6 ? value * 2 : value));
  }
  if (covariance === null) return null;
  const deviation = Float64Array.from({ length: 6 }, (_, k) => Math.sqrt(covariance[k * UNKNOWNS + k]!));
  const [tx, ty, a, b, c, d] = at as unknown as [number, number, number, number, number, number];
  return { displacement: { tx, ty, a, b, c, d }, deviation };
}

/** Evenly spread pixels away from the rim that the mask allows. */
function samplesOf({ source, mask }: Level): Int32Array {
  const { width, height } = source;
  const stride = Math.max(1, Math.floor(Math.sqrt((width * height) / SAMPLES)));
  const found: number[] = [];
  for (let y = 2; y < height - 2; y += stride) {
    for (let x = 2; x < width - 2; x += stride) if (mask.data[y * width + x]! > 0.99) found.push(y * width + x);
  }
  return Int32Array.from(found);
}

interface Step {
  readonly next: Float64Array;
  readonly covariance: Float64Array;
  /** Pixels the farthest corner moved by in this step. */
  readonly moved: number;
}

function improve(level: Level, samples: Int32Array, at: Float64Array, expected: number): Step | null {
  const sums = new Equations();
  const residuals = new Float32Array(samples.length);
  const seen = lookAt(level, samples, at, sums.row, (residual, index) => {
    residuals[index] = Math.abs(residual);
  });
  if (seen < 64) return null;
  const spread = Math.max(0.5, 1.4826 * median(residuals.subarray(0, seen)));
  const limit = 1.345 * spread;
  lookAt(level, samples, at, sums.row, (residual) => {
    const size = Math.abs(residual);
    sums.add(residual, size <= limit ? 1 : limit / size);
  });
  const variance = spread * spread * CORRELATED;
  for (let k = 0; k < UNKNOWNS; k++) {
    const sigma = k < 6 ? expected : k === 6 ? EXPECTED_GAIN : EXPECTED_OFFSET;
    sums.expect(k, at[k]!, variance / (sigma * sigma));
  }
  const inverted = inverse(sums.normal, UNKNOWNS);
  if (inverted === null) return null;
  const step = times(inverted, sums.right, UNKNOWNS).map((value) => -value);
  const moved = Math.hypot(
    Math.abs(step[0]!) + Math.abs(step[2]!) + Math.abs(step[3]!),
    Math.abs(step[1]!) + Math.abs(step[4]!) + Math.abs(step[5]!),
  );
  return { next: at.map((value, k) => value + step[k]!), covariance: inverted.map((value) => value * variance), moved };
}

/** For each sample that falls into the result: fills `row` with the residual's derivatives and calls back. Returns how many did. */
function lookAt(
  level: Level,
  samples: Int32Array,
  at: Float64Array,
  row: Float64Array,
  visit: (residual: number, index: number) => void,
): number {
  const { width, height, data: s } = level.source;
  const r = level.result.data;
  const cx = (width - 1) / 2;
  const cy = (height - 1) / 2;
  const half = Math.max(width, height) / 2;
  const [tx, ty, a, b, c, d] = at as unknown as [number, number, number, number, number, number];
  const gain = 1 + at[6]!;
  const offset = at[7]!;
  let count = 0;
  for (let i = 0; i < samples.length; i++) {
    const place = samples[i]!;
    const x = place % width;
    const y = (place - x) / width;
    const u = (x - cx) / half;
    const v = (y - cy) / half;
    const px = x + tx + a * u + b * v;
    const py = y + ty + c * u + d * v;
    if (px < 1 || py < 1 || px >= width - 2 || py >= height - 2) continue;
    const ix = Math.floor(px);
    const iy = Math.floor(py);
    const fx = px - ix;
    const fy = py - iy;
    const p = iy * width + ix;
    const value = bilinear(r, p, width, fx, fy);
    const gx = (bilinear(r, p + 1, width, fx, fy) - bilinear(r, p - 1, width, fx, fy)) / 2;
    const gy = (bilinear(r, p + width, width, fx, fy) - bilinear(r, p - width, width, fx, fy)) / 2;
    const mx = (gain * gx + (s[place + 1]! - s[place - 1]!) / 2) / 2;
    const my = (gain * gy + (s[place + width]! - s[place - width]!) / 2) / 2;
    row[0] = mx;
    row[1] = my;
    row[2] = mx * u;
    row[3] = mx * v;
    row[4] = my * u;
    row[5] = my * v;
    row[6] = value;
    row[7] = 1;
    visit(gain * value + offset - s[place]!, count);
    count += 1;
  }
  return count;
}

function bilinear(data: Float32Array, p: number, width: number, fx: number, fy: number): number {
  const top = data[p]! + (data[p + 1]! - data[p]!) * fx;
  const bottom = data[p + width]! + (data[p + width + 1]! - data[p + width]!) * fx;
  return top + (bottom - top) * fy;
}

/** The normal equations of weighted least squares. */
class Equations {
  readonly normal = new Float64Array(UNKNOWNS * UNKNOWNS);
  readonly right = new Float64Array(UNKNOWNS);
  /** The derivatives of the residual that is added next. */
  readonly row = new Float64Array(UNKNOWNS);

  add(residual: number, weight: number): void {
    const { normal, right, row } = this;
    for (let j = 0; j < UNKNOWNS; j++) {
      const left = weight * row[j]!;
      right[j] = right[j]! + left * residual;
      for (let k = 0; k < UNKNOWNS; k++) normal[j * UNKNOWNS + k] = normal[j * UNKNOWNS + k]! + left * row[k]!;
    }
  }

  /** An unknown is expected to be zero, as surely as `strength` says. */
  expect(unknown: number, value: number, strength: number): void {
    const slot = unknown * UNKNOWNS + unknown;
    this.normal[slot] = this.normal[slot]! + strength;
    this.right[unknown] = this.right[unknown]! + strength * value;
  }
}

/** From a sample of at most 4,000. */
function median(values: Float32Array): number {
  const stride = Math.max(1, Math.floor(values.length / 4000));
  const some = new Float32Array(Math.ceil(values.length / stride));
  for (let i = 0; i < some.length; i++) some[i] = values[i * stride]!;
  some.sort();
  return some[some.length >> 1] ?? 0;
}
