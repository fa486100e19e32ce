/** What a layer takes along into another file, and what it leaves behind. */
import { expect, test } from 'vitest';
import { addInstance, addLayer, addPaintStyle, imageFill, solidFill } from '../../../playground/document/build';
import { copyOut, pasteInto } from '../../../playground/document/clipboard';
import { type CanvasDocument, createDocument } from '../../../playground/document/document';
import { get } from '../../../playground/document/tree';
import { pngOf } from '../scene';

/** One document with a layer of two pictures, of which one is hidden, and a third picture that it does not show. */
function origin(): { readonly document: CanvasDocument; readonly layer: string; readonly hashes: readonly string[] } {
  const document = createDocument('Origin');
  const hashes = [1, 2, 3].map((grey) => document.images.add(pngOf(2, 2, [grey, grey, grey, 255])));
  const fills = [imageFill({ imageHash: hashes[0]!, visible: false }), imageFill({ imageHash: hashes[1]! })];
  const layer = addLayer(document, 'RECTANGLE', 'Photo', {}, { fills, pluginData: { results: 'kept' } });
  return { document, layer, hashes };
}

test('a pasted layer brings the pictures of its fills, the hidden ones too, and no others', () => {
  const { document, layer, hashes } = origin();
  const other = createDocument('Other');
  pasteInto(other, copyOut(document, [layer]));
  expect(other.images.hashes()).toEqual([hashes[0], hashes[1]]);
});

test('a pasted layer is the same under a new id, plugin data and all', () => {
  const { document, layer } = origin();
  const other = createDocument('Other');
  addLayer(other, 'ELLIPSE', 'Already here');
  const [pasted] = pasteInto(other, copyOut(document, [layer]));
  expect(pasted).not.toBe(layer);
  expect(get(other.tree(), pasted!)).toEqual({ ...get(document.tree(), layer), id: pasted });
  expect(get(other.tree(), '0:1').children.at(-1)).toBe(pasted);
});

test('what was copied stays although the first document goes on', () => {
  const { document, layer } = origin();
  const clip = copyOut(document, [layer]);
  document.change('user', (tree) => ({ ...tree, nodes: new Map([...tree.nodes].filter(([id]) => id !== layer)) }));
  const other = createDocument('Other');
  const [pasted] = pasteInto(other, clip);
  expect(get(other.tree(), pasted!).name).toBe('Photo');
});

test('pasting is one step of undo', () => {
  const { document, layer } = origin();
  const other = createDocument('Other');
  const before = [...other.tree().nodes.keys()];
  pasteInto(other, copyOut(document, [layer]));
  other.undo();
  expect([...other.tree().nodes.keys()]).toEqual(before);
});

test('in another file a layer leaves its paint style, in its own it keeps it', () => {
  const document = createDocument('Origin');
  const style = addPaintStyle(document, 'Brand', [solidFill(1, 0, 0)]);
  const layer = addLayer(document, 'RECTANGLE', 'Styled', {}, { fills: [solidFill(1, 0, 0)], fillStyleId: style });
  const clip = copyOut(document, [layer]);
  const other = createDocument('Other');
  const [there] = pasteInto(other, clip);
  const [here] = pasteInto(document, clip);
  expect(get(other.tree(), there!).fillStyleId).toBe('');
  expect(get(document.tree(), here!).fillStyleId).toBe(style);
});

test('an instance without its component becomes a frame, with it an instance of the pasted one', () => {
  const document = createDocument('Origin');
  const component = addLayer(document, 'COMPONENT', 'Card');
  addLayer(document, 'RECTANGLE', 'Photo', { parent: component });
  const instance = addInstance(document, component, 'One');
  const alone = createDocument('Alone');
  const [frame] = pasteInto(alone, copyOut(document, [instance]));
  expect(get(alone.tree(), frame!)).toMatchObject({ type: 'FRAME', mirrors: null });
  expect(get(alone.tree(), get(alone.tree(), frame!).children[0]!)).toMatchObject({ name: 'Photo', mirrors: null });
  const both = createDocument('Both');
  const [card, one] = pasteInto(both, copyOut(document, [component, instance]));
  expect(get(both.tree(), one!)).toMatchObject({ type: 'INSTANCE', mirrors: card });
});
