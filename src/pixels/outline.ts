/**
 * The line round a face up to which the result is taken: where the service changed only what lies round the faces,
 * it follows the changed region, else it is the face's oval. Kept as one radius a direction, so a matte drawn from it
 * falls from the middle outwards along every ray, whatever shape the region has.
 */
import type { ChangeMap } from './difference';
import type { Face } from './face';
import { distanceIn, type Oval, ovalOf, within } from './oval';
import { NO_PACE, type Pace } from './pace';

export interface Outline {
  readonly oval: Oval;
  /** Per direction of `DIRECTIONS`, in units of the oval: the result is taken whole up to here. */
  readonly radii: Float32Array;
  /** Width of the soft edge outside the radii, in units of the oval. */
  readonly feather: number;
}

export const DIRECTIONS = 64;
/** A soft edge in proportion to the face: wide where result and source differ at the edge, narrower where they do not. */
const OVAL_FEATHER = 0.4;
const REGION_FEATHER = 0.2;
/**
 * Mean difference at the region's rim, of 255 and above the map's floor, from which its edge would show as a step: the matte then ends inside
 * the region instead of beginning to fall at its rim. In between it moves gradually.
 */
const SOFT_RIM = 1;
const HARD_RIM = 13;
/** What lies further out than this share of the radius is the region's rim. */
const RIM = 0.92;
/** Pixels: even the smallest face fades over two. */
const LEAST_FEATHER = 2;
/** Past this the picture no longer belongs to the face, in units of the oval. */
export const REACH = 2;

function featherOf(oval: Oval, share: number): number {
  return Math.max(share, LEAST_FEATHER / Math.min(oval.across, oval.along));
}

/** The face's oval, for when nothing is known of the changes or everything changed. */
export function ovalOutline(face: Face): Outline {
  const oval = ovalOf(face);
  return { oval, radii: new Float32Array(DIRECTIONS).fill(1), feather: featherOf(oval, OVAL_FEATHER) };
}

/**
 * Outlines of all faces of a picture, following what changed. A changed cell belongs to the face in whose oval it
 * lies deepest; only cells that hang together with the face count. A face whose surroundings changed all round keeps its oval.
 */
export async function outlines(
  faces: readonly Face[],
  changes: ChangeMap,
  pace: Pace = NO_PACE,
): Promise<readonly Outline[]> {
  const plain = faces.map(ovalOutline);
  const followed: Outline[] = [];
  for (const [index, outline] of plain.entries()) {
    followed.push((await follow(outline, index, plain, changes, pace)) ?? outline);
  }
  return followed;
}

async function follow(
  outline: Outline,
  index: number,
  all: readonly Outline[],
  changes: ChangeMap,
  pace: Pace,
): Promise<Outline | null> {
  const { cell, width, height, largest, floor } = changes;
  const { oval } = outline;
  const reach = REACH * Math.max(oval.across, oval.along);
  const left = Math.max(0, Math.floor((oval.centre.x - reach) / cell));
  const right = Math.min(width - 1, Math.floor((oval.centre.x + reach) / cell));
  const top = Math.max(0, Math.floor((oval.centre.y - reach) / cell));
  const bottom = Math.min(height - 1, Math.floor((oval.centre.y + reach) / cell));
  if (left > right || top > bottom) return null;
  const columns = right - left + 1;
  const seen = new Uint8Array(columns * (bottom - top + 1));
  const queue: number[] = [];
  let inside = 0;
  let insideChanged = 0;
  let far = 0;
  let farChanged = 0;
  for (let y = top; y <= bottom; y++) {
    for (let x = left; x <= right; x++) {
      const distance = distanceIn(oval, (x + 0.5) * cell, (y + 0.5) * cell);
      const changed = largest[y * width + x]! > floor;
      if (distance > REACH * 0.9 && distance <= REACH) {
        far += 1;
        if (changed) farChanged += 1;
      }
      const mine = changed && distance <= REACH && isDeepest(all, index, (x + 0.5) * cell, (y + 0.5) * cell, distance);
      if (distance <= 1) {
        inside += 1;
        if (mine) insideChanged += 1;
      }
      // 0 foreign or unchanged, 1 changed and ours, 2 hangs together with the face
      const slot = (y - top) * columns + x - left;
      if (!mine) continue;
      seen[slot] = distance <= 1 ? 2 : 1;
      if (distance <= 1) queue.push(slot);
    }
    if (pace.due()) await pace.rest();
  }
  // Less than half of the face: spots that say nothing of where the service stopped.
  if (insideChanged < inside * 0.5 || queue.length === 0 || (far > 0 && farChanged > far * 0.5)) return null;
  const radii = new Float32Array(DIRECTIONS);
  const cellAt = (slot: number): { x: number; y: number } => {
    const x = slot % columns;
    return { x: x + left, y: (slot - x) / columns + top };
  };
  for (let slot = queue.pop(); slot !== undefined; slot = queue.pop()) {
    const { x, y } = cellAt(slot);
    mark(radii, oval, x * cell, y * cell, cell);
    const next = [
      x > left ? slot - 1 : -1,
      x < right ? slot + 1 : -1,
      slot - columns,
      slot + columns < seen.length ? slot + columns : -1,
    ];
    for (const other of next) {
      if (other < 0 || seen[other] !== 1) continue;
      seen[other] = 2;
      queue.push(other);
    }
  }
  const feather = featherOf(oval, REGION_FEATHER);
  const smoothed = smooth(radii);
  const rim = rimDifference(smoothed, oval, changes, seen, cellAt);
  const inwards = feather * Math.min(1, Math.max(0, (rim - floor - SOFT_RIM) / (HARD_RIM - SOFT_RIM)));
  return { oval, radii: smoothed.map((radius) => Math.max(0, radius - inwards)), feather };
}

