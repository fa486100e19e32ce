/**
 * Finds every picture inside the selection or on the open page, for a batch. Reads and exports nothing but what a
 * report says.
 */
import type { PluginError } from '../core/errors';
import type { FileId } from '../core/ids';
import { ok, type Result } from '../core/result';
import { MOST_PICTURES, type SelectionReport, type UnusableLayer, type UnusableReason } from '../protocol/selection';
import { attemptAsync } from './errors';
import { FILLED_TYPES, type FilledLayer } from './layers';
import { inReadingOrder } from './readingOrder';
import {
  countPictures,
  namesPicture,
  picturesOf,
  type Reading,
  showsPicture,
  startReading,
  unusable,
  unusableLayer,
} from './readLayer';

/**
 * In reading order, at most `MOST_PICTURES`: what is beyond is counted, not read. Hidden layers are among them, but for
 * those inside instances.
 */
export async function collectPictures(
  scope: 'selection' | 'page',
  here: FileId,
  sizeOf: Reading['sizeOf'],
): Promise<Result<SelectionReport, PluginError>> {
  return attemptAsync(async () => {
    const { found, unusable, layers } = lookThrough(scope);
    const ordered = inReadingOrder(found, (layer) => layer.absoluteBoundingBox);
    const reading = startReading(here, sizeOf);
    const read = await Promise.all(ordered.slice(0, MOST_PICTURES).map((layer) => picturesOf(layer, reading)));
    const pictures = read.flat();
    const beyond = ordered.slice(MOST_PICTURES).reduce((sum, layer) => sum + countPictures(layer), 0);
    return ok({
      pictures: pictures.slice(0, MOST_PICTURES),
      unusable,
      layers,
      leftOut: beyond + Math.max(0, pictures.length - MOST_PICTURES),
    });
  });
}

interface Looked {
  readonly found: readonly FilledLayer[];
  readonly unusable: readonly UnusableLayer[];
  /** Layers that were looked into. */
  readonly layers: number;
}

function lookThrough(scope: 'selection' | 'page'): Looked {
  const page = figma.currentPage;
  if (scope === 'page') {
    return { found: inside(page).filter(showsPicture), unusable: [], layers: page.children.length };
  }
  const found = new Map<string, FilledLayer>();
  const empty: UnusableLayer[] = [];
  for (const root of page.selection) {
    const inner = 'children' in root ? inside(root) : [];
    const layers = [root, ...inner].filter(showsPicture);
    // A layer and one around it may both be selected.
    for (const layer of layers) found.set(layer.id, layer);
    if (layers.length === 0) empty.push(unusableLayer(root, reasonOf(root, inner)));
  }
  return { found: [...found.values()], unusable: empty, layers: page.selection.length };
}

/**
 * Hidden layers inside instances are not searched: they are the unused parts of components, and Figma finds layers many
 * times faster without them. The flag concerns all that this plugin reads, so it is put back at once.
 */
function inside(root: ChildrenMixin): readonly SceneNode[] {
  const before = figma.skipInvisibleInstanceChildren;
  figma.skipInvisibleInstanceChildren = true;
  try {
    return root.findAllWithCriteria({ types: [...FILLED_TYPES] });
  } finally {
    figma.skipInvisibleInstanceChildren = before;
  }
}

/** Of a layer in and on which no picture was found. */
function reasonOf(root: SceneNode, inner: readonly SceneNode[]): UnusableReason {
  const reason = unusable(root);
  if (reason !== null && reason !== 'only-inside') return reason;
  // Fills that name pictures which Figma does not have; or what is inside is hidden in an instance.
  return [root, ...inner].some(namesPicture) ? 'image-missing' : 'no-image-fill';
}
