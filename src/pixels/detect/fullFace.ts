/**
 * From the network's square, which frames brows to chin, to the box that people draw: forehead to chin.
 */
import type { Face } from '../face';
import type { Candidate } from './decode';

/** In fractions of the square's side: full face's width and height, and how far its centre lies above the square's. */
const FULL_WIDTH = 0.87;
const FULL_HEIGHT = 1.1;
const FULL_RISE = 0.06;

/** Source pixels. Right and left are the person's own, so the right eye is on the left of the picture. */
export function fullFace(candidate: Candidate): Face {
  const { points: p, score } = candidate;
  const side = (candidate.width + candidate.height) / 2;
  const up = upwards(p);
  const width = side * FULL_WIDTH;
  const height = side * FULL_HEIGHT;
  const x = candidate.x + up.x * side * FULL_RISE;
  const y = candidate.y + up.y * side * FULL_RISE;
  // The upright box of the turned face, taken as an ellipse.
  const across = Math.hypot(width * up.y, height * up.x);
  const down = Math.hypot(height * up.y, width * up.x);
  return {
    box: { x: x - across / 2, y: y - down / 2, width: across, height: down },
    score,
    points: {
      rightEye: { x: p[0]!, y: p[1]! },
      leftEye: { x: p[2]!, y: p[3]! },
      nose: { x: p[4]!, y: p[5]! },
      mouth: { x: p[6]!, y: p[7]! },
      rightEar: { x: p[8]!, y: p[9]! },
      leftEar: { x: p[10]!, y: p[11]! },
    },
  };
}

/** Unit vector from chin to forehead: from the mouth to the eyes, and a right angle to the line of the eyes. */
export function upwards(p: readonly number[]): { readonly x: number; readonly y: number } {
  const x = (p[0]! + p[2]!) / 2 - p[6]! + (p[3]! - p[1]!);
  const y = (p[1]! + p[3]!) / 2 - p[7]! - (p[2]! - p[0]!);
  const length = Math.hypot(x, y);
  return length < 1e-6 ? { x: 0, y: -1 } : { x: x / length, y: y / length };
}
