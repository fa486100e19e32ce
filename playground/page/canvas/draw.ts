/** Puts the painted layers, text, names and selection outlines on the screen. */
import type { NodeData } from '../../document/node';
import { apply, multiply, scaling, type Transform, translation } from '../../document/transform';
import { absoluteTransform, find, get, relativeBox, subtree, type Tree } from '../../document/tree';
import type { Camera } from './camera';
import type { LayerCache } from './layerCache';

export interface Scene {
  readonly tree: Tree;
  readonly pageId: string;
  readonly selection: readonly string[];
  readonly hovered: string | null;
  readonly camera: Camera;
  /** Device pixels a CSS pixel. */
  readonly density: number;
  readonly dark: boolean;
}

const ACCENT = '#0d99ff';
const COMPONENT = '#9747ff';

/** All in device pixels. Layers that are not painted yet are left out; whoever calls draws again when they are. */
export function draw(context: CanvasRenderingContext2D, scene: Scene, cache: LayerCache): void {
  const { canvas } = context;
  const { tree, camera, density } = scene;
  const scale = camera.zoom * density;
  const left = Math.round(camera.x * scale);
  const top = Math.round(camera.y * scale);
  context.setTransform(1, 0, 0, 1, 0, 0);
  context.fillStyle = scene.dark ? '#1e1e1e' : '#e5e5e5';
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'high';
  const toScreen = multiply(translation(-left, -top), scaling(scale, scale));
  for (const id of get(tree, scene.pageId).children) {
    const bitmap = cache.get(id);
    if (bitmap !== null) {
      const { x, y, width, height } = bitmap.box;
      context.drawImage(bitmap.canvas, x * scale - left, y * scale - top, width * scale, height * scale);
    }
    for (const node of subtree(tree, id)) if (node.type === 'TEXT') drawText(context, scene, node, toScreen);
  }
  drawNames(context, scene, toScreen);
  if (scene.hovered !== null && !scene.selection.includes(scene.hovered))
    outline(context, scene, scene.hovered, toScreen, 1);
  for (const id of scene.selection) outline(context, scene, id, toScreen, 2);
}

function drawText(context: CanvasRenderingContext2D, scene: Scene, node: NodeData, toScreen: Transform): void {
  if (!shown(scene.tree, node)) return;
  const [[a, c, e], [b, d, f]] = multiply(toScreen, absoluteTransform(scene.tree, node.id));
  const fill = Array.isArray(node.fills) ? node.fills.find((paint) => paint.type === 'SOLID') : undefined;
  const { r, g, b: blue } = fill?.type === 'SOLID' ? fill.color : { r: 0.1, g: 0.1, b: 0.1 };
  context.setTransform(a, b, c, d, e, f);
  context.globalAlpha = node.opacity;
  context.fillStyle = `rgb(${r * 255} ${g * 255} ${blue * 255})`;
  context.font = `${node.fontSize}px Inter, system-ui, sans-serif`;
  context.textBaseline = 'top';
  context.fillText(node.characters, 0, node.fontSize * 0.12);
  context.globalAlpha = 1;
  context.setTransform(1, 0, 0, 1, 0, 0);
}

function shown(tree: Tree, node: NodeData): boolean {
  for (let at: NodeData | null = node; at !== null; at = at.parent === null ? null : find(tree, at.parent)) {
    if (!at.visible) return false;
  }
  return true;
}

/** Frames, components and sections on the page carry their name above, as in Figma. */
function drawNames(context: CanvasRenderingContext2D, scene: Scene, toScreen: Transform): void {
  const { tree, density } = scene;
  context.font = `${11 * density}px Inter, system-ui, sans-serif`;
  context.textBaseline = 'bottom';
  for (const id of get(tree, scene.pageId).children) {
    const node = get(tree, id);
    if (!['FRAME', 'COMPONENT', 'INSTANCE', 'SECTION'].includes(node.type) || !node.visible) continue;
    const corner = apply(multiply(toScreen, absoluteTransform(tree, id)), { x: 0, y: 0 });
    const ofComponent = node.type === 'COMPONENT' || node.type === 'INSTANCE';
    const quiet = scene.dark ? '#ffffff80' : '#00000080';
    context.fillStyle = ofComponent ? COMPONENT : scene.selection.includes(id) ? ACCENT : quiet;
    context.fillText(node.name, corner.x, corner.y - 5 * density);
  }
}

function outline(
  context: CanvasRenderingContext2D,
  scene: Scene,
  id: string,
  toScreen: Transform,
  width: number,
): void {
  const node = find(scene.tree, id);
  if (node === null) return;
  const { width: w, height: h } = node.type === 'GROUP' ? relativeBox(scene.tree, id) : node;
  const matrix = multiply(toScreen, absoluteTransform(scene.tree, id));
  const corners = [
    { x: 0, y: 0 },
    { x: w, y: 0 },
    { x: w, y: h },
    { x: 0, y: h },
  ].map((corner) => apply(matrix, corner));
  context.strokeStyle = node.type === 'COMPONENT' || node.type === 'INSTANCE' ? COMPONENT : ACCENT;
  context.lineWidth = width * scene.density;
  context.beginPath();
  for (const [index, corner] of corners.entries()) {
    if (index === 0) context.moveTo(corner.x, corner.y);
    else context.lineTo(corner.x, corner.y);
  }
  context.closePath();
  context.stroke();
  if (width < 2) return;
  const side = 7 * scene.density;
  for (const corner of corners) {
    context.fillStyle = '#ffffff';
    context.lineWidth = scene.density;
    context.fillRect(corner.x - side / 2, corner.y - side / 2, side, side);
    context.strokeRect(corner.x - side / 2, corner.y - side / 2, side, side);
  }
}
