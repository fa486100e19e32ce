/**
 * Which of a layer's fills are ours, which are the user's, and how ours come off again. Pure. A result of ours is known
 * by the picture it carries; where one picture could stand for several results, its place in the list decides.
 *
 * On a layer: the user's fill alone; the user's fill and our overlay above it; or our baked result, with the user's
 * fill hidden directly below it (see `replace.ts`). Each of these counts as one fill, its `Base`.
 */
import { type Fills, isImage, replaced, without } from './fills';
import type { Mark } from './marks';

/** One fill of the user's, whatever of ours lies on it. */
export interface Base {
  /** Position in the layer's fills, all counted, of what stands for it: our baked result, else the fill itself. */
  readonly at: number;
  /** What is at that position. */
  readonly paint: Paint;
  /** The user's fill as it is once everything of ours is gone. */
  readonly bare: Paint;
  /** The hash of the picture that it shows, or of the original that a result of ours stands for; null without one. */
  readonly original: string | null;
  /** The baked result of ours that stands here, if any. */
  readonly baked: Mark | null;
  /** Position of the original that we keep hidden for a baked result; null without one. */
  readonly hiddenAt: number | null;
  /** The result that the user has removed by hand, which leaves the original that we had hidden for it. */
  readonly orphan: Mark | null;
}

interface Overlay {
  readonly at: number;
  readonly mark: Mark;
}

interface Sorted {
  readonly bases: readonly Base[];
  /** `owner` is the position of the fill that the overlay belongs to. */
  readonly overlays: readonly (Overlay & { readonly owner: number | null })[];
}

type Place = Omit<Base, 'bare' | 'original'>;

const carries = (mark: Mark, paint: Paint): boolean => isImage(paint) && paint.imageHash === mark.recipe.resultHash;
const shows = (paint: Paint, hash: string): boolean => isImage(paint) && paint.imageHash === hash;
const isHidden = ({ visible }: Paint): boolean => visible === false;

function sorted(fills: Fills, marks: readonly Mark[]): Sorted {
  const places: Place[] = [];
  const owned = new Map<number, Overlay>();
  const stray: Overlay[] = [];
  fills.forEach((paint, at) => {
    const ours = marks.filter((mark) => carries(mark, paint));
    const overlays = ours.filter(({ recipe }) => recipe.form === 'overlay');
    const below = places[places.length - 1];
    const baked = bakedMark(paint, ours, below !== undefined && below.at === at - 1 ? below : null);
    const free = below !== undefined && !owned.has(below.at) ? below : null;
    const covered = free !== null && free.baked === null ? free.paint : null;
    const fitting = covered && overlays.find(({ recipe }) => shows(covered, recipe.sourceHash));
    const hidden = baked !== null && free !== null && free.at === at - 1 && isKept(free, baked) ? free : null;
    // The same bytes as overlay and as baked result: only over a baked one the original is switched off.
    const swapped = hidden !== null && isHidden(hidden.paint) && !isHidden(paint);
    if (free !== null && fitting && !swapped) owned.set(free.at, { at, mark: fitting });
    else if (overlays[0] !== undefined && baked === null) stray.push({ at, mark: overlays[0] });
    else {
      if (hidden !== null) places.pop();
      places.push({ at, paint, baked, hiddenAt: hidden === null ? null : hidden.at, orphan: null });
    }
  });
  const own = withOrphans(withMoved(places, owned), owned, fills, marks).map((place) => baseOf(place, fills));
  return {
    bases: own,
    overlays: [
      ...[...owned].map(([owner, overlay]) => ({ ...overlay, owner })),
      ...stray.map((overlay) => ({ ...overlay, owner: ownerOf(overlay, own) })),
    ],
  };
}

/**
 * Several marks may name one picture: the fill directly below tells whose it is, where two pictures gave the same
 * result; the factor tells, where one picture is tiled at two scales.
 */
function bakedMark(paint: Paint, ours: readonly Mark[], below: Place | null): Mark | null {
  const baked = ours.filter(({ recipe }) => recipe.form !== 'overlay');
  const kept = below === null ? [] : baked.filter((mark) => isKept(below, mark));
  const likely = kept.length > 0 ? kept : baked;
  const tiled = likely.find(({ tile }) => tile !== null && isImage(paint) && tile.after === paint.scalingFactor);
  return tiled ?? likely[0] ?? null;
}

/** Whether this fill can be the original that was hidden for this result. */
function isKept({ paint, hiddenAt }: Place, { recipe, kept }: Mark): boolean {
  return kept !== null && hiddenAt === null && shows(paint, recipe.sourceHash);
}

