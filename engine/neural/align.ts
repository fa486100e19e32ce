/**
 * Where a face has to lie for the networks: they were trained on FFHQ (Karras, Laine and Aila, "A style-based generator
 * architecture for generative adversarial networks", 2019), cut out by five landmarks. The detector gives the middle of
 * the mouth in place of its two corners, so four points are fitted, the last to the middle of the template's corners.
 */
import type { Face, Point } from '../../src/pixels/face';
import { FACE_SIDE } from './recognise';
import { fitted, type Similarity } from './similarity';

const inFace = (x: number, y: number): Point => ({ x: x * FACE_SIDE, y: y * FACE_SIDE });

/** The five landmarks of facexlib's template (github.com/xinntao/facexlib), left and right as one sees them. */
export const TEMPLATE = {
  leftEye: inFace(0.37691676, 0.46864664),
  rightEye: inFace(0.62285697, 0.46912813),
  nose: inFace(0.50123859, 0.61331904),
  leftMouth: inFace(0.39308822, 0.725411),
  rightMouth: inFace(0.61150205, 0.72490465),
} as const;

/** Where `landmarksOf` are to lie, in the same order. */
export const GOALS: readonly Point[] = [
  TEMPLATE.leftEye,
  TEMPLATE.rightEye,
  TEMPLATE.nose,
  {
    x: (TEMPLATE.leftMouth.x + TEMPLATE.rightMouth.x) / 2,
    y: (TEMPLATE.leftMouth.y + TEMPLATE.rightMouth.y) / 2,
  },
];

/** Both eyes, nose and mouth as one sees them; null for a face drawn by hand. The detector's left is the subject's own. */
export function landmarksOf({ points }: Face): readonly Point[] | null {
  return points === null ? null : [points.rightEye, points.leftEye, points.nose, points.mouth];
}

/** From the picture's pixels to those of the aligned face, 0..512 a side. Null without landmarks, or when all are one point. */
export function alignmentOf(face: Face): Similarity | null {
  const landmarks = landmarksOf(face);
  return landmarks === null ? null : fitted(landmarks, GOALS);
}
