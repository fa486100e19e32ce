/**
 * Reads the selected layers themselves: each image fill that can be worked on, and each layer that cannot with the
 * reason. Pictures inside a selected group or frame are announced, not opened: `collect` opens them when asked.
 */
import type { FileId } from '../core/ids';
import { MOST_PICTURES, type SelectedPicture, type SelectionReport, type UnusableLayer } from '../protocol/selection';
import type { FilledLayer } from './layers';
import { picturesOf, type Reading, startReading, unusable, unusableLayer } from './readLayer';

/** In the order of `layers`; at most `MOST_PICTURES`, the others are counted. */
export async function readSelection(
  layers: readonly SceneNode[],
  here: FileId,
  sizeOf: Reading['sizeOf'],
): Promise<SelectionReport> {
  const reading = startReading(here, sizeOf);
  const refused: UnusableLayer[] = [];
  const found: Promise<readonly SelectedPicture[]>[] = [];
  for (const node of layers) {
    const reason = unusable(node);
    if (reason !== null) refused.push(unusableLayer(node, reason));
    // What `unusable` lets pass has fills.
    else found.push(picturesOf(node as FilledLayer, reading));
  }
  const pictures = (await Promise.all(found)).flat();
  return {
    pictures: pictures.slice(0, MOST_PICTURES),
    unusable: refused,
    layers: layers.length,
    leftOut: Math.max(0, pictures.length - MOST_PICTURES),
  };
}
