/** Frames: clipping and auto-layout. */
import type { AutoLayout, NodeData, Patch } from '../../document/node';
import { boolean, type Check, number, oneOf } from '../check';
import { field, fixed, type NodeMember, value } from './member';

function layout(key: keyof AutoLayout, check: Check): NodeMember {
  return value((node) => node.layout[key], {
    check,
    patch: (given: unknown, node: NodeData): Patch => ({ layout: { ...node.layout, [key]: given } as AutoLayout }),
  });
}

export const frameMembers = {
  clipsContent: field('clipsContent', boolean),
  layoutMode: layout('mode', oneOf('NONE', 'HORIZONTAL', 'VERTICAL')),
  paddingLeft: layout('left', number(0)),
  paddingRight: layout('right', number(0)),
  paddingTop: layout('top', number(0)),
  paddingBottom: layout('bottom', number(0)),
  itemSpacing: layout('spacing', number()),
  primaryAxisSizingMode: layout('primarySizing', oneOf('FIXED', 'AUTO')),
  counterAxisSizingMode: layout('counterSizing', oneOf('FIXED', 'AUTO')),
  primaryAxisAlignItems: layout('primaryAlign', oneOf('MIN', 'MAX', 'CENTER', 'SPACE_BETWEEN')),
  counterAxisAlignItems: layout('counterAlign', oneOf('MIN', 'MAX', 'CENTER', 'BASELINE')),
  itemReverseZIndex: field('itemReverseZIndex', boolean),
  layoutWrap: fixed('NO_WRAP'),
  layoutGrids: fixed([]),
  guides: fixed([]),
  expanded: fixed(true),
  detachedInfo: fixed(null),
} satisfies Readonly<Record<string, NodeMember>>;
