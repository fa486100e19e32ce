/** What `documentchange` and `nodechange` tell, from the difference of two trees. */
import { changedKeys, difference } from '../document/history';
import type { NodeData } from '../document/node';
import { find, pageOf, type Tree } from '../document/tree';

export interface ChangedNode {
  readonly type: 'CREATE' | 'DELETE' | 'PROPERTY_CHANGE';
  readonly id: string;
  readonly nodeType: NodeData['type'];
  readonly page: string | null;
  readonly origin: 'LOCAL' | 'REMOTE';
  /** Figma's names of the properties. */
  readonly properties: readonly string[];
}

const NAMES: { readonly [Field in keyof NodeData]?: readonly string[] } = {
  transform: ['x', 'y', 'relativeTransform'],
  radii: ['cornerRadius', 'topLeftRadius', 'topRightRadius', 'bottomLeftRadius', 'bottomRightRadius'],
  relaunch: ['relaunchData'],
  sharedData: ['pluginData'],
  children: [],
  layout: ['layoutMode', 'itemSpacing'],
  positioning: ['layoutPositioning'],
  overridden: [],
  mirrors: ['mainComponent'],
};

/**
 * In the order of the difference; for a deleted layer the page is the one that it was on. The document itself is
 * never told of.
 */
export function changedNodes(before: Tree, after: Tree, origin: 'LOCAL' | 'REMOTE'): readonly ChangedNode[] {
  return difference(before, after).nodes.flatMap(({ id, before: from, after: to }): readonly ChangedNode[] => {
    const node = to ?? from;
    if (node === null || node.type === 'DOCUMENT') return [];
    const where = to === null ? before : after;
    const page = find(where, id) === null ? null : (pageOf(where, id)?.id ?? null);
    const facts = { id, nodeType: node.type, page, origin };
    if (from === null) return [{ ...facts, type: 'CREATE', properties: [] }];
    if (to === null) return [{ ...facts, type: 'DELETE', properties: [] }];
    const properties = changedKeys(from, to).flatMap((key) => NAMES[key] ?? [key]);
    return properties.length === 0 ? [] : [{ ...facts, type: 'PROPERTY_CHANGE', properties }];
  });
}
