/**
 * Which of a layer's fills are ours, which are the user's, and how ours come off again. Pure. A result of ours is known
 * by the picture it carries; where one picture could stand for several results, its place in the list decides.
 */
import { type Fills, isImage, replaced, without } from './fills';
import type { Mark } from './marks';

/** A fill that is not an overlay of ours. */
export interface Base {
  /** Position in the layer's fills, overlays counted. */
  readonly at: number;
  readonly paint: Paint;
  /** The hash of the picture that it shows, or of the original that a result of ours stands for; null without one. */
  readonly original: string | null;
  /** The baked result of ours that stands here, if any. */
  readonly baked: Mark | null;
}

interface Overlay {
  readonly at: number;
  readonly mark: Mark;
}

interface Sorted {
  readonly bases: readonly Base[];
  readonly overlays: readonly (Overlay & { readonly owner: Base | null })[];
}

const carries = (mark: Mark, paint: Paint): boolean => isImage(paint) && paint.imageHash === mark.recipe.resultHash;

function sorted(fills: Fills, marks: readonly Mark[]): Sorted {
  const bases: Base[] = [];
  const owned = new Map<Base, Overlay>();
  const stray: Overlay[] = [];
  fills.forEach((paint, at) => {
    const ours = marks.filter((mark) => carries(mark, paint));
    const overlays = ours.filter(({ recipe }) => recipe.form === 'overlay');
    const below = bases[bases.length - 1];
    const free = below !== undefined && below.baked === null && !owned.has(below);
    const fitting = free ? overlays.find(({ recipe }) => recipe.sourceHash === below.original) : undefined;
    const baked = bakedMark(paint, ours);
    if (below !== undefined && fitting !== undefined) owned.set(below, { at, mark: fitting });
    else if (overlays[0] !== undefined && baked === null) stray.push({ at, mark: overlays[0] });
    else
      bases.push({ at, paint, baked, original: baked?.recipe.sourceHash ?? (isImage(paint) ? paint.imageHash : null) });
  });
  const overlays = [...owned].map(([owner, overlay]) => ({ ...overlay, owner }));
  return {
    bases,
    overlays: [...overlays, ...stray.map((overlay) => ({ ...overlay, owner: ownerOf(overlay, bases) }))],
  };
}

function bakedMark(paint: Paint, ours: readonly Mark[]): Mark | null {
  const baked = ours.filter(({ recipe }) => recipe.form !== 'overlay');
  // One picture tiled at two scales in one layer has a mark for each.
  const tiled = baked.find(({ tile }) => tile !== null && isImage(paint) && tile.after === paint.scalingFactor);
  return tiled ?? baked[0] ?? null;
}

/** Whose an overlay is that the user has moved: the nearest below that fits, else the lowest that fits. */
function ownerOf({ at, mark }: Overlay, bases: readonly Base[]): Base | null {
  const fitting = bases.filter((base) => base.original === mark.recipe.sourceHash);
  const below = fitting.filter((base) => base.at < at);
  return below[below.length - 1] ?? fitting[0] ?? null;
}

/** The fills without our overlays, in order: a target's paint index counts these. */
export function bases(fills: Fills, marks: readonly Mark[]): readonly Base[] {
  return sorted(fills, marks).bases;
}

/** Our result on the fill at this position, if the layer still shows one. */
export function resultOn(fills: Fills, marks: readonly Mark[], at: number): Mark | null {
  const { bases, overlays } = sorted(fills, marks);
  const overlay = overlays.find(({ owner }) => owner?.at === at);
  return overlay?.mark ?? bases.find((base) => base.at === at)?.baked ?? null;
}

/** The fill as it was before a baked result of ours took its place; what the user changed on it since stays. */
function putBack({ paint, baked }: Base): Paint {
  if (baked === null || !isImage(paint)) return paint;
  const original = { ...paint, imageHash: baked.recipe.sourceHash as string };
  if (baked.tile === null || paint.scalingFactor === undefined) return original;
  const { before, after } = baked.tile;
  if (paint.scalingFactor !== after) {
    return { ...original, scalingFactor: (paint.scalingFactor * (before ?? 1)) / after };
  }
  if (before !== null) return { ...original, scalingFactor: before };
  const { scalingFactor: _ours, ...untouched } = original;
  return untouched;
}

export interface Bare {
  readonly fills: Fills;
  /** Where the fill is now. */
  readonly at: number;
}

/** The fills with our result taken off one fill, ready for another. The fill at `at` must not be an overlay of ours. */
export function takeOff(fills: Fills, marks: readonly Mark[], at: number): Bare {
  const { bases, overlays } = sorted(fills, marks);
  const base = bases.find((each) => each.at === at);
  if (base === undefined) throw new Error(`Fill ${at} is an overlay of ours and carries no result itself`);
  const gone = overlays.filter(({ owner }) => owner === base).map((overlay) => overlay.at);
  return {
    fills: without(replaced(fills, at, putBack(base)), gone),
    at: at - gone.filter((position) => position < at).length,
  };
}

/** The fills with everything of ours taken off, or null when there is nothing of ours. */
export function takeOffAll(fills: Fills, marks: readonly Mark[]): Fills | null {
  const { bases, overlays } = sorted(fills, marks);
  if (overlays.length === 0 && bases.every(({ baked }) => baked === null)) return null;
  return bases.map(putBack);
}

/** The marks whose result the fills still show. */
export function living(marks: readonly Mark[], fills: Fills): readonly Mark[] {
  return marks.filter((mark) => fills.some((paint) => carries(mark, paint)));
}
