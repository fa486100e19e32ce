/**
 * Keeps the document in IndexedDB, so that a reload, at whatever moment, finds the layers that its jobs were started
 * for. Pictures are kept once, each under its hash: what is written again and again is only the tree.
 */
import type { SavedDocument } from '../document/document';
import { newNode } from '../document/node';

const NAME = 'playground';
const STORE = 'document';
const PICTURES = 'pictures';
/** Raised when what an older page kept can no longer be opened as it is. */
const VERSION = 2;

/** The tree without its pictures; a page of version 1 kept them together. */
type Kept = Omit<SavedDocument, 'images'> & Partial<Pick<SavedDocument, 'images'>>;

/** Null when nothing was kept. Rejects when the browser gives no IndexedDB. */
export async function loadDocument(): Promise<SavedDocument | null> {
  const database = await open();
  const reading = database.transaction([STORE, PICTURES]);
  const pictures = reading.objectStore(PICTURES);
  const [found, hashes, files] = await Promise.all([
    done<unknown>(reading.objectStore(STORE).get('last')),
    done(pictures.getAllKeys()),
    done<Uint8Array[]>(pictures.getAll()),
  ]);
  database.close();
  if (typeof found !== 'object' || found === null || !('tree' in found)) return null;
  // Written by `createKeeper` of this version or the last.
  const { tree, page, images } = found as Kept;
  const kept = hashes.map((hash, index) => [String(hash), files[index] as Uint8Array] as const);
  return { tree: { ...tree, nodes: completed(tree.nodes) }, page, images: new Map([...(images ?? []), ...kept]) };
}

/** A page of an older build may have kept layers that lack a newer field. */
function completed(nodes: SavedDocument['tree']['nodes']): SavedDocument['tree']['nodes'] {
  return new Map([...nodes].map(([id, node]) => [id, { ...newNode(id, node.type), ...node }] as const));
}

export interface Keeper {
  /** Keeps the document as it is now: at once, or as soon as the writing before this one is done. */
  keep(): void;
}

/** `read` is asked for the document as it is when writing begins; `onFail` hears of every write that failed. */
export function createKeeper(read: () => SavedDocument, onFail: (thrown: unknown) => void): Keeper {
  // One connection for all writes: each is under way when the call that caused it ends, whatever comes next.
  let opened: Promise<IDBDatabase> | null = null;
  const keptPictures = new Set<string>();
  let writing = false;
  let again = false;
  const write = async (): Promise<void> => {
    const { images, ...rest } = read();
    const fresh = [...images].filter(([hash]) => !keptPictures.has(hash));
    opened ??= open();
    const change = (await opened).transaction([STORE, PICTURES], 'readwrite');
    for (const [hash, bytes] of fresh) change.objectStore(PICTURES).put(bytes, hash);
    await done(change.objectStore(STORE).put(rest, 'last'));
    for (const [hash] of fresh) keptPictures.add(hash);
  };
  const writeAll = async (): Promise<void> => {
    writing = true;
    try {
      do {
        again = false;
        await write();
      } while (again);
    } catch (thrown) {
      opened = null;
      onFail(thrown);
    } finally {
      writing = false;
    }
  };
  return {
    keep() {
      again = true;
      if (!writing) void writeAll();
    },
  };
}

/** The next opening begins with the samples. */
export async function forgetDocument(): Promise<void> {
  const database = await open();
  const change = database.transaction([STORE, PICTURES], 'readwrite');
  change.objectStore(PICTURES).clear();
  await done(change.objectStore(STORE).delete('last'));
  database.close();
}

function open(): Promise<IDBDatabase> {
  const request = indexedDB.open(NAME, VERSION);
  request.onupgradeneeded = () => {
    const { result } = request;
    for (const store of [STORE, PICTURES]) {
      if (!result.objectStoreNames.contains(store)) result.createObjectStore(store);
    }
  };
  return done(request).then((database) => {
    // A page of a newer build must not wait for this one.
    database.onversionchange = () => database.close();
    return database;
  });
}

function done<Value>(request: IDBRequest<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB failed'));
  });
}
