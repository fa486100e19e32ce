/** The one shape of a picture in memory. */
import type { Size } from '../core/money/price';

/** Rows from the top, RGBA, 8 bits a channel, not premultiplied, sRGB. `data.length === width * height * 4`. */
export interface RgbaImage extends Size {
  readonly data: Uint8ClampedArray;
}

/** A rectangle in source pixels; x and y may be fractional, and the box may reach past the picture's edge. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Checks the shape. Throws (a bug, not a user's error) with both numbers when data and size disagree. */
export function rgbaImage(width: number, height: number, data?: Uint8ClampedArray): RgbaImage {
  if (!Number.isInteger(width) || !Number.isInteger(height) || width < 1 || height < 1) {
    throw new RangeError(`A picture needs whole sides of at least 1 pixel, got ${width} x ${height}`);
  }
  const pixels = data ?? new Uint8ClampedArray(width * height * 4);
  if (pixels.length !== width * height * 4) {
    throw new RangeError(`${width} x ${height} needs ${width * height * 4} bytes, got ${pixels.length}`);
  }
  return { width, height, data: pixels };
}
