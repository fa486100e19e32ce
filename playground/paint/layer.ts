/** A layer as a picture of its own, at the size that `exportAsync` asks for. */
import type { RgbaImage } from '../../src/pixels/image';
import { multiply, scaling, translation } from '../document/transform';
import { absoluteBox, get, subtree, type Tree } from '../document/tree';
import { paintNode } from './paintNode';
import type { Pictures } from './pictures';

export interface Constraint {
  readonly type: 'SCALE' | 'WIDTH' | 'HEIGHT';
  readonly value: number;
}

/** Null for a layer without a visible area. Exporting shows a hidden layer's own content not at all, as in Figma. */
export async function paintLayer(
  tree: Tree,
  id: string,
  constraint: Constraint,
  pictures: Pictures,
): Promise<RgbaImage | null> {
  const node = get(tree, id);
  if (node.type === 'PAGE' || node.type === 'DOCUMENT' || !node.visible) return null;
  await Promise.all(hashesIn(tree, id).map((hash) => pictures.load(hash)));
  const box = absoluteBox(tree, id);
  if (box.width <= 0 || box.height <= 0) return null;
  const scale = scaleFor(constraint, box);
  const view = {
    width: Math.max(1, Math.round(box.width * scale)),
    height: Math.max(1, Math.round(box.height * scale)),
    fromPage: multiply(scaling(scale, scale), translation(-box.x, -box.y)),
  };
  return paintNode({ tree, picture: (hash) => pictures.peek(hash) ?? null }, id, view);
}

function scaleFor({ type, value }: Constraint, box: { readonly width: number; readonly height: number }): number {
  if (type === 'SCALE') return value;
  return value / (type === 'WIDTH' ? box.width : box.height);
}

/** Every picture that the layer or something inside it is filled with. */
export function hashesIn(tree: Tree, id: string): readonly string[] {
  const fills = subtree(tree, id).flatMap((node) => (Array.isArray(node.fills) ? node.fills : []));
  const hashes = fills.flatMap((paint) =>
    paint.type === 'IMAGE' && paint.imageHash !== null ? [paint.imageHash] : [],
  );
  return [...new Set(hashes)];
}
