/**
 * A baked result: the whole picture with the restored faces takes its source's place, on the layer itself or on a new
 * one. Pure.
 *
 * The source stays directly below, hidden and otherwise untouched (its own TILE factor too). So the original picture
 * travels with every copy of the layer into every file, and whoever has no plugin swaps the two eyes to see it. The
 * result is the source's paint with another picture, opacity, blend mode and eye included: it looks as the source
 * did, since nothing shows through from below. The two count as one fill; a new result takes the place of ours.
 */
import { type Fills, insertedAbove, replaced, withPicture } from './fills';
import type { Mark } from './marks';
import type { Bare } from './stack';

/** `scale`: pixels of the result over pixels of the source. The fill at `bare.at` is an image. */
export function withResult(bare: Bare, imageHash: string, scale: number): Fills {
  const source = bare.fills[bare.at] as ImagePaint;
  const kept = replaced(bare.fills, bare.at, { ...source, visible: false });
  return insertedAbove(kept, bare.at, withPicture(source, imageHash, scale));
}

/** What is needed to put the tile scale back exactly; null where it was not touched. */
export function tileChange(before: ImagePaint, after: ImagePaint): Mark['tile'] {
  if (after.scalingFactor === undefined || after.scalingFactor === before.scalingFactor) return null;
  return { before: before.scalingFactor ?? null, after: after.scalingFactor };
}
