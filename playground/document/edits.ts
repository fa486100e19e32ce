/**
 * The edits that Figma allows, each with everything that follows from it: instances follow their component,
 * auto-layout arranges, a written fill leaves its style. What Figma refuses comes back as its message.
 */
import {
  enclosingComponent,
  enclosingInstance,
  followed,
  followedInsertion,
  followedRemoval,
  showsComponent,
} from './instances';
import { arranged } from './layout';
import { CONTAINERS, type NodeData, type NodeType, type Patch } from './node';
import {
  ancestors,
  find,
  get,
  inserted,
  patched,
  removed,
  subtree,
  type Tree,
  transformInside,
  withNode,
} from './tree';

/** Either the next tree or Figma's words for why not. */
export type Edit = { readonly tree: Tree } | { readonly refused: string };

const refused = (text: string): Edit => ({ refused: text });

/** Writes fields. Fills that are written without a style leave the style they had. */
export function write(tree: Tree, id: string, patch: Patch): Tree {
  const node = get(tree, id);
  const full: Patch = 'fills' in patch && !('fillStyleId' in patch) ? { ...patch, fillStyleId: '' } : patch;
  const inInstance = node.type === 'INSTANCE' || enclosingInstance(tree, id) !== null;
  const overridden = inInstance
    ? [...new Set([...node.overridden, ...Object.keys(full).filter((key) => key !== 'overridden')])]
    : node.overridden;
  const written = followed(patched(tree, id, { ...full, overridden }), id, full);
  return rearranged(written, id);
}

/** Puts the node into a parent; its place on the page stays where the parent has no auto-layout. */
export function insert(tree: Tree, id: string, parent: string, index: number): Edit {
  const problem = insertionProblem(tree, id, parent);
  if (problem !== null) return refused(problem);
  const node = get(tree, id);
  const leaving = node.parent;
  const released = leaving === null ? tree : followedRemoval(tree, id);
  const moved = followedInsertion(inserted(released, id, parent, index), id);
  const settled = rearranged(arranged(moved, parent), parent);
  return { tree: leaving === null || find(settled, leaving) === null ? settled : emptied(settled, leaving) };
}

/** The same as `insert`, but keeping the place on the page: what dragging in the layers list does. */
export function insertInPlace(tree: Tree, id: string, parent: string, index: number): Edit {
  const transform = transformInside(tree, id, parent);
  const result = insert(tree, id, parent, index);
  return 'refused' in result ? result : { tree: patched(result.tree, id, { transform }) };
}

/** With everything inside. Refused: the document, its last page, and whatever lies in an instance. */
export function remove(tree: Tree, id: string): Edit {
  const node = get(tree, id);
  if (node.type === 'DOCUMENT') return refused('The document node cannot be removed');
  if (node.type === 'PAGE' && get(tree, node.parent ?? '').children.length === 1) {
    return refused('Cannot remove the last page of a document');
  }
  if (enclosingInstance(tree, id) !== null) return refused('Removing this node is not allowed');
  const next = removed(followedRemoval(tree, id), id);
  return { tree: node.parent === null || find(next, node.parent) === null ? next : rearranged(next, node.parent) };
}

/** A copy with new ids, in no parent yet. Copies of an instance's sublayers are plain layers again. */
export function copied(tree: Tree, id: string, newId: () => string): { readonly tree: Tree; readonly id: string } {
  const names = new Map(subtree(tree, id).map((node) => [node.id, newId()] as const));
  const fresh = (old: string): string => names.get(old) as string;
  const inInstance = enclosingInstance(tree, id) !== null;
  let next = tree;
  for (const node of subtree(tree, id)) {
    const mirrors = node.type === 'INSTANCE' || (!inInstance && node.id !== id) ? node.mirrors : null;
    next = withNode(next, {
      ...node,
      id: fresh(node.id),
      parent: node.id === id || node.parent === null ? null : fresh(node.parent),
      children: node.children.map(fresh),
      mirrors,
    });
  }
  return { tree: next, id: fresh(id) };
}

/** A group round the nodes, at `index` of the parent. */
export function grouped(tree: Tree, ids: readonly string[], group: NodeData, parent: string, index: number): Edit {
  let next = withNode(tree, group);
  const holder = insert(next, group.id, parent, index);
  if ('refused' in holder) return holder;
  next = holder.tree;
  for (const [position, id] of ids.entries()) {
    const moved = insertInPlace(next, id, group.id, position);
    if ('refused' in moved) return moved;
    next = moved.tree;
  }
  return { tree: next };
}

function insertionProblem(tree: Tree, id: string, parent: string): string | null {
  const node = get(tree, id);
  const holder = get(tree, parent);
  if (!CONTAINERS.includes(holder.type)) return `Cannot move node. A ${holder.type} node cannot have children`;
  if (holder.type === 'INSTANCE' || enclosingInstance(tree, parent) !== null) {
    return 'Cannot move node. New parent is an instance or is inside of an instance';
  }
  if (node.parent !== null && enclosingInstance(tree, id) !== null) {
    return 'Cannot move node. Node is inside of an instance';
  }
  if (id === parent || ancestors(tree, parent).some((ancestor) => ancestor.id === id)) {
    return 'Cannot move node. New parent is inside of the node';
  }
  if (!fits(node.type, holder.type))
    return `Cannot move node. A ${node.type} node cannot be inside of a ${holder.type} node`;
  const inComponent = holder.type === 'COMPONENT' || ancestors(tree, parent).some((each) => each.type === 'COMPONENT');
  if (inComponent && subtree(tree, id).some((each) => each.type === 'COMPONENT')) {
    return 'Cannot move node. A component cannot be inside of a component';
  }
  const component = enclosingComponent(tree, parent);
  if (component !== null && showsComponent(tree, id, component.id)) {
    return 'Cannot move node. A component cannot contain an instance of itself';
  }
  return null;
}

function fits(child: NodeType, holder: NodeType): boolean {
  if (child === 'DOCUMENT') return false;
  if (child === 'PAGE') return holder === 'DOCUMENT';
  if (holder === 'DOCUMENT') return false;
  return child !== 'SECTION' || holder === 'PAGE' || holder === 'SECTION';
}

/** Arranges the node's own children and those beside it, and so on up, as auto-layout does. */
function rearranged(tree: Tree, id: string): Tree {
  const self = arranged(tree, id);
  const { parent } = get(self, id);
  return parent === null || get(self, parent).layout.mode === 'NONE' ? self : rearranged(self, parent);
}

/** What stays behind when a child leaves: a group without children goes. */
function emptied(tree: Tree, id: string): Tree {
  const node = get(tree, id);
  if (node.type === 'GROUP' && node.children.length === 0) return removed(tree, id);
  return rearranged(tree, id);
}
