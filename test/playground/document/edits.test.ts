/** Layers: what moves along, what is refused, what follows a component, and that undo is exact. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addInstance, addLayer, solidFill } from '../../../playground/document/build';
import { type CanvasDocument, createDocument, openDocument, saved } from '../../../playground/document/document';
import { copied, insert, insertInPlace, remove, write } from '../../../playground/document/edits';
import { applied, difference, inverse } from '../../../playground/document/history';
import { instantiated } from '../../../playground/document/instances';
import { newNode } from '../../../playground/document/node';
import { translation, withRotation } from '../../../playground/document/transform';
import { absoluteBox, absoluteTransform, find, get, type Tree, withNode } from '../../../playground/document/tree';

const edit = (document: CanvasDocument, act: (tree: Tree) => { tree: Tree } | { refused: string }): void =>
  document.change('user', (tree) => {
    const result = act(tree);
    if ('refused' in result) throw new Error(result.refused);
    return result.tree;
  });

describe('auto-layout', () => {
  const row = (patch: object = {}) => {
    const document = createDocument('Row');
    const layout = {
      ...newNode('', 'FRAME').layout,
      mode: 'HORIZONTAL' as const,
      left: 10,
      top: 5,
      right: 20,
      bottom: 7,
      spacing: 4,
    };
    const frame = addLayer(document, 'FRAME', 'Row', { width: 300, height: 100 }, { layout: { ...layout, ...patch } });
    const a = addLayer(document, 'RECTANGLE', 'a', { parent: frame, width: 30, height: 10 });
    const b = addLayer(document, 'RECTANGLE', 'b', { parent: frame, width: 20, height: 40 });
    const at = (id: string): readonly number[] => {
      const { transform } = get(document.tree(), id);
      return [transform[0][2], transform[1][2]];
    };
    return { document, frame, a, b, at };
  };

  test('places children one after another and hugs them', () => {
    const { document, frame, a, b, at } = row();
    expect([at(a), at(b)]).toEqual([
      [10, 5],
      [44, 5],
    ]);
    expect(get(document.tree(), frame)).toMatchObject({ width: 84, height: 52 });
  });

  test.for([
    ['MIN', [10, 5]],
    ['CENTER', [118, 20]],
    ['MAX', [226, 35]],
  ] as const)('a frame of fixed size aligns them at %s', ([align, expected]) => {
    const { a, at } = row({ primarySizing: 'FIXED', counterSizing: 'AUTO', primaryAlign: align, counterAlign: align });
    expect(at(a)).toEqual(expected);
  });

  test('a hidden child leaves no gap', () => {
    const { document, a, b, at } = row();
    document.change('user', (tree) => write(tree, a, { visible: false }));
    expect(at(b)).toEqual([10, 5]);
  });
});

describe('moving between parents', () => {
  test('keeps the place on the page when asked to', () => {
    const document = createDocument('Move');
    const frame = addLayer(
      document,
      'FRAME',
      'Turned',
      { x: 40, y: 90 },
      { transform: withRotation(translation(40, 90), 30) },
    );
    const layer = addLayer(document, 'RECTANGLE', 'Layer', { x: 5, y: 6 });
    const before = absoluteTransform(document.tree(), layer);
    edit(document, (tree) => insertInPlace(tree, layer, frame, 0));
    const after = absoluteTransform(document.tree(), layer);
    expect(after.flat().map((each) => each.toFixed(9))).toEqual(before.flat().map((each) => each.toFixed(9)));
  });

  test('children of a group are placed in the group’s own parent', () => {
    const document = createDocument('Group');
    const group = addLayer(document, 'GROUP', 'Group');
    const child = addLayer(document, 'RECTANGLE', 'Child', { parent: group, x: 30, y: 40, width: 10, height: 10 });
    expect(absoluteBox(document.tree(), child)).toEqual({ x: 30, y: 40, width: 10, height: 10 });
    expect(absoluteBox(document.tree(), group)).toEqual({ x: 30, y: 40, width: 10, height: 10 });
  });

  test.for([
    ['a rectangle', 'RECTANGLE'],
    ['a text', 'TEXT'],
  ] as const)('%s holds nothing', ([, type]) => {
    const document = createDocument('Nothing');
    const holder = addLayer(document, type, 'Holder');
    const layer = addLayer(document, 'RECTANGLE', 'Layer');
    expect(insert(document.tree(), layer, holder, 0)).toHaveProperty('refused');
  });

  test('a section belongs on the page', () => {
    const document = createDocument('Section');
    const frame = addLayer(document, 'FRAME', 'Frame');
    const section = addLayer(document, 'SECTION', 'Section');
    expect(insert(document.tree(), section, frame, 0)).toHaveProperty('refused');
  });
});

describe('instances', () => {
  const card = () => {
    const document = createDocument('Card');
    const component = addLayer(document, 'COMPONENT', 'Card');
    const photo = addLayer(document, 'RECTANGLE', 'Photo', { parent: component, width: 10, height: 10 });
    const instance = addInstance(document, component, 'Copy', { x: 200 });
    return { document, component, photo, instance, sublayer: `I${instance};${photo}` };
  };

  test('follow the component until a field is overridden', () => {
    const { document, photo, sublayer } = card();
    document.change('user', (tree) => write(tree, photo, { opacity: 0.5 }));
    expect(get(document.tree(), sublayer).opacity).toBe(0.5);
    document.change('user', (tree) => write(tree, sublayer, { opacity: 0.9 }));
    document.change('user', (tree) => write(tree, photo, { opacity: 0.1, name: 'Portrait' }));
    expect(get(document.tree(), sublayer)).toMatchObject({ opacity: 0.9, name: 'Portrait' });
  });

  test('keep their own place and name', () => {
    const { document, component, instance } = card();
    document.change('user', (tree) => write(tree, component, { transform: translation(9, 9), name: 'New' }));
    expect(get(document.tree(), instance)).toMatchObject({ name: 'Copy', transform: translation(200, 0) });
  });

  test('get what is added to the component and lose what is removed from it', () => {
    const { document, component, photo, instance, sublayer } = card();
    addLayer(document, 'ELLIPSE', 'Badge', { parent: component });
    expect(get(document.tree(), instance).children.map((id) => get(document.tree(), id).name)).toEqual([
      'Photo',
      'Badge',
    ]);
    edit(document, (tree) => remove(tree, photo));
    expect(find(document.tree(), sublayer)).toBeNull();
    expect(get(document.tree(), instance).children).toHaveLength(1);
  });

  test('a copy of a sublayer is a plain layer', () => {
    const { document, photo, sublayer } = card();
    const copy = copied(document.tree(), sublayer, document.newId);
    expect(get(copy.tree, copy.id).mirrors).toBeNull();
    const written = write(copy.tree, photo, { opacity: 0.2 });
    expect(get(written, copy.id).opacity).toBe(1);
  });

  test('a copy of an instance follows the component too', () => {
    const { document, photo, instance } = card();
    const copy = copied(document.tree(), instance, document.newId);
    const written = write(copy.tree, photo, { opacity: 0.2 });
    const [child] = get(written, copy.id).children;
    expect(get(written, child ?? '').opacity).toBe(0.2);
  });

  test('components do not go into components', () => {
    const { document, component } = card();
    const other = addLayer(document, 'COMPONENT', 'Other');
    expect(insert(document.tree(), other, component, 0)).toHaveProperty('refused');
    expect(instantiated(document.tree(), component, '1:999').nodes.get('1:999')?.children).toHaveLength(1);
  });
});

/** Any edits on a few layers; each step is one of these, on a layer chosen by number. */
const STEPS = fc.array(
  fc.record({
    kind: fc.constantFrom('rename', 'fade', 'fill', 'remove', 'move', 'add'),
    layer: fc.nat(20),
    other: fc.nat(20),
    value: fc.nat(100),
  }),
  { maxLength: 12 },
);

