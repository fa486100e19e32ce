/** The original shown on the canvas for a moment, or until it is switched back: by the built plugin in the host. */
import { describe, expect, it } from 'vitest';
import { addPage, imageFill, solidFill } from '../../playground/document/build';
import { copyOut, pasteInto } from '../../playground/document/clipboard';
import type { NodeData, Paint } from '../../playground/document/node';
import { nodeId } from '../../src/core/ids';
import { PLACEMENT_FORMS, type PlacementForm } from '../../src/core/target';
import { type Bench, openBench, png } from './bench';

const OK = { ok: true, value: null };
const fillsOf = (node: NodeData): readonly Paint[] => node.fills as readonly Paint[];
const toasts = (bench: Bench) => bench.host.surface.notices().map(({ text }) => text);

/** The layer that carries the result. */
async function carrier(bench: Bench, form: PlacementForm, id = bench.picture('Layer')): Promise<string> {
  const [picture] = await bench.select(id);
  const placed = await bench.place(picture!.target, form);
  if (!placed.ok) throw new Error(JSON.stringify(placed.error));
  return placed.value.nodeId;
}

const hold = (bench: Bench, id: string, original: boolean) =>
  bench.panel.call('result.compare', { nodeId: nodeId(id), original });

/** Ctrl+Z as often as there is something to undo. */
function undoSteps(bench: Bench): number {
  let steps = 0;
  for (; bench.host.document.canUndo(); steps += 1) bench.host.document.undo();
  return steps;
}

describe('holding to see the original on the canvas', () => {
  it.each(PLACEMENT_FORMS)('shows it, and puts everything back exactly as it was, after %s', async (form) => {
    const bench = await openBench();
    const id = await carrier(bench, form);
    const before = fillsOf(bench.node(id));
    const [result] = bench.stack(id).slice(-1);
    expect(await hold(bench, id, true)).toEqual(OK);
    expect(bench.stack(id)).toEqual([bench.store(png(40))]);
    expect(bench.hidden(id)).toEqual([result]);
    expect(await hold(bench, id, false)).toEqual(OK);
    expect(fillsOf(bench.node(id))).toEqual(before);
  });

  it.each(PLACEMENT_FORMS)('leaves no step to undo behind, after %s', async (form) => {
    const held = await openBench();
    const id = await carrier(held, form);
    for (let turn = 0; turn < 3; turn += 1) {
      await hold(held, id, true);
      await hold(held, id, false);
    }
    const calm = await openBench();
    await carrier(calm, form);
    expect(undoSteps(held)).toBe(undoSteps(calm));
  });

  it('keeps what was written before it apart: an undo meanwhile takes back the holding alone', async () => {
    const bench = await openBench();
    const id = bench.picture('Layer');
    const [picture] = await bench.select(id);
    // The step that it belongs to has not been ended yet.
    await bench.place(picture!.target, 'overlay', png(200), { undo: 'joined' });
    const before = fillsOf(bench.node(id));
    await hold(bench, id, true);
    bench.host.document.undo();
    expect(fillsOf(bench.node(id))).toEqual(before);
  });

  it('is over when the panel is closed meanwhile', async () => {
    const bench = await openBench();
    const id = await carrier(bench, 'replace');
    const before = fillsOf(bench.node(id));
    await hold(bench, id, true);
    expect(fillsOf(bench.node(id))).not.toEqual(before);
    bench.host.close();
    expect(fillsOf(bench.node(id))).toEqual(before);
  });

  it('is over before anything else is written', async () => {
    const bench = await openBench();
    const id = bench.picture('Layer');
    const before = fillsOf(bench.node(id));
    await carrier(bench, 'replace', id);
    await hold(bench, id, true);
    expect(await bench.panel.call('result.revert', { nodeId: nodeId(id), undo: 'own' })).toEqual(OK);
    expect(fillsOf(bench.node(id))).toEqual(before);
  });

  it('changes nothing when it was let go before Figma had answered', async () => {
    const bench = await openBench();
    const id = await carrier(bench, 'overlay');
    const before = fillsOf(bench.node(id));
    await Promise.all([hold(bench, id, true), hold(bench, id, false)]);
    expect(fillsOf(bench.node(id))).toEqual(before);
  });

  it('keeps what somebody has changed meanwhile, and shows the result again', async () => {
    const bench = await openBench();
    const id = await carrier(bench, 'overlay');
    await hold(bench, id, true);
    const [source, overlay] = fillsOf(bench.node(id));
    const added = solidFill(1, 0, 0);
    bench.teammate(id, { fills: [source!, overlay!, added] });
    await hold(bench, id, false);
    expect(fillsOf(bench.node(id))).toEqual([source, { ...overlay, visible: true }, added]);
  });

  it('shows the originals of all fills that carry a result', async () => {
    const bench = await openBench();
    const [one, two] = [bench.store(png(40)), bench.store(png(77))];
    const [first, second] = [imageFill({ imageHash: one }), imageFill({ imageHash: two })];
    const id = bench.add('RECTANGLE', 'Two', {}, { fills: [first, second] });
    for (const [which, form] of [
      [0, 'overlay'],
      [1, 'replace'],
    ] as const) {
      const picture = (await bench.select(id))[which]!;
      expect((await bench.place(picture.target, form, png(180 + which))).ok).toBe(true);
    }
    const before = fillsOf(bench.node(id));
    await hold(bench, id, true);
    expect(bench.stack(id)).toEqual([one, two]);
    await hold(bench, id, false);
    expect(fillsOf(bench.node(id))).toEqual(before);
  });

  it.each<[string, (bench: Bench) => Promise<string> | string, string]>([
    ['a layer without a result', (bench) => bench.picture('Plain'), 'nothing-to-revert'],
    ['a layer that is no picture', (bench) => bench.add('TEXT', 'Text'), 'nothing-to-revert'],
    ['a layer that is gone', () => '9:99', 'layer-gone'],
    [
      'a result whose source is hidden: there is nothing to see',
      (bench) => carrier(bench, 'overlay', bench.picture('Hidden', { visible: false })),
      'nothing-to-revert',
    ],
  ])('is refused for %s', async (_what, make, code) => {
    const bench = await openBench();
    const id = await make(bench);
    const before = JSON.stringify(bench.host.document.tree().nodes.get(id));
    expect(await hold(bench, id, true)).toMatchObject({ ok: false, error: { code } });
    expect(JSON.stringify(bench.host.document.tree().nodes.get(id))).toBe(before);
  });
});

