/**
 * How many pixels of a blown-up picture stand for one that was ever recorded. A plane that was enlarged k times can be
 * sampled at every k-th pixel and enlarged again with hardly a difference; the largest such k is the answer.
 */
import { newPlane, type Plane } from './plane';

export interface Resolution {
  /** Pixels a recorded pixel, a side; 1 = as recorded. */
  readonly factor: number;
  /** Where the first recorded pixel's centre lies, in pixels (0 = centre of the first pixel). */
  readonly phaseX: number;
  readonly phaseY: number;
}

const AS_RECORDED: Resolution = { factor: 1, phaseX: 0, phaseY: 0 };

/** Cubic of Catmull and Rom (Keys 1981, a = -0.5): weights of the four neighbours, `t` 0..1 past the second. */
function cubicWeights(t: number): readonly [number, number, number, number] {
  const [t2, t3] = [t * t, t * t * t];
  return [-0.5 * t3 + t2 - 0.5 * t, 1.5 * t3 - 2.5 * t2 + 1, -1.5 * t3 + 2 * t2 + 0.5 * t, 0.5 * t3 - 0.5 * t2];
}

/** The value between samples of a line; past the ends the line goes on with its last value. */
function lineAt(line: ArrayLike<number>, from: number, step: number, length: number, at: number): number {
  const base = Math.floor(at);
  const weights = cubicWeights(at - base);
  let sum = 0;
  for (let i = 0; i < 4; i++) sum += weights[i]! * line[from + Math.min(length - 1, Math.max(0, base - 1 + i)) * step]!;
  return sum;
}

/** Values at `offset + i * step`, i = 0..count-1, along rows; the other direction goes through `turned`. */
function alongRows(plane: Plane, offset: number, step: number, count: number): Plane {
  const out = newPlane(count, plane.height);
  for (let y = 0; y < plane.height; y++) {
    for (let x = 0; x < count; x++) {
      out.data[y * count + x] = lineAt(plane.data, y * plane.width, 1, plane.width, offset + x * step);
    }
  }
  return out;
}

function turned({ width, height, data }: Plane): Plane {
  const out = newPlane(height, width);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) out.data[x * height + y] = data[y * width + x]!;
  return out;
}

/** How many recorded pixels cover `length` pixels. */
function samples(length: number, factor: number, phase: number): number {
  return Math.max(1, Math.floor((length - 1 - phase) / factor + 1e-6) + 1);
}

/** The plane as it was recorded. */
export function recorded(plane: Plane, { factor, phaseX, phaseY }: Resolution): Plane {
  if (factor === 1) return plane;
  const rows = alongRows(plane, phaseX, factor, samples(plane.width, factor, phaseX));
  return turned(alongRows(turned(rows), phaseY, factor, samples(plane.height, factor, phaseY)));
}

/** The way back: `small` with `zoom` pixels for each recorded one, onto a plane of the given size. */
export function blownUp(
  small: Plane,
  { factor, phaseX, phaseY }: Resolution,
  width: number,
  height: number,
  zoom = 1,
): Plane {
  if (factor === 1 && zoom === 1) return small;
  // Pixel x lies at (x - phase) / factor recorded pixels; a zoomed pixel's centre is at (i + 0.5) / zoom - 0.5.
  const step = zoom / factor;
  const place = (phase: number): number => (-phase / factor + 0.5) * zoom - 0.5;
  const rows = alongRows(small, place(phaseX), step, width);
  return turned(alongRows(turned(rows), place(phaseY), step, height));
}

/** Mean squared difference between a plane and its own rows, thinned to every `factor`-th pixel and filled in again. */
function lossAlongRows(plane: Plane, factor: number, phase: number): number {
  const { width, height, data } = plane;
  const count = samples(width, factor, phase);
  const thin = new Float32Array(count);
  const last = Math.min(width - 1, Math.floor(phase + (count - 1) * factor));
  const first = Math.ceil(phase);
  let sum = 0;
  let seen = 0;
  // Fifty rows tell as much as all of them.
  const step = Math.max(1, Math.floor(height / 50));
  for (let y = 0; y < height; y += step) {
    const from = y * width;
    for (let i = 0; i < count; i++) thin[i] = lineAt(data, from, 1, width, phase + i * factor);
    for (let x = first; x <= last; x++) {
      const difference = data[from + x]! - lineAt(thin, 0, 1, count, (x - phase) / factor);
      sum += difference * difference;
      seen += 1;
    }
  }
  return seen === 0 ? Number.POSITIVE_INFINITY : sum / seen;
}

const FACTORS = [2, 2.5, 3, 3.5, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16] as const;
/** Steps in which the place of the first recorded pixel is looked for. */
const PHASES = 16;
/** Mean squared difference, of 255 squared, that nobody sees. */
const UNSEEN = 1.5;
/** A factor that fits this much better than its neighbours is the true one, even where compression added to it. */
const DIP = 0.35;
const UNSEEN_IN_DIP = 8;
/** From here on no larger factor can fit: detail was recorded that it would lose. */
const HOPELESS = 60;
/** Recorded pixels a side below which nothing can be measured. */
const LEAST_SIDE = 6;

interface Fit {
  readonly phase: number;
  readonly loss: number;
}

/** Best phase and its loss for one factor along rows. */
function bestPhase(plane: Plane, factor: number): Fit {
  let best: Fit = { phase: 0, loss: Number.POSITIVE_INFINITY };
  const look = (phase: number): void => {
    const loss = lossAlongRows(plane, factor, phase);
    if (loss < best.loss) best = { phase, loss };
  };
  for (let index = 0; index < PHASES; index++) look(((index + 0.5) / PHASES) * factor - 0.5 / PHASES);
  const { phase } = best;
  for (const step of [-0.75, -0.5, -0.25, 0.25, 0.5, 0.75]) look(Math.max(0, phase + (step * factor) / PHASES));
  return best;
}

/** Of a plane without noise. */
export function resolutionOf(plane: Plane): Resolution {
  const other = turned(plane);
  const fits: { readonly factor: number; readonly across: Fit; readonly down: Fit; readonly loss: number }[] = [];
  for (const factor of FACTORS) {
    if (factor * LEAST_SIDE > Math.min(plane.width, plane.height)) break;
    const [across, down] = [bestPhase(plane, factor), bestPhase(other, factor)];
    const loss = Math.max(across.loss, down.loss);
    fits.push({ factor, across, down, loss });
    if (loss > HOPELESS) break;
  }
  let found = AS_RECORDED;
  fits.forEach(({ factor, across, down, loss }, index) => {
    const [before, after] = [fits[index - 1], fits[index + 1]];
    const dips =
      before !== undefined &&
      after !== undefined &&
      loss <= UNSEEN_IN_DIP &&
      loss < DIP * Math.sqrt(before.loss * after.loss);
    if (loss <= UNSEEN || dips) found = { factor, phaseX: across.phase, phaseY: down.phase };
  });
  return found;
}