type Step = { readonly kind: string; readonly layer: number; readonly other: number; readonly value: number };

function start(): Tree {
  const document = createDocument('Any');
  const frame = addLayer(document, 'FRAME', 'Frame');
  const component = addLayer(document, 'COMPONENT', 'Component', { x: 300 });
  addLayer(document, 'RECTANGLE', 'In component', { parent: component });
  addInstance(document, component, 'Instance', { x: 600 });
  addLayer(document, 'RECTANGLE', 'In frame', { parent: frame });
  addLayer(document, 'ELLIPSE', 'Alone', { x: 900 });
  return document.tree();
}

function stepped(tree: Tree, step: Step, id: string): Tree {
  const ids = [...tree.nodes.keys()].filter((each) => !each.startsWith('0:'));
  const layer = ids[step.layer % Math.max(1, ids.length)];
  const other = ids[step.other % Math.max(1, ids.length)];
  if (layer === undefined || other === undefined) return tree;
  const tried = (result: { tree: Tree } | { refused: string }): Tree => ('refused' in result ? tree : result.tree);
  switch (step.kind) {
    case 'rename':
      return write(tree, layer, { name: `n${step.value}` });
    case 'fade':
      return write(tree, layer, { opacity: step.value / 100 });
    case 'fill':
      return write(tree, layer, { fills: [solidFill(step.value / 100, 0, 0)] });
    case 'remove':
      return tried(remove(tree, layer));
    case 'move':
      return tried(insert(tree, layer, other, 0));
    default:
      return tried(insert(withNode(tree, newNode(id, 'RECTANGLE')), id, layer, 0));
  }
}

test('an instance cannot come into its own component, where it would contain itself without end', () => {
  const document = createDocument('Any');
  const component = addLayer(document, 'COMPONENT', 'Component');
  const instance = addInstance(document, component, 'Instance');
  expect(insert(document.tree(), instance, component, 0)).toEqual({
    refused: 'Cannot move node. A component cannot contain an instance of itself',
  });
});

const plain = (tree: Tree): unknown => [...tree.nodes].sort(([a], [b]) => (a < b ? -1 : 1));

describe('for any edits', () => {
  test('parents and children agree, and undo brings back exactly what was', () => {
    fc.assert(
      fc.property(STEPS, (steps) => {
        const before = start();
        const after = steps.reduce((tree, step, index) => stepped(tree, step, `1:${500 + index}`), before);
        for (const node of after.nodes.values()) {
          for (const child of node.children) expect(get(after, child).parent).toBe(node.id);
          if (node.parent !== null) expect(get(after, node.parent).children).toContain(node.id);
        }
        const entry = difference(before, after);
        expect(plain(applied(after, inverse(entry)))).toEqual(plain(before));
        expect(plain(applied(before, entry))).toEqual(plain(after));
      }),
      { numRuns: 200 },
    );
  });

  test('a document that was kept and opened again is the same, and its new ids are new', () => {
    fc.assert(
      fc.property(STEPS, (steps) => {
        const document = openDocument({ tree: start(), images: new Map(), page: '0:1' });
        for (const [index, step] of steps.entries()) {
          document.change('user', (tree) => stepped(tree, step, `1:${500 + index}`));
        }
        const again = openDocument(structuredClone(saved(document)));
        expect(plain(again.tree())).toEqual(plain(document.tree()));
        expect(again.tree().nodes.has(again.newId())).toBe(false);
      }),
      { numRuns: 50 },
    );
  });
});
