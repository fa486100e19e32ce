/** What the studio keeps of a picture and its results, and the picture in the sizes in which it is shown. */
import type { Size } from '../core/money/price';
import type { PictureFormat } from '../core/picture/format';
import type { Fit } from './fit';
import type { Box, RgbaImage } from './image';
import type { FacePixels } from './openResult';
import type { Pace } from './pace';
import { resample, sizeWithin } from './scale/resample';
import type { Layer } from './shares';

export interface KeptResult {
  readonly id: number;
  readonly bytes: Uint8Array;
  readonly fit: Fit;
  readonly size: Size;
  readonly faces: Map<string, FacePixels>;
  /** The result as a whole for the screen, by width: the latest sizes. */
  readonly screens: Map<number, RgbaImage>;
  /** Drawn faces by grid and face: redrawing after a choice costs only the composition. */
  readonly layers: Map<string, Layer | null>;
}

export interface KeptPicture {
  readonly image: RgbaImage;
  readonly opaque: boolean;
  readonly format: PictureFormat;
  readonly results: Map<number, KeptResult>;
  /** The latest sizes for the screen, by long side. */
  readonly screens: Map<number, RgbaImage>;
}

/** Sizes for the screen kept at once: a strip and a stage. */
export const SCREENS = 2;

/** From the upper left corner to the lower right one. */
export const wholeOf = (size: Size): Box => ({ x: 0, y: 0, width: size.width, height: size.height });

/** The picture for the screen, never larger than it is. Made once for each of the latest sizes. */
export async function screen(held: KeptPicture, longSide: number, pace: Pace): Promise<RgbaImage> {
  const size = sizeWithin(held.image, longSide);
  if (size.width === held.image.width) return held.image;
  const kept = held.screens.get(size.width);
  if (kept !== undefined) return kept;
  const made = await resample(held.image, wholeOf(held.image), size, { pace, opaque: held.opaque, use: 'screen' });
  if (held.screens.size >= SCREENS) held.screens.delete([...held.screens.keys()][0]!);
  held.screens.set(size.width, made);
  return made;
}
