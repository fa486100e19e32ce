/** Differences between two pictures of the same size, for whole-canvas checks. */
import type { RgbaImage } from '../src/pixels/image';

export interface Difference {
  /** Largest difference of any channel, 0..255. */
  readonly largest: number;
  /** Pixels with any difference at all. */
  readonly pixels: number;
}

/** Compares where `where` says so (by pixel index); throws when the sizes differ. */
export function difference(a: RgbaImage, b: RgbaImage, where: (pixel: number) => boolean = () => true): Difference {
  if (a.width !== b.width || a.height !== b.height) {
    throw new Error(`${a.width} x ${a.height} cannot be compared with ${b.width} x ${b.height}`);
  }
  let largest = 0;
  let pixels = 0;
  for (let pixel = 0; pixel < a.width * a.height; pixel += 1) {
    if (!where(pixel)) continue;
    let here = 0;
    for (let channel = pixel * 4; channel < pixel * 4 + 4; channel += 1) {
      here = Math.max(here, Math.abs(a.data[channel]! - b.data[channel]!));
    }
    if (here > 0) pixels += 1;
    largest = Math.max(largest, here);
  }
  return { largest, pixels };
}

/** Source-over of two straight-alpha pictures (Porter and Duff, 1984), rounded once. */
export function over(above: RgbaImage, below: RgbaImage): RgbaImage {
  const data = new Uint8ClampedArray(below.data.length);
  for (let at = 0; at < data.length; at += 4) {
    const alpha = above.data[at + 3]! / 255;
    const under = (below.data[at + 3]! / 255) * (1 - alpha);
    const sum = alpha + under;
    for (let channel = at; channel < at + 3; channel += 1) {
      data[channel] = sum === 0 ? 0 : (above.data[channel]! * alpha + below.data[channel]! * under) / sum;
    }
    data[at + 3] = sum * 255;
  }
  return { width: below.width, height: below.height, data };
}
