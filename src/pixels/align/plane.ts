/** One number a pixel: the light and dark of a picture, for measuring where it lies. */
import type { Size } from '../../core/money/price';
import type { RgbaImage } from '../image';

export interface Plane extends Size {
  /** Row by row; luminance planes hold 0..255. */
  readonly data: Float32Array;
}

/** Rec. 709 weights on the stored values. */
export function luminance(image: RgbaImage): Plane {
  const data = new Float32Array(image.width * image.height);
  for (let i = 0, at = 0; i < data.length; i++, at += 4) {
    data[i] = 0.2126 * image.data[at]! + 0.7152 * image.data[at + 1]! + 0.0722 * image.data[at + 2]!;
  }
  return { width: image.width, height: image.height, data };
}

/** Binomial blur 1-4-6-4-1 along both axes (sigma 1 pixel); edges repeat. */
export function blurred(plane: Plane): Plane {
  const { width, height, data } = plane;
  const across = new Float32Array(data.length);
  const out = new Float32Array(data.length);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let x = 0; x < width; x++) {
      const l2 = row + Math.max(0, x - 2);
      const l1 = row + Math.max(0, x - 1);
      const r1 = row + Math.min(width - 1, x + 1);
      const r2 = row + Math.min(width - 1, x + 2);
      across[row + x] = (data[l2]! + data[r2]! + 4 * (data[l1]! + data[r1]!) + 6 * data[row + x]!) / 16;
    }
  }
  for (let y = 0; y < height; y++) {
    const u2 = Math.max(0, y - 2) * width;
    const u1 = Math.max(0, y - 1) * width;
    const here = y * width;
    const d1 = Math.min(height - 1, y + 1) * width;
    const d2 = Math.min(height - 1, y + 2) * width;
    for (let x = 0; x < width; x++) {
      out[here + x] =
        (across[u2 + x]! + across[d2 + x]! + 4 * (across[u1 + x]! + across[d1 + x]!) + 6 * across[here + x]!) / 16;
    }
  }
  return { width, height, data: out };
}

/** Half the size: means of 2 x 2; an odd last row or column is dropped. */
export function halved(plane: Plane): Plane {
  const width = plane.width >> 1;
  const height = plane.height >> 1;
  const data = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    let at = y * 2 * plane.width;
    for (let x = 0; x < width; x++, at += 2) {
      const below = at + plane.width;
      data[y * width + x] = (plane.data[at]! + plane.data[at + 1]! + plane.data[below]! + plane.data[below + 1]!) / 4;
    }
  }
  return { width, height, data };
}
