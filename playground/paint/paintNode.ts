/**
 * Paints a layer and what is inside it, in software and without rounding between fills: the one definition of what
 * the canvas shows, for exports, for the page and for tests. Not painted: image filters, effects, strokes, video,
 * patterns, and text (the page draws text itself).
 */
import type { RgbaImage } from '../../src/pixels/image';
import type { NodeData, Paint } from '../document/node';
import { bounds, invert, multiply, type Transform } from '../document/transform';
import { absoluteTransform, get, stacked, type Tree } from '../document/tree';
import { type Mix, mixer, over } from './blend';
import { colourOf } from './colours';
import type { Mipmaps } from './mipmaps';
import { createRaster, finished, type Raster } from './raster';
import { type Coverage, coverage } from './shape';

export interface Scene {
  readonly tree: Tree;
  readonly picture: (hash: string) => Mipmaps | null;
}

export interface View {
  /** Pixels of the result. */
  readonly width: number;
  readonly height: number;
  /** Pixels of the page to pixels of the result. */
  readonly fromPage: Transform;
}

/** The layer alone, without what lies above, below or around it. */
export function paintNode(scene: Scene, id: string, view: View): RgbaImage {
  const raster = createRaster(view.width, view.height);
  const own = absoluteTransform(scene.tree, id);
  paintInto(scene, get(scene.tree, id), multiply(view.fromPage, own), raster);
  return finished(raster);
}

/** All fills of a paint list over the whole of a layer, as if it were an upright rectangle of this size. */
export function paintsInto(
  raster: Raster,
  node: NodeData,
  toCanvas: Transform,
  paints: readonly Paint[],
  picture: Scene['picture'],
): void {
  const flat = toCanvas[0][0] * toCanvas[1][1] - toCanvas[0][1] * toCanvas[1][0] === 0;
  if (flat || node.width <= 0 || node.height <= 0) return;
  const fromCanvas = invert(toCanvas);
  const area = coverage(node, toCanvas, fromCanvas, bounds(toCanvas, node.width, node.height), raster);
  for (const paint of paints) {
    if (paint.visible === false) continue;
    const colour = colourOf(paint, { width: node.width, height: node.height, fromCanvas }, picture);
    if (colour !== null) lay(raster, area, colour, paint.opacity ?? 1, mixer(paint.blendMode ?? 'NORMAL'));
  }
}

function paintInto(scene: Scene, node: NodeData, toCanvas: Transform, raster: Raster): void {
  if (!node.visible) return;
  const passes = node.opacity === 1 && node.blendMode === 'PASS_THROUGH';
  const target = passes ? raster : createRaster(raster.width, raster.height);
  if (Array.isArray(node.fills) && node.type !== 'TEXT') {
    paintsInto(target, node, toCanvas, node.fills as readonly Paint[], scene.picture);
  }
  paintChildren(scene, node, toCanvas, target);
  if (target !== raster) merge(raster, target, node.opacity, mixer(node.blendMode), null);
}

function paintChildren(scene: Scene, node: NodeData, toCanvas: Transform, raster: Raster): void {
  if (node.children.length === 0) return;
  const clips = node.clipsContent && node.type !== 'GROUP';
  const target = clips ? createRaster(raster.width, raster.height) : raster;
  const own = absoluteTransform(scene.tree, node.id);
  for (const id of stacked(node)) {
    const child = get(scene.tree, id);
    const inner = multiply(toCanvas, multiply(invert(own), absoluteTransform(scene.tree, id)));
    paintInto(scene, child, inner, target);
  }
  if (!clips) return;
  const area = coverage(node, toCanvas, invert(toCanvas), bounds(toCanvas, node.width, node.height), raster);
  merge(raster, target, 1, over, area);
}

function lay(
  raster: Raster,
  area: Coverage,
  colour: (x: number, y: number, out: Float64Array) => void,
  opacity: number,
  mix: Mix,
): void {
  const out = new Float64Array(4);
  for (let row = 0; row < area.rows; row++) {
    for (let column = 0; column < area.columns; column++) {
      const share = area.share[row * area.columns + column]! * opacity;
      if (share === 0) continue;
      const x = area.left + column;
      const y = area.top + row;
      colour(x + 0.5, y + 0.5, out);
      const at = (y * raster.width + x) * 4;
      mix(raster.data, at, out[0]! * share, out[1]! * share, out[2]! * share, out[3]! * share);
    }
  }
}

/** Lays a whole raster over another; `within` limits it to a shape. */
function merge(below: Raster, above: Raster, opacity: number, mix: Mix, within: Coverage | null): void {
  const { data } = above;
  const [left, top, columns, rows] =
    within === null ? [0, 0, above.width, above.height] : [within.left, within.top, within.columns, within.rows];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const share = opacity * (within === null ? 1 : within.share[row * columns + column]!);
      const at = ((top + row) * above.width + left + column) * 4;
      if (share === 0 || data[at + 3] === 0) continue;
      mix(below.data, at, data[at]! * share, data[at + 1]! * share, data[at + 2]! * share, data[at + 3]! * share);
    }
  }
}
