/**
 * The plugin's clientStorage in the page's own localStorage, so that settings and jobs survive a reload. Each person has
 * a storage of their own, as in Figma; the document is everybody's.
 */
import type { StorageBacking } from '../host/clientStorage';
import { pack, unpack } from '../host/wire';

/** `user`: whose storage it is; null for the person of the plain address. */
export function localStorageBacking(
  storage: Storage,
  itemKeys = () => Object.keys(storage),
  user: string | null = null,
): StorageBacking {
  const prefix = user === null ? 'clientStorage:' : `clientStorage of ${user}:`;
  const keys = (): readonly string[] =>
    itemKeys()
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length));
  return {
    get(key) {
      const text = storage.getItem(prefix + key);
      if (text === null) return undefined;
      const { json, bytes } = JSON.parse(text) as { json: string; bytes: readonly string[] };
      return unpack(json, bytes.map(fromBinary));
    },
    set(key, value) {
      const { json, bytes } = pack(value);
      storage.setItem(prefix + key, JSON.stringify({ json, bytes: bytes.map(toBinary) }));
    },
    delete: (key) => storage.removeItem(prefix + key),
    keys,
  };
}

function toBinary(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192) text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(text);
}

function fromBinary(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
