/** The way back: exactly what was, from what the layer remembers, by the built plugin in the playground's host. */
import type { ImagePaint } from '@figma/plugin-typings/plugin-api-standalone';
import { describe, expect, it } from 'vitest';
import { addInstance, addPaintStyle, imageFill, solidFill } from '../../playground/document/build';
import { copyOut, pasteInto } from '../../playground/document/clipboard';
import { copied, insert } from '../../playground/document/edits';
import type { NodeData, Paint } from '../../playground/document/node';
import { nodeId } from '../../src/core/ids';
import { PLACEMENT_FORMS, type PlacementForm } from '../../src/core/target';
import { type Bench, openBench, png, RESULT, SOURCE } from './bench';

async function placeOn(bench: Bench, id: string, form: PlacementForm, which = 0, bytes = RESULT, scale = 1) {
  const pictures = await bench.select(id);
  const placed = await bench.place(pictures[which]!.target, form, bytes, { scale });
  if (!placed.ok) throw new Error(JSON.stringify(placed.error));
  return placed.value;
}

const revert = (bench: Bench, id: string) => bench.panel.call('result.revert', { nodeId: nodeId(id), undo: 'own' });
const fillsOf = (node: NodeData): readonly Paint[] => node.fills as readonly Paint[];
const DONE = { ok: true, value: null };

/** What a person's Ctrl+D makes: plugin data and all. */
function duplicate(bench: Bench, id: string): string {
  let copy = '';
  bench.host.document.change('user', (tree) => {
    const made = copied(tree, id, () => bench.host.document.newId());
    copy = made.id;
    const edit = insert(made.tree, copy, bench.host.document.currentPage(), Number.MAX_SAFE_INTEGER);
    if ('refused' in edit) throw new Error(edit.refused);
    return edit.tree;
  });
  return copy;
}

/** The layer in another file, which has none of the first one's pictures but those that come with the layer. */
async function pastedElsewhere(bench: Bench, id: string): Promise<{ readonly bench: Bench; readonly id: string }> {
  const other = await openBench();
  other.add('RECTANGLE', 'Already here', {}, { fills: [imageFill({ imageHash: other.store(png(7)) })] });
  expect(other.host.document.images.hashes()).not.toContain(bench.store(SOURCE));
  const [pasted] = pasteInto(other.host.document, copyOut(bench.host.document, [id]));
  return { bench: other, id: pasted! };
}

describe('in another file', () => {
  it.each(PLACEMENT_FORMS)('reverting gives exactly the original, after %s', async (form) => {
    const bench = await openBench();
    const id = bench.picture('Layer', { scaleMode: 'TILE', scalingFactor: 0.7, opacity: 0.6, blendMode: 'MULTIPLY' });
    const before = fillsOf(bench.node(id));
    const { nodeId: made } = await placeOn(bench, id, form, 0, png(90, 24, 18), 3);
    const other = await pastedElsewhere(bench, made);
    expect(other.bench.host.document.images.hashes()).toContain(bench.store(SOURCE));
    expect(await revert(other.bench, other.id)).toEqual(DONE);
    expect(fillsOf(other.bench.node(other.id))).toEqual(before);
    expect(other.bench.node(other.id)).toMatchObject({ pluginData: {}, relaunch: {} });
  });

  it.each(PLACEMENT_FORMS)('the original is read and worked on again, after %s', async (form) => {
    const bench = await openBench();
    const made = (await placeOn(bench, bench.picture('Layer'), form)).nodeId;
    const other = await pastedElsewhere(bench, made);
    const [picture, ...more] = await other.bench.select(other.id);
    expect(more).toEqual([]);
    expect(picture!.target.imageHash).toBe(bench.store(SOURCE));
    expect(picture!.applied).toMatchObject({ form });
    const read = await other.bench.panel.call('picture.read', { target: picture!.target, anyway: false });
    expect(read.ok && [...read.value.bytes]).toEqual([...SOURCE]);
    await placeOn(other.bench, other.id, 'replace', 0, png(150));
    expect(other.bench.stack(other.id)).toEqual([bench.store(png(150))]);
    expect(other.bench.hidden(other.id)).toEqual([bench.store(SOURCE)]);
  });

  it('a new layer is never taken for one beside a layer that only has the same id there', async () => {
    const bench = await openBench();
    const id = bench.picture('Layer');
    const made = (await placeOn(bench, id, 'layer')).nodeId;
    const other = await pastedElsewhere(bench, made);
    // Ids are given in order, so the layer that is already there has the id of the source.
    expect(other.bench.node('0:1').children).toContain(id);
    expect(await revert(other.bench, other.id)).toEqual(DONE);
    expect(other.bench.stack(other.id)).toEqual([bench.store(SOURCE)]);
  });

  it('works by the menu command, and is one step of undo', async () => {
    const bench = await openBench();
    const id = bench.picture('Layer');
    const before = fillsOf(bench.node(id));
    await placeOn(bench, id, 'replace');
    const other = await pastedElsewhere(bench, id);
    const pasted = other.bench.node(other.id);
    other.bench.host.document.select([other.id]);
    other.bench.host.close();
    await other.bench.host.run('revert');
    expect(fillsOf(other.bench.node(other.id))).toEqual(before);
    other.bench.host.undo();
    expect(other.bench.node(other.id)).toEqual(pasted);
  });

  it('a result whose original nobody has any more is the picture to work on', async () => {
    const bench = await openBench();
    const id = bench.picture('Layer');
    await placeOn(bench, id, 'replace');
    bench.teammate(id, { fills: fillsOf(bench.node(id)).slice(1) });
    const other = await pastedElsewhere(bench, id);
    const alone = fillsOf(other.bench.node(other.id));
    expect((await other.bench.select(other.id))[0]!.target.imageHash).toBe(bench.store(RESULT));
    for (const form of ['overlay', 'replace', 'overlay'] as const) {
      await placeOn(other.bench, other.id, form, 0, png(150));
      expect(other.bench.stack(other.id)).toContain(bench.store(png(150)));
    }
    expect(await revert(other.bench, other.id)).toEqual(DONE);
    expect(fillsOf(other.bench.node(other.id))).toEqual(alone);
  });
});

