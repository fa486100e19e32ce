/** Whole-pixel rectangles inside a picture, and cutting them out. */
import type { Size } from '../core/money/price';
import { type Box, type RgbaImage, rgbaImage } from './image';

/** A rectangle of whole pixels; unlike a `Box` it never reaches past its picture. */
export interface Region {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The pixels that the box touches, cut to the picture; null when it touches none. */
export function regionOf(box: Box, size: Size): Region | null {
  const left = Math.max(0, Math.floor(box.x));
  const top = Math.max(0, Math.floor(box.y));
  const right = Math.min(size.width, Math.ceil(box.x + box.width));
  const bottom = Math.min(size.height, Math.ceil(box.y + box.height));
  if (right <= left || bottom <= top) return null;
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The box grown about its centre, `factor` times as wide and as high. */
export function grown(box: Box, factor: number): Box {
  const width = box.width * factor;
  const height = box.height * factor;
  return { x: box.x - (width - box.width) / 2, y: box.y - (height - box.height) / 2, width, height };
}

/** The smallest rectangle round all of them; null when there are none. */
export function union(regions: readonly Region[]): Region | null {
  if (regions.length === 0) return null;
  const left = Math.min(...regions.map((region) => region.x));
  const top = Math.min(...regions.map((region) => region.y));
  const right = Math.max(...regions.map((region) => region.x + region.width));
  const bottom = Math.max(...regions.map((region) => region.y + region.height));
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** A copy of the pixels in the region, which must lie inside the picture. */
export function cut(image: RgbaImage, region: Region): RgbaImage {
  const out = rgbaImage(region.width, region.height);
  for (let y = 0; y < region.height; y++) {
    const from = ((region.y + y) * image.width + region.x) * 4;
    out.data.set(image.data.subarray(from, from + region.width * 4), y * region.width * 4);
  }
  return out;
}
