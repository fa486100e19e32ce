/**
 * Whether two planes show the same thing in the same places: correlation within small blocks, blocks with much
 * structure counting most. Brightness, contrast and noise hardly matter; mirrored, turned and foreign pictures fail.
 */
import type { Plane } from './plane';

/** Pixels a side. */
const BLOCK = 16;
/** Mean variance a pixel under which there is nothing to agree on: one grey step. */
const LEAST_STRUCTURE = 1;

export interface Agreement {
  /** -1..1; 1 = the same. */
  readonly score: number;
  /** False when the pictures are too flat to tell anything. */
  readonly telling: boolean;
}

/** Planes of one size, blurred against noise; `mask` 0 where not to look. */
export function agreement(a: Plane, b: Plane, mask: Plane): Agreement {
  let together = 0;
  let alone = 0;
  let looked = 0;
  for (let top = 0; top + BLOCK <= a.height; top += BLOCK) {
    for (let left = 0; left + BLOCK <= a.width; left += BLOCK) {
      const block = compareBlock(a, b, mask, left, top);
      if (block === null) continue;
      together += block.covariance;
      alone += block.deviations;
      looked += 1;
    }
  }
  return { score: alone > 0 ? together / alone : 0, telling: looked > 0 && alone / looked >= LEAST_STRUCTURE };
}

function compareBlock(
  a: Plane,
  b: Plane,
  mask: Plane,
  left: number,
  top: number,
): { covariance: number; deviations: number } | null {
  let sumA = 0;
  let sumB = 0;
  let squaresA = 0;
  let squaresB = 0;
  let products = 0;
  let count = 0;
  for (let y = top; y < top + BLOCK; y++) {
    for (let i = y * a.width + left; i < y * a.width + left + BLOCK; i++) {
      if (mask.data[i]! < 0.99) continue;
      const p = a.data[i]!;
      const q = b.data[i]!;
      sumA += p;
      sumB += q;
      squaresA += p * p;
      squaresB += q * q;
      products += p * q;
      count += 1;
    }
  }
  if (count < (BLOCK * BLOCK) / 2) return null;
  const varianceA = Math.max(0, squaresA / count - (sumA / count) ** 2);
  const varianceB = Math.max(0, squaresB / count - (sumB / count) ** 2);
  return {
    covariance: products / count - (sumA / count) * (sumB / count),
    deviations: Math.sqrt(varianceA * varianceB),
  };
}
