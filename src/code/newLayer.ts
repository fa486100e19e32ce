/**
 * A new layer for a result: the same geometry as its source, directly above it. It never goes into an instance.
 *
 * Shapes, childless frames and instances are cloned (the clone keeps corners, outline, strokes and constraints) and lie
 * directly above the source in the same parent. Where a clone would not do, a rectangle takes its place as the lowest
 * layer inside, directly above the source's fill: in a frame or section with children, because above it would hide
 * them, and in a main component, because a clone of it would be a second main component.
 */
import type { Target } from '../core/target';
import { newLayerName } from '../core/words/hostWords';
import type { FilledLayer } from './layers';
import { isMadeFrom, readMarks } from './marks';

type Container = FrameNode | ComponentNode | SectionNode | SlotNode;

function takesInside(node: FilledLayer): node is Container {
  switch (node.type) {
    case 'COMPONENT':
    case 'SLOT':
      return true;
    case 'FRAME':
    case 'SECTION':
      return node.children.length > 0;
    default:
      return false;
  }
}

/** The layer that an earlier run made for the same picture, so that it is written again and not joined by another. */
export function earlierLayer(node: FilledLayer, target: Target): FilledLayer | null {
  const around: readonly SceneNode[] = takesInside(node)
    ? node.children
    : ((node.parent?.children as SceneNode[]) ?? []);
  const made = around.find(
    (other) =>
      isMadeFrom(other, target) && readMarks(other).some(({ recipe }) => recipe.sourceHash === target.imageHash),
  );
  // We only ever make kinds with fills.
  return (made as FilledLayer | undefined) ?? null;
}

/** Makes the layer; its fills are still the source's (or a rectangle's own). On a failure nothing is left behind. */
export function makeLayer(node: FilledLayer): FilledLayer {
  const made = takesInside(node) ? figma.createRectangle() : node.clone();
  try {
    if (takesInside(node)) fillInside(node, made as RectangleNode);
    else settleAbove(node, made);
    made.name = newLayerName(node.name);
    return made;
  } catch (thrown) {
    made.remove();
    throw thrown;
  }
}

function fillInside(frame: Container, rectangle: RectangleNode): void {
  frame.insertChild(isReversed(frame) ? frame.children.length : 0, rectangle);
  setAside(frame, rectangle);
  rectangle.x = 0;
  rectangle.y = 0;
  rectangle.resize(frame.width, frame.height);
  rectangle.topLeftRadius = frame.topLeftRadius;
  rectangle.topRightRadius = frame.topRightRadius;
  rectangle.bottomLeftRadius = frame.bottomLeftRadius;
  rectangle.bottomRightRadius = frame.bottomRightRadius;
  rectangle.cornerSmoothing = frame.cornerSmoothing;
  if (frame.type !== 'SECTION') rectangle.constraints = { horizontal: 'STRETCH', vertical: 'STRETCH' };
}

function settleAbove(node: FilledLayer, copy: FilledLayer): void {
  const { parent, width, height } = node;
  if (parent === null) throw new Error('The layer does not exist: it has no parent');
  const [row, line] = node.relativeTransform;
  const own = parent.children.findIndex(({ id }) => id === node.id);
  parent.insertChild(isReversed(parent) ? own : own + 1, copy);
  setAside(parent, copy);
  copy.relativeTransform = [row, line];
  if (copy.width !== width || copy.height !== height) copy.resize(width, height);
  if ('isMask' in copy && copy.isMask) copy.isMask = false;
  if ('effects' in copy && copy.effects.some(doubles)) copy.effects = copy.effects.filter((effect) => !doubles(effect));
  copy.locked = false;
}

/** Effects that would show twice, one through the other, with two equal layers. */
function doubles(effect: Effect): boolean {
  return effect.type === 'DROP_SHADOW' || effect.type === 'BACKGROUND_BLUR';
}

/** True for an auto-layout whose first layer lies on top: there "above" is before. */
function isReversed(parent: BaseNode): boolean {
  return 'layoutMode' in parent && parent.layoutMode !== 'NONE' && parent.itemReverseZIndex;
}

/** In an auto-layout parent the new layer must not take a place in the row. */
function setAside(parent: BaseNode, layer: FilledLayer): void {
  const laidOut = 'layoutMode' in parent && parent.layoutMode !== 'NONE';
  if (laidOut && 'layoutPositioning' in layer) layer.layoutPositioning = 'ABSOLUTE';
}
