/** `figma.clientStorage`: private to the plugin, the user and the machine; 5 MB in all, counted by the host. */
import type { PluginAPI } from '@figma/plugin-typings/plugin-api-standalone';
import { pack } from '../host/wire';
import { require, string } from './check';
import { alive, type Guest } from './guest';

/** Throws and rejects in Figma's words: for keys that are no text, values that may not cross, and a full store. */
export function clientStorage(guest: Guest): Partial<PluginAPI['clientStorage']> {
  const { bridge } = guest;
  const checked = (member: string, key: unknown): string => {
    alive(guest, member);
    require(member, 'key', key, string);
    return key as string;
  };
  return {
    getAsync: async (key) => bridge.ask('getAsync', 'storage.get', { key: checked('getAsync', key) }),
    setAsync: async (key, value) => {
      const name = checked('setAsync', key);
      try {
        pack(value);
      } catch (thrown) {
        throw new Error(`in setAsync: ${(thrown as Error).message}`);
      }
      await bridge.ask('setAsync', 'storage.set', { key: name, value });
    },
    deleteAsync: async (key) => {
      await bridge.ask('deleteAsync', 'storage.delete', { key: checked('deleteAsync', key) });
    },
    keysAsync: async () => {
      alive(guest, 'keysAsync');
      return [...(await bridge.ask('keysAsync', 'storage.keys', {}))];
    },
  };
}
