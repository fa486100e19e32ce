/** Which members a layer of each kind has. The tables stand beside: base, scene, fills, box, frame, children, page, text. */
import type { NodeType } from '../document/node';
import type { Guest } from './guest';
import { baseMembers } from './members/base';
import { boxMembers } from './members/box';
import { childrenMembers } from './members/children';
import { componentMembers, instanceMembers } from './members/component';
import { cornerMembers, fillMembers } from './members/fills';
import { frameMembers } from './members/frame';
import type { NodeMember, NodeMembers } from './members/member';
import { pageMembers } from './members/page';
import { blendMembers, sceneMembers } from './members/scene';
import { textMembers } from './members/text';
import { type Member, owns, strictObject } from './strict';

const SHAPE = { ...baseMembers, ...sceneMembers, ...blendMembers, ...boxMembers, ...fillMembers };
const FRAME = { ...SHAPE, ...cornerMembers, ...childrenMembers, ...frameMembers };

const { constraints: _noConstraints, ...GROUP_BOX } = boxMembers;
const { rotation: _noRotation, constraints: _noSectionConstraints, ...SECTION_BOX } = boxMembers;

const MEMBERS: { readonly [Type in NodeType]: NodeMembers } = {
  RECTANGLE: { ...SHAPE, ...cornerMembers },
  ELLIPSE: { ...SHAPE, ...onlyRadius() },
  POLYGON: { ...SHAPE, ...onlyRadius() },
  STAR: { ...SHAPE, ...onlyRadius() },
  VECTOR: { ...SHAPE, ...onlyRadius() },
  LINE: SHAPE,
  TEXT: { ...SHAPE, ...textMembers },
  FRAME,
  COMPONENT: { ...FRAME, ...componentMembers },
  INSTANCE: { ...FRAME, ...instanceMembers },
  GROUP: { ...baseMembers, ...sceneMembers, ...blendMembers, ...GROUP_BOX, ...childrenMembers },
  SECTION: { ...baseMembers, ...sceneMembers, ...SECTION_BOX, ...fillMembers, ...cornerMembers, ...childrenMembers },
  PAGE: { ...baseMembers, ...childrenMembers, ...pageMembers },
  DOCUMENT: { ...baseMembers, ...childrenMembers },
};

function onlyRadius(): NodeMembers {
  const { cornerRadius, cornerSmoothing } = cornerMembers;
  return { cornerRadius, cornerSmoothing } as NodeMembers;
}

const INTERFACES: { readonly [Type in NodeType]: string } = {
  RECTANGLE: 'RectangleNode',
  ELLIPSE: 'EllipseNode',
  POLYGON: 'PolygonNode',
  STAR: 'StarNode',
  VECTOR: 'VectorNode',
  LINE: 'LineNode',
  TEXT: 'TextNode',
  FRAME: 'FrameNode',
  GROUP: 'GroupNode',
  SECTION: 'SectionNode',
  COMPONENT: 'ComponentNode',
  INSTANCE: 'InstanceNode',
  PAGE: 'PageNode',
  DOCUMENT: 'DocumentNode',
};

/** The layer object that the plugin holds. `type` never changes, so it is known even when the layer is gone. */
export function nodeObject(guest: Guest, id: string, type: NodeType): object {
  const table = MEMBERS[type];
  return strictObject({
    name: `${type} node`,
    known: guest.setup.members[INTERFACES[type]] ?? [],
    names: () => Object.keys(table),
    member: (name) => (owns(table, name) ? bound(guest, id, type, name, table[name] as NodeMember) : undefined),
  });
}

function bound(guest: Guest, id: string, type: NodeType, name: string, member: NodeMember): Member {
  const handle = { guest, id, type };
  if (member.kind === 'method') {
    return {
      get:
        () =>
        (...args: readonly unknown[]) =>
          member.call(handle, ...args),
    };
  }
  const { write } = member;
  return {
    get: () => member.read(handle, `get_${name}`),
    ...(write === undefined ? {} : { set: (value: unknown) => write(handle, value, `set_${name}`) }),
  };
}
