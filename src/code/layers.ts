/** Which kinds of layers hold fills that we work on, and where in the tree a layer is. */

/** Kinds with fills that draw a picture. Text holds fills too, but they colour letters; the rest is FigJam's. */
export const FILLED_TYPES = [
  'RECTANGLE',
  'FRAME',
  'ELLIPSE',
  'VECTOR',
  'POLYGON',
  'STAR',
  'LINE',
  'COMPONENT',
  'COMPONENT_SET',
  'INSTANCE',
  'SECTION',
  'BOOLEAN_OPERATION',
  'SLOT',
] as const;

export type FilledLayer = Extract<SceneNode, { readonly type: (typeof FILLED_TYPES)[number] }>;

/** By kind alone: whether any fill is a picture is another question. */
export function isFilled(node: BaseNode): node is FilledLayer {
  return FILLED_TYPES.some((type) => type === node.type);
}

/** The nearest of the layer's ancestors (not itself) that is of this type, or null. */
export function ancestor(node: BaseNode, type: NodeType): BaseNode | null {
  let above: BaseNode | null = node.parent;
  while (above !== null && above.type !== type) above = above.parent;
  return above;
}

/** Whether the layer and everything around it is switched on. */
export function isShown(node: SceneNode): boolean {
  if (!node.visible) return false;
  const { parent } = node;
  return parent === null || !('visible' in parent) || isShown(parent as SceneNode);
}

/** Figma refuses to insert or remove layers inside an instance; the instance itself may have neighbours. */
export function isInsideInstance(node: BaseNode): boolean {
  return ancestor(node, 'INSTANCE') !== null;
}

/** The main component that the layer is or belongs to, or null. */
export function mainComponent(node: BaseNode): ComponentNode | null {
  const found = node.type === 'COMPONENT' ? node : ancestor(node, 'COMPONENT');
  return found as ComponentNode | null;
}

/** How many instances a change of this layer reaches; 0 outside main components. */
export async function instancesOf(node: BaseNode): Promise<number> {
  const main = mainComponent(node);
  return main === null ? 0 : (await main.getInstancesAsync()).length;
}
