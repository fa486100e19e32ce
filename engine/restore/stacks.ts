/**
 * For each patch of a grid, the places of the patches most like it. All patches are compared at one displacement after
 * the other: sums over windows then slide instead of being added anew, and each sum serves both of its patches.
 */
import type { Plane } from './plane';

export const PATCH = 8;
/** Patches in a stack: a power of two, for the Haar transform. */
export const STACK = 16;

export interface Grid {
  /** Left edges of the patches, growing. */
  readonly columns: readonly number[];
  readonly rows: readonly number[];
}

export interface Stacks {
  /** `STACK` places a patch, row by row of the grid, best first, the patch itself in front; a place is y * width + x. */
  readonly places: Int32Array;
  /** How many of them hold. */
  readonly counts: Uint8Array;
}

/** Patches every `step` pixels, and at the far edges. */
export function gridOf({ width, height }: Plane, step: number): Grid {
  const line = (length: number): readonly number[] => {
    const last = length - PATCH;
    const out: number[] = [];
    for (let at = 0; at < last; at += step) out.push(at);
    return [...out, last];
  };
  return { columns: line(width), rows: line(height) };
}

/** `limit`: sum of squared differences from which a patch is not alike. `onProgress` hears 0..1, once a row of shifts. */
export function findStacks(
  plane: Plane,
  grid: Grid,
  reach: number,
  limit: number,
  onProgress: (fraction: number) => void,
): Stacks {
  const best = createBest(plane, grid, limit);
  for (let dy = 0; dy <= reach; dy++) {
    onProgress(dy / (reach + 1));
    for (let dx = dy === 0 ? 1 : -reach; dx <= reach; dx++) compare(plane, grid, best, dx, dy);
  }
  return best;
}

interface Best extends Stacks {
  readonly offer: (patch: number, place: number, distance: number) => void;
}

function createBest({ width }: Plane, { columns, rows }: Grid, limit: number): Best {
  const patches = columns.length * rows.length;
  const places = new Int32Array(patches * STACK);
  const distances = new Float32Array(patches * STACK).fill(limit);
  const counts = new Uint8Array(patches).fill(1);
  for (let patch = 0; patch < patches; patch++) {
    places[patch * STACK] = rows[Math.floor(patch / columns.length)]! * width + columns[patch % columns.length]!;
    distances[patch * STACK] = -1;
  }
  const offer = (patch: number, place: number, distance: number): void => {
    const first = patch * STACK;
    const last = first + STACK - 1;
    if (distance >= distances[last]!) return;
    let at = last;
    while (distances[at - 1]! > distance) {
      distances[at] = distances[at - 1]!;
      places[at] = places[at - 1]!;
      at -= 1;
    }
    distances[at] = distance;
    places[at] = place;
    if (counts[patch]! < STACK) counts[patch]! += 1;
  };
  return { places, counts, offer };
}

/** Offers every pair of patches that lie `dx`, `dy` apart to each other. */
function compare(
  { width, height, data }: Plane,
  { columns, rows }: Grid,
  { offer }: Best,
  dx: number,
  dy: number,
): void {
  const left = Math.max(0, -dx);
  const right = Math.min(width, width - dx);
  const bottom = height - dy;
  const shift = dy * width + dx;
  const rowAt = indexOf(rows, height);
  const columnAt = indexOf(columns, width);
  const across = columns.length;
  // Squares of the last eight rows, and their sums down each column.
  const ring = new Float32Array(PATCH * width);
  const sums = new Float64Array(width);
  for (let y = 0; y < bottom; y++) {
    const slot = (y % PATCH) * width;
    const from = y * width;
    for (let x = left; x < right; x++) {
      const difference = data[from + x]! - data[from + x + shift]!;
      const square = difference * difference;
      sums[x]! += square - ring[slot + x]!;
      ring[slot + x] = square;
    }
    const top = y - PATCH + 1;
    if (top < 0) continue;
    const here = rowAt[top]!;
    const there = rowAt[top + dy]!;
    if (here < 0 && there < 0) continue;
    let window = 0;
    for (let x = left; x < left + PATCH - 1; x++) window += sums[x]!;
    for (let x = left; x + PATCH <= right; x++) {
      window += sums[x + PATCH - 1]!;
      const place = top * width + x;
      if (here >= 0 && columnAt[x]! >= 0) offer(here * across + columnAt[x]!, place + shift, window);
      if (there >= 0 && columnAt[x + dx]! >= 0) offer(there * across + columnAt[x + dx]!, place, window);
      window -= sums[x]!;
    }
  }
}

/** Place on the line -> its index in the grid, or -1. */
function indexOf(line: readonly number[], length: number): Int32Array {
  const out = new Int32Array(length).fill(-1);
  line.forEach((place, index) => {
    out[place] = index;
  });
  return out;
}
