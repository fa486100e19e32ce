/**
 * Pixels from one grid to another that is turned against it, in either direction. Reduction is area-correct: whole
 * blocks are averaged first, and the kernel is widened by what is left, so that nothing finer than the goal's grid is
 * taken for something coarser. At growth 1, unturned and at whole offsets the kernel is the identity.
 */
import type { Size } from '../../src/core/money/price';
import type { RgbaImage } from '../../src/pixels/image';
import type { Region } from '../../src/pixels/region';
import { coarser, growth, inverse, moved, type Similarity, span } from './similarity';

/** Three colours, plane after plane, rows from the top, over a stretch of some grid. */
export interface Stretch extends Size {
  readonly data: Float32Array;
  /** Where its first pixel begins, in pixels of its own (averaged) grid. */
  readonly x: number;
  readonly y: number;
  /** Pixels of the grid it was taken from in one of its own, a side. */
  readonly block: number;
}

/** Pixels to each side that the kernel takes in at growth 1. */
const REACH = 2;

/** What is left for the kernel to do after averaging blocks, at least: less, and the blocks' own patterns would show. */
const REST = 2;

/** Pixels a side that may be averaged at once before a reduction by `factor`. */
export const blockFor = (factor: number): number => Math.max(1, Math.floor(factor / REST));

/** Keys, "Cubic convolution interpolation for digital image processing", IEEE ASSP 29 (6), 1981, with a = -1/2. */
function cubic(distance: number): number {
  const t = Math.abs(distance);
  if (t >= 2) return 0;
  return t < 1 ? (1.5 * t - 2.5) * t * t + 1 : ((-0.5 * t + 2.5) * t - 4) * t + 2;
}

/**
 * As much of the picture as `goal` pixels under `toGoal` (from the picture's pixels) need. Past its edges the picture
 * is mirrored, as FFHQ's own pictures were: a black border would be taken for part of the face.
 */
export function stretchFor(picture: RgbaImage, toGoal: Similarity, goal: Size): Stretch {
  const back = inverse(toGoal);
  const block = blockFor(growth(back));
  // After averaging one pixel of the goal is less than 2 x REST of the stretch.
  const room = 2 * REST * REACH + 1;
  const { left, top, right, bottom } = span(back, goal);
  const [x, y] = [Math.floor(left / block) - room, Math.floor(top / block) - room];
  const [width, height] = [Math.ceil(right / block) + room - x, Math.ceil(bottom / block) + room - y];
  const data = new Float32Array(3 * width * height);
  const [columns, rows] = [
    mirrored(x * block, width * block, picture.width),
    mirrored(y * block, height * block, picture.height),
  ];
  const share = 1 / (block * block);
  for (let row = 0; row < height * block; row++) {
    const line = rows[row]! * picture.width;
    const to = Math.floor(row / block) * width;
    for (let column = 0; column < width * block; column++) {
      const from = (line + columns[column]!) * 4;
      const slot = to + Math.floor(column / block);
      for (let colour = 0; colour < 3; colour++) {
        data[colour * width * height + slot]! += share * picture.data[from + colour]!;
      }
    }
  }
  return { data, width, height, x, y, block };
}

/** For each of `count` places from `first` on, the pixel of a line of `length` that stands there in a row of mirrors. */
function mirrored(first: number, count: number, length: number): Int32Array {
  return Int32Array.from({ length: count }, (_, index) => {
    const at = (((first + index) % (2 * length)) + 2 * length) % (2 * length);
    return at < length ? at : 2 * length - 1 - at;
  });
}

/** The same of three planes that are held already; past their edges the edge pixels go on. */
export function averaged(planes: Float32Array, size: Size, block: number): Stretch {
  if (block === 1) return { data: planes, ...size, x: 0, y: 0, block };
  const [width, height] = [Math.ceil(size.width / block), Math.ceil(size.height / block)];
  const data = new Float32Array(3 * width * height);
  for (let colour = 0; colour < 3; colour++) {
    for (let y = 0; y < height * block; y++) {
      const from = (colour * size.height + Math.min(y, size.height - 1)) * size.width;
      const to = (colour * height + Math.floor(y / block)) * width;
      for (let x = 0; x < width * block; x++) {
        data[to + Math.floor(x / block)]! += planes[from + Math.min(x, size.width - 1)]! / (block * block);
      }
    }
  }
  return { data, width, height, x: 0, y: 0, block };
}

/** The pixels of `region` on the goal's grid; three planes of `region`'s size. `toGoal`: from the stretch's source grid. */
export function warped(stretch: Stretch, toGoal: Similarity, region: Region): Float32Array {
  const { data, width, height } = stretch;
  const toStretch = coarser(inverse(toGoal), stretch.block);
  const widen = Math.max(1, growth(toStretch));
  const reach = REACH * widen;
  const most = Math.ceil(2 * reach) + 1;
  const [across, down] = [new Float64Array(most), new Float64Array(most)];
  const plane = region.width * region.height;
  const out = new Float32Array(3 * plane);
  const weigh = (into: Float64Array, centre: number): number => {
    const first = Math.ceil(centre - reach);
    let sum = 0;
    for (let k = 0; k < most; k++) {
      const weight = cubic((first + k - centre) / widen);
      into[k] = weight;
      sum += weight;
    }
    for (let k = 0; k < most; k++) into[k]! /= sum;
    return first;
  };
  for (let y = 0; y < region.height; y++) {
    for (let x = 0; x < region.width; x++) {
      const at = moved(toStretch, { x: region.x + x + 0.5, y: region.y + y + 0.5 });
      // Pixel i lies at i + 0.5.
      const left = weigh(across, at.x - stretch.x - 0.5);
      const top = weigh(down, at.y - stretch.y - 0.5);
      let [red, green, blue] = [0, 0, 0];
      for (let j = 0; j < most; j++) {
        const vertical = down[j]!;
        if (vertical === 0) continue;
        const line = Math.min(Math.max(top + j, 0), height - 1) * width;
        for (let i = 0; i < most; i++) {
          const weight = vertical * across[i]!;
          const slot = line + Math.min(Math.max(left + i, 0), width - 1);
          red += weight * data[slot]!;
          green += weight * data[slot + width * height]!;
          blue += weight * data[slot + 2 * width * height]!;
        }
      }
      const to = y * region.width + x;
      out[to] = red;
      out[to + plane] = green;
      out[to + 2 * plane] = blue;
    }
  }
  return out;
}
