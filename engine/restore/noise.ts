/**
 * How much noise a plane holds, from the plane alone. The finest diagonal wavelet differences are nearly all noise, and
 * their median does not mind a few edges (Donoho and Johnstone 1994); so that hair and cloth are not taken for noise
 * either, only the calmest quarter of the picture is asked, calm by the differences along rows and columns.
 */
import type { Plane } from './plane';

const BLOCK = 8;
/** Share of the blocks that is asked. */
const CALM = 0.25;
/** Where luma is cut off at black or white, noise is too. */
const [BLACK, WHITE] = [6, 249] as const;

interface Block {
  readonly activity: number;
  readonly mean: number;
  readonly diagonals: readonly number[];
}

/**
 * Deviation of white noise, in the plane's units. Too small on pictures that were blurred after the noise came.
 * `kind`: luma 0..255 leaves out what is black or white; colour differences have no such ends.
 */
export function noiseOf(plane: Plane, kind: 'luma' | 'difference'): number {
  const blocks: Block[] = [];
  for (let top = 0; top + BLOCK <= plane.height; top += BLOCK) {
    for (let left = 0; left + BLOCK <= plane.width; left += BLOCK) {
      const block = blockAt(plane, left, top);
      if (block === null) continue;
      if (kind === 'difference' || (block.mean >= BLACK && block.mean <= WHITE)) blocks.push(block);
    }
  }
  if (blocks.length === 0) return 0;
  blocks.sort((a, b) => a.activity - b.activity);
  const calm = blocks.slice(0, Math.max(4, Math.ceil(blocks.length * CALM))).flatMap(({ diagonals }) => diagonals);
  calm.sort((a, b) => a - b);
  // The median of a half-normal distribution is 0.6745 of its deviation.
  return calm[calm.length >> 1]! / 0.6745;
}

/** One level of the Haar transform; null where the block is flat and says nothing. */
function blockAt({ width, data }: Plane, left: number, top: number): Block | null {
  const diagonals: number[] = [];
  let activity = 0;
  let sum = 0;
  for (let y = top; y < top + BLOCK; y += 2) {
    for (let x = left; x < left + BLOCK; x += 2) {
      const at = y * width + x;
      const [a, b, c, d] = [data[at]!, data[at + 1]!, data[at + width]!, data[at + width + 1]!];
      diagonals.push(Math.abs(a - b - c + d) / 2);
      activity += Math.abs(a + b - c - d) + Math.abs(a - b + c - d);
      sum += a + b + c + d;
    }
  }
  return activity === 0 ? null : { activity, mean: sum / BLOCK ** 2, diagonals };
}
