/** How large and how small a picture may be. */
import type { PluginError } from '../core/errors';
import type { Size } from '../core/money/price';

/** Pixels a side: what Figma holds (figma.createImage). */
export const LARGEST_SIDE = 4096;
/** Pixels a side past which a result is not even decoded: 20,000 x 20,000 would be 1.6 GB. */
export const LARGEST_DECODED_SIDE = 20_000;
/** Pixels past which a result is not decoded: four times the area of Figma's largest picture, 268 MB. */
export const LARGEST_DECODED_AREA = LARGEST_SIDE * LARGEST_SIDE * 4;

/** What stands against working on a picture of this size; null when nothing does. */
export function sizeProblem(size: Size): PluginError | null {
  if (size.width < 1 || size.height < 1) return { code: 'picture-too-small', size };
  if (Math.max(size.width, size.height) > LARGEST_SIDE) {
    return { code: 'picture-too-large', size, limit: LARGEST_SIDE };
  }
  return null;
}
