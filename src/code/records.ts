/**
 * What this machine remembers for this user, in Figma's client storage (5 MB in all, no image bytes). Keeps what it is
 * given and understands nothing of it; nothing of this goes into a document.
 */
import type { PluginError } from '../core/errors';
import { failed, ok, type Result } from '../core/result';
import type { SavedRecord } from '../protocol/messages';

/** Bytes. Figma refuses at 5 MB, counted in a way that it does not document. */
const SOFT_LIMIT = 4_000_000;

export interface Records {
  /** Every record whose key begins with one of these, each once. Error: storage-unreadable. */
  read(prefixes: readonly string[]): Promise<Result<readonly SavedRecord[], PluginError>>;
  /** Error: storage-full. */
  save(record: SavedRecord): Promise<Result<null, PluginError>>;
  /** Error: storage-unreadable. */
  forget(key: string): Promise<Result<null, PluginError>>;
}

/**
 * One for each run of the plugin: it knows the sizes that it has written, and keeps the writes of one entry in
 * their order.
 */
export function createRecords(store: ClientStorageAPI): Records {
  /** Bytes of every entry, learned from the first save on. Other windows write too: see `save`. */
  let sizes: Promise<Map<string, number>> | null = null;
  /** The last write of each entry: the next one of the same entry waits for it, so the newest wins. */
  const writes = new Map<string, Promise<unknown>>();

  const measure = async (): Promise<Map<string, number>> => {
    const keys = await store.keysAsync();
    const values = await Promise.all(keys.map((key) => store.getAsync(key)));
    return new Map(keys.map((key, index) => [key, entrySize(key, values[index])]));
  };

  const inTurn = <Value>(key: string, write: () => Promise<Value>): Promise<Value> => {
    const turn = (writes.get(key) ?? Promise.resolve()).then(write, write);
    writes.set(key, turn);
    const done = (): void => {
      if (writes.get(key) === turn) writes.delete(key);
    };
    turn.then(done, done);
    return turn;
  };

  /** Whether the entry fits beside the others. */
  const fits = async (key: string, size: number): Promise<boolean> => {
    sizes ??= measure();
    let others = 0;
    for (const [name, bytes] of await sizes) if (name !== key) others += bytes;
    return others + size <= SOFT_LIMIT;
  };

  return {
    async read(prefixes) {
      try {
        const all = await store.keysAsync();
        const keys = all.filter((key) => prefixes.some((prefix) => key.startsWith(prefix)));
        const values: unknown[] = await Promise.all(keys.map((key) => store.getAsync(key)));
        // What another window has forgotten between the two questions is no record any more.
        return ok(keys.map((key, index) => ({ key, value: values[index] })).filter(({ value }) => value !== undefined));
      } catch {
        return failed({ code: 'storage-unreadable' });
      }
    },
    save: ({ key, value }) =>
      inTurn(key, async () => {
        try {
          const size = entrySize(key, value);
          if (!(await fits(key, size))) {
            // Measured anew: another window may have made room.
            sizes = null;
            if (!(await fits(key, size))) return failed({ code: 'storage-full' });
          }
          await store.setAsync(key, value);
          (await sizes)?.set(key, size);
          return ok(null);
        } catch {
          // Full is the only reason that Figma documents for refusing an entry.
          sizes = null;
          return failed({ code: 'storage-full' });
        }
      }),
    forget: (key) =>
      inTurn(key, async () => {
        try {
          await store.deleteAsync(key);
          (await sizes)?.delete(key);
          return ok(null);
        } catch {
          sizes = null;
          return failed({ code: 'storage-unreadable' });
        }
      }),
  };
}

/** Bytes of an entry's key and value as JSON in UTF-8, at most: every character beyond ASCII is taken for the longest. */
export function entrySize(key: string, value: unknown): number {
  const text = key + (JSON.stringify(value) ?? '');
  // Counted by the engine itself: a loop here would hold Figma's own thread for seconds when the storage is full.
  const beyond = text.match(/[^\0-\x7f]/g);
  return text.length + 2 * (beyond === null ? 0 : beyond.length);
}
