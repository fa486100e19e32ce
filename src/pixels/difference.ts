/**
 * What the service changed: source and result compared on one grid, in cells of a few pixels.
 * Knows nothing of faces; `outline.ts` joins it with them.
 */
import type { RgbaImage } from './image';
import { NO_PACE, type Pace } from './pace';

export interface ChangeMap {
  readonly width: number;
  readonly height: number;
  /** Source pixels a cell is wide and high. */
  readonly cell: number;
  /** Per cell the largest difference of any channel of any of its pixels, 0..255. */
  readonly largest: Uint8Array;
  /** Differences up to this, of 255, are rounding or resampling and count as unchanged. */
  readonly floor: number;
}

/** On one grid: the rounding of colours on the way. */
export const ROUNDING = 3;
/** Between a picture and its enlargement, both reduced again: what is left by the two kernels. */
export const RESAMPLING = 8;

export interface MapOptions {
  /** Source pixels for each pixel of the two pictures. */
  readonly pixel?: number;
  readonly floor?: number;
  readonly pace?: Pace;
}

/** `cell` in pixels of the two pictures, which have one size. */
export async function changeMap(
  source: RgbaImage,
  result: RgbaImage,
  cell: number,
  { pixel = 1, floor = ROUNDING, pace = NO_PACE }: MapOptions = {},
): Promise<ChangeMap> {
  if (source.width !== result.width || source.height !== result.height) {
    throw new RangeError(
      `Pictures of one size are compared, got ${source.width} x ${source.height} and ${result.width} x ${result.height}`,
    );
  }
  const width = Math.ceil(source.width / cell);
  const height = Math.ceil(source.height / cell);
  const largest = new Uint8Array(width * height);
  const a = source.data;
  const b = result.data;
  for (let y = 0; y < source.height; y++) {
    const row = Math.floor(y / cell) * width;
    let at = y * source.width * 4;
    for (let x = 0; x < source.width; x++, at += 4) {
      // What is invisible in the source cannot be seen to change.
      if (a[at + 3] === 0) continue;
      const r = Math.abs(a[at]! - b[at]!);
      const g = Math.abs(a[at + 1]! - b[at + 1]!);
      const l = Math.abs(a[at + 2]! - b[at + 2]!);
      const most = Math.max(r, g, l);
      if (most === 0) continue;
      const slot = row + Math.floor(x / cell);
      if (most > largest[slot]!) largest[slot] = most;
    }
    if (pace.due()) await pace.rest();
  }
  return { width, height, cell: cell * pixel, largest, floor };
}
