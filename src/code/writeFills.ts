/** Sets a layer's fills. */
import type { Fills } from './fills';
import type { FilledLayer } from './layers';

const PLAIN = ['SOLID', 'IMAGE', 'VIDEO', 'GRADIENT_LINEAR', 'GRADIENT_RADIAL', 'GRADIENT_ANGULAR', 'GRADIENT_DIAMOND'];

/**
 * Set at once where Figma allows it, so that nobody can edit between the check and the write; lists with a pattern (or
 * a kind of paint that is newer than this code) can only be set asynchronously.
 */
export async function writeFills(node: FilledLayer, fills: Fills): Promise<void> {
  if (fills.every((paint) => PLAIN.includes(paint.type))) node.fills = fills;
  else await node.setFillsAsync(fills);
}
