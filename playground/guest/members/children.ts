/** Layers that hold layers. A page's children can be read once the page is loaded. */
import type { NodeData } from '../../document/node';
import { number, require } from '../check';
import { data, type Guest, idOf, mayWrite } from '../guest';
import { type Handle, method, type NodeMember } from './member';

type Test = (node: object) => unknown;

export const childrenMembers = {
  children: {
    kind: 'value',
    read: (handle, member) => Object.freeze(childIds(handle, member).map(handle.guest.wrap)),
  },
  appendChild: method((handle, child) => put(handle, 'appendChild', child, Number.MAX_SAFE_INTEGER)),
  insertChild: method((handle, index, child) => {
    require('insertChild', 'index', index, number(0));
    const { children } = data(handle.guest, handle.id, 'insertChild');
    if ((index as number) > children.length) throw new Error('in insertChild: Index out of bounds');
    put(handle, 'insertChild', child, index as number);
  }),
  findChildren: method((handle, test) => direct(handle, 'findChildren').filter(passing(test))),
  findChild: method((handle, test) => direct(handle, 'findChild').find(passing(test)) ?? null),
  findAll: method((handle, test) => inside(handle, 'findAll').filter(passing(test))),
  findOne: method((handle, test) => inside(handle, 'findOne').find(passing(test)) ?? null),
  findAllWithCriteria: method((handle, criteria) => {
    const { types, pluginData } = criteria as { types?: readonly string[]; pluginData?: { keys?: readonly string[] } };
    return inside(handle, 'findAllWithCriteria').filter((node) => {
      const own = data(handle.guest, idOf('findAllWithCriteria', node), 'findAllWithCriteria');
      const keys = Object.keys(own.pluginData);
      const hasData = pluginData === undefined || (pluginData.keys ?? keys).some((key) => keys.includes(key));
      return (
        (types === undefined || types.includes(own.type)) && hasData && (pluginData === undefined || keys.length > 0)
      );
    });
  }),
} satisfies Readonly<Record<string, NodeMember>>;

const passing =
  (test: unknown) =>
  (node: object): boolean =>
    typeof test !== 'function' || Boolean((test as Test)(node));

function childIds({ guest, id }: Handle, member: string): readonly string[] {
  const node = data(guest, id, member);
  if (node.type === 'PAGE' && !guest.bridge.call(member, 'page.loaded', { id })) {
    throw new Error(
      `in ${member}: Cannot access children on a page that has not been explicitly loaded. Call page.loadAsync() or figma.loadAllPagesAsync() first`,
    );
  }
  return shownTo(guest, node, member);
}

/** With `skipInvisibleInstanceChildren` the hidden layers inside instances are as if they were not there. */
function shownTo(guest: Guest, node: NodeData, member: string): readonly string[] {
  const inInstance = node.type === 'INSTANCE' || node.id.startsWith('I');
  if (!guest.state.skipInvisible || !inInstance) return node.children;
  return node.children.filter((child) => data(guest, child, member).visible);
}

function direct(handle: Handle, member: string): readonly object[] {
  return childIds(handle, member).map(handle.guest.wrap);
}

function inside(handle: Handle, member: string): readonly object[] {
  const { guest, type } = handle;
  if (type === 'DOCUMENT' && !guest.state.allPagesLoaded) {
    throw new Error(
      `in ${member}: Cannot call with documentAccess: dynamic-page unless figma.loadAllPagesAsync() has been called`,
    );
  }
  return childIds(handle, member).flatMap((id) => [guest.wrap(id), ...below(guest, id, member)]);
}

function below(guest: Guest, id: string, member: string): readonly object[] {
  const children = shownTo(guest, data(guest, id, member), member);
  return children.flatMap((child) => [guest.wrap(child), ...below(guest, child, member)]);
}

function put({ guest, id }: Handle, member: string, child: unknown, index: number): void {
  mayWrite(guest, member);
  data(guest, id, member);
  const childId = idOf(member, child);
  data(guest, childId, member);
  guest.bridge.call(member, 'node.insert', { id: childId, parent: id, index });
}
