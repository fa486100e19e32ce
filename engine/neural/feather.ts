/** How much of a restored face counts where: wholly in its middle, not at all at its edge, and each face its own where several meet. */
import type { Point } from '../../src/pixels/face';
import { TEMPLATE } from './align';
import { FACE_SIDE } from './recognise';
import { moved, type Similarity } from './similarity';

/** Pixels of the aligned face, from its edge inwards: nothing up to `OUTER`, the whole from `INNER` on. */
const [OUTER, INNER] = [8, 88] as const;
/** Radius of the round corners of the line at `OUTER`. */
const ROUND = 160;

/** 0..1 at a point of the aligned face; 0 outside of it. Smooth. */
export function featherAt({ x, y }: Point): number {
  const half = FACE_SIDE / 2;
  const [across, down] = [Math.abs(x - half) - half + OUTER + ROUND, Math.abs(y - half) - half + OUTER + ROUND];
  const outside = Math.hypot(Math.max(across, 0), Math.max(down, 0)) + Math.min(Math.max(across, down), 0) - ROUND;
  const share = Math.min(1, Math.max(0, -outside / (INNER - OUTER)));
  return share * share * (3 - 2 * share);
}

/** How fast a face's claim falls with the distance from its nose, in sides of the aligned face. */
const CLAIM = 32;

function claimAt(point: Point): number {
  const distance = Math.hypot(point.x - TEMPLATE.nose.x, point.y - TEMPLATE.nose.y) / FACE_SIDE;
  return featherAt(point) * Math.exp(-CLAIM * distance * distance);
}

/**
 * The weight 0..1 of the face `own` at a point of the picture, among the faces round it. Where it is alone this is its
 * feather; where several meet, the largest feather is divided among them by how near their noses are.
 */
export function weightAt(own: Similarity, others: readonly Similarity[], point: Point): number {
  const inOwn = moved(own, point);
  const feather = featherAt(inOwn);
  if (feather === 0 || others.length === 0) return feather;
  let largest = feather;
  const claim = claimAt(inOwn);
  let claims = claim;
  for (const other of others) {
    const inOther = moved(other, point);
    largest = Math.max(largest, featherAt(inOther));
    claims += claimAt(inOther);
  }
  return claims === 0 ? 0 : (largest * claim) / claims;
}
