/** Where the restored pixels count: everywhere in the face's box, fading out softly round it, nowhere else. */
import type { Size } from '../../src/core/money/price';
import type { Box } from '../../src/pixels/image';
import { grown, type Region, regionOf } from '../../src/pixels/region';

/** The box is widened by this much before the edge begins: hairline, ears and chin belong to a face. */
const CORE = 1.12;
/** Width of the soft edge, in shares of the box's smaller side. */
const FEATHER = 0.14;

export interface Matte {
  readonly region: Region;
  /** 0..1, rows of the region. */
  readonly weights: Float32Array;
}

/** Null when the face lies outside the picture. */
export function matteOf(face: Box, picture: Size): Matte | null {
  const core = grown(face, CORE);
  const feather = Math.max(2, FEATHER * Math.min(face.width, face.height));
  const outer = {
    x: core.x - feather,
    y: core.y - feather,
    width: core.width + 2 * feather,
    height: core.height + 2 * feather,
  };
  const region = regionOf(outer, picture);
  if (region === null) return null;
  // Corners are round: as far as the edge is wide, and a quarter of the box more.
  const round = Math.min(core.width, core.height) / 4;
  const weights = new Float32Array(region.width * region.height);
  for (let y = 0; y < region.height; y++) {
    for (let x = 0; x < region.width; x++) {
      const out = outside(region.x + x + 0.5, region.y + y + 0.5, core, round);
      const share = Math.min(1, Math.max(0, 1 - out / feather));
      weights[y * region.width + x] = share * share * (3 - 2 * share);
    }
  }
  return { region, weights };
}

/** Distance from a box with round corners; negative inside. */
function outside(x: number, y: number, box: Box, round: number): number {
  const dx = Math.abs(x - box.x - box.width / 2) - box.width / 2 + round;
  const dy = Math.abs(y - box.y - box.height / 2) - box.height / 2 + round;
  return Math.hypot(Math.max(dx, 0), Math.max(dy, 0)) + Math.min(Math.max(dx, dy), 0) - round;
}
