/** Pages: the selection and the loading that `documentAccess: "dynamic-page"` asks for. */
import { alive, data, idOf, listen, unlisten } from '../guest';
import { fixed, method, type NodeMember } from './member';

export const pageMembers = {
  selection: {
    kind: 'value',
    read({ guest, id }, member) {
      data(guest, id, member);
      return Object.freeze(guest.bridge.call(member, 'selection.get', { page: id }).map(guest.wrap));
    },
    write({ guest, id }, given, member) {
      data(guest, id, member);
      if (!Array.isArray(given))
        throw new Error(`in ${member}: Property "selection" failed validation: Expected array`);
      const ids = given.map((node) => idOf(member, node));
      for (const each of ids) {
        data(guest, each, member);
        if (guest.bridge.call(member, 'node.pageOf', { id: each }) !== id) {
          throw new Error(`in ${member}: The selection of a page can only include nodes in that page`);
        }
      }
      guest.bridge.call(member, 'selection.set', { page: id, ids });
    },
  },
  selectedTextRange: fixed(null),
  backgrounds: fixed([]),
  guides: fixed([]),
  isPageDivider: fixed(false),
  prototypeStartNode: fixed(null),
  flowStartingPoints: fixed([]),
  loadAsync: method(async ({ guest, id }) => {
    alive(guest, 'loadAsync');
    await guest.bridge.ask('loadAsync', 'page.load', { id });
  }),
  on: method(({ guest, id }, type, hear) => listen(guest, pageEvent(id, type), hear, 'on')),
  once: method(({ guest, id }, type, hear) => listen(guest, pageEvent(id, type), hear, 'once', true)),
  off: method(({ guest, id }, type, hear) => unlisten(guest, pageEvent(id, type), hear)),
} satisfies Readonly<Record<string, NodeMember>>;

function pageEvent(id: string, type: unknown): string {
  if (type !== 'nodechange') throw new Error(`in on: Unknown page event "${String(type)}"`);
  return `${id}/nodechange`;
}
