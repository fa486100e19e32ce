/**
 * Which of a layer's fills are ours, which are the user's, and how ours come off again. Pure. An overlay of ours is
 * known by the picture it carries, wherever in the list the user has moved it; a baked result stands where its
 * original stood.
 */
import { type Fills, isImage, replaced, without } from './fills';
import type { Mark } from './marks';

/** A fill that is not an overlay of ours. */
export interface Base {
  /** Position in the layer's fills, overlays counted. */
  readonly at: number;
  readonly paint: Paint;
}

function overlayMark(paint: Paint, marks: readonly Mark[]): Mark | undefined {
  if (!isImage(paint)) return undefined;
  return marks.find(({ recipe }) => recipe.form === 'overlay' && recipe.resultHash === paint.imageHash);
}

function bakedMark(paint: Paint, marks: readonly Mark[]): Mark | undefined {
  if (!isImage(paint)) return undefined;
  const fitting = marks.filter(({ recipe }) => recipe.form !== 'overlay' && recipe.resultHash === paint.imageHash);
  // One picture tiled at two scales in one layer has a mark for each.
  return fitting.find(({ tile }) => tile !== null && tile.after === paint.scalingFactor) ?? fitting[0];
}

/** The fills without our overlays, in order: a target's paint index counts these. */
export function bases(fills: Fills, marks: readonly Mark[]): readonly Base[] {
  return fills.map((paint, at) => ({ at, paint })).filter(({ paint }) => overlayMark(paint, marks) === undefined);
}

/** The hash of the picture that this fill shows, or of the original that our result stands for. */
export function originalHash(paint: ImagePaint, marks: readonly Mark[]): string | null {
  return bakedMark(paint, marks)?.recipe.sourceHash ?? paint.imageHash;
}

/** Our result on the fill at this position, if the layer still shows one. */
export function resultOn(fills: Fills, marks: readonly Mark[], at: number): Mark | null {
  const paint = fills[at];
  if (!isImage(paint)) return null;
  const overlay = overlaysOf(fills, marks, at)[0];
  const upper = overlay === undefined ? undefined : overlayMark(fills[overlay]!, marks);
  return upper ?? bakedMark(paint, marks) ?? null;
}

/** Positions of our overlays that belong to the fill at this position. */
function overlaysOf(fills: Fills, marks: readonly Mark[], at: number): readonly number[] {
  const source = fills[at];
  if (!isImage(source)) return [];
  const hash = originalHash(source, marks);
  const isTwin = (base: Base): boolean => isImage(base.paint) && originalHash(base.paint, marks) === hash;
  const twins = bases(fills, marks).filter((base) => base.at !== at && isTwin(base));
  const mine = fills
    .map((_, index) => index)
    .filter((index) => overlayMark(fills[index]!, marks)?.recipe.sourceHash === hash);
  if (twins.length === 0) return mine;
  // The same picture twice in one layer: each owns the overlays between itself and the next.
  const next = Math.min(...twins.map((twin) => twin.at).filter((position) => position > at), fills.length);
  return mine.filter((index) => index > at && index < next);
}

/** The fill as it was before a baked result of ours took its place; what the user changed on it since stays. */
function putBack(paint: ImagePaint, marks: readonly Mark[]): ImagePaint {
  const mark = bakedMark(paint, marks);
  if (mark === undefined) return paint;
  const original = { ...paint, imageHash: mark.recipe.sourceHash as string };
  if (mark.tile === null || paint.scalingFactor === undefined) return original;
  const { before, after } = mark.tile;
  if (paint.scalingFactor !== after)
    return { ...original, scalingFactor: (paint.scalingFactor * (before ?? 1)) / after };
  if (before !== null) return { ...original, scalingFactor: before };
  const { scalingFactor: _ours, ...untouched } = original;
  return untouched;
}

export interface Bare {
  readonly fills: Fills;
  /** Where the fill is now. */
  readonly at: number;
}

/** The fills with our result taken off one fill, ready for another. The fill at `at` must be an image fill. */
export function takeOff(fills: Fills, marks: readonly Mark[], at: number): Bare {
  const overlays = overlaysOf(fills, marks, at);
  const original = putBack(fills[at] as ImagePaint, marks);
  return {
    fills: without(replaced(fills, at, original), overlays),
    at: at - overlays.filter((index) => index < at).length,
  };
}

/** The fills with everything of ours taken off, or null when there is nothing of ours. */
export function takeOffAll(fills: Fills, marks: readonly Mark[]): Fills | null {
  const ours = fills.filter((paint) => overlayMark(paint, marks) ?? bakedMark(paint, marks));
  if (ours.length === 0) return null;
  return bases(fills, marks).map(({ paint }) => (isImage(paint) ? putBack(paint, marks) : paint));
}

/** The marks whose result the fills still show. */
export function living(marks: readonly Mark[], fills: Fills): readonly Mark[] {
  return marks.filter(({ recipe }) => fills.some((paint) => isImage(paint) && paint.imageHash === recipe.resultHash));
}
