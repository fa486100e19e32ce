/**
 * Reads the selected layers themselves: each image fill that can be worked on, and each layer that cannot with the
 * reason. Pictures inside a selected group or frame are announced, not opened: `collect` opens them when asked.
 */
import type { FileId } from '../core/ids';
import { MOST_PICTURES, type SelectedPicture, type SelectionReport, type UnusableLayer } from '../protocol/selection';
import type { FilledLayer } from './layers';
import { picturesOf, startReading, unusable, unusableLayer } from './readLayer';
import type { Sizes } from './sizes';

export async function readSelection(
  layers: readonly SceneNode[],
  here: FileId,
  sizes: Sizes,
): Promise<SelectionReport> {
  const reading = startReading(here, sizes);
  const refused: UnusableLayer[] = [];
  const found: Promise<readonly SelectedPicture[]>[] = [];
  for (const node of layers) {
    const reason = unusable(node);
    if (reason !== null) refused.push(unusableLayer(node, reason));
    // What `unusable` lets pass has fills.
    else found.push(picturesOf(node as FilledLayer, reading));
  }
  const pictures = (await Promise.all(found)).flatMap((each) => each);
  return {
    pictures: pictures.slice(0, MOST_PICTURES),
    unusable: refused,
    layers: layers.length,
    leftOut: Math.max(0, pictures.length - MOST_PICTURES),
  };
}
