/**
 * What the chosen faces put over the source: one straight-alpha colour a pixel. Where mattes overlap the pixel is
 * shared out between the faces in proportion to how deep it lies in each, so that the order of the faces does not
 * matter and the shares never add up to more than the whole.
 */
import { type RgbaImage, rgbaImage } from './image';
import type { Matte } from './matte';
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
export function composeRegion(region: Region, shares: readonly Share[]): RgbaImage {
  const touching = shares.filter((share) => overlaps(share.matte.region, region));
  const out = rgbaImage(region.width, region.height);
  const depths = touching.length > 1 ? sumOfSquares(region, touching) : null;
  const sums = new Float32Array(region.width * region.height * 4);
  for (const share of touching) add(region, share, depths, sums);
  for (let i = 0; i < sums.length; i += 4) {
    const weight = sums[i + 3]!;
    const alpha = Math.round(weight * 255);
    if (alpha === 0) continue;
    out.data[i] = sums[i]! / weight;
    out.data[i + 1] = sums[i + 1]! / weight;
    out.data[i + 2] = sums[i + 2]! / weight;
    out.data[i + 3] = alpha;
  }
  return out;
}

/** Calls back for each pixel that the share and the region have in common, with its place in both. */
function common(region: Region, share: Share, visit: (inRegion: number, inShare: number) => void): void {
  const own = share.matte.region;
  const left = Math.max(region.x, own.x);
  const right = Math.min(region.x + region.width, own.x + own.width);
  const top = Math.max(region.y, own.y);
  const bottom = Math.min(region.y + region.height, own.y + own.height);
  for (let y = top; y < bottom; y++) {
    let here = (y - region.y) * region.width + left - region.x;
    let there = (y - own.y) * own.width + left - own.x;
    for (let x = left; x < right; x++, here++, there++) visit(here, there);
  }
}

/** Sum of the squared mattes; all faces count, also those that are off, so that switching one leaves the others' pixels. */
function sumOfSquares(region: Region, shares: readonly Share[]): Float32Array {
  const sums = new Float32Array(region.width * region.height);
  for (const share of shares) {
    common(region, share, (here, there) => {
      const depth = share.matte.data[there]! / 255;
      sums[here] = sums[here]! + depth * depth;
    });
  }
  return sums;
}

function add(region: Region, share: Share, depths: Float32Array | null, sums: Float32Array): void {
  const { blend, matte, pixels } = share;
  if (blend <= 0) return;
  common(region, share, (here, there) => {
    const depth = matte.data[there]! / 255;
    if (depth === 0) return;
    const part = depths === null ? 1 : (depth * depth) / depths[here]!;
    const weight = depth * part * blend * (pixels.data[there * 4 + 3]! / 255);
    const at = here * 4;
    sums[at] = sums[at]! + weight * pixels.data[there * 4]!;
    sums[at + 1] = sums[at + 1]! + weight * pixels.data[there * 4 + 1]!;
    sums[at + 2] = sums[at + 2]! + weight * pixels.data[there * 4 + 2]!;
    sums[at + 3] = sums[at + 3]! + weight;
  });
}
