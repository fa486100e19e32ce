/** Shared paint styles. */
import type { Paint } from '../document/node';
import type { PaintStyleData } from '../document/tree';
import { require, string } from './check';
import { alive, deepFreeze, type Guest, mayWrite } from './guest';
import { completed, paints } from './paintCheck';
import { type Member, owns, strictObject } from './strict';

/** Reads and writes throw once the style is gone. */
export function styleObject(guest: Guest, id: string): object {
  const read = (member: string): PaintStyleData => {
    alive(guest, member);
    const style = guest.bridge.call(member, 'style.get', { id });
    if (style === null) throw new Error(`in ${member}: The style with id "${id}" does not exist`);
    return style;
  };
  const write = (member: string, patch: Partial<PaintStyleData>): void => {
    mayWrite(guest, member);
    guest.bridge.call(member, 'style.write', { style: { ...read(member), ...patch } });
  };
  const members: Readonly<Record<string, Member>> = {
    id: { get: () => id },
    type: { get: () => 'PAINT' },
    key: { get: () => `key-${id}` },
    remote: { get: () => false },
    name: {
      get: () => read('get_name').name,
      set: (name) => {
        require('set_name', 'name', name, string);
        write('set_name', { name: name as string });
      },
    },
    paints: {
      get: () => deepFreeze(read('get_paints').paints),
      set: (list) => {
        require('set_paints', 'paints', list, paints);
        write('set_paints', { paints: (list as readonly Paint[]).map(completed) });
      },
    },
    remove: {
      get: () => () => {
        mayWrite(guest, 'remove');
        guest.bridge.call('remove', 'style.remove', { id });
      },
    },
  };
  return strictObject({
    name: 'PaintStyle',
    known: guest.setup.members['PaintStyle'] ?? [],
    names: () => Object.keys(members),
    member: (name) => (owns(members, name) ? members[name] : undefined),
  });
}
