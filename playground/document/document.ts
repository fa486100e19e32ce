/**
 * The open document: the tree, its pictures, the selection, and undo. It outlives every run of a plugin.
 * Three kinds of authors write it: the plugin (committed by `commitUndo`, by closing, or before the user's next edit),
 * the user (each edit is one entry), and a teammate (never in this user's undo).
 */
import { applied, difference, type Entry, inverse, isEmpty } from './history';
import { imageSize } from './imageFile';
import { newNode } from './node';
import { sha1 } from './sha1';
import { find, get, pageOf, ROOT_ID, type Tree } from './tree';

export type Author = 'plugin' | 'user' | 'teammate';
export type Happening = 'tree' | 'selection' | 'page' | 'images';

export type Hear = (what: Happening, author: Author | null) => void;

export interface ImageStore {
  /** Keeps the bytes and gives Figma's name for them: the SHA-1 of the file in lower-case hexadecimal. */
  add(bytes: Uint8Array): string;
  get(hash: string): Uint8Array | null;
  hashes(): readonly string[];
}

export interface CanvasDocument {
  readonly tree: () => Tree;
  readonly images: ImageStore;
  readonly currentPage: () => string;
  readonly selection: (pageId?: string) => readonly string[];
  change(author: Author, edit: (tree: Tree) => Tree): void;
  select(ids: readonly string[], pageId?: string): void;
  openPage(id: string): void;
  /** Ends the plugin's current undo entry. */
  commit(): void;
  /** False when there is nothing to undo. */
  undo(): boolean;
  redo(): boolean;
  canUndo(): boolean;
  canRedo(): boolean;
  newId(): string;
  /** `author` is who wrote the tree; null for undo, redo and what is not the tree. */
  subscribe(hear: Hear): () => void;
}

/** All that a document is, without its undo: what a page keeps between two visits. */
export interface SavedDocument {
  readonly tree: Tree;
  readonly images: ReadonlyMap<string, Uint8Array>;
  readonly page: string;
}

/** One page, nothing on it, nothing to undo. */
export function createDocument(name: string): CanvasDocument {
  const page = '0:1';
  const nodes = new Map([
    [ROOT_ID, newNode(ROOT_ID, 'DOCUMENT', { name, children: [page] })],
    [page, newNode(page, 'PAGE', { name: 'Page 1', parent: ROOT_ID })],
  ]);
  return openDocument({ tree: { nodes, styles: new Map() }, images: new Map(), page });
}

/** What the plugin has written and not committed is in it too. */
export function saved(document: CanvasDocument): SavedDocument {
  const images = document.images.hashes().map((hash) => [hash, document.images.get(hash) ?? new Uint8Array()] as const);
  return { tree: document.tree(), images: new Map(images), page: document.currentPage() };
}

/** With nothing to undo. New ids begin above the highest in the tree. */
export function openDocument(start: SavedDocument): CanvasDocument {
  let { tree } = start;
  /** The tree as of the last entry: what is in `tree` and not here is not committed yet. */
  let committed = tree;
  let past: readonly Entry[] = [];
  let future: readonly Entry[] = [];
  let openPageId = start.page;
  let lastId = lastNumber(tree);
  const selections = new Map<string, readonly string[]>();
  const files = new Map(start.images);
  const hearers = new Set<Hear>();
  const tell = (what: Happening, author: Author | null = null): void => {
    for (const hear of hearers) hear(what, author);
  };
  const forget = (): void => {
    for (const [pageId, ids] of selections) {
      const left = ids.filter((id) => find(tree, id) !== null && pageOf(tree, id)?.id === pageId);
      if (left.length === ids.length) continue;
      selections.set(pageId, left);
      tell('selection');
    }
    if (find(tree, openPageId) === null) {
      openPageId = get(tree, ROOT_ID).children[0] ?? openPageId;
      tell('page');
    }
  };
  const become = (next: Tree, author: Author | null): void => {
    tree = next;
    tell('tree', author);
    forget();
  };
  const commit = (): void => {
    const entry = difference(committed, tree);
    committed = tree;
    if (isEmpty(entry)) return;
    past = [...past, entry];
    future = [];
  };
  const step = (entry: Entry): void => {
    become(applied(tree, entry), null);
    committed = tree;
  };
  return {
    tree: () => tree,
    images: {
      add(bytes) {
        const hash = sha1(bytes);
        if (files.has(hash)) return hash;
        files.set(hash, bytes.slice());
        tell('images');
        return hash;
      },
      get: (hash) => files.get(hash) ?? null,
      hashes: () => [...files.keys()],
    },
    currentPage: () => openPageId,
    selection: (pageId = openPageId) => selections.get(pageId) ?? [],
    change(author, edit) {
      if (author === 'user') commit();
      const before = tree;
      const next = edit(tree);
      if (author === 'teammate') committed = applied(committed, difference(before, next));
      become(next, author);
      if (author === 'user') commit();
    },
    select(ids, pageId = openPageId) {
      const now = selections.get(pageId) ?? [];
      if (now.length === ids.length && now.every((id, index) => id === ids[index])) return;
      selections.set(pageId, [...ids]);
      tell('selection');
    },
    openPage(id) {
      if (id === openPageId) return;
      openPageId = id;
      tell('page');
    },
    commit,
    undo() {
      commit();
      const entry = past.at(-1);
      if (entry === undefined) return false;
      past = past.slice(0, -1);
      future = [...future, entry];
      step(inverse(entry));
      return true;
    },
    redo() {
      commit();
      const entry = future.at(-1);
      if (entry === undefined) return false;
      future = future.slice(0, -1);
      past = [...past, entry];
      step(entry);
      return true;
    },
    canUndo: () => past.length > 0 || !isEmpty(difference(committed, tree)),
    canRedo: () => future.length > 0 && isEmpty(difference(committed, tree)),
    newId() {
      // Another window on the document may have taken the next number.
      do lastId += 1;
      while (tree.nodes.has(`1:${lastId}`) || tree.styles.has(`S:1:${lastId},`));
      return `1:${lastId}`;
    },
    subscribe(hear) {
      hearers.add(hear);
      return () => hearers.delete(hear);
    },
  };
}

/** The highest number that a layer's or style's own id carries. */
function lastNumber(tree: Tree): number {
  const ids = [...tree.nodes.keys(), ...tree.styles.keys()];
  return Math.max(1, ...ids.map((id) => Number(/^(?:S:)?1:(\d+)/.exec(id)?.[1] ?? 0)));
}

/** Pixels of a stored picture by its header, or null. */
export function storedSize(
  document: CanvasDocument,
  hash: string,
): { readonly width: number; readonly height: number } | null {
  const bytes = document.images.get(hash);
  return bytes === null ? null : imageSize(bytes);
}
