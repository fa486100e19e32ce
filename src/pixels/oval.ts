/**
 * The oval a face fills, and how far a pixel is from its middle in units of it: 0 in the centre, 1 on the rim.
 * The detector's box reaches from forehead to chin and from ear to ear.
 */
import type { Face, Point } from './face';

export interface Oval {
  readonly centre: Point;
  /** Half axes in pixels: across the face and along it. */
  readonly across: number;
  readonly along: number;
  /** Cosine and sine of the tilt of the line between the eyes. */
  readonly cos: number;
  readonly sin: number;
}

/** The oval stands this much past the box, for the jaw's corners and the hairline. */
const MARGIN = 1.1;
/** A face is about this much longer than wide; used when it is tilted and its upright box cannot tell. */
const LENGTH = 1.3;
/** Tilt in radians past which the upright box no longer tells the axes: 15 degrees. */
const TILTED = Math.PI / 12;

/** Pixels of the face's picture. Upright up to 15 degrees of tilt; without the eyes always. */
export function ovalOf(face: Face): Oval {
  const { box, points } = face;
  const centre = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  const tilt =
    points === null ? 0 : Math.atan2(points.leftEye.y - points.rightEye.y, points.leftEye.x - points.rightEye.x);
  const tilted = Math.abs(tilt) > TILTED;
  const mean = Math.sqrt(box.width * box.height) / 2;
  return {
    centre,
    across: MARGIN * (tilted ? mean / Math.sqrt(LENGTH) : box.width / 2),
    along: MARGIN * (tilted ? mean * Math.sqrt(LENGTH) : box.height / 2),
    cos: Math.cos(tilt),
    sin: Math.sin(tilt),
  };
}

/** Where a point lies in the oval's own frame, both axes in units of the half axes. */
export function within(oval: Oval, x: number, y: number): Point {
  const dx = x - oval.centre.x;
  const dy = y - oval.centre.y;
  return { x: (dx * oval.cos + dy * oval.sin) / oval.across, y: (dy * oval.cos - dx * oval.sin) / oval.along };
}

/** 0 in the centre, 1 on the rim. */
export function distanceIn(oval: Oval, x: number, y: number): number {
  // Written out: it is asked for every cell of a picture, and Math.hypot is slow.
  const dx = x - oval.centre.x;
  const dy = y - oval.centre.y;
  const u = (dx * oval.cos + dy * oval.sin) / oval.across;
  const v = (dy * oval.cos - dx * oval.sin) / oval.along;
  return Math.sqrt(u * u + v * v);
}

/** True where the point is at least this far from every one of the ovals. */
export function isFar(ovals: readonly Oval[], x: number, y: number, distance: number): boolean {
  for (const oval of ovals) if (distanceIn(oval, x, y) < distance) return false;
  return true;
}
