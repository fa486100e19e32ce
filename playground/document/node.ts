/**
 * One layer as the document holds it: plain data, replaced and never changed, so that undo is keeping the old one.
 * Every kind of layer has every field; which of them Figma shows on which kind stands in guest/members/.
 */
import type { BlendMode, Paint } from '@figma/plugin-typings/plugin-api-standalone';
import { IDENTITY, type Transform } from './transform';

export type { BlendMode, Paint };

const SCENE_TYPES = [
  'RECTANGLE',
  'ELLIPSE',
  'POLYGON',
  'STAR',
  'VECTOR',
  'LINE',
  'TEXT',
  'FRAME',
  'GROUP',
  'SECTION',
  'COMPONENT',
  'INSTANCE',
] as const;
export type SceneType = (typeof SCENE_TYPES)[number];
export type NodeType = SceneType | 'PAGE' | 'DOCUMENT';

export interface AutoLayout {
  readonly mode: 'NONE' | 'HORIZONTAL' | 'VERTICAL';
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly spacing: number;
  readonly primarySizing: 'FIXED' | 'AUTO';
  readonly counterSizing: 'FIXED' | 'AUTO';
  readonly primaryAlign: 'MIN' | 'MAX' | 'CENTER' | 'SPACE_BETWEEN';
  readonly counterAlign: 'MIN' | 'MAX' | 'CENTER' | 'BASELINE';
}

export interface NodeData {
  readonly id: string;
  readonly type: NodeType;
  readonly name: string;
  readonly parent: string | null;
  /** Ids, lowest first. */
  readonly children: readonly string[];
  readonly pluginData: Readonly<Record<string, string>>;
  /** Keys are `namespace/key`. */
  readonly sharedData: Readonly<Record<string, string>>;
  readonly relaunch: Readonly<Record<string, string>>;

  readonly visible: boolean;
  readonly locked: boolean;
  readonly opacity: number;
  readonly blendMode: BlendMode;
  readonly isMask: boolean;
  /** To the nearest ancestor that has a coordinate system: a group has none, its children use its parent's. */
  readonly transform: Transform;
  /** Pixels at zoom 1. A group's are those of its children. */
  readonly width: number;
  readonly height: number;
  /** Lowest first; 'mixed' on text whose characters differ; null where the kind has no fills. */
  readonly fills: readonly Paint[] | 'mixed' | null;
  /** Empty = none. */
  readonly fillStyleId: string;
  readonly strokes: readonly Paint[];
  readonly strokeWeight: number;
  readonly strokeAlign: 'CENTER' | 'INSIDE' | 'OUTSIDE';
  /** Top left, top right, bottom right, bottom left. */
  readonly radii: readonly [number, number, number, number];
  /** 0..1. */
  readonly cornerSmoothing: number;
  readonly effects: readonly unknown[];
  readonly constraints: { readonly horizontal: Constraint; readonly vertical: Constraint };
  readonly constrainProportions: boolean;
  readonly clipsContent: boolean;
  readonly layout: AutoLayout;
  /** Auto-layout only: the first layer lies on top. */
  readonly itemReverseZIndex: boolean;
  readonly positioning: 'AUTO' | 'ABSOLUTE';
  readonly layoutGrow: number;
  readonly layoutAlign: 'MIN' | 'CENTER' | 'MAX' | 'STRETCH' | 'INHERIT';
  /** Text only. */
  readonly characters: string;
  readonly fontSize: number;
  /** Polygons and stars. */
  readonly pointCount: number;
  /** Stars: inner over outer radius. */
  readonly innerRadius: number;
  /** Vectors: a closed outline in the layer's own pixels. */
  readonly outline: readonly (readonly [number, number])[];
  /** The main component of an instance, or the layer inside the component that an instance's sublayer mirrors. */
  readonly mirrors: string | null;
  /** Fields of an instance or of its sublayers that no longer follow the main component. */
  readonly overridden: readonly string[];
}

export type Constraint = 'MIN' | 'CENTER' | 'MAX' | 'STRETCH' | 'SCALE';
export type Patch = Partial<Omit<NodeData, 'id' | 'type'>>;

const NAMES: { readonly [Type in SceneType]: string } = {
  RECTANGLE: 'Rectangle',
  ELLIPSE: 'Ellipse',
  POLYGON: 'Polygon',
  STAR: 'Star',
  VECTOR: 'Vector',
  LINE: 'Line',
  TEXT: 'Text',
  FRAME: 'Frame',
  GROUP: 'Group',
  SECTION: 'Section',
  COMPONENT: 'Component',
  INSTANCE: 'Instance',
};

/** Kinds that hold other layers. */
export const CONTAINERS: readonly NodeType[] = [
  'DOCUMENT',
  'PAGE',
  'FRAME',
  'GROUP',
  'SECTION',
  'COMPONENT',
  'INSTANCE',
];

const solid = (value: number): Paint => ({
  type: 'SOLID',
  visible: true,
  opacity: 1,
  blendMode: 'NORMAL',
  color: { r: value, g: value, b: value },
});

function firstFills(type: NodeType): readonly Paint[] | null {
  switch (type) {
    case 'GROUP':
    case 'PAGE':
    case 'DOCUMENT':
      return null;
    case 'FRAME':
    case 'COMPONENT':
    case 'INSTANCE':
    case 'SECTION':
      return [solid(1)];
    case 'LINE':
    case 'VECTOR':
      return [];
    case 'TEXT':
      return [solid(0)];
    default:
      return [solid(217 / 255)];
  }
}

/**
 * Without a parent and children of its own: `inserted` puts it into a tree. First values are Figma's own; `patch`
 * goes over them.
 */
export function newNode(id: string, type: NodeType, patch: Patch = {}): NodeData {
  return {
    id,
    type,
    name: type === 'PAGE' ? 'Page' : type === 'DOCUMENT' ? 'Document' : NAMES[type],
    parent: null,
    children: [],
    pluginData: {},
    sharedData: {},
    relaunch: {},
    visible: true,
    locked: false,
    opacity: 1,
    blendMode: 'PASS_THROUGH',
    isMask: false,
    transform: IDENTITY,
    width: 100,
    height: 100,
    fills: firstFills(type),
    fillStyleId: '',
    strokes: [],
    strokeWeight: 1,
    strokeAlign: 'INSIDE',
    radii: [0, 0, 0, 0],
    cornerSmoothing: 0,
    effects: [],
    constraints: { horizontal: 'MIN', vertical: 'MIN' },
    constrainProportions: false,
    clipsContent: type === 'FRAME' || type === 'COMPONENT' || type === 'INSTANCE',
    layout: {
      mode: 'NONE',
      left: 0,
      right: 0,
      top: 0,
      bottom: 0,
      spacing: 0,
      primarySizing: 'AUTO',
      counterSizing: 'AUTO',
      primaryAlign: 'MIN',
      counterAlign: 'MIN',
    },
    itemReverseZIndex: false,
    positioning: 'AUTO',
    layoutGrow: 0,
    layoutAlign: 'INHERIT',
    characters: '',
    fontSize: 12,
    pointCount: type === 'STAR' ? 5 : 3,
    innerRadius: 0.382,
    outline: [],
    mirrors: null,
    overridden: [],
    ...patch,
  };
}
