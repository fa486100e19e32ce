/** Fills, strokes and corners. Reading gives fresh frozen arrays; writing checks every field. */
import type { Paint } from '../../document/node';
import { number, oneOf, require, string } from '../check';
import { data, mayWrite } from '../guest';
import { copied } from '../nodes';
import { completed, paints } from '../paintCheck';
import { change, field, fixed, type Handle, method, type NodeMember, value } from './member';

const NEEDS_ASYNC = 'Cannot call with documentAccess: dynamic-page. Use node.setFillStyleIdAsync instead.';

export const fillMembers = {
  fills: {
    kind: 'value',
    read(handle, member) {
      const { fills } = data(handle.guest, handle.id, member);
      return fills === 'mixed' ? handle.guest.mixed : frozen(fills);
    },
    write: (handle, given, member) => writeFills(handle, given, member),
  },
  setFillsAsync: method(async (handle, given) => {
    // Validated and written after the caller's turn, as in Figma: what happens in between is seen.
    await handle.guest.bridge.ask('setFillsAsync', 'node.find', { id: handle.id });
    writeFills(handle, given, 'setFillsAsync');
  }),
  fillStyleId: {
    kind: 'value',
    read: (handle, member) => data(handle.guest, handle.id, member).fillStyleId,
    write(handle, _given, member) {
      data(handle.guest, handle.id, member);
      throw new Error(`in ${member}: ${NEEDS_ASYNC}`);
    },
  },
  setFillStyleIdAsync: method(async (handle, given) => {
    const member = 'setFillStyleIdAsync';
    require(member, 'styleId', given, string);
    mayWrite(handle.guest, member);
    const id = given as string;
    if (id === '') return change(handle, { fillStyleId: '' }, member);
    if (!(await handle.guest.bridge.ask(member, 'style.find', { id }))) {
      throw new Error(`in ${member}: The style with id "${id}" does not exist`);
    }
    const style = handle.guest.bridge.call(member, 'style.get', { id });
    if (style !== null) change(handle, { fillStyleId: id, fills: style.paints }, member);
  }),
  strokes: value((node) => node.strokes, {
    check: paints,
    patch: (given: readonly Paint[]) => ({ strokes: given.map(completed) }),
  }),
  strokeStyleId: fixed(''),
  strokeWeight: field('strokeWeight', number(0)),
  strokeAlign: field('strokeAlign', oneOf('CENTER', 'INSIDE', 'OUTSIDE')),
  strokeJoin: fixed('MITER'),
  strokeCap: fixed('NONE'),
  strokeMiterLimit: fixed(4),
  dashPattern: fixed([]),
} satisfies Readonly<Record<string, NodeMember>>;

function writeFills(handle: Handle, given: unknown, member: string): void {
  data(handle.guest, handle.id, member);
  mayWrite(handle.guest, member);
  require(member, 'fills', given, paints);
  const list = given as readonly Paint[];
  if (member === 'set_fills' && list.some((paint) => paint.type === 'PATTERN')) {
    throw new Error('in set_fills: Pattern fills can only be set with node.setFillsAsync');
  }
  change(handle, { fills: list.map(completed) }, member);
}

function frozen(fills: readonly Paint[] | null): readonly Paint[] {
  const list = copied(fills ?? []);
  for (const paint of list) freeze(paint);
  return Object.freeze(list);
}

function freeze(item: unknown): void {
  if (typeof item !== 'object' || item === null) return;
  for (const inner of Object.values(item)) freeze(inner);
  Object.freeze(item);
}

const CORNERS = ['topLeftRadius', 'topRightRadius', 'bottomRightRadius', 'bottomLeftRadius'] as const;

export const cornerMembers = {
  cornerRadius: value(
    (node, { guest }) => (node.radii.every((radius) => radius === node.radii[0]) ? node.radii[0] : guest.mixed),
    { check: number(0), patch: (radius: number) => ({ radii: [radius, radius, radius, radius] }) },
  ),
  cornerSmoothing: field('cornerSmoothing', number(0, 1)),
  ...Object.fromEntries(
    CORNERS.map((name, index) => [
      name,
      value((node) => node.radii[index], {
        check: number(0),
        patch: (radius: number, node) => {
          const radii: [number, number, number, number] = [...node.radii];
          radii[index] = radius;
          return { radii };
        },
      }),
    ]),
  ),
  strokeTopWeight: value((node) => node.strokeWeight),
  strokeRightWeight: value((node) => node.strokeWeight),
  strokeBottomWeight: value((node) => node.strokeWeight),
  strokeLeftWeight: value((node) => node.strokeWeight),
} satisfies Readonly<Record<string, NodeMember>>;