describe('the button Compare of a layer', () => {
  it.each(PLACEMENT_FORMS)('shows the original, and at the next press the result, after %s', async (form) => {
    const bench = await openBench();
    const id = await carrier(bench, form);
    bench.host.close();
    bench.host.document.select([id]);
    const before = fillsOf(bench.node(id));
    await bench.host.run('compare');
    expect(bench.stack(id)).toEqual([bench.store(png(40))]);
    expect(toasts(bench).at(-1)).toBe('This is the original. Compare again for the result.');
    expect(bench.host.surface.window()).toBeNull();
    await bench.host.run('compare');
    expect(fillsOf(bench.node(id))).toEqual(before.map((paint) => ({ ...paint, visible: paint.visible ?? true })));
    expect(toasts(bench).at(-1)).toBe('This is the result. Compare again for the original.');
  });

  it.each(PLACEMENT_FORMS)('is one step to undo, and what it shows can be reverted, after %s', async (form) => {
    const bench = await openBench();
    const source = bench.picture('Layer');
    const original = fillsOf(bench.node(source));
    const id = await carrier(bench, form, source);
    bench.host.close();
    bench.host.document.select([id]);
    const before = fillsOf(bench.node(id));
    await bench.host.run('compare');
    bench.host.document.undo();
    expect(fillsOf(bench.node(id))).toEqual(before);
    bench.host.document.redo();
    await bench.host.run('revert');
    expect(fillsOf(bench.node(source))).toEqual(original);
  });

  it.each<[string, readonly string[], string]>([
    ['nothing selected', [], 'Select a layer with a restored picture first.'],
    ['no result there', ['Plain'], 'Nothing to compare: no result of Recover Faces here.'],
  ])('says so with %s', async (_what, names, text) => {
    const bench = await openBench(null);
    bench.host.document.select(names.map((name) => bench.picture(name)));
    await bench.host.run('compare');
    expect(toasts(bench)).toEqual([text]);
  });
});

