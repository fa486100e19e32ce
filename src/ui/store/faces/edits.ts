/**
 * The user corrects the detector: what they made of a picture's faces, and the way back. Pure. Kept by picture for the
 * panel's life, so that looking at another layer loses nothing; whatever the detector says later is only added to it.
 */
import type { Size } from '../../../core/money/price';
import type { Face } from '../../../pixels/face';
import type { Box } from '../../../pixels/image';
import { allowed, holds, meet, sameBox } from '../../boxes';

export interface FaceEdits {
  /** As shown and numbered: found ones, drawn ones, and found ones that were moved. */
  readonly faces: readonly Face[];
  /** Everything that the detector has said of this picture so far. */
  readonly found: readonly Face[];
  /** What undoing brings back; null at the beginning. */
  readonly before: FaceEdits | null;
}

export type FaceDeed = 'added' | 'removed' | 'changed';

/** Nothing to undo yet. */
export const firstEdits = (found: readonly Face[]): FaceEdits => ({ faces: found, found, before: null });

/** The detector answered once more: only what it had not said before, and where nothing is shown, is new. */
export function withFound(edits: FaceEdits, answer: readonly Face[]): FaceEdits {
  const known = [...edits.faces, ...edits.found];
  const news = answer.filter(({ box }) => !known.some((other) => meet(other.box, box)));
  return news.length === 0 ? edits : appended(edits, news);
}

/** Undoing does not take back what the detector found. */
const appended = ({ faces, found, before }: FaceEdits, news: readonly Face[]): FaceEdits => ({
  faces: [...faces, ...news],
  found: [...found, ...news],
  before: before === null ? null : appended(before, news),
});

/** The nearest allowed box, as the last face. Drawn by hand: certain, and without eyes. */
export function withFace(edits: FaceEdits, box: Box, picture: Size): FaceEdits {
  const face: Face = { box: allowed(box, picture), score: 1, points: null };
  return { ...edits, faces: [...edits.faces, face], before: edits };
}

/** Later faces move up by one. An index that no face has changes nothing. */
export function withoutFace(edits: FaceEdits, index: number): FaceEdits {
  if (edits.faces[index] === undefined) return edits;
  return { ...edits, faces: edits.faces.filter((_, at) => at !== index), before: edits };
}

/** `again`: a further step of the same move, which undoing takes back as one. */
export function withBox(edits: FaceEdits, index: number, wish: Box, picture: Size, again: boolean): FaceEdits {
  const face = edits.faces[index];
  const box = allowed(wish, picture);
  if (face === undefined || sameBox(face.box, box)) return edits;
  // Eyes that are still inside say how the face is tilted; others belong to a face that is no longer meant.
  const points = face.points !== null && Object.values(face.points).every((at) => holds(box, at)) ? face.points : null;
  return {
    ...edits,
    faces: edits.faces.map((known, at) => (at === index ? { box, score: 1, points } : known)),
    before: again && edits.before !== null ? edits.before : edits,
  };
}

/** Index of the face that undoing `after` brings back; null when it brings none. */
export function broughtBack({ faces, before }: FaceEdits): number | null {
  if (before === null || before.faces.length <= faces.length) return null;
  return before.faces.findIndex((face) => !faces.includes(face));
}
