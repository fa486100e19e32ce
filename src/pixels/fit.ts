/** Where each source pixel is found in the result: scale and shift along both axes, nothing else is ever corrected. */
import type { Size } from '../core/money/price';
import type { Box } from './image';

export interface Fit {
  /** Result pixels for each source pixel. */
  readonly across: number;
  readonly down: number;
  /** Where the source's upper left corner lies in the result, in result pixels. */
  readonly x: number;
  readonly y: number;
}

/** The result shows exactly the source's frame. */
export function plainFit(source: Size, result: Size): Fit {
  return { across: result.width / source.width, down: result.height / source.height, x: 0, y: 0 };
}

/** The part of the result that shows a part of the source. */
export function inResult(fit: Fit, box: Box): Box {
  return {
    x: fit.x + box.x * fit.across,
    y: fit.y + box.y * fit.down,
    width: box.width * fit.across,
    height: box.height * fit.down,
  };
}
