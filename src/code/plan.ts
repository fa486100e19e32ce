/** What a layer's fills and its memory become when a result is placed on one of its fills. Pure. */
import type { Recipe } from '../core/recipe';
import { sameData } from './equal';
import type { Fills } from './fills';
import type { Mark } from './marks';
import { withOverlay } from './overlay';
import { tileChange, withResult } from './replace';
import { living, takeOff } from './stack';

export interface Stack {
  readonly fills: Fills;
  readonly marks: readonly Mark[];
}

/**
 * An earlier result of ours on the same fill comes off first, so that results never pile up. `scale` is pixels of the
 * result over pixels of the source, `style` the id of the paint style that the write detaches, or empty.
 */
export function planned(before: Stack, at: number, recipe: Recipe, scale: number, style: string): Stack {
  const bare = takeOff(before.fills, before.marks, at);
  const overlay = recipe.form === 'overlay';
  const fills = (overlay ? withOverlay : withResult)(bare, recipe.resultHash, scale);
  const tile = overlay ? null : tileChange(bare.fills[bare.at] as ImagePaint, fills[bare.at] as ImagePaint);
  // The style that an earlier result detached is still the one to go back to.
  const former = before.marks.find((old) => old.style !== '')?.style ?? '';
  const mark: Mark = { recipe, tile, style: style === '' ? former : style };
  const others = living(before.marks, bare.fills).filter((old) => !standsFor(mark, old));
  return { fills, marks: [...others, mark] };
}

/** True when the old mark says nothing that the new one does not say. */
function standsFor(mark: Mark, old: Mark): boolean {
  const a = mark.recipe;
  const b = old.recipe;
  const sameWork = a.form === b.form && a.sourceHash === b.sourceHash && a.resultHash === b.resultHash;
  return sameWork && sameData(mark.tile, old.tile);
}
