/** What a pointer that went down on the stage is doing: drawing a box, moving one or holding a corner of one. Pure. */
import type { Size } from '../../../core/money/price';
import type { Point } from '../../../pixels/face';
import type { Box } from '../../../pixels/image';
import { between, type Corner, shifted, stretched } from '../../boxes';

export type Drag =
  | { readonly kind: 'draw'; readonly from: Point }
  | { readonly kind: 'move'; readonly from: Point; readonly index: number; readonly box: Box }
  | {
      readonly kind: 'corner';
      readonly from: Point;
      readonly index: number;
      readonly box: Box;
      readonly corner: Corner;
    };

/** CSS pixels: a pointer that moved less was a press and not a drag. */
export const SLACK = 4;

/** The box as it would be with the pointer there; points in source pixels. */
export function dragged(drag: Drag, to: Point, picture: Size): Box {
  const { from } = drag;
  switch (drag.kind) {
    case 'draw':
      return between(from, to, picture);
    case 'move':
      return shifted(drag.box, to.x - from.x, to.y - from.y, picture);
    case 'corner': {
      const { box, corner } = drag;
      // The corner keeps its distance from the pointer: it was not gripped exactly.
      const at = {
        x: (corner.across === 1 ? box.x + box.width : box.x) + to.x - from.x,
        y: (corner.down === 1 ? box.y + box.height : box.y) + to.y - from.y,
      };
      return stretched(box, corner, at, picture);
    }
  }
}
