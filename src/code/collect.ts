/**
 * Finds every picture inside the selection or on the open page, for a batch. Reads and exports nothing but what a
 * report says.
 */
import type { PluginError } from '../core/errors';
import type { FileId } from '../core/ids';
import { ok, type Result } from '../core/result';
import { MOST_PICTURES, type SelectionReport, type UnusableReason } from '../protocol/selection';
import { attemptAsync } from './errors';
import { FILLED_TYPES, type FilledLayer } from './layers';
import { inReadingOrder } from './readingOrder';
import {
  countPictures,
  picturesOf,
  type Reading,
  showsPicture,
  startReading,
  unusable,
  unusableLayer,
} from './readLayer';

export async function collectPictures(
  scope: 'selection' | 'page',
  here: FileId,
  sizeOf: Reading['sizeOf'],
): Promise<Result<SelectionReport, PluginError>> {
  return attemptAsync(async () => {
    const page = figma.currentPage;
    const roots = scope === 'page' ? page.children : page.selection;
    const found = new Map<string, FilledLayer>();
    const empty: SceneNode[] = [];
    for (const { root, layers } of scope === 'page' ? [{ root: null, layers: inside(page) }] : roots.map(searched)) {
      // A layer and one around it may both be selected.
      for (const layer of layers) found.set(layer.id, layer);
      if (root !== null && layers.length === 0) empty.push(root);
    }
    const ordered = inReadingOrder([...found.values()], (layer) => layer.absoluteBoundingBox);
    const reading = startReading(here, sizeOf);
    const read = await Promise.all(ordered.slice(0, MOST_PICTURES).map((layer) => picturesOf(layer, reading)));
    const pictures = read.flat();
    const beyond = ordered.slice(MOST_PICTURES).reduce((sum, layer) => sum + countPictures(layer), 0);
    return ok({
      pictures: pictures.slice(0, MOST_PICTURES),
      unusable: empty.map((root) => unusableLayer(root, reasonOf(root))),
      layers: roots.length,
      leftOut: beyond + Math.max(0, pictures.length - MOST_PICTURES),
    });
  });
}

function searched(root: SceneNode) {
  const own = showsPicture(root) ? [root] : [];
  return { root, layers: 'children' in root ? [...own, ...inside(root)] : own };
}

/**
 * Hidden layers inside instances are not searched: they are the unused parts of components, and Figma finds layers many
 * times faster without them. The flag concerns all that this plugin reads, so it is put back at once.
 */
function inside(root: ChildrenMixin): readonly FilledLayer[] {
  const before = figma.skipInvisibleInstanceChildren;
  figma.skipInvisibleInstanceChildren = true;
  try {
    return root.findAllWithCriteria({ types: [...FILLED_TYPES] }).filter(showsPicture);
  } finally {
    figma.skipInvisibleInstanceChildren = before;
  }
}

/** Of a layer in and on which no picture was found. */
function reasonOf(root: SceneNode): UnusableReason {
  const reason = unusable(root);
  // Fills inside that name pictures which Figma does not have.
  return reason === null || reason === 'only-inside' ? 'image-missing' : reason;
}
