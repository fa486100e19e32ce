/** The plugin's private storage: it outlives runs, has a quota, and can be slow or refuse on demand. */
import { pack } from './wire';

/** Figma: 5 MB a plugin in all. How Figma counts is not known; here keys and JSON as UTF-16 halves do, bytes as they are. */
export const STORAGE_QUOTA = 5_000_000;

/** Where the values are kept. The page keeps them in its own localStorage, tests in a Map. */
export interface StorageBacking {
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  delete(key: string): void;
  keys(): readonly string[];
}

/** Values are kept as they are, not copied: the wire between has done so. */
export function memoryStorage(start: Readonly<Record<string, unknown>> = {}): StorageBacking {
  const values = new Map(Object.entries(start));
  return {
    get: (key) => values.get(key),
    set: (key, value) => values.set(key, value),
    delete: (key) => values.delete(key),
    keys: () => [...values.keys()],
  };
}

/** Bytes by the count of `STORAGE_QUOTA`. Throws for what may not cross. */
export function storedSize(key: string, value: unknown): number {
  const { json, bytes } = pack(value);
  return key.length + json.length + bytes.reduce((sum, each) => sum + each.length, 0);
}

/** Null, or why the value is not taken. */
export function quotaProblem(backing: StorageBacking, key: string, value: unknown, quota: number): string | null {
  const others = backing.keys().filter((each) => each !== key);
  const used = others.reduce((sum, each) => sum + storedSize(each, backing.get(each)), 0);
  const size = used + storedSize(key, value);
  return size > quota ? `The plugin's storage would hold ${size} bytes, the limit is ${quota}` : null;
}
