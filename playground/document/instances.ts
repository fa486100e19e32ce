/**
 * Instances: copies of a component's layers that follow it, field by field, until a field is overridden.
 * Their sublayers have ids of the form `I<instance>;<layer in the component>` and cannot be added, moved or removed.
 */
import type { NodeData, Patch } from './node';
import { ancestors, find, get, inserted, patched, removed, subtree, type Tree, withNode } from './tree';

const FOLLOWED: readonly (keyof Patch)[] = [
  'visible',
  'opacity',
  'blendMode',
  'fills',
  'fillStyleId',
  'strokes',
  'strokeWeight',
  'strokeAlign',
  'radii',
  'cornerSmoothing',
  'effects',
  'clipsContent',
  'layout',
  'itemReverseZIndex',
  'characters',
  'width',
  'height',
];
const FOLLOWED_BY_SUBLAYERS: readonly (keyof Patch)[] = [...FOLLOWED, 'transform', 'name', 'locked', 'positioning'];

/** The instance that the node is inside of (not the instance itself), or null. */
export function enclosingInstance(tree: Tree, id: string): NodeData | null {
  return ancestors(tree, id).find((ancestor) => ancestor.type === 'INSTANCE') ?? null;
}

/** The component that the node is or is inside of, or null. */
export function enclosingComponent(tree: Tree, id: string): NodeData | null {
  const node = get(tree, id);
  return [node, ...ancestors(tree, id)].find((each) => each.type === 'COMPONENT') ?? null;
}

/** Whether the node or anything in it is an instance of the component, directly or by way of another component. */
export function showsComponent(tree: Tree, id: string, componentId: string): boolean {
  return subtree(tree, id).some((node) => {
    if (node.type !== 'INSTANCE' || node.mirrors === null || find(tree, node.mirrors) === null) return false;
    return node.mirrors === componentId || showsComponent(tree, node.mirrors, componentId);
  });
}

/** On all pages. An instance inside a component counts; its copies in that component's instances do not. */
export function instancesOf(tree: Tree, componentId: string): readonly NodeData[] {
  return [...tree.nodes.values()].filter((node) => node.type === 'INSTANCE' && node.mirrors === componentId);
}

/** A new instance, not yet in any parent. */
export function instantiated(tree: Tree, componentId: string, id: string): Tree {
  const component = get(tree, componentId);
  const withRoot = withNode(tree, {
    ...component,
    id,
    type: 'INSTANCE',
    parent: null,
    children: [],
    mirrors: componentId,
    overridden: [],
    pluginData: {},
    sharedData: {},
    relaunch: {},
  });
  return copiedInside(withRoot, component.children, id, id);
}

/** Fields of a component's layer were written: the layers that mirror it take those they have not overridden. */
export function followed(tree: Tree, id: string, patch: Patch): Tree {
  let next = tree;
  for (const mirror of mirrorsOf(tree, id)) {
    const list = mirror.type === 'INSTANCE' && get(tree, id).type === 'COMPONENT' ? FOLLOWED : FOLLOWED_BY_SUBLAYERS;
    const fields = list.filter((key) => key in patch && !mirror.overridden.includes(key));
    if (fields.length === 0) continue;
    const taken = Object.fromEntries(fields.map((key) => [key, patch[key]])) as Patch;
    next = followed(patched(next, mirror.id, taken), mirror.id, taken);
  }
  return next;
}

/** A layer came into a component: every instance gets its copy. */
export function followedInsertion(tree: Tree, id: string): Tree {
  const { parent } = get(tree, id);
  if (parent === null) return tree;
  const index = get(tree, parent).children.indexOf(id);
  let next = tree;
  for (const mirror of mirrorsOf(tree, parent)) {
    const instance = mirror.type === 'INSTANCE' ? mirror : enclosingInstance(tree, mirror.id);
    if (instance === null) continue;
    next = copiedInside(next, [id], mirror.id, instance.id);
    const copy = get(next, mirror.id).children.at(-1);
    if (copy !== undefined) next = inserted(next, copy, mirror.id, index);
  }
  return next;
}

/** A layer leaves a component: its copies leave the instances. Call it before the removal. */
export function followedRemoval(tree: Tree, id: string): Tree {
  return mirrorsOf(tree, id)
    .filter((mirror) => mirror.type !== 'INSTANCE' || enclosingInstance(tree, mirror.id) !== null)
    .reduce((next, mirror) => (find(next, mirror.id) === null ? next : removed(next, mirror.id)), tree);
}

function mirrorsOf(tree: Tree, id: string): readonly NodeData[] {
  return [...tree.nodes.values()].filter((node) => node.mirrors === id);
}

function copiedInside(tree: Tree, originals: readonly string[], parent: string, instanceId: string): Tree {
  let next = tree;
  for (const originalId of originals) {
    const original = get(next, originalId);
    const id = `I${instanceId.replace(/^I/, '')};${originalId.replace(/^I/, '')}`;
    const copy: NodeData = { ...original, id, parent: null, children: [], mirrors: originalId, overridden: [] };
    next = inserted(withNode(next, copy), id, parent, Number.MAX_SAFE_INTEGER);
    next = copiedInside(next, original.children, id, instanceId);
  }
  return next;
}
