/** Which layer is under the pointer. */
import type { NodeData } from '../../document/node';
import { apply, invert, type Vec } from '../../document/transform';
import { absoluteTransform, get, relativeBox, stacked, type Tree } from '../../document/tree';
import { insideOf } from '../../paint/shape';

/**
 * The layer that a click selects: the topmost one that is seen and not locked. Frames and sections on the page let the
 * click through to their own children; groups, components and instances are taken whole. `deep` takes the innermost.
 */
export function hit(tree: Tree, pageId: string, at: Vec, deep: boolean): string | null {
  const found = topmost(tree, get(tree, pageId), at);
  if (found === null) return null;
  const chain = path(tree, found, pageId);
  if (deep) return found;
  const [top, next] = chain;
  const passes = top !== undefined && ['FRAME', 'SECTION'].includes(get(tree, top).type);
  return (passes ? next : undefined) ?? top ?? null;
}

function topmost(tree: Tree, holder: NodeData, at: Vec): string | null {
  for (const id of [...stacked(holder)].reverse()) {
    const node = get(tree, id);
    if (!node.visible || node.locked) continue;
    const inside = contains(tree, node, at);
    if (!inside && node.clipsContent) continue;
    const below = topmost(tree, node, at);
    if (below !== null) return below;
    if (inside && node.type !== 'GROUP') return id;
  }
  return null;
}

function contains(tree: Tree, node: NodeData, at: Vec): boolean {
  const { width, height } = node.type === 'GROUP' ? relativeBox(tree, node.id) : node;
  if (width <= 0 || height <= 0) return false;
  const point = apply(invert(absoluteTransform(tree, node.id)), at);
  const inBox = point.x >= 0 && point.y >= 0 && point.x <= width && point.y <= height;
  return inBox && (node.type === 'TEXT' || node.type === 'GROUP' || insideOf(node)(point.x, point.y));
}

/** From the child of the page down to the layer. */
function path(tree: Tree, id: string, pageId: string): readonly string[] {
  const { parent } = get(tree, id);
  return parent === null || parent === pageId ? [id] : [...path(tree, parent, pageId), id];
}
