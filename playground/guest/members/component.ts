/** Main components and their instances. */
import { data, mayWrite } from '../guest';
import { fixed, method, type NodeMember, value } from './member';

const needsAsync = (use: string): string => `Cannot call with documentAccess: dynamic-page. Use ${use} instead.`;

export const componentMembers = {
  key: value((node) => `key-${node.id}`),
  remote: fixed(false),
  description: fixed(''),
  createInstance: method(({ guest, id }) => {
    mayWrite(guest, 'createInstance');
    data(guest, id, 'createInstance');
    return guest.wrap(guest.bridge.call('createInstance', 'node.instance', { component: id }));
  }),
  getInstancesAsync: method(async ({ guest, id }) => {
    data(guest, id, 'getInstancesAsync');
    const ids = await guest.bridge.ask('getInstancesAsync', 'node.instances', { component: id });
    return ids.map(guest.wrap);
  }),
  instances: {
    kind: 'value',
    read({ guest, id }, member) {
      data(guest, id, member);
      throw new Error(`in ${member}: ${needsAsync('node.getInstancesAsync')}`);
    },
  },
} satisfies Readonly<Record<string, NodeMember>>;

export const instanceMembers = {
  getMainComponentAsync: method(async ({ guest, id }) => {
    const { mirrors } = data(guest, id, 'getMainComponentAsync');
    if (mirrors === null) return null;
    return (await guest.bridge.ask('getMainComponentAsync', 'node.find', { id: mirrors })) ? guest.wrap(mirrors) : null;
  }),
  mainComponent: {
    kind: 'value',
    read({ guest, id }, member) {
      data(guest, id, member);
      throw new Error(`in ${member}: ${needsAsync('node.getMainComponentAsync')}`);
    },
  },
  scaleFactor: fixed(1),
  componentProperties: fixed({}),
  overrides: value((node) =>
    node.overridden.length === 0 ? [] : [{ id: node.id, overriddenFields: [...node.overridden] }],
  ),
} satisfies Readonly<Record<string, NodeMember>>;