/** Results whose hidden original is no longer directly below: the nearest hidden one below that fits, else the lowest. */
function withMoved(places: readonly Place[], owned: ReadonlyMap<number, Overlay>): readonly Place[] {
  return places.reduce<readonly Place[]>((all, { at, baked, hiddenAt }) => {
    const place = all.find((each) => each.at === at);
    if (place === undefined || baked === null || hiddenAt !== null) return all;
    const fitting = all.filter(
      (each) =>
        each.at !== at && each.baked === null && !owned.has(each.at) && isHidden(each.paint) && isKept(each, baked),
    );
    const below = fitting.filter((each) => each.at < at);
    const hidden = below[below.length - 1] ?? fitting[0];
    if (hidden === undefined) return all;
    return all
      .filter((each) => each !== hidden)
      .map((each) => (each === place ? { ...place, hiddenAt: hidden.at } : each));
  }, places);
}

/** Originals whose result the user has removed by hand. Where several fit, nobody can tell which one we had hidden. */
function withOrphans(
  places: readonly Place[],
  owned: ReadonlyMap<number, Overlay>,
  fills: Fills,
  marks: readonly Mark[],
): readonly Place[] {
  const lost = marks.filter((mark) => mark.kept === 'shown' && !isLiving(mark, fills));
  return lost.reduce<readonly Place[]>((all, mark) => {
    const fitting = all.filter(
      (each) => each.baked === null && !owned.has(each.at) && isHidden(each.paint) && isKept(each, mark),
    );
    if (fitting.length !== 1) return all;
    return all.map((each) => (each === fitting[0] ? { ...each, orphan: mark } : each));
  }, places);
}

function baseOf(place: Place, fills: Fills): Base {
  const { paint, baked, hiddenAt, orphan } = place;
  const original = baked?.recipe.sourceHash ?? (isImage(paint) ? paint.imageHash : null);
  const bare = orphan === null ? putBack(paint, baked, hiddenAt === null ? null : fills[hiddenAt]!) : shown(paint);
  return { ...place, original, bare };
}

const shown = (paint: Paint): Paint => ({ ...paint, visible: true });

/**
 * The fill as it was before a baked result of ours took its place. What the user changed since stays: on the result,
 * which is what they see, or on the original once they have switched that on again.
 */
function putBack(paint: Paint, baked: Mark | null, hidden: Paint | null): Paint {
  if (baked === null || !isImage(paint)) return paint;
  if (hidden !== null && !isHidden(hidden)) return hidden;
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

/** Whose an overlay is that the user has moved: the nearest below that fits, else the lowest that fits. */
function ownerOf({ at, mark }: Overlay, bases: readonly Base[]): number | null {
  const fitting = bases.filter((base) => base.original === mark.recipe.sourceHash);
  const below = fitting.filter((base) => base.at < at);
  return (below[below.length - 1] ?? fitting[0])?.at ?? null;
}

/** The user's fills, in order: a target's paint index counts these. */
export function bases(fills: Fills, marks: readonly Mark[]): readonly Base[] {
  return sorted(fills, marks).bases;
}

/** Our result on the fill at this position, if the layer still shows one. */
export function resultOn(fills: Fills, marks: readonly Mark[], at: number): Mark | null {
  const { bases, overlays } = sorted(fills, marks);
  const overlay = overlays.find(({ owner }) => owner === at);
  return overlay?.mark ?? bases.find((base) => base.at === at)?.baked ?? null;
}

export interface Bare {
  readonly fills: Fills;
  /** Where the fill is now. */
  readonly at: number;
}

/** The fills with our result taken off one fill, ready for another. The fill at `at` must be a `Base`'s. */
export function takeOff(fills: Fills, marks: readonly Mark[], at: number): Bare {
  const { bases, overlays } = sorted(fills, marks);
  const base = bases.find((each) => each.at === at);
  if (base === undefined) throw new Error(`Fill ${at} is ours and carries no result itself`);
  const gone = overlays.filter(({ owner }) => owner === at).map((overlay) => overlay.at);
  if (base.hiddenAt !== null) gone.push(base.hiddenAt);
  return {
    fills: without(replaced(fills, at, base.bare), gone),
    at: at - gone.filter((position) => position < at).length,
  };
}

/** The fills with everything of ours taken off, or null when there is nothing of ours. */
export function takeOffAll(fills: Fills, marks: readonly Mark[]): Fills | null {
  const { bases, overlays } = sorted(fills, marks);
  if (overlays.length === 0 && bases.every(({ baked, orphan }) => baked === null && orphan === null)) return null;
  return bases.map(({ bare }) => bare);
}

/** Whether the fills still show the mark's result. */
export function isLiving(mark: Mark, fills: Fills): boolean {
  return fills.some((paint) => carries(mark, paint));
}
