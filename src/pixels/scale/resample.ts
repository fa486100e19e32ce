/**
 * Pictures in another size (area-correct, see `lanczos.ts`). Where pixels are transparent, colours are weighted by alpha,
 * so no hidden colour bleeds in. At scale 1 and whole offsets the kernel is the identity, exactly.
 */
import type { Size } from '../../core/money/price';
import { type Box, type RgbaImage, rgbaImage } from '../image';
import { NO_PACE } from '../pace';
import { cut } from '../region';
import { lanczosTaps, type Taps } from './lanczos';
import { isOpaque } from './opaque';
import { type ReduceOptions, reduce } from './reduce';

/** True for a frame of whole pixels inside the image: its pixels are taken as they are. */
function isInside(frame: Box, image: Size): boolean {
  if (!Number.isInteger(frame.x) || !Number.isInteger(frame.y) || frame.x < 0 || frame.y < 0) return false;
  return frame.x + frame.width <= image.width && frame.y + frame.height <= image.height;
}

export interface ResampleOptions extends ReduceOptions {
  /** What the picture is for. 'keeping': nothing is lost that can be kept. */
  readonly use?: keyof typeof REST;
}

/**
 * By how much the kernel reduces at least, after whole blocks were averaged: many times as fast as the kernel alone.
 * On a picture to keep hardly a difference is left; on the screen none is seen.
 */
const REST = { keeping: 3, measuring: 1.2, screen: 1 } as const;

/**
 * `target` pixels of what lies in `frame` (in the image's own pixels, fractions allowed; past the edges the edge
 * pixels go on). One row of work at a time, so memory is the target and a ring of rows.
 */
export async function resample(
  image: RgbaImage,
  frame: Box,
  target: Size,
  { pace = NO_PACE, use = 'keeping', opaque = isOpaque(image) }: ResampleOptions = {},
): Promise<RgbaImage> {
  if (frame.width === target.width && frame.height === target.height && isInside(frame, image)) {
    return cut(image, frame);
  }
  const ratio = Math.min(frame.width / target.width, frame.height / target.height);
  const shrink = Math.floor(ratio / REST[use]);
  if (shrink >= 2) {
    const small = await reduce(image, shrink, { pace, opaque });
    const inner = {
      x: frame.x / shrink,
      y: frame.y / shrink,
      width: frame.width / shrink,
      height: frame.height / shrink,
    };
    return resample(small, inner, target, { pace, opaque });
  }
  const across = lanczosTaps(image.width, frame.x, frame.width, target.width);
  const down = lanczosTaps(image.height, frame.y, frame.height, target.height);
  const out = rgbaImage(target.width, target.height);
  // Opaque pictures are worked on without their alpha.
  const stride = target.width * (opaque ? 3 : 4);
  const ring: Float32Array[] = Array.from({ length: down.count }, () => new Float32Array(stride));
  const held = new Int32Array(down.count).fill(-1);
  const sum = new Float32Array(stride);
  const lines: Float32Array[] = [];
  const heights: number[] = [];
  for (let y = 0; y < target.height; y++) {
    const start = down.first[y]!;
    lines.length = 0;
    heights.length = 0;
    for (let k = 0; k < down.count; k++) {
      const weight = down.weights[y * down.count + k]!;
      if (weight === 0) continue;
      const row = start + k;
      const slot = row % down.count;
      const line = ring[slot]!;
      if (held[slot] !== row) {
        if (opaque) rowAcross(image, row, across, line);
        else rowAcrossAlpha(image, row, across, line);
        held[slot] = row;
      }
      lines.push(line);
      heights.push(weight);
    }
    addUp(lines, heights, sum);
    if (opaque) withAlpha(sum, out.data, y * target.width * 4);
    else unpremultiply(sum, out.data, y * stride);
    if (pace.due()) await pace.rest();
  }
  return out;
}

function rowAcross(image: RgbaImage, row: number, taps: Taps, line: Float32Array): void {
  const { data, width } = image;
  const { count, first, weights } = taps;
  const base = row * width * 4;
  for (let x = 0; x < first.length; x++) {
    let r = 0;
    let g = 0;
    let b = 0;
    let at = base + first[x]! * 4;
    const w = x * count;
    for (let k = 0; k < count; k++, at += 4) {
      const weight = weights[w + k]!;
      r += weight * data[at]!;
      g += weight * data[at + 1]!;
      b += weight * data[at + 2]!;
    }
    line[x * 3] = r;
    line[x * 3 + 1] = g;
    line[x * 3 + 2] = b;
  }
}

function rowAcrossAlpha(image: RgbaImage, row: number, taps: Taps, line: Float32Array): void {
  const { data, width } = image;
  const { count, first, weights } = taps;
  const base = row * width * 4;
  for (let x = 0; x < first.length; x++) {
    let r = 0;
    let g = 0;
    let b = 0;
    let a = 0;
    let at = base + first[x]! * 4;
    const w = x * count;
    for (let k = 0; k < count; k++, at += 4) {
      const weight = weights[w + k]! * data[at + 3]!;
      r += weight * data[at]!;
      g += weight * data[at + 1]!;
      b += weight * data[at + 2]!;
      a += weight;
    }
    line[x * 4] = r;
    line[x * 4 + 1] = g;
    line[x * 4 + 2] = b;
    line[x * 4 + 3] = a;
  }
}

/** `sum` becomes the weighted sum of the lines: four at a time, so that it is read and written a quarter as often. */
function addUp(lines: readonly Float32Array[], weights: readonly number[], sum: Float32Array): void {
  const { length } = sum;
  for (let k = 0; k < lines.length; k += 4) {
    const a = lines[k]!;
    // A line that is not there counts for nothing.
    const b = lines[k + 1] ?? a;
    const c = lines[k + 2] ?? a;
    const d = lines[k + 3] ?? a;
    const p = weights[k]!;
    const q = weights[k + 1] ?? 0;
    const r = weights[k + 2] ?? 0;
    const s = weights[k + 3] ?? 0;
    if (k === 0) for (let i = 0; i < length; i++) sum[i] = p * a[i]! + q * b[i]! + r * c[i]! + s * d[i]!;
    else for (let i = 0; i < length; i++) sum[i] = sum[i]! + p * a[i]! + q * b[i]! + r * c[i]! + s * d[i]!;
  }
}

function withAlpha(sum: Float32Array, out: Uint8ClampedArray, at: number): void {
  for (let i = 0, to = at; i < sum.length; i += 3, to += 4) {
    out[to] = sum[i]!;
    out[to + 1] = sum[i + 1]!;
    out[to + 2] = sum[i + 2]!;
    out[to + 3] = 255;
  }
}

function unpremultiply(sum: Float32Array, out: Uint8ClampedArray, at: number): void {
  for (let i = 0; i < sum.length; i += 4) {
    const alpha = sum[i + 3]!;
    if (alpha < 0.5) continue;
    out[at + i] = sum[i]! / alpha;
    out[at + i + 1] = sum[i + 1]! / alpha;
    out[at + i + 2] = sum[i + 2]! / alpha;
    out[at + i + 3] = alpha;
  }
}

/** The size with `longSide` as its longer side, never larger than it is; whole pixels, at least 1. */
export function sizeWithin(size: Size, longSide: number): Size {
  const factor = Math.min(1, longSide / Math.max(size.width, size.height));
  return {
    width: Math.max(1, Math.round(size.width * factor)),
    height: Math.max(1, Math.round(size.height * factor)),
  };
}
