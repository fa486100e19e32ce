/** A baked result: the whole picture with the restored faces takes its source's place in the fill. Pure. */
import { type Fills, replaced, withPicture } from './fills';
import type { Mark } from './marks';
import type { Bare } from './stack';

export function withResult(bare: Bare, imageHash: string, scale: number): Fills {
  const source = bare.fills[bare.at] as ImagePaint;
  return replaced(bare.fills, bare.at, withPicture(source, imageHash, scale));
}

/** What is needed to put the tile scale back exactly; null where it was not touched. */
export function tileChange(before: ImagePaint, after: ImagePaint): Mark['tile'] {
  if (after.scalingFactor === undefined || after.scalingFactor === before.scalingFactor) return null;
  return { before: before.scalingFactor ?? null, after: after.scalingFactor };
}