describe('reverting a baked result', () => {
  const eyes = (bench: Bench, id: string, ...visible: readonly boolean[]): void =>
    bench.teammate(id, { fills: fillsOf(bench.node(id)).map((fill, at) => ({ ...fill, visible: visible[at]! })) });

  it.each([[[true, false]], [[true, true]]])(
    'gives the original although its eye was opened by hand: %j',
    async (visible) => {
      const bench = await openBench();
      const id = bench.picture('Layer');
      const before = bench.node(id);
      await placeOn(bench, id, 'replace');
      eyes(bench, id, ...visible);
      const pictures = await bench.select(id);
      expect(pictures).toMatchObject([{ visible: true, applied: { form: 'replace' }, target: { paintIndex: 0 } }]);
      expect(await revert(bench, id)).toEqual(DONE);
      expect(bench.node(id)).toEqual(before);
    },
  );

  it.each(['overlay', 'replace'] as const)(
    'is not in the way of another result after the eyes were swapped: %s',
    async (form) => {
      const bench = await openBench();
      const id = bench.picture('Layer');
      const before = bench.node(id);
      await placeOn(bench, id, 'replace');
      eyes(bench, id, true, false);
      expect((await placeOn(bench, id, form, 0, png(150))).notes).toEqual(['overlay-replaced']);
      expect(bench.stack(id).at(-1)).toBe(bench.store(png(150)));
      expect(fillsOf(bench.node(id))).toHaveLength(2);
      await revert(bench, id);
      expect(bench.node(id)).toEqual(before);
    },
  );

  it('keeps the crop and the filters that the user gave the result', async () => {
    const bench = await openBench();
    const id = bench.picture('Layer');
    const [before] = fillsOf(bench.node(id));
    await placeOn(bench, id, 'replace');
    const change = { scaleMode: 'FIT', rotation: 90 } as const;
    bench.teammate(id, {
      fills: fillsOf(bench.node(id)).map((fill, at) => (at === 1 ? { ...fill, ...change } : fill) as Paint),
    });
    await revert(bench, id);
    expect(fillsOf(bench.node(id))).toEqual([{ ...before, ...change }]);
  });

  it('shows the original again when the user has removed the result by hand', async () => {
    const bench = await openBench();
    const id = bench.picture('Layer');
    const before = bench.node(id);
    await placeOn(bench, id, 'replace');
    bench.teammate(id, { fills: fillsOf(bench.node(id)).slice(0, 1) });
    expect(bench.stack(id)).toEqual([]);
    expect(await revert(bench, id)).toEqual(DONE);
    expect(bench.node(id)).toEqual(before);
  });

  it('finds a hidden original that was moved elsewhere in the list', async () => {
    const bench = await openBench();
    const id = bench.picture('Layer');
    const before = fillsOf(bench.node(id));
    await placeOn(bench, id, 'replace');
    const [hidden, result] = fillsOf(bench.node(id));
    bench.teammate(id, { fills: [result!, solidFill(0, 0, 1), hidden!] });
    expect(await revert(bench, id)).toEqual(DONE);
    expect(fillsOf(bench.node(id))).toEqual([before[0], solidFill(0, 0, 1)]);
  });
});