/** Mean difference of the region's outermost cells: 0 where the service let its changes run out softly. */
function rimDifference(
  radii: Float32Array,
  oval: Oval,
  { cell, width, largest }: ChangeMap,
  seen: Uint8Array,
  cellAt: (slot: number) => { x: number; y: number },
): number {
  let sum = 0;
  let count = 0;
  for (let slot = 0; slot < seen.length; slot++) {
    if (seen[slot] !== 2) continue;
    const { x, y } = cellAt(slot);
    const at = within(oval, (x + 0.5) * cell, (y + 0.5) * cell);
    const radius = radii[Math.round(directionOf(at.x, at.y)) % DIRECTIONS]!;
    if (Math.hypot(at.x, at.y) < radius * RIM) continue;
    sum += largest[y * width + x]!;
    count += 1;
  }
  return count === 0 ? 0 : sum / count;
}

function isDeepest(all: readonly Outline[], index: number, x: number, y: number, distance: number): boolean {
  return all.every((other, at) => at === index || distanceIn(other.oval, x, y) >= distance);
}

/** Pushes the radii out to the four corners of one cell. */
function mark(radii: Float32Array, oval: Oval, left: number, top: number, cell: number): void {
  for (let corner = 0; corner < 4; corner++) {
    const at = within(oval, left + (corner & 1) * cell, top + (corner >> 1) * cell);
    const direction = directionOf(at.x, at.y);
    const slot = Math.round(direction) % DIRECTIONS;
    const distance = Math.min(REACH, Math.sqrt(at.x * at.x + at.y * at.y));
    if (distance > radii[slot]!) radii[slot] = distance;
  }
}

/**
 * 0..DIRECTIONS, fractional, once round from the positive x axis. Not the angle but the way along a square stood on
 * its corner, which needs no arc tangent and serves as well.
 */
export function directionOf(x: number, y: number): number {
  const sum = Math.abs(x) + Math.abs(y);
  if (sum === 0) return 0;
  const along = y / sum;
  const quarter = x < 0 ? 2 - along : along < 0 ? 4 + along : along;
  return quarter * (DIRECTIONS / 4);
}

/** Widest of the neighbours, then their mean: no spikes, and nothing that changed is left outside. */
function smooth(radii: Float32Array): Float32Array {
  const wide = radii.map((_, at) => Math.max(...around(radii, at, 3)));
  return wide.map((_, at) => {
    const near = around(wide, at, 2);
    return near.reduce((sum, value) => sum + value, 0) / near.length;
  });
}

function around(values: Float32Array, at: number, reach: number): number[] {
  return Array.from({ length: reach * 2 + 1 }, (_, k) => values[(at + k - reach + values.length) % values.length]!);
}
