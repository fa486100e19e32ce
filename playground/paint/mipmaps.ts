/**
 * A picture and its halves, made when first asked for. Painting smaller than 1:1 reads the level whose pixels are at
 * most twice as dense as the canvas', so that nothing is skipped over.
 */
import { type RgbaImage, rgbaImage } from '../../src/pixels/image';

export interface Mipmaps {
  readonly width: number;
  readonly height: number;
  /** 0 = the picture itself. */
  level(index: number): RgbaImage;
}

/** Levels past the last are the last: one pixel. */
export function mipmaps(image: RgbaImage): Mipmaps {
  const levels: RgbaImage[] = [image];
  return {
    width: image.width,
    height: image.height,
    level(index) {
      for (;;) {
        const last = levels[levels.length - 1] as RgbaImage;
        if (index < levels.length) return levels[index] as RgbaImage;
        if (last.width === 1 && last.height === 1) return last;
        levels.push(halved(last));
      }
    },
  };
}

/** The mean of each 2 x 2 block, weighted by alpha; an odd last row or column is averaged with itself. */
export function halved(image: RgbaImage): RgbaImage {
  const width = Math.max(1, Math.ceil(image.width / 2));
  const height = Math.max(1, Math.ceil(image.height / 2));
  const half = rgbaImage(width, height);
  for (let y = 0; y < height; y++) {
    const top = 2 * y * image.width;
    const bottom = Math.min(2 * y + 1, image.height - 1) * image.width;
    for (let x = 0; x < width; x++) {
      const left = 2 * x;
      const right = Math.min(left + 1, image.width - 1);
      average(image.data, [top + left, top + right, bottom + left, bottom + right], half.data, (y * width + x) * 4);
    }
  }
  return half;
}

function average(data: Uint8ClampedArray, from: readonly number[], to: Uint8ClampedArray, at: number): void {
  let [r, g, b, a] = [0, 0, 0, 0];
  for (const pixel of from) {
    const alpha = data[pixel * 4 + 3]!;
    r += data[pixel * 4]! * alpha;
    g += data[pixel * 4 + 1]! * alpha;
    b += data[pixel * 4 + 2]! * alpha;
    a += alpha;
  }
  if (a === 0) return;
  to[at] = r / a;
  to[at + 1] = g / a;
  to[at + 2] = b / a;
  to[at + 3] = a / from.length;
}