describe('reverting', () => {
  it.each(['overlay', 'replace'] as const)('leaves nothing of ours, after %s', async (form) => {
    const bench = await openBench();
    const id = bench.picture('Layer', { scaleMode: 'TILE', scalingFactor: 0.7 });
    const before = bench.node(id);
    await placeOn(bench, id, form, 0, png(90, 24, 18), 3);
    expect(bench.node(id)).not.toEqual(before);
    expect(await revert(bench, id)).toEqual(DONE);
    expect(bench.node(id)).toEqual(before);
  });

  it('takes all results off a layer with several pictures, whatever their forms, and no more', async () => {
    const bench = await openBench();
    const fills = [
      solidFill(1, 0, 0),
      imageFill({ imageHash: bench.store(png(10)) }),
      imageFill({ imageHash: bench.store(png(20)), scaleMode: 'TILE', scalingFactor: 1.3 }),
      imageFill({ imageHash: bench.store(png(30)), opacity: 0.3, visible: false }),
    ];
    const id = bench.add('RECTANGLE', 'Many', {}, { fills });
    const before = bench.node(id);
    await placeOn(bench, id, 'overlay', 0, png(110));
    await placeOn(bench, id, 'replace', 1, png(120, 16, 12), 2);
    await placeOn(bench, id, 'overlay', 2, png(130));
    await placeOn(bench, id, 'replace', 0, png(111));
    await placeOn(bench, id, 'overlay', 0, png(112));
    expect(fillsOf(bench.node(id))).toHaveLength(7);
    expect(await revert(bench, id)).toEqual(DONE);
    expect(bench.node(id)).toEqual(before);
  });

  it('is one undo step', async () => {
    const bench = await openBench();
    const id = bench.picture('Layer');
    await placeOn(bench, id, 'overlay');
    const applied = bench.node(id);
    await revert(bench, id);
    bench.host.undo();
    expect(bench.node(id)).toEqual(applied);
  });

  it('works on a copy of the layer and leaves the first one alone', async () => {
    const bench = await openBench();
    const id = bench.picture('Layer');
    const before = fillsOf(bench.node(id));
    await placeOn(bench, id, 'replace');
    const copy = duplicate(bench, id);
    expect(await revert(bench, copy)).toEqual(DONE);
    expect(fillsOf(bench.node(copy))).toEqual(before);
    expect(bench.stack(id)).toEqual([bench.store(RESULT)]);
  });

  it('works in an instance of a component that carries a result', async () => {
    const bench = await openBench();
    const component = bench.add('COMPONENT', 'Card');
    await placeOn(bench, bench.picture('Photo', {}, 'RECTANGLE', { parent: component }), 'overlay');
    const inner = bench.node(addInstance(bench.host.document, component, 'One')).children[0]!;
    expect(await revert(bench, inner)).toEqual(DONE);
    expect(bench.stack(inner)).toEqual([bench.store(SOURCE)]);
  });

  it('keeps what the user changed since', async () => {
    const bench = await openBench();
    const id = bench.picture('Layer');
    await placeOn(bench, id, 'overlay');
    const [source, overlay] = fillsOf(bench.node(id));
    const darker = { ...(source as ImagePaint), filters: { ...(source as ImagePaint).filters, exposure: -0.5 } };
    bench.teammate(id, {
      fills: [{ ...overlay!, opacity: 0.4 }, darker as Paint, solidFill(0, 0, 1)],
      name: 'Renamed',
    });
    expect(await revert(bench, id)).toEqual(DONE);
    expect(fillsOf(bench.node(id))).toEqual([darker, solidFill(0, 0, 1)]);
    expect(bench.node(id).name).toBe('Renamed');
  });

  it('links the fill to the paint style again that the result had detached', async () => {
    const bench = await openBench();
    const paints = [imageFill({ imageHash: bench.store(SOURCE) })];
    const style = addPaintStyle(bench.host.document, 'Hero', paints);
    const id = bench.add('RECTANGLE', 'Styled', {}, { fills: paints, fillStyleId: style });
    const before = bench.node(id);
    await placeOn(bench, id, 'overlay');
    await placeOn(bench, id, 'replace', 0, png(150));
    expect(await revert(bench, id)).toEqual(DONE);
    expect(bench.node(id)).toEqual(before);
  });

  it('leaves the fill unlinked when the style has changed since', async () => {
    const bench = await openBench();
    const paints = [imageFill({ imageHash: bench.store(SOURCE) })];
    const style = addPaintStyle(bench.host.document, 'Hero', paints);
    const id = bench.add('RECTANGLE', 'Styled', {}, { fills: paints, fillStyleId: style });
    await placeOn(bench, id, 'overlay');
    bench.host.document.change('teammate', (tree) => ({
      ...tree,
      styles: new Map(tree.styles).set(style, { id: style, name: 'Hero', paints: [solidFill(0, 1, 0)] }),
    }));
    expect(await revert(bench, id)).toEqual(DONE);
    expect(bench.node(id)).toMatchObject({ fills: paints, fillStyleId: '' });
  });

  it('needs nothing of the document where the hidden original is still in the layer', async () => {
    const bench = await openBench();
    const id = bench.picture('Layer');
    const before = bench.node(id);
    await placeOn(bench, id, 'replace');
    bench.host.faults.missingImages = new Set([bench.store(SOURCE)]);
    expect(await revert(bench, id)).toEqual(DONE);
    expect(bench.node(id)).toEqual(before);
  });

  it('refuses to put back a picture that neither the layer nor this document holds', async () => {
    const bench = await openBench();
    const id = bench.picture('Layer');
    await placeOn(bench, id, 'replace');
    bench.teammate(id, { fills: fillsOf(bench.node(id)).slice(1) });
    bench.host.faults.missingImages = new Set([bench.store(SOURCE)]);
    const before = bench.node(id);
    expect(await revert(bench, id)).toEqual({ ok: false, error: { code: 'picture-missing' } });
    expect(bench.node(id)).toEqual(before);
  });

  it('removes a new layer that lies by its source', async () => {
    const bench = await openBench();
    const id = bench.picture('Layer');
    const before = bench.node(id);
    const { nodeId: made } = await placeOn(bench, id, 'layer');
    expect(await revert(bench, made)).toEqual(DONE);
    expect(bench.node('0:1').children).toEqual([id]);
    expect(bench.node(id)).toEqual(before);
  });

  it('gives a new layer whose source is gone its original picture', async () => {
    const bench = await openBench();
    const id = bench.picture('Layer');
    const before = fillsOf(bench.node(id));
    const { nodeId: made } = await placeOn(bench, id, 'layer');
    bench.remove(id, 'user');
    expect(await revert(bench, made)).toEqual(DONE);
    expect(fillsOf(bench.node(made))).toEqual(before);
  });

  it('gives a copy of a new layer that lies elsewhere its original picture', async () => {
    const bench = await openBench();
    const frame = bench.add('FRAME', 'Frame');
    const id = bench.picture('Layer', {}, 'RECTANGLE', { parent: frame });
    const before = fillsOf(bench.node(id));
    const copy = duplicate(bench, (await placeOn(bench, id, 'layer')).nodeId);
    expect(await revert(bench, copy)).toEqual(DONE);
    expect(fillsOf(bench.node(copy))).toEqual(before);
  });

  it('says that there is nothing to revert, and takes away buttons that no longer fit', async () => {
    const bench = await openBench();
    const id = bench.picture('Layer');
    const nothing = { ok: false, error: { code: 'nothing-to-revert' } };
    expect(await revert(bench, id)).toEqual(nothing);
    await placeOn(bench, id, 'overlay');
    bench.teammate(id, { fills: fillsOf(bench.node(id)).slice(0, 1) });
    expect(await revert(bench, id)).toEqual(nothing);
    expect([bench.node(id).relaunch, bench.node(id).pluginData]).toEqual([{}, {}]);
    expect(await revert(bench, bench.add('TEXT', 'Words'))).toEqual(nothing);
    expect(await revert(bench, '9:99')).toEqual({ ok: false, error: { code: 'layer-gone' } });
  });
});