describe('a command without a panel', () => {
  it('opens one that nobody sees, and shows it when there is something to decide', async () => {
    const bench = await openBench('now');
    expect(bench.host.surface.window()).toMatchObject({ visible: false, width: 320 });
    expect(await bench.panel.call('panel.open', { records: [], shared: [] })).toMatchObject({
      ok: true,
      value: { command: 'now' },
    });
    await bench.panel.call('notice.progress', { text: 'Looking', button: 'Cancel' });
    expect(await bench.panel.call('panel.show', {})).toEqual(OK);
    expect(bench.host.surface.window()).toMatchObject({ visible: true });
    expect(bench.host.surface.notices().filter(({ open }) => open)).toEqual([]);
  });

  it('tells of its progress in one toast that stays, and hears its button', async () => {
    const bench = await openBench('now');
    for (const text of ['Uploading', 'Restoring']) {
      await bench.panel.call('notice.progress', { text, button: 'Cancel' });
    }
    const open = bench.host.surface.notices().filter((notice) => notice.open);
    expect(open).toMatchObject([{ text: 'Restoring', button: 'Cancel', timeout: Number.POSITIVE_INFINITY }]);
    bench.host.pressNotice(open[0]!.id);
    await expect.poll(() => bench.events).toContainEqual({ type: 'notice-pressed' });
    await bench.panel.call('notice.show', { text: 'Done', error: false });
    const left = bench.host.surface.notices().filter((notice) => notice.open);
    expect(left.map(({ text }) => text)).toEqual(['Done']);
  });
});

describe('the results of a document', () => {
  const find = async (bench: Bench, scope: 'page' | 'file') => {
    const found = await bench.panel.call('results.find', { scope });
    if (!found.ok) throw new Error(JSON.stringify(found.error));
    return found.value;
  };

  it('are found on the layers that carry them, with what they remember, and on no others', async () => {
    const bench = await openBench();
    bench.picture('Plain');
    const id = await carrier(bench, 'overlay', bench.picture('Carrier'));
    const { results, leftOut, unread } = await find(bench, 'page');
    expect(results.map(({ layerName, pageName, target }) => [layerName, pageName, target.nodeId])).toEqual([
      ['Carrier', 'Page 1', id],
    ]);
    expect(results[0]?.applied).toMatchObject({ faces: 2, credits: 1, preset: 'Balanced', form: 'overlay' });
    expect({ leftOut, unread }).toEqual({ leftOut: 0, unread: 0 });
  });

  it('are not listed any more once they were taken off', async () => {
    const bench = await openBench();
    const id = await carrier(bench, 'replace');
    await bench.panel.call('result.revert', { nodeId: nodeId(id), undo: 'own' });
    expect((await find(bench, 'file')).results).toEqual([]);
  });

  it('on other pages are found when all pages are looked through', async () => {
    const bench = await openBench();
    await carrier(bench, 'overlay');
    const first = bench.host.document.currentPage();
    const other = addPage(bench.host.document, 'Covers');
    bench.host.document.openPage(other);
    expect(await find(bench, 'page')).toMatchObject({ results: [], unread: 1 });
    const all = await find(bench, 'file');
    expect(all.results.map(({ pageName }) => pageName)).toEqual(['Page 1']);
    expect(all.unread).toBe(0);
    expect(bench.host.document.currentPage()).not.toBe(first);
  });

  it('come along to another file with the layer that is pasted there, with the way back', async () => {
    const bench = await openBench();
    const id = await carrier(bench, 'replace');
    const other = await openBench();
    const [pasted] = pasteInto(other.host.document, copyOut(bench.host.document, [id]));
    const { results } = await find(other, 'page');
    expect(results.map(({ target, applied }) => [target.nodeId, applied?.faces])).toEqual([[pasted, 2]]);
    expect(await other.panel.call('result.revert', { nodeId: nodeId(pasted!), undo: 'own' })).toEqual(OK);
    expect(other.stack(pasted!)).toEqual([bench.store(png(40))]);
  });
});
