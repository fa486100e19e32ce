/** The picture that lies above the original: transparent but for the chosen faces. */
import type { Size } from '../core/money/price';
import { clusters, composeRegion, type Share } from './compose';
import { type RgbaImage, rgbaImage } from './image';
import { NO_PACE, type Pace } from './pace';
import type { Region } from './region';

export interface Overlay {
  readonly image: RgbaImage;
  /** Outside of these every pixel is 0, 0, 0, 0. They do not overlap. */
  readonly regions: readonly Region[];
}

/**
 * Straight alpha, `size` being the grid of the shares. `sourceAlpha` gives the source's alpha at a pixel of that grid:
 * the overlay is never more visible than what it covers, so nothing appears outside a cut-out.
 */
export async function overlay(
  size: Size,
  shares: readonly Share[],
  sourceAlpha: ((x: number, y: number) => number) | null,
  pace: Pace = NO_PACE,
): Promise<Overlay> {
  const image = rgbaImage(size.width, size.height);
  const regions = clusters(shares.filter((share) => share.blend > 0).map((share) => share.matte.region));
  for (const region of regions) {
    const part = await composeRegion(region, shares, pace);
    if (sourceAlpha !== null) fade(part, region, sourceAlpha);
    paste(image, part, region);
  }
  return { image, regions };
}

function fade(part: RgbaImage, region: Region, sourceAlpha: (x: number, y: number) => number): void {
  const { data, width, height } = part;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      const alpha = Math.round((data[at + 3]! * sourceAlpha(region.x + x, region.y + y)) / 255);
      data[at + 3] = alpha;
      if (alpha === 0) data.fill(0, at, at + 3);
    }
  }
}

/** Writes the part's rows into the image at the region. */
function paste(image: RgbaImage, part: RgbaImage, region: Region): void {
  for (let y = 0; y < region.height; y++) {
    const row = part.data.subarray(y * region.width * 4, (y + 1) * region.width * 4);
    image.data.set(row, ((region.y + y) * image.width + region.x) * 4);
  }
}