describe('a layer with a result', () => {
  it.each(PLACEMENT_FORMS)('has relaunch buttons that tell what was done, as %s', async (form) => {
    const bench = await openBench();
    const { nodeId: id } = await placeOn(bench, bench.picture('Layer'), form);
    expect(bench.node(id).relaunch).toEqual({
      adjust: 'Balanced · 2 faces · 1 credit · Local engine · 2026-11-22',
      compare: '',
      revert: '',
    });
  });

  it('whose overlay was removed by hand counts as a plain picture', async () => {
    const bench = await openBench();
    const id = bench.picture('Layer');
    await placeOn(bench, id, 'overlay');
    expect((await bench.select(id))[0]!.applied).not.toBeNull();
    bench.teammate(id, { fills: fillsOf(bench.node(id)).slice(0, 1) });
    expect((await bench.select(id))[0]!.applied).toBeNull();
  });

  it('with damaged plugin data counts as a plain picture', async () => {
    const bench = await openBench();
    const id = bench.picture('Layer', {}, 'RECTANGLE', {}, { pluginData: { results: '[{"recipe":' } });
    expect((await bench.select(id))[0]!.applied).toBeNull();
    await placeOn(bench, id, 'overlay');
    expect(await revert(bench, id)).toEqual(DONE);
    expect(bench.stack(id)).toEqual([bench.store(SOURCE)]);
  });
});
