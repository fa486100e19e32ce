/** The plugin's clientStorage in the page's own localStorage, so that settings and jobs survive a reload. */
import type { StorageBacking } from '../host/clientStorage';
import { pack, unpack } from '../host/wire';

const PREFIX = 'clientStorage:';

export function localStorageBacking(storage: Storage, itemKeys = () => Object.keys(storage)): StorageBacking {
  const keys = (): readonly string[] =>
    itemKeys()
      .filter((key) => key.startsWith(PREFIX))
      .map((key) => key.slice(PREFIX.length));
  return {
    get(key) {
      const text = storage.getItem(PREFIX + key);
      if (text === null) return undefined;
      const { json, bytes } = JSON.parse(text) as { json: string; bytes: readonly string[] };
      return unpack(json, bytes.map(fromBinary));
    },
    set(key, value) {
      const { json, bytes } = pack(value);
      storage.setItem(PREFIX + key, JSON.stringify({ json, bytes: bytes.map(toBinary) }));
    },
    delete: (key) => storage.removeItem(PREFIX + key),
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
