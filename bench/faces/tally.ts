/** Counts what was found, missed and invented. */
import type { Face } from '../../src/pixels/face';
import type { Box } from '../../src/pixels/image';

/** From this overlap (intersection over union) with the hand-checked box a face counts as found. */
const FOUND = 0.4;
/** A report that overlaps a cut-through face by this much is no false alarm. */
const EXCUSED = 0.15;

export interface Tally {
  pictures: number;
  faces: number;
  found: number;
  falseAlarms: number;
  /** The highest score of a false alarm. */
  worst: number;
  /** Sum over the faces found of their overlap with the truth. */
  overlap: number;
  milliseconds: number;
}

export const emptyTally = (): Tally => ({
  pictures: 0,
  faces: 0,
  found: 0,
  falseAlarms: 0,
  worst: 0,
  overlap: 0,
  milliseconds: 0,
});

export function overlapOf(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  return (width * height) / (a.width * a.height + b.width * b.height - width * height);
}

/** Adds one picture's answer to the tally, and returns what was missed and invented, for a closer look. */
export function count(
  tally: Tally,
  reported: readonly Face[],
  truth: readonly Box[],
  ignored: readonly Box[],
  milliseconds: number,
): { readonly missed: readonly Box[]; readonly invented: readonly Face[] } {
  const left = new Set(reported);
  const missed: Box[] = [];
  for (const box of truth) {
    let best: Face | null = null;
    for (const face of left) {
      if (best === null || overlapOf(face.box, box) > overlapOf(best.box, box)) best = face;
    }
    const overlap = best === null ? 0 : overlapOf(best.box, box);
    if (best === null || overlap < FOUND) {
      missed.push(box);
      continue;
    }
    left.delete(best);
    tally.found++;
    tally.overlap += overlap;
  }
  const invented = [...left].filter((face) => !ignored.some((box) => overlapOf(face.box, box) >= EXCUSED));
  tally.pictures++;
  tally.faces += truth.length;
  tally.falseAlarms += invented.length;
  tally.worst = Math.max(tally.worst, ...invented.map(({ score }) => score));
  tally.milliseconds += milliseconds;
  return { missed, invented };
}
