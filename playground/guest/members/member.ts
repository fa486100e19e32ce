/** One member of a layer: a value that is read and perhaps written, or a method. */
import type { NodeData, NodeType, Patch } from '../../document/node';
import { type Check, require } from '../check';
import { data, deepFreeze, type Guest, mayWrite } from '../guest';
import { copied } from '../nodes';

export interface Handle {
  readonly guest: Guest;
  readonly id: string;
  readonly type: NodeType;
}

export type NodeMember =
  | {
      readonly kind: 'value';
      read(handle: Handle, member: string): unknown;
      write?(handle: Handle, value: unknown, member: string): void;
    }
  | { readonly kind: 'method'; call(handle: Handle, ...args: readonly unknown[]): unknown };

export type NodeMembers = Readonly<Record<string, NodeMember>>;

/** Figma's methods of layers: each answers what `call` answers. */
export const method = (call: (handle: Handle, ...args: readonly unknown[]) => unknown): NodeMember => ({
  kind: 'method',
  call,
});

/** A value computed from the layer; read-only without `write`. */
export function value(
  read: (node: NodeData, handle: Handle) => unknown,
  write?: { readonly check: Check; readonly patch: (value: never, node: NodeData, handle: Handle) => Patch },
): NodeMember {
  const reader = (handle: Handle, member: string): unknown => {
    const node = data(handle.guest, handle.id, member);
    const found = read(node, handle);
    const own = typeof found === 'object' && found !== null && Object.values(node).includes(found);
    return deepFreeze(own ? copied(found) : found);
  };
  if (write === undefined) return { kind: 'value', read: reader };
  return {
    kind: 'value',
    read: reader,
    write(handle, given, member) {
      const node = data(handle.guest, handle.id, member);
      require(member, member.replace('set_', ''), given, write.check);
      // The check has just shown that it is what `patch` takes.
      change(handle, write.patch(given as never, node, handle), member);
    },
  };
}

/** A field of the layer under its own name. */
export function field(key: keyof Patch, check: Check): NodeMember {
  return value((node) => node[key], { check, patch: (given: unknown) => ({ [key]: given }) as Patch });
}

/** A member that this host keeps at one value, because nothing here depends on it. */
export function fixed(constant: unknown): NodeMember {
  return value(() => constant);
}

/** Writes fields of one layer, as the plugin. Throws in Figma's words what the host refuses. */
export function change(handle: Handle, patch: Patch, member: string): void {
  mayWrite(handle.guest, member);
  handle.guest.bridge.call(member, 'node.write', { id: handle.id, patch });
}
