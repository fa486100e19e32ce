/** The chosen faces' parts of a composite on any grid: the source's own, a finer one for the overlay, a coarser one for the screen. */
import type { Size } from '../core/money/price';
import type { Share } from './compose';
import { type Fit, inResult } from './fit';
import type { RgbaImage } from './image';
import { drawMatte, type Grid, gridOver, type Matte } from './matte';
import type { FacePixels } from './openResult';
import type { Pace } from './pace';
import { resample } from './scale/resample';

/** Matte and aligned pixels of one face on the grid; null when the face lies outside the picture. */
export interface Layer {
  readonly matte: Matte;
  readonly pixels: RgbaImage;
}

/** `source`: the decoded picture's size, `size`: the grid's. Null also when the result does not show the face. */
export async function layerOn(source: Size, size: Size, kept: FacePixels, fit: Fit, pace: Pace): Promise<Layer | null> {
  const grid: Grid = gridOver(source, size);
  const matte = await drawMatte(kept.outline, grid, pace);
  if (matte === null || kept.crop === null) return null;
  const { region } = matte;
  const inSource = {
    x: region.x / grid.across,
    y: region.y / grid.down,
    width: region.width / grid.across,
    height: region.height / grid.down,
  };
  const frame = inResult(fit, inSource);
  const { crop } = kept;
  const inCrop = { ...frame, x: frame.x - crop.region.x, y: frame.y - crop.region.y };
  return { matte, pixels: await resample(crop.image, inCrop, region, { pace }) };
}

/** `blend`: 0 the original, 1 the result; what lies outside is brought back. */
export function shareOf(layer: Layer, on: boolean, blend: number): Share {
  return { ...layer, blend: on ? Math.min(1, Math.max(0, blend)) : 0 };
}
