/**
 * Undo as Figma does it: one entry is everything between two commits, and undoing it puts back exactly the fields
 * that changed, so that what another person did meanwhile stays.
 */
import type { NodeData } from './node';
import type { PaintStyleData, Tree } from './tree';

interface Change<Item> {
  readonly id: string;
  readonly before: Item | null;
  readonly after: Item | null;
}

export interface Entry {
  readonly nodes: readonly Change<NodeData>[];
  readonly styles: readonly Change<PaintStyleData>[];
}

/** Node by node and style by style; what is the same object in both trees counts as unchanged. */
export function difference(before: Tree, after: Tree): Entry {
  return { nodes: changes(before.nodes, after.nodes), styles: changes(before.styles, after.styles) };
}

/** Such an entry is no step to undo. */
export function isEmpty(entry: Entry): boolean {
  return entry.nodes.length === 0 && entry.styles.length === 0;
}

/** What redo is to undo. */
export function inverse(entry: Entry): Entry {
  const turn = <Item>({ id, before, after }: Change<Item>): Change<Item> => ({ id, before: after, after: before });
  return { nodes: entry.nodes.map(turn), styles: entry.styles.map(turn) };
}

/** Applies an entry to a tree that may have moved on: only the entry's own fields are written. */
export function applied(tree: Tree, entry: Entry): Tree {
  return { nodes: withChanges(tree.nodes, entry.nodes), styles: withChanges(tree.styles, entry.styles) };
}

function changes<Item>(before: ReadonlyMap<string, Item>, after: ReadonlyMap<string, Item>): readonly Change<Item>[] {
  const found: Change<Item>[] = [];
  for (const [id, item] of before) {
    const now = after.get(id) ?? null;
    if (now !== item) found.push({ id, before: item, after: now });
  }
  for (const [id, item] of after) if (!before.has(id)) found.push({ id, before: null, after: item });
  return found.filter(
    ({ before: from, after: to }) => from === null || to === null || changedKeys(from, to).length > 0,
  );
}

/** By content, not by identity: `from` and `to` are plain data. */
export function changedKeys<Item>(from: Item, to: Item): readonly (keyof Item)[] {
  const keys = Object.keys(to as object) as (keyof Item)[];
  return keys.filter((key) => from[key] !== to[key] && JSON.stringify(from[key]) !== JSON.stringify(to[key]));
}

function withChanges<Item>(items: ReadonlyMap<string, Item>, list: readonly Change<Item>[]): ReadonlyMap<string, Item> {
  const next = new Map(items);
  for (const { id, before, after } of list) {
    const present = next.get(id);
    if (after === null) next.delete(id);
    else if (before === null) next.set(id, after);
    // A layer that somebody else deleted meanwhile stays deleted.
    else if (present !== undefined) next.set(id, { ...present, ...fieldsOf(before, after) });
  }
  return next;
}

function fieldsOf<Item>(before: Item, after: Item): Partial<Item> {
  return Object.fromEntries(changedKeys(before, after).map((key) => [key, after[key]])) as Partial<Item>;
}
