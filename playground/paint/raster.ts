/** The painter's canvas: RGBA, premultiplied, floats 0..1, so that many paints on one another round only once. */
import { type RgbaImage, rgbaImage } from '../../src/pixels/image';

export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Transparent. */
export function createRaster(width: number, height: number): Raster {
  return { width, height, data: new Float32Array(width * height * 4) };
}

/** To 8 bits, not premultiplied, rounded to the nearest. */
export function finished(raster: Raster): RgbaImage {
  const image = rgbaImage(raster.width, raster.height);
  const { data } = raster;
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3]!;
    if (alpha === 0) continue;
    image.data[at] = (data[at]! / alpha) * 255;
    image.data[at + 1] = (data[at + 1]! / alpha) * 255;
    image.data[at + 2] = (data[at + 2]! / alpha) * 255;
    image.data[at + 3] = alpha * 255;
  }
  return image;
}
