/** Whole blocks of pixels averaged: the fast first step of large reductions. Where pixels are transparent, colours are weighted by alpha. */
import { type RgbaImage, rgbaImage } from '../image';
import { NO_PACE, type Pace } from '../pace';
import { isOpaque } from './opaque';

export interface ReduceOptions {
  readonly pace?: Pace;
  /** Known beforehand, to save looking. */
  readonly opaque?: boolean;
}

/** The mean of each block of `factor` x `factor` pixels; blocks at the far edges may be smaller. */
export async function reduce(
  image: RgbaImage,
  factor: number,
  { pace = NO_PACE, opaque = isOpaque(image) }: ReduceOptions = {},
): Promise<RgbaImage> {
  const width = Math.ceil(image.width / factor);
  const height = Math.ceil(image.height / factor);
  const out = rgbaImage(width, height);
  const sums = new Uint32Array(width * 4);
  for (let y = 0; y < height; y++) {
    sums.fill(0);
    const rows = Math.min(factor, image.height - y * factor);
    for (let row = 0; row < rows; row++) {
      if (opaque) addRow(image, y * factor + row, factor, sums);
      else addRowAlpha(image, y * factor + row, factor, sums);
    }
    for (let x = 0; x < width; x++) {
      const count = rows * Math.min(factor, image.width - x * factor);
      const whole = opaque ? count : sums[x * 4 + 3]!;
      if (whole === 0) continue;
      const at = (y * width + x) * 4;
      out.data[at] = sums[x * 4]! / whole;
      out.data[at + 1] = sums[x * 4 + 1]! / whole;
      out.data[at + 2] = sums[x * 4 + 2]! / whole;
      out.data[at + 3] = opaque ? 255 : whole / count;
    }
    if (pace.due()) await pace.rest();
  }
  return out;
}

/** Adds one row's colours to the sums of its blocks. */
function addRow({ data, width }: RgbaImage, row: number, factor: number, sums: Uint32Array): void {
  let at = row * width * 4;
  for (let x = 0, slot = 0; x < width; x += factor, slot += 4) {
    const end = at + Math.min(factor, width - x) * 4;
    let r = 0;
    let g = 0;
    let b = 0;
    for (; at < end; at += 4) {
      r += data[at]!;
      g += data[at + 1]!;
      b += data[at + 2]!;
    }
    sums[slot] = sums[slot]! + r;
    sums[slot + 1] = sums[slot + 1]! + g;
    sums[slot + 2] = sums[slot + 2]! + b;
  }
}

/** The same with colours weighted by alpha. 32 bits hold blocks of up to 256 pixels a side. */
function addRowAlpha({ data, width }: RgbaImage, row: number, factor: number, sums: Uint32Array): void {
  let at = row * width * 4;
  for (let x = 0, slot = 0; x < width; x += factor, slot += 4) {
    const end = at + Math.min(factor, width - x) * 4;
    let r = 0;
    let g = 0;
    let b = 0;
    let a = 0;
    for (; at < end; at += 4) {
      const alpha = data[at + 3]!;
      r += data[at]! * alpha;
      g += data[at + 1]! * alpha;
      b += data[at + 2]! * alpha;
      a += alpha;
    }
    sums[slot] = sums[slot]! + r;
    sums[slot + 1] = sums[slot + 1]! + g;
    sums[slot + 2] = sums[slot + 2]! + b;
    sums[slot + 3] = sums[slot + 3]! + a;
  }
}
