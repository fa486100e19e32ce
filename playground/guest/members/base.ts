/** What every layer, page and the document have: name, place in the tree, plugin data. */
import { require, string } from '../check';
import { alive, data, mayWrite } from '../guest';
import { change, field, type Handle, method, type NodeMember, value } from './member';

/** Figma: plugin id, key and value together at most 100 kB. */
const ENTRY_LIMIT = 100_000;
const RELAUNCH_TEXT_LIMIT = 1000;

export const baseMembers = {
  id: evenGone(({ id }) => id),
  type: evenGone(({ type }) => type),
  removed: evenGone(({ guest, id }) => guest.bridge.nodes.get(id) === null),
  name: field('name', string),
  parent: value((node, { guest }) => (node.parent === null ? null : guest.wrap(node.parent))),
  isAsset: value((node) => node.type === 'COMPONENT'),
  toString: method(({ guest, id }) => `${data(guest, id, 'toString').type} node (id: ${id})`),
  remove: method(({ guest, id }) => {
    mayWrite(guest, 'remove');
    data(guest, id, 'remove');
    guest.bridge.call('remove', 'node.remove', { id });
  }),
  getTopLevelFrame: method(({ guest, id }) => {
    let node = data(guest, id, 'getTopLevelFrame');
    let top = node.type === 'FRAME' ? node : null;
    while (node.parent !== null) {
      node = data(guest, node.parent, 'getTopLevelFrame');
      if (node.type === 'FRAME') top = node;
    }
    return top === null ? undefined : guest.wrap(top.id);
  }),
  getPluginData: method((handle, key) => {
    require('getPluginData', 'key', key, string);
    return data(handle.guest, handle.id, 'getPluginData').pluginData[key as string] ?? '';
  }),
  setPluginData: method((handle, key, text) => {
    const node = data(handle.guest, handle.id, 'setPluginData');
    require('setPluginData', 'key', key, string);
    require('setPluginData', 'value', text, string);
    checkEntry(handle, 'setPluginData', key as string, text as string);
    change(handle, { pluginData: entered(node.pluginData, key as string, text as string) }, 'setPluginData');
  }),
  getPluginDataKeys: method(({ guest, id }) => Object.keys(data(guest, id, 'getPluginDataKeys').pluginData)),
  getSharedPluginData: method((handle, namespace, key) => {
    const full = sharedKey('getSharedPluginData', namespace, key);
    return data(handle.guest, handle.id, 'getSharedPluginData').sharedData[full] ?? '';
  }),
  setSharedPluginData: method((handle, namespace, key, text) => {
    const node = data(handle.guest, handle.id, 'setSharedPluginData');
    const full = sharedKey('setSharedPluginData', namespace, key);
    require('setSharedPluginData', 'value', text, string);
    checkEntry(handle, 'setSharedPluginData', full, text as string);
    change(handle, { sharedData: entered(node.sharedData, full, text as string) }, 'setSharedPluginData');
  }),
  getSharedPluginDataKeys: method(({ guest, id }, namespace) => {
    const start = sharedKey('getSharedPluginDataKeys', namespace, '');
    const keys = Object.keys(data(guest, id, 'getSharedPluginDataKeys').sharedData);
    return keys.filter((key) => key.startsWith(start)).map((key) => key.slice(start.length));
  }),
  setRelaunchData: method((handle, given) => {
    if (typeof given !== 'object' || given === null) throw new Error('in setRelaunchData: Expected object');
    for (const [command, text] of Object.entries(given)) checkRelaunch(handle, command, text);
    change(handle, { relaunch: { ...(given as Record<string, string>) } }, 'setRelaunchData');
  }),
  getRelaunchData: method(({ guest, id }) => ({ ...data(guest, id, 'getRelaunchData').relaunch })),
} satisfies Readonly<Record<string, NodeMember>>;

/** What can be read of a layer that was removed. */
function evenGone(read: (handle: Handle) => unknown): NodeMember {
  return {
    kind: 'value',
    read(handle, member) {
      alive(handle.guest, member);
      return read(handle);
    },
  };
}

function checkRelaunch({ guest }: Handle, command: string, text: unknown): void {
  if (!guest.setup.relaunchCommands.includes(command)) {
    throw new Error(`in setRelaunchData: The command "${command}" is not in the "relaunchButtons" of manifest.json`);
  }
  require('setRelaunchData', command, text, string);
  if ((text as string).length > RELAUNCH_TEXT_LIMIT) {
    throw new Error(`in setRelaunchData: The description may have at most ${RELAUNCH_TEXT_LIMIT} characters`);
  }
}

function sharedKey(member: string, namespace: unknown, key: unknown): string {
  require(member, 'namespace', namespace, string);
  require(member, 'key', key, string);
  if (!/^[A-Za-z0-9_.]{3,}$/.test(namespace as string)) {
    throw new Error(`in ${member}: The namespace must have at least 3 characters: letters, digits, _ and .`);
  }
  return `${namespace as string}/${key as string}`;
}

function checkEntry({ guest }: Handle, member: string, key: string, text: string): void {
  const size = utf8Length(guest.setup.pluginId) + utf8Length(key) + utf8Length(text);
  if (size > ENTRY_LIMIT) throw new Error(`in ${member}: The entry is ${size} bytes, the limit is 100 kB`);
}

/** The empty string deletes, as in Figma. */
function entered(all: Readonly<Record<string, string>>, key: string, text: string): Readonly<Record<string, string>> {
  const { [key]: _old, ...others } = all;
  return text === '' ? others : { ...others, [key]: text };
}

function utf8Length(text: string): number {
  let length = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}
