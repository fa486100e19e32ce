/**
 * Each layer of the page as a finished bitmap at the present zoom. Painting is in software, so it is done once for each
 * look of a layer, one layer a frame; until then the last bitmap is shown stretched.
 */
import type { NodeData } from '../../document/node';
import { multiply, type Rect, scaling, translation } from '../../document/transform';
import { absoluteBox, subtree, type Tree } from '../../document/tree';
import { hashesIn } from '../../paint/layer';
import { paintNode } from '../../paint/paintNode';
import type { Pictures } from '../../paint/pictures';

export interface LayerBitmap {
  readonly canvas: OffscreenCanvas;
  /** Where it belongs on the page. */
  readonly box: Rect;
}

interface Entry extends LayerBitmap {
  readonly look: readonly NodeData[];
  readonly scale: number;
}

export interface LayerCache {
  /** As it was painted last, at whatever zoom; null before that. */
  get(id: string): LayerBitmap | null;
  /** Paints one layer that is out of date; true when there may be more. `scale`: device pixels a page pixel. */
  work(tree: Tree, ids: readonly string[], scale: number): boolean;
}

/** Bitmaps above this many pixels are painted coarser. */
const MOST_PIXELS = 6_000_000;

/** `onDecoded` is called when a picture that was missing has come. */
export function createLayerCache(pictures: Pictures, onDecoded: () => void): LayerCache {
  const entries = new Map<string, Entry>();
  const asked = new Set<string>();
  const decoded = (tree: Tree, id: string): boolean => {
    const missing = hashesIn(tree, id).filter((hash) => pictures.peek(hash) === undefined);
    for (const hash of missing) {
      if (asked.has(hash)) continue;
      asked.add(hash);
      void pictures.load(hash).then(onDecoded);
    }
    return missing.length === 0;
  };
  const isFresh = (tree: Tree, id: string, scale: number): boolean => {
    const entry = entries.get(id);
    if (entry === undefined || entry.scale !== scale) return false;
    const look = subtree(tree, id);
    return look.length === entry.look.length && look.every((node, index) => node === entry.look[index]);
  };
  const paint = (tree: Tree, id: string, scale: number): void => {
    const box = absoluteBox(tree, id);
    const fine = Math.min(scale, Math.sqrt(MOST_PIXELS / Math.max(1, box.width * box.height)));
    // On the grid of device pixels, so that a layer at rest shows its exact pixels.
    const left = Math.floor(box.x * fine + 1e-6);
    const top = Math.floor(box.y * fine + 1e-6);
    const width = Math.max(1, Math.ceil((box.x + box.width) * fine - 1e-6) - left);
    const height = Math.max(1, Math.ceil((box.y + box.height) * fine - 1e-6) - top);
    const fromPage = multiply(translation(-left, -top), scaling(fine, fine));
    const image = paintNode({ tree, picture: (hash) => pictures.peek(hash) ?? null }, id, { width, height, fromPage });
    const canvas = new OffscreenCanvas(width, height);
    const data = new ImageData(width, height);
    data.data.set(image.data);
    canvas.getContext('2d')?.putImageData(data, 0, 0);
    const place = { x: left / fine, y: top / fine, width: width / fine, height: height / fine };
    entries.set(id, { canvas, box: place, look: subtree(tree, id), scale });
  };
  return {
    get: (id) => entries.get(id) ?? null,
    work(tree, ids, scale) {
      for (const id of entries.keys()) if (!ids.includes(id)) entries.delete(id);
      const next = ids.find((id) => !isFresh(tree, id, scale) && decoded(tree, id));
      if (next === undefined) return false;
      paint(tree, next, scale);
      return true;
    },
  };
}
