/** One channel of a picture in floating point, and the way between three of them and RGBA. */
import { type RgbaImage, rgbaImage } from '../../src/pixels/image';
import type { Region } from '../../src/pixels/region';

/** Rows from the top; values nominally 0..255, unclamped. `data.length === width * height`. */
export interface Plane {
  readonly width: number;
  readonly height: number;
  readonly data: Float32Array;
}

/** Luma and two colour differences of JPEG (ITU T.871): orthogonal enough, and what the tables of a JPEG speak of. */
export type Planes = readonly [luma: Plane, blue: Plane, red: Plane];

/** `data` is taken over, not copied. Throws a RangeError when its length is not `width * height`. */
export function newPlane(width: number, height: number, data = new Float32Array(width * height)): Plane {
  if (data.length !== width * height)
    throw new RangeError(`${width} x ${height} needs ${width * height} values, got ${data.length}`);
  return { width, height, data };
}

/** The part of the picture as YCbCr; the differences are centred on 0. Alpha is left behind. */
export function planesOf(image: RgbaImage, region: Region): Planes {
  const planes: Planes = [
    newPlane(region.width, region.height),
    newPlane(region.width, region.height),
    newPlane(region.width, region.height),
  ];
  const [luma, blue, red] = planes;
  let to = 0;
  for (let y = 0; y < region.height; y++) {
    let from = ((region.y + y) * image.width + region.x) * 4;
    for (let x = 0; x < region.width; x++, to++, from += 4) {
      const r = image.data[from]!;
      const g = image.data[from + 1]!;
      const b = image.data[from + 2]!;
      const l = 0.299 * r + 0.587 * g + 0.114 * b;
      luma.data[to] = l;
      blue.data[to] = (b - l) / 1.772;
      red.data[to] = (r - l) / 1.402;
    }
  }
  return planes;
}

/** Opaque RGBA, rounded and clamped. */
export function imageOf([luma, blue, red]: Planes): RgbaImage {
  const out = rgbaImage(luma.width, luma.height);
  for (let at = 0; at < luma.data.length; at++) {
    const l = luma.data[at]!;
    const cb = blue.data[at]!;
    const cr = red.data[at]!;
    out.data[at * 4] = l + 1.402 * cr;
    out.data[at * 4 + 1] = l - 0.344136 * cb - 0.714136 * cr;
    out.data[at * 4 + 2] = l + 1.772 * cb;
    out.data[at * 4 + 3] = 255;
  }
  return out;
}

/** A new plane of the same size; `at` is the index in it. */
export function mapPlane(plane: Plane, change: (value: number, at: number) => number): Plane {
  return newPlane(plane.width, plane.height, plane.data.map(change));
}
