/**
 * What the chosen faces put over the source: one straight-alpha colour a pixel. Where mattes overlap the pixel is
 * shared out between the faces in proportion to how deep it lies in each, so that the order of the faces does not
 * matter and the shares never add up to more than the whole.
 */
import { type RgbaImage, rgbaImage } from './image';
import type { Matte } from './matte';
import { NO_PACE, type Pace } from './pace';
import { type Region, union } from './region';

/** One face's part of the composite, all on one grid. */
export interface Share {
  readonly matte: Matte;
  /** The aligned result's pixels of the matte's region. */
  readonly pixels: RgbaImage;
  /** 0 = the original (also when the face is off), 1 = the result. */
  readonly blend: number;
}

const overlaps = (a: Region, b: Region): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** The regions joined until none overlap: each can be painted by itself. */
export function clusters(regions: readonly Region[]): readonly Region[] {
  const apart: Region[] = [];
  for (const region of regions) {
    let grown = region;
    for (let i = apart.findIndex((other) => overlaps(other, grown)); i >= 0; ) {
      grown = union([grown, ...apart.splice(i, 1)])!;
      i = apart.findIndex((other) => overlaps(other, grown));
    }
    apart.push(grown);
  }
  return apart;
}

/** The overlay's pixels of one region: colour of the result, alpha = matte x blend; all 0 where nothing is taken. */
export async function composeRegion(
  region: Region,
  shares: readonly Share[],
  pace: Pace = NO_PACE,
): Promise<RgbaImage> {
  const touching = shares.filter((share) => overlaps(share.matte.region, region));
  const out = rgbaImage(region.width, region.height);
  const sums = new Float32Array(region.width * 4);
  // 64 bits, so that a face that shares its pixels with no other gets exactly the whole of them.
  const depths = new Float64Array(region.width);
  for (let y = 0; y < region.height; y++) {
    const row = region.y + y;
    const inRow = touching.filter(({ matte }) => row >= matte.region.y && row < matte.region.y + matte.region.height);
    if (inRow.length === 0) continue;
    sums.fill(0);
    depths.fill(0);
    // All faces count, also those that are off, so that switching one leaves the others' pixels.
    if (inRow.length > 1) for (const share of inRow) addSquares(region, row, share, depths);
    for (const share of inRow) if (share.blend > 0) addRow(region, row, share, inRow.length > 1 ? depths : null, sums);
    writeRow(sums, out.data, y * region.width * 4);
    if (pace.due()) await pace.rest();
  }
  return out;
}

/** Where the row of a share begins and ends in the region, and where it begins in the share's own pixels. */
function common(region: Region, row: number, { matte }: Share): { from: number; to: number; own: number } {
  const left = Math.max(region.x, matte.region.x);
  const right = Math.min(region.x + region.width, matte.region.x + matte.region.width);
  const own = (row - matte.region.y) * matte.region.width + left - matte.region.x;
  return { from: left - region.x, to: right - region.x, own };
}

function addSquares(region: Region, row: number, share: Share, depths: Float64Array): void {
  const { from, to, own } = common(region, row, share);
  for (let x = from, at = own; x < to; x++, at++) {
    const depth = share.matte.data[at]! / 255;
    depths[x] = depths[x]! + depth * depth;
  }
}

function addRow(region: Region, row: number, share: Share, depths: Float64Array | null, sums: Float32Array): void {
  const { from, to, own } = common(region, row, share);
  const { data } = share.pixels;
  for (let x = from, at = own; x < to; x++, at++) {
    const depth = share.matte.data[at]! / 255;
    if (depth === 0) continue;
    const part = depths === null ? 1 : (depth * depth) / depths[x]!;
    const weight = depth * part * share.blend * (data[at * 4 + 3]! / 255);
    sums[x * 4] = sums[x * 4]! + weight * data[at * 4]!;
    sums[x * 4 + 1] = sums[x * 4 + 1]! + weight * data[at * 4 + 1]!;
    sums[x * 4 + 2] = sums[x * 4 + 2]! + weight * data[at * 4 + 2]!;
    sums[x * 4 + 3] = sums[x * 4 + 3]! + weight;
  }
}

function writeRow(sums: Float32Array, out: Uint8ClampedArray, start: number): void {
  for (let i = 0; i < sums.length; i += 4) {
    const weight = sums[i + 3]!;
    const alpha = Math.round(weight * 255);
    if (alpha === 0) continue;
    out[start + i] = sums[i]! / weight;
    out[start + i + 1] = sums[i + 1]! / weight;
    out[start + i + 2] = sums[i + 2]! / weight;
    out[start + i + 3] = alpha;
  }
}
