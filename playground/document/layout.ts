/** Auto-layout, as far as pictures meet it: a row or column with padding, spacing, hugging and alignment. */
import type { NodeData } from './node';
import { bounds, multiply, translation } from './transform';
import { get, patched, type Tree } from './tree';

/** Places the children of the frame (and sizes it where it hugs them). Children with ABSOLUTE stay where they are. */
export function arranged(tree: Tree, frameId: string): Tree {
  const frame = get(tree, frameId);
  const { layout } = frame;
  if (layout.mode === 'NONE') return tree;
  const row = layout.mode === 'HORIZONTAL';
  const flow = frame.children
    .map((id) => get(tree, id))
    .filter((child) => child.visible && child.positioning === 'AUTO');
  const boxes = flow.map((child) => bounds(child.transform, child.width, child.height));
  const along = boxes.map((box) => (row ? box.width : box.height));
  const across = boxes.map((box) => (row ? box.height : box.width));
  const [before, after] = row ? [layout.left, layout.right] : [layout.top, layout.bottom];
  const [near, far] = row ? [layout.top, layout.bottom] : [layout.left, layout.right];
  const used = sum(along) + layout.spacing * Math.max(0, flow.length - 1);
  const length = layout.primarySizing === 'AUTO' ? before + used + after : row ? frame.width : frame.height;
  const breadth =
    layout.counterSizing === 'AUTO' ? near + Math.max(0, ...across) + far : row ? frame.height : frame.width;
  const spare = length - before - after - used;
  const between = layout.primaryAlign === 'SPACE_BETWEEN' && flow.length > 1 ? spare / (flow.length - 1) : 0;
  let at = before + (layout.primaryAlign === 'CENTER' ? spare / 2 : layout.primaryAlign === 'MAX' ? spare : 0);
  let next = patched(tree, frameId, row ? { width: length, height: breadth } : { width: breadth, height: length });
  flow.forEach((child, index) => {
    const slack = breadth - near - far - across[index]!;
    const side = near + (layout.counterAlign === 'CENTER' ? slack / 2 : layout.counterAlign === 'MAX' ? slack : 0);
    next = patched(next, child.id, { transform: movedTo(child, row ? at : side, row ? side : at) });
    at += along[index]! + layout.spacing + between;
  });
  return next;
}

function movedTo(child: NodeData, x: number, y: number): NodeData['transform'] {
  const box = bounds(child.transform, child.width, child.height);
  return multiply(translation(x - box.x, y - box.y), child.transform);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
