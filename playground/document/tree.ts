/**
 * The whole document as one immutable value, and the pure functions that read it and give the next one.
 * These know nothing of Figma's rules for plugins; they throw only for ids that do not exist (a bug of the caller).
 */
import type { NodeData, Paint, Patch } from './node';
import { bounds, IDENTITY, invert, multiply, type Rect, type Transform, union } from './transform';

export interface PaintStyleData {
  readonly id: string;
  readonly name: string;
  readonly paints: readonly Paint[];
}

export interface Tree {
  readonly nodes: ReadonlyMap<string, NodeData>;
  readonly styles: ReadonlyMap<string, PaintStyleData>;
}

export const ROOT_ID = '0:0';

/** For ids that may be gone; `get` for those that must be there. */
export function find(tree: Tree, id: string): NodeData | null {
  return tree.nodes.get(id) ?? null;
}

/** Throws for an id that does not exist. */
export function get(tree: Tree, id: string): NodeData {
  const node = tree.nodes.get(id);
  if (node === undefined) throw new Error(`The node with id "${id}" does not exist`);
  return node;
}

/** Puts the node in place of the one with its id, or adds it; no parent learns of it. */
export function withNode(tree: Tree, node: NodeData): Tree {
  return { ...tree, nodes: new Map(tree.nodes).set(node.id, node) };
}

/** Some fields of one node replaced. Throws for an id that does not exist. */
export function patched(tree: Tree, id: string, patch: Patch): Tree {
  return withNode(tree, { ...get(tree, id), ...patch });
}

/** The node's children as they lie on each other, lowest first. */
export function stacked({ children, layout, itemReverseZIndex }: NodeData): readonly string[] {
  return itemReverseZIndex && layout.mode !== 'NONE' ? [...children].reverse() : children;
}

/** The chain of ancestors, nearest first. */
export function ancestors(tree: Tree, id: string): readonly NodeData[] {
  const chain: NodeData[] = [];
  for (let parent = get(tree, id).parent; parent !== null; parent = get(tree, parent).parent) {
    chain.push(get(tree, parent));
  }
  return chain;
}

/** The node and everything inside it, parents before children. */
export function subtree(tree: Tree, id: string): readonly NodeData[] {
  const node = get(tree, id);
  return [node, ...node.children.flatMap((child) => subtree(tree, child))];
}

/** The page itself for a page; null for the document, and for an id that does not exist. */
export function pageOf(tree: Tree, id: string): NodeData | null {
  const node = find(tree, id);
  if (node === null || node.type === 'PAGE') return node;
  return ancestors(tree, id).find((ancestor) => ancestor.type === 'PAGE') ?? null;
}

/** Takes the node out of its parent's list; it stays in the map. */
export function detached(tree: Tree, id: string): Tree {
  const { parent } = get(tree, id);
  if (parent === null) return tree;
  const without = patched(tree, parent, { children: get(tree, parent).children.filter((child) => child !== id) });
  return patched(without, id, { parent: null });
}

/** Moves the node to `index` of the parent's list, counted after it left its old place. */
export function inserted(tree: Tree, id: string, parent: string, index: number): Tree {
  const free = detached(tree, id);
  const children = [...get(free, parent).children];
  children.splice(Math.min(index, children.length), 0, id);
  return patched(patched(free, parent, { children }), id, { parent });
}

/** Removes the node and all inside it. A group that this empties goes too, as in Figma. */
export function removed(tree: Tree, id: string): Tree {
  const { parent } = get(tree, id);
  const gone = subtree(tree, id).map((node) => node.id);
  const free = detached(tree, id);
  const nodes = new Map(free.nodes);
  for (const each of gone) nodes.delete(each);
  const next = { ...free, nodes };
  const holder = parent === null ? null : find(next, parent);
  return holder !== null && holder.type === 'GROUP' && holder.children.length === 0 ? removed(next, holder.id) : next;
}

/** From the node's own pixels to the page's. */
export function absoluteTransform(tree: Tree, id: string): Transform {
  const node = get(tree, id);
  if (node.type === 'PAGE' || node.type === 'DOCUMENT') return IDENTITY;
  if (node.type === 'GROUP') {
    const box = relativeBox(tree, id);
    return multiply(spaceOf(tree, id), [
      [1, 0, box.x],
      [0, 1, box.y],
    ]);
  }
  return multiply(spaceOf(tree, id), node.transform);
}

/** The coordinates in which the node's own transform is written: those of the nearest ancestor that is no group. */
function spaceOf(tree: Tree, id: string): Transform {
  const holder = ancestors(tree, id).find((ancestor) => ancestor.type !== 'GROUP');
  return holder === undefined ? IDENTITY : absoluteTransform(tree, holder.id);
}

/** The upright box of the node in the coordinates of `spaceOf`. */
export function relativeBox(tree: Tree, id: string): Rect {
  const node = get(tree, id);
  if (node.type !== 'GROUP') return bounds(node.transform, node.width, node.height);
  const boxes = node.children.map((child) => relativeBox(tree, child));
  return boxes.length === 0 ? { x: 0, y: 0, width: 0, height: 0 } : union(boxes);
}

/** The upright box of the node on its page. */
export function absoluteBox(tree: Tree, id: string): Rect {
  const node = get(tree, id);
  const box = relativeBox(tree, id);
  if (node.type === 'GROUP') return bounds(absoluteTransform(tree, id), box.width, box.height);
  return bounds(absoluteTransform(tree, id), node.width, node.height);
}

/** The same place on the page, written in another parent's coordinates. */
export function transformInside(tree: Tree, id: string, parent: string): Transform {
  const holder = get(tree, parent);
  const space = holder.type === 'GROUP' ? spaceOf(tree, parent) : absoluteTransform(tree, parent);
  return multiply(invert(space), absoluteTransform(tree, id));
}
