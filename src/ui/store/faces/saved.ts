/** The user's corrections of a picture's faces, as a job's record keeps them, and back. Pure. */
import { type FaceBox, MOST_BOXES } from '../../../core/job/job';
import type { Size } from '../../../core/money/price';
import type { Face } from '../../../pixels/face';
import type { Box } from '../../../pixels/image';
import { allowed, sameBox } from '../../boxes';
import type { FaceEdits } from './edits';

/** Null when the faces are as the detector found them, or too many to be kept. */
export function savedBoxes(edits: FaceEdits | undefined, picture: Size): readonly FaceBox[] | null {
  if (edits === undefined || isAsFound(edits) || edits.faces.length > MOST_BOXES) return null;
  return edits.faces.map(({ box }) => {
    const { x, y, width, height } = allowed(box, picture);
    return [x, y, width, height];
  });
}

/** The corrected faces again; one that the detector also finds there has its eyes, nose and mouth from it. */
export function facesOf(boxes: readonly FaceBox[], found: readonly Face[]): readonly Face[] {
  return boxes.map(([x, y, width, height]) => {
    const box: Box = { x, y, width, height };
    const best = found.reduce<{ readonly face: Face | null; readonly share: number }>(
      (before, face) => {
        const share = overlap(face.box, box);
        return share > before.share ? { face, share } : before;
      },
      { face: null, share: SAME_FACE },
    ).face;
    return { box, score: best?.score ?? 1, points: best?.points ?? null };
  });
}

/** Boxes that share this part of what both cover are of one face. */
const SAME_FACE = 0.5;

/** 0..1: what both cover over what either covers. */
function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const both = width * height;
  return both / (a.width * a.height + b.width * b.height - both);
}

const isAsFound = ({ faces, found }: FaceEdits): boolean =>
  faces.length === found.length &&
  faces.every((face, index) => {
    const other = found[index];
    return other !== undefined && sameBox(face.box, other.box);
  });
