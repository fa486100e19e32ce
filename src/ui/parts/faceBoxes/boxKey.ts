/** What a key does to the face in hand: arrows move its box, with Shift they resize it, Delete takes it away. Pure. */
import type { Size } from '../../../core/money/price';
import type { Box } from '../../../pixels/image';
import { grown, shifted } from '../../boxes';

/** `step`: source pixels a press. Null for a key that is not the box's. */
export function boxKey(box: Box, key: string, shift: boolean, step: number, picture: Size): Box | 'remove' | null {
  if (key === 'Delete' || key === 'Backspace') return 'remove';
  const right = { ArrowRight: step, ArrowLeft: -step }[key] ?? 0;
  const down = { ArrowDown: step, ArrowUp: -step }[key] ?? 0;
  if (right === 0 && down === 0) return null;
  return shift ? grown(box, right, down, picture) : shifted(box, right, down, picture);
}
