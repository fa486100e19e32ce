/** Short ways to put layers and fills into a document: what a person would do by hand before a plugin runs. */
import type { CanvasDocument } from './document';
import { insert } from './edits';
import { instantiated } from './instances';
import { newNode, type Paint, type Patch, type SceneType } from './node';
import { type Transform, translation } from './transform';
import { type Tree, withNode } from './tree';

export interface Place {
  readonly x?: number;
  readonly y?: number;
  readonly width?: number;
  readonly height?: number;
  /** Id of the parent; the open page otherwise. */
  readonly parent?: string;
}

/** Adds a layer above the others of its parent and gives its id. */
export function addLayer(
  document: CanvasDocument,
  type: SceneType,
  name: string,
  place: Place = {},
  patch: Patch = {},
): string {
  const id = document.newId();
  const node = newNode(id, type, {
    name,
    transform: translation(place.x ?? 0, place.y ?? 0),
    width: place.width ?? 100,
    height: place.height ?? 100,
    ...patch,
  });
  put(document, (tree) => withNode(tree, node), id, place);
  return id;
}

/**
 * Gives the new instance's id. As a person would: one step to undo. Throws, with Figma's words, where no layer may
 * be put.
 */
export function addInstance(document: CanvasDocument, componentId: string, name: string, place: Place = {}): string {
  const id = document.newId();
  const patch: Patch = { name, transform: translation(place.x ?? 0, place.y ?? 0) };
  put(
    document,
    (tree) => {
      const next = instantiated(tree, componentId, id);
      const node = next.nodes.get(id);
      return node === undefined ? next : withNode(next, { ...node, ...patch });
    },
    id,
    place,
  );
  return id;
}

/** Gives the new page's id; the open page stays open. */
export function addPage(document: CanvasDocument, name: string): string {
  const id = document.newId();
  put(document, (tree) => withNode(tree, newNode(id, 'PAGE', { name })), id, { parent: '0:0' });
  return id;
}

/** Gives the style's id, in Figma's form `S:...,`. */
export function addPaintStyle(document: CanvasDocument, name: string, paints: readonly Paint[]): string {
  const id = `S:${document.newId()},`;
  document.change('user', (tree) => ({ ...tree, styles: new Map(tree.styles).set(id, { id, name, paints }) }));
  return id;
}

function put(document: CanvasDocument, make: (tree: Tree) => Tree, id: string, place: Place): void {
  document.change('user', (tree) => {
    const parent = place.parent ?? document.currentPage();
    const edit = insert(make(tree), id, parent, Number.MAX_SAFE_INTEGER);
    if ('refused' in edit) throw new Error(edit.refused);
    return edit.tree;
  });
}

export type ScaleMode = 'FILL' | 'FIT' | 'CROP' | 'TILE';

export interface ImageFill {
  readonly imageHash: string | null;
  readonly scaleMode?: ScaleMode;
  readonly imageTransform?: Transform;
  readonly scalingFactor?: number;
  readonly rotation?: number;
  readonly opacity?: number;
  readonly visible?: boolean;
  readonly blendMode?: Paint['blendMode'];
}

/** An image fill with every field that Figma gives when it is read. */
export function imageFill(fill: ImageFill): Paint {
  return {
    type: 'IMAGE',
    visible: true,
    opacity: 1,
    blendMode: 'NORMAL',
    scaleMode: 'FILL',
    imageTransform: [
      [1, 0, 0],
      [0, 1, 0],
    ],
    scalingFactor: 0.5,
    rotation: 0,
    filters: NO_FILTERS,
    ...fill,
  } as Paint;
}

const NO_FILTERS = {
  exposure: 0,
  contrast: 0,
  saturation: 0,
  temperature: 0,
  tint: 0,
  highlights: 0,
  shadows: 0,
};

/** Channels and opacity 0..1. */
export function solidFill(r: number, g: number, b: number, opacity = 1): Paint {
  return { type: 'SOLID', visible: true, opacity, blendMode: 'NORMAL', color: { r, g, b } };
}
