/** The source with the chosen faces laid in: one picture, for Replace and New layer, and for the screen. */
import { clusters, composeRegion, type Share } from './compose';
import { type RgbaImage, rgbaImage } from './image';
import { NO_PACE, type Pace } from './pace';
import type { Region } from './region';

/**
 * The overlay over the source, rounded once. Outside the mattes, and where the source is invisible, every byte is
 * the source's; the source's alpha stays everywhere.
 */
export async function bake(source: RgbaImage, shares: readonly Share[], pace: Pace = NO_PACE): Promise<RgbaImage> {
  const baked = rgbaImage(source.width, source.height, source.data.slice());
  for (const region of clusters(shares.filter((share) => share.blend > 0).map((share) => share.matte.region))) {
    layIn(baked, await composeRegion(region, shares, pace), region);
    if (pace.due()) await pace.rest();
  }
  return baked;
}

/** Lays straight-alpha pixels over the image's colours, in place; the image's alpha stays. */
export function layIn(image: RgbaImage, over: RgbaImage, region: Region): void {
  const target = image.data;
  const { data } = over;
  for (let y = 0; y < region.height; y++) {
    let at = ((region.y + y) * image.width + region.x) * 4;
    let from = y * region.width * 4;
    for (let x = 0; x < region.width; x++, at += 4, from += 4) {
      const alpha = data[from + 3]!;
      if (alpha === 0 || target[at + 3] === 0) continue;
      const share = alpha / 255;
      target[at] = target[at]! + (data[from]! - target[at]!) * share;
      target[at + 1] = target[at + 1]! + (data[from + 1]! - target[at + 1]!) * share;
      target[at + 2] = target[at + 2]! + (data[from + 2]! - target[at + 2]!) * share;
    }
  }
}
