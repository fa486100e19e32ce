/** Keeps the document in IndexedDB, so that a reload finds the layers that its jobs were started for. */
import type { SavedDocument } from '../document/document';
import { newNode } from '../document/node';

const NAME = 'playground';
const STORE = 'document';
/** Raised when a document that an older page kept can no longer be opened. */
const VERSION = 1;

export async function loadDocument(): Promise<SavedDocument | null> {
  const database = await open();
  const found: unknown = await done(database.transaction(STORE).objectStore(STORE).get('last'));
  database.close();
  const looksRight = typeof found === 'object' && found !== null && 'tree' in found && 'images' in found;
  // Written by `saveDocument` of this version only.
  return looksRight ? completed(found as SavedDocument) : null;
}

/** A page of an older build may have kept layers that lack a newer field. */
function completed(saved: SavedDocument): SavedDocument {
  const nodes = [...saved.tree.nodes].map(([id, node]) => [id, { ...newNode(id, node.type), ...node }] as const);
  return { ...saved, tree: { ...saved.tree, nodes: new Map(nodes) } };
}

export async function saveDocument(document: SavedDocument): Promise<void> {
  const database = await open();
  await done(database.transaction(STORE, 'readwrite').objectStore(STORE).put(document, 'last'));
  database.close();
}

export async function forgetDocument(): Promise<void> {
  const database = await open();
  await done(database.transaction(STORE, 'readwrite').objectStore(STORE).delete('last'));
  database.close();
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(STORE);
  };
  return done(request);
}

function done<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
  });
}
