/** Where a layer is and how large: position, size, rotation, its part in auto-layout, constraints. */
import type { NodeData, Patch } from '../../document/node';
import { rotationOf, type Transform, withRotation } from '../../document/transform';
import { boolean, type Check, number, object, oneOf, require } from '../check';
import { data, type Guest } from '../guest';
import { transform } from '../paintCheck';
import { change, field, fixed, type Handle, method, type NodeMember, value } from './member';

const SMALLEST = 0.01;
const CONSTRAINT = oneOf('MIN', 'CENTER', 'MAX', 'STRETCH', 'SCALE');

/** Layers inside an instance keep the place that the component gives them. */
function own(key: string, write: { check: Check; patch: (value: never, node: NodeData, guest: Guest) => Patch }) {
  return {
    check: write.check,
    patch: (given: never, node: NodeData, { guest, id }: Handle): Patch => {
      if (guest.bridge.call(`set_${key}`, 'node.insideInstance', { id })) {
        throw new Error(`in set_${key}: This property cannot be overriden in an instance`);
      }
      return write.patch(given, node, guest);
    },
  };
}

const shifted = (node: NodeData, column: number): number => node.transform[column === 0 ? 0 : 1][2];

function positioned(axis: 0 | 1): NodeMember {
  const key = axis === 0 ? 'x' : 'y';
  return value(
    (node, { guest, id }) => (node.type === 'GROUP' ? place(guest, id).relativeBox[key] : shifted(node, axis)),
    own(key, {
      check: number(),
      patch: (given: number, node: NodeData): Patch => {
        const [[a, c, x], [b, d, y]] = node.transform;
        return {
          transform:
            axis === 0
              ? [
                  [a, c, given],
                  [b, d, y],
                ]
              : [
                  [a, c, x],
                  [b, d, given],
                ],
        };
      },
    }),
  );
}

const place = (guest: Guest, id: string) => guest.bridge.call('get_absoluteTransform', 'node.place', { id });

export const boxMembers = {
  x: positioned(0),
  y: positioned(1),
  width: value((node, { guest, id }) => (node.type === 'GROUP' ? place(guest, id).relativeBox.width : node.width)),
  height: value((node, { guest, id }) => (node.type === 'GROUP' ? place(guest, id).relativeBox.height : node.height)),
  rotation: value(
    (node) => rotationOf(node.transform),
    own('rotation', {
      check: number(-180, 180),
      patch: (degrees: number, node: NodeData): Patch => ({ transform: withRotation(node.transform, degrees) }),
    }),
  ),
  relativeTransform: value(
    (node) => node.transform,
    own('relativeTransform', { check: transform, patch: (given: Transform): Patch => ({ transform: given }) }),
  ),
  absoluteTransform: value((_node, { guest, id }) => place(guest, id).absolute),
  absoluteBoundingBox: value((_node, { guest, id }) => place(guest, id).absoluteBox),
  resize: method((handle, width, height) => resized(handle, 'resize', width, height)),
  resizeWithoutConstraints: method((handle, width, height) =>
    resized(handle, 'resizeWithoutConstraints', width, height),
  ),
  constrainProportions: field('constrainProportions', boolean),
  constraints: field('constraints', object({ horizontal: CONSTRAINT, vertical: CONSTRAINT })),
  layoutPositioning: value(
    (node) => node.positioning,
    own('layoutPositioning', {
      check: oneOf('AUTO', 'ABSOLUTE'),
      patch: (positioning: 'AUTO' | 'ABSOLUTE', node: NodeData, guest: Guest): Patch => {
        const parent = node.parent === null ? null : data(guest, node.parent, 'set_layoutPositioning');
        if (positioning === 'ABSOLUTE' && parent?.layout.mode === 'NONE') {
          throw new Error(
            'in set_layoutPositioning: Can only set layoutPositioning = ABSOLUTE if the parent node has layoutMode !== NONE',
          );
        }
        return { positioning };
      },
    }),
  ),
  layoutAlign: field('layoutAlign', oneOf('MIN', 'CENTER', 'MAX', 'STRETCH', 'INHERIT')),
  layoutGrow: field('layoutGrow', number(0)),
  layoutSizingHorizontal: fixed('FIXED'),
  layoutSizingVertical: fixed('FIXED'),
  minWidth: fixed(null),
  maxWidth: fixed(null),
  minHeight: fixed(null),
  maxHeight: fixed(null),
} satisfies Readonly<Record<string, NodeMember>>;

function resized(handle: Handle, member: string, width: unknown, height: unknown): void {
  const node = data(handle.guest, handle.id, member);
  if (node.type === 'GROUP')
    throw new Error(`GROUP node.${member} exists in Figma but is not implemented by this host`);
  require(member, 'width', width, number(SMALLEST));
  require(member, 'height', height, number(node.type === 'LINE' ? 0 : SMALLEST));
  change(handle, { width: width as number, height: height as number }, member);
}
