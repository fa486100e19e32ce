/** What a layer's fills and its memory become when a result is placed on one of its fills. Pure. */
import type { Recipe } from '../core/recipe';
import { sameData } from './equal';
import type { Fills } from './fills';
import type { Mark } from './marks';
import { withOverlay } from './overlay';
import { tileChange, withResult } from './replace';
import { bases, isLiving, takeOff } from './stack';

export interface Stack {
  readonly fills: Fills;
  readonly marks: readonly Mark[];
}

/**
 * An earlier result of ours on the same fill comes off first, so that results never pile up. `scale` is pixels of the
 * result over pixels of the source, `style` the id of the paint style that the write detaches, or empty.
 */
export function planned(found: Stack, at: number, recipe: Recipe, scale: number, style: string): Stack {
  const before = adopted(found, at, recipe);
  const bare = takeOff(before.fills, before.marks, at);
  const orphaned = bases(before.fills, before.marks).filter((base) => base.orphan !== null && base.at !== at);
  const others = before.marks.filter(
    (old) => isLiving(old, bare.fills) || orphaned.some(({ orphan }) => orphan === old),
  );
  // The very same file, as when all faces are off: there is nothing to add, and nothing to take off again.
  if (recipe.resultHash === recipe.sourceHash) return { fills: bare.fills, marks: others };
  const source = bare.fills[bare.at] as ImagePaint;
  const overlay = recipe.form === 'overlay';
  const fills = (overlay ? withOverlay : withResult)(bare, recipe.resultHash, scale);
  // The style that an earlier result detached is still the one to go back to.
  const former = before.marks.find((old) => old.style !== '')?.style ?? '';
  const mark: Mark = {
    recipe,
    tile: overlay ? null : tileChange(source, fills[bare.at + 1] as ImagePaint),
    kept: overlay ? null : source.visible === false ? 'hidden' : 'shown',
    style: style === '' ? former : style,
  };
  return { fills, marks: [...others.filter((old) => !standsFor(mark, old)), mark] };
}

/**
 * A baked result whose original is nowhere any more (the user removed it, and this file does not hold its picture) is
 * itself the picture to work on: the target names it, and it counts as the user's own from here on.
 */
function adopted({ fills, marks }: Stack, at: number, { sourceHash }: Recipe): Stack {
  const base = bases(fills, marks).find((each) => each.at === at);
  if (base?.baked == null || base.hiddenAt !== null || base.original === sourceHash) return { fills, marks };
  return { fills, marks: marks.filter(({ recipe }) => recipe.resultHash !== sourceHash) };
}

/** True when the old mark says nothing that the new one does not say. */
function standsFor(mark: Mark, old: Mark): boolean {
  const a = mark.recipe;
  const b = old.recipe;
  const sameWork = a.form === b.form && a.sourceHash === b.sourceHash && a.resultHash === b.resultHash;
  return sameWork && sameData(mark.tile, old.tile) && mark.kept === old.kept;
}
