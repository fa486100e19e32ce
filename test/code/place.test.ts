/** Results on the canvas: each form on each kind of layer, by the built plugin in the playground's host. */
import type { ImagePaint } from '@figma/plugin-typings/plugin-api-standalone';
import { describe, expect, it } from 'vitest';
import { addInstance, addPaintStyle, imageFill, solidFill } from '../../playground/document/build';
import { write } from '../../playground/document/edits';
import type { NodeData, Paint, Patch, SceneType } from '../../playground/document/node';
import { newNode } from '../../playground/document/node';
import { rotationOf, withRotation } from '../../playground/document/transform';
import { PLACEMENT_FORMS, type PlacementForm } from '../../src/core/target';
import type { Placement } from '../../src/protocol/messages';
import { type Bench, openBench, png, RESULT, SOURCE } from './bench';

const KINDS: readonly SceneType[] = [
  'RECTANGLE',
  'ELLIPSE',
  'POLYGON',
  'STAR',
  'VECTOR',
  'FRAME',
  'SECTION',
  'COMPONENT',
];

/** Places on the first picture of the layer and expects it to work. */
async function placeOn(bench: Bench, id: string, form: PlacementForm, bytes = RESULT, scale = 1): Promise<Placement> {
  const [picture] = await bench.select(id);
  const placed = await bench.place(picture!.target, form, bytes, { scale });
  if (!placed.ok) throw new Error(JSON.stringify(placed.error));
  return placed.value;
}

const children = (bench: Bench, id: string): readonly NodeData[] => bench.node(id).children.map(bench.node);
const fillsOf = (node: NodeData): readonly Paint[] => node.fills as readonly Paint[];
const layout = (mode: 'HORIZONTAL' | 'NONE'): Patch => ({
  layout: { ...newNode('', 'FRAME').layout, mode, spacing: 10, primarySizing: 'FIXED', counterSizing: 'FIXED' },
});

describe('an overlay', () => {
  it.each(KINDS)('on a %s lies above its source, which stays as it was', async (type) => {
    const bench = await openBench();
    const id = bench.picture('Layer', { scaleMode: 'FIT', rotation: 90 }, type);
    const before = fillsOf(bench.node(id));
    const placement = await placeOn(bench, id, 'overlay');
    expect(placement).toEqual({ nodeId: id, form: 'overlay', resultHash: bench.store(RESULT), notes: [] });
    expect(fillsOf(bench.node(id))).toEqual([before[0], { ...before[0], imageHash: bench.store(RESULT) }]);
    expect(bench.host.surface.console()).toEqual([]);
  });

  it('takes the place of the earlier one', async () => {
    const bench = await openBench();
    const id = bench.picture('Layer');
    await placeOn(bench, id, 'overlay');
    const again = await placeOn(bench, id, 'overlay', png(150));
    expect(again.notes).toEqual(['overlay-replaced']);
    expect(bench.stack(id)).toEqual([bench.store(SOURCE), bench.store(png(150))]);
  });

  it('goes above the chosen one of three pictures', async () => {
    const bench = await openBench();
    const hashes = [10, 20, 30].map((grey) => bench.store(png(grey)));
    const id = bench.add('RECTANGLE', 'Three', {}, { fills: hashes.map((imageHash) => imageFill({ imageHash })) });
    const pictures = await bench.select(id);
    await bench.place(pictures[1]!.target, 'overlay');
    expect(bench.stack(id)).toEqual([hashes[0], hashes[1], bench.store(RESULT), hashes[2]]);
    // The targets that were read before still fit.
    await bench.place(pictures[2]!.target, 'overlay', png(99));
    expect(bench.stack(id)).toEqual([hashes[0], hashes[1], bench.store(RESULT), hashes[2], bench.store(png(99))]);
  });

  it('is hidden with a hidden source, and the user is told', async () => {
    const bench = await openBench();
    const id = bench.picture('Layer', { visible: false });
    expect((await placeOn(bench, id, 'overlay')).notes).toEqual(['source-hidden']);
    expect(fillsOf(bench.node(id)).map(({ visible }) => visible)).toEqual([false, false]);
  });

  it.each(['replace', 'layer'] as const)(
    'of the other forms on a hidden source is hidden as well: %s',
    async (form) => {
      const bench = await openBench();
      const { nodeId, notes } = await placeOn(bench, bench.picture('Layer', { visible: false }), form);
      expect(notes).toEqual(['source-hidden']);
      expect(bench.hidden(nodeId)).toEqual([bench.store(SOURCE), bench.store(RESULT)]);
    },
  );

  it('on a translucent fill copies its opacity, and the user is told', async () => {
    const bench = await openBench();
    const id = bench.picture('Layer', { opacity: 0.5 });
    expect((await placeOn(bench, id, 'overlay')).notes).toEqual(['fill-blended']);
    expect(fillsOf(bench.node(id)).map(({ opacity }) => opacity)).toEqual([0.5, 0.5]);
  });

  it('on a fill beside a pattern is written the way that Figma asks for', async () => {
    const bench = await openBench();
    const pattern = {
      type: 'PATTERN',
      sourceNodeId: '1:1',
      tileType: 'RECTANGULAR',
      scalingFactor: 1,
      spacing: { x: 0, y: 0 },
      horizontalAlignment: 'START',
    } as unknown as Paint;
    const id = bench.add('RECTANGLE', 'Both', {}, { fills: [pattern, imageFill({ imageHash: bench.store(SOURCE) })] });
    await placeOn(bench, id, 'overlay');
    expect(bench.stack(id)).toEqual(['PATTERN', bench.store(SOURCE), bench.store(RESULT)]);
  });

  it('on a layer inside an instance stays in that instance', async () => {
    const bench = await openBench();
    const component = bench.add('COMPONENT', 'Card');
    const main = bench.picture('Photo', {}, 'RECTANGLE', { parent: component });
    const inner = bench.node(addInstance(bench.host.document, component, 'One')).children[0]!;
    expect((await placeOn(bench, inner, 'overlay')).notes).toEqual([]);
    expect(bench.stack(inner)).toEqual([bench.store(SOURCE), bench.store(RESULT)]);
    expect(bench.stack(main)).toEqual([bench.store(SOURCE)]);
  });
});

describe('a replaced fill', () => {
  it.each(KINDS)('on a %s carries the result in everything else as it was', async (type) => {
    const bench = await openBench();
    const id = bench.picture(
      'Layer',
      {
        scaleMode: 'CROP',
        imageTransform: [
          [0.5, 0, 0.25],
          [0, 0.5, 0.1],
        ],
      },
      type,
    );
    const before = fillsOf(bench.node(id));
    await placeOn(bench, id, 'replace');
    expect(fillsOf(bench.node(id))).toEqual([
      { ...before[0], visible: false },
      { ...before[0], imageHash: bench.store(RESULT) },
    ]);
  });

  it('takes the place of an overlay of ours, by the same target', async () => {
    const bench = await openBench();
    const id = bench.picture('Layer');
    const [picture] = await bench.select(id);
    await bench.place(picture!.target, 'overlay');
    await bench.place(picture!.target, 'replace', png(150));
    expect([bench.hidden(id), bench.stack(id)]).toEqual([[bench.store(SOURCE)], [bench.store(png(150))]]);
    await bench.place(picture!.target, 'overlay', png(151));
    expect([bench.hidden(id), bench.stack(id)]).toEqual([[], [bench.store(SOURCE), bench.store(png(151))]]);
  });

  it('takes the place of an overlay of the very same bytes, and can be reverted', async () => {
    const bench = await openBench();
    const id = bench.picture('Layer');
    const before = bench.node(id);
    for (const form of ['overlay', 'replace', 'overlay', 'replace'] as const) await placeOn(bench, id, form);
    expect([bench.hidden(id), bench.stack(id)]).toEqual([[bench.store(SOURCE)], [bench.store(RESULT)]]);
    await bench.panel.call('result.revert', { nodeId: before.id as never, undo: 'own' });
    expect(bench.node(id)).toEqual(before);
  });

  it('is read again as its original, with the recipe of the result', async () => {
    const bench = await openBench();
    const id = bench.picture('Layer');
    const [before] = await bench.select(id);
    await bench.place(before!.target, 'replace', png(90, 32, 24), { scale: 4 });
    const [after, ...others] = await bench.select(id);
    expect(others).toEqual([]);
    expect(after).toEqual({ ...before, applied: expect.objectContaining({ form: 'replace', faces: 2, credits: 1 }) });
    expect(after!.applied!.resultHash).toBe(bench.store(png(90, 32, 24)));
    const read = await bench.panel.call('picture.read', { target: after!.target, anyway: false });
    expect(read.ok && [...read.value.bytes]).toEqual([...SOURCE]);
  });
});

describe('a tiled fill', () => {
  it.each(PLACEMENT_FORMS)('keeps its tile size with a larger result, as %s', async (form) => {
    const bench = await openBench();
    const id = bench.picture('Tiles', { scaleMode: 'TILE', scalingFactor: 0.8 });
    const { nodeId, notes } = await placeOn(bench, id, form, png(200, 32, 24), 4);
    expect(notes).toEqual(['tile-adjusted']);
    const paint = fillsOf(bench.node(nodeId)).at(-1) as ImagePaint;
    expect([paint.imageHash, paint.scalingFactor]).toEqual([bench.store(png(200, 32, 24)), 0.2]);
    expect((fillsOf(bench.node(nodeId))[0] as ImagePaint).scalingFactor).toBe(0.8);
  });
});

describe('a new layer', () => {
  const TURNED: Patch = {
    transform: withRotation(
      [
        [1, 0, 40],
        [0, 1, 30],
      ],
      30,
    ),
    radii: [1, 2, 3, 4],
    cornerSmoothing: 0.6,
    constraints: { horizontal: 'SCALE', vertical: 'MAX' },
  };

  it.each<SceneType>(['RECTANGLE', 'ELLIPSE', 'POLYGON', 'STAR', 'VECTOR', 'FRAME'])(
    'of a %s has its geometry, lies directly above it and leaves it as it was',
    async (type) => {
      const bench = await openBench();
      const id = bench.picture('Portrait', { scaleMode: 'FIT' }, type, { width: 120, height: 90 }, TURNED);
      const above = bench.add('RECTANGLE', 'Above');
      const before = bench.node(id);
      const { nodeId, notes } = await placeOn(bench, id, 'layer');
      expect(notes).toEqual([]);
      expect(bench.node(before.parent!).children).toEqual([id, nodeId, above]);
      const made = bench.node(nodeId);
      const { transform, width, height, radii, cornerSmoothing, constraints, outline } = before;
      expect(made).toMatchObject({ type, transform, width, height, radii, cornerSmoothing, constraints, outline });
      expect(rotationOf(made.transform)).toBeCloseTo(30, 6);
      expect(made.name).toBe('Portrait - restored');
      expect(fillsOf(made)).toEqual([
        { ...fillsOf(before)[0], visible: false },
        { ...fillsOf(before)[0], imageHash: bench.store(RESULT) },
      ]);
      expect(bench.node(id)).toEqual(before);
    },
  );

  it('keeps a picture in its group and its auto-layout row without moving the others', async () => {
    const bench = await openBench();
    const row = bench.add('FRAME', 'Row', { width: 400, height: 100 }, layout('HORIZONTAL'));
    const first = bench.picture('First', {}, 'RECTANGLE', { parent: row });
    const second = bench.add('RECTANGLE', 'Second', { parent: row });
    const places = [first, second].map((id) => bench.node(id).transform);
    const { nodeId } = await placeOn(bench, first, 'layer');
    expect(bench.node(row).children).toEqual([first, nodeId, second]);
    expect(bench.node(nodeId)).toMatchObject({
      positioning: 'ABSOLUTE',
      transform: places[0],
      width: 100,
      height: 100,
    });
    expect([first, second].map((id) => bench.node(id).transform)).toEqual(places);
  });

  it.each<readonly [SceneType, Patch]>([
    ['FRAME', {}],
    ['FRAME', layout('HORIZONTAL')],
    ['SECTION', {}],
    ['COMPONENT', {}],
  ])('of a %s with layers inside lies below these, at the size of the fill', async (type, patch) => {
    const bench = await openBench();
    const id = bench.picture(
      'Hero',
      {},
      type,
      { x: 50, y: 60, width: 300, height: 200 },
      { radii: [9, 8, 7, 6], ...patch },
    );
    const title = bench.add('TEXT', 'Title', { parent: id });
    const { nodeId } = await placeOn(bench, id, 'layer');
    expect(bench.node(id).children).toEqual([nodeId, title]);
    expect(bench.node(nodeId)).toMatchObject({
      type: 'RECTANGLE',
      transform: [
        [1, 0, 0],
        [0, 1, 0],
      ],
      width: 300,
      height: 200,
      radii: [9, 8, 7, 6],
      positioning: patch.layout === undefined ? 'AUTO' : 'ABSOLUTE',
    });
  });

  it.each([
    [true, ['made', 'photo', 'next']],
    [false, ['photo', 'made', 'next']],
  ])(
    'is seen above its source in a row whose first layer lies on top (%s) or below',
    async (itemReverseZIndex, order) => {
      const bench = await openBench();
      const row = bench.add('FRAME', 'Row', { width: 400 }, { ...layout('HORIZONTAL'), itemReverseZIndex });
      const photo = bench.picture('Photo', {}, 'RECTANGLE', { parent: row });
      const next = bench.add('RECTANGLE', 'Next', { parent: row });
      const made = (await placeOn(bench, photo, 'layer')).nodeId;
      expect(bench.node(row).children).toEqual(order.map((name) => ({ made, photo, next })[name]));
    },
  );

  it('of a frame whose first layer lies on top is below the layers inside', async () => {
    const bench = await openBench();
    const id = bench.picture('Row', {}, 'FRAME', {}, { ...layout('HORIZONTAL'), itemReverseZIndex: true });
    const inside = ['One', 'Two'].map((name) => bench.add('RECTANGLE', name, { parent: id }));
    const { nodeId } = await placeOn(bench, id, 'layer');
    expect(bench.node(id).children).toEqual([...inside, nodeId]);
  });

  it('of an instance is another instance with its own fill', async () => {
    const bench = await openBench();
    const component = bench.picture('Card', {}, 'COMPONENT');
    bench.add('TEXT', 'Title', { parent: component });
    const instance = addInstance(bench.host.document, component, 'One', { x: 300 });
    const { nodeId } = await placeOn(bench, instance, 'layer');
    expect(bench.node(nodeId)).toMatchObject({ type: 'INSTANCE', transform: bench.node(instance).transform });
    expect(bench.stack(nodeId)).toEqual([bench.store(RESULT)]);
    expect(bench.stack(instance)).toEqual([bench.store(SOURCE)]);
    expect(children(bench, nodeId).map(({ name }) => name)).toEqual(['Title']);
  });

  it('never goes into an instance', async () => {
    const bench = await openBench();
    const component = bench.add('COMPONENT', 'Card');
    bench.picture('Photo', {}, 'RECTANGLE', { parent: component });
    const instance = addInstance(bench.host.document, component, 'One');
    const [picture] = await bench.select(bench.node(instance).children[0]!);
    const before = bench.host.document.tree().nodes;
    expect(await bench.place(picture!.target, 'layer')).toEqual({ ok: false, error: { code: 'layer-in-instance' } });
    expect([...bench.host.document.tree().nodes.keys()]).toEqual([...before.keys()]);
  });

  it('is written again, not joined by another, when the picture is restored again', async () => {
    const bench = await openBench();
    const id = bench.picture('Layer');
    const first = await placeOn(bench, id, 'layer');
    const second = await placeOn(bench, id, 'layer', png(150));
    expect(second.nodeId).toBe(first.nodeId);
    expect(second.notes).toEqual(['overlay-replaced']);
    expect(bench.stack(first.nodeId)).toEqual([bench.store(png(150))]);
  });

  it('takes adjusted results itself, from its original', async () => {
    const bench = await openBench();
    const { nodeId } = await placeOn(bench, bench.picture('Layer'), 'layer');
    const [picture] = await bench.select(nodeId);
    expect(picture!.target.imageHash).toBe(bench.store(SOURCE));
    const again = await placeOn(bench, nodeId, 'layer', png(150));
    expect(again.nodeId).toBe(nodeId);
    expect(bench.stack(nodeId)).toEqual([bench.store(png(150))]);
  });

  it('has the strokes and inner effects of its source, but not a second shadow', async () => {
    const bench = await openBench();
    const shadow = {
      type: 'DROP_SHADOW',
      color: { r: 0, g: 0, b: 0, a: 1 },
      offset: { x: 0, y: 4 },
      radius: 4,
      visible: true,
      blendMode: 'NORMAL',
    };
    const inner = { ...shadow, type: 'INNER_SHADOW' };
    const id = bench.picture(
      'Layer',
      {},
      'RECTANGLE',
      {},
      { effects: [shadow, inner], strokes: [solidFill(1, 0, 0)], strokeWeight: 2 },
    );
    const made = bench.node((await placeOn(bench, id, 'layer')).nodeId);
    expect(made.effects).toEqual([inner]);
    expect([made.strokes, made.strokeWeight]).toEqual([[solidFill(1, 0, 0)], 2]);
  });

  it('takes the result in the middle of the view when its layer is gone', async () => {
    const bench = await openBench();
    const id = bench.picture('Layer');
    const [picture] = await bench.select(id);
    bench.remove(id);
    bench.host.surface.moveViewport({ center: { x: 100, y: 200 } });
    const placed = await bench.place(picture!.target, 'layer', png(200, 32, 24));
    if (!placed.ok) throw new Error(JSON.stringify(placed.error));
    expect(placed.value.notes).toEqual(['placed-freely']);
    expect(bench.node(placed.value.nodeId)).toMatchObject({
      name: 'Portrait - restored',
      transform: [
        [1, 0, 84],
        [0, 1, 188],
      ],
      width: 32,
      height: 24,
    });
  });
});

describe('what the user should know', () => {
  it('is that the paint style is detached', async () => {
    const bench = await openBench();
    const paints = [imageFill({ imageHash: bench.store(SOURCE) })];
    const style = addPaintStyle(bench.host.document, 'Hero', paints);
    const id = bench.add('RECTANGLE', 'Styled', {}, { fills: paints, fillStyleId: style });
    expect((await placeOn(bench, id, 'overlay')).notes).toEqual(['style-detached']);
    expect(bench.node(id).fillStyleId).toBe('');
  });

  it.each(PLACEMENT_FORMS)('is that instances change too, as %s', async (form) => {
    const bench = await openBench();
    const component = bench.add('COMPONENT', 'Card');
    const id = bench.picture('Photo', {}, 'RECTANGLE', { parent: component });
    const instance = addInstance(bench.host.document, component, 'One');
    expect((await placeOn(bench, id, form)).notes).toEqual(['reaches-instances']);
    const inside = bench.node(instance).children.map(bench.stack);
    expect(inside.flat()).toContain(bench.store(RESULT));
  });
});

describe('a target that is not what it was', () => {
  it('is refused on another file', async () => {
    const bench = await openBench();
    const [picture] = await bench.select(bench.picture('Layer'));
    const elsewhere = { ...picture!.target, fileId: 'other' as never };
    expect(await bench.place(elsewhere, 'layer')).toEqual({ ok: false, error: { code: 'layer-elsewhere' } });
  });

  it.each<readonly [string, 'layer-gone' | 'layer-changed', (bench: Bench, id: string) => void]>([
    ['deleted', 'layer-gone', (bench, id) => bench.remove(id)],
    [
      'another picture',
      'layer-changed',
      (bench, id) => bench.teammate(id, { fills: [imageFill({ imageHash: bench.store(png(77)) })] }),
    ],
    ['no fill', 'layer-changed', (bench, id) => bench.teammate(id, { fills: [] })],
    ['undone', 'layer-gone', (bench) => bench.host.undo()],
  ])('is never written: %s', async (_, code, happens) => {
    const bench = await openBench();
    const [picture] = await bench.select(bench.picture('Layer'));
    happens(bench, picture!.target.nodeId);
    const before = bench.host.document.tree().nodes.get(picture!.target.nodeId);
    for (const form of ['overlay', 'replace'] as const) {
      expect(await bench.place(picture!.target, form)).toEqual({ ok: false, error: { code } });
    }
    expect(bench.host.document.tree().nodes.get(picture!.target.nodeId)).toEqual(before);
  });

  it('is found again when only the order of its fills has changed', async () => {
    const bench = await openBench();
    const id = bench.picture('Layer');
    const [picture] = await bench.select(id);
    bench.teammate(id, { fills: [solidFill(1, 0, 0), ...fillsOf(bench.node(id))] });
    expect((await bench.place(picture!.target, 'overlay')).ok).toBe(true);
    expect(bench.stack(id)).toEqual(['SOLID', bench.store(SOURCE), bench.store(RESULT)]);
  });

  it.each(PLACEMENT_FORMS)("never loses another person's edit, at whatever moment it comes, as %s", async (form) => {
    const bench = await openBench();
    const theirs = bench.store(png(77));
    const component = bench.add('COMPONENT', 'Card');
    const outcomes = new Set<string>();
    for (let moment = 0; moment < 30; moment += 1) {
      const id = bench.picture(`Photo ${moment}`, {}, 'RECTANGLE', { parent: component });
      const [picture] = await bench.select(id);
      const placing = bench.place(picture!.target, form);
      for (let tick = 0; tick < moment; tick += 1) await Promise.resolve();
      bench.teammate(id, { fills: [imageFill({ imageHash: theirs })] });
      const placed = await placing;
      expect(bench.stack(id)).toEqual([theirs]);
      outcomes.add(placed.ok ? (placed.value.notes[0] ?? 'placed') : placed.error.code);
    }
    // The moments lie before and after the write, or this would show nothing.
    expect(outcomes).toEqual(new Set([form === 'layer' ? 'placed-freely' : 'layer-changed', 'placed']));
  });

  it('is written on a locked layer, as Figma allows', async () => {
    const bench = await openBench();
    const id = bench.picture('Locked', {}, 'RECTANGLE', {}, { locked: true });
    await placeOn(bench, id, 'overlay');
    expect(bench.stack(id)).toEqual([bench.store(SOURCE), bench.store(RESULT)]);
    expect(bench.node(id).locked).toBe(true);
  });
});

describe('a result that Figma refuses', () => {
  it.each<readonly [string, Uint8Array, string]>([
    ['too large', png(1, 5000, 1), 'too-large'],
    ['no picture', new Uint8Array([1, 2, 3]), 'type'],
  ])('changes nothing: %s', async (_, bytes, reason) => {
    const bench = await openBench();
    const id = bench.picture('Layer');
    const [picture] = await bench.select(id);
    const before = bench.node(id);
    for (const form of PLACEMENT_FORMS) {
      expect(await bench.place(picture!.target, form, bytes)).toEqual({
        ok: false,
        error: { code: 'image-refused', reason },
      });
    }
    expect(bench.node(id)).toEqual(before);
    expect(children(bench, '0:1')).toHaveLength(1);
  });
});

describe('a fill that Figma refuses', () => {
  it.each(PLACEMENT_FORMS)('leaves the layer and its neighbours as they were, as %s', async (form) => {
    const bench = await openBench();
    const id = bench.picture('Tiles', { scaleMode: 'TILE', scalingFactor: 0.5 });
    const [picture] = await bench.select(id);
    const before = bench.node(id);
    // The tile scale would be below the smallest that Figma takes.
    const placed = await bench.place(picture!.target, form, RESULT, { scale: 100 });
    expect(placed).toMatchObject({ ok: false, error: { code: 'unexpected' } });
    expect(bench.node(id)).toEqual(before);
    expect(bench.node('0:1').children).toEqual([id]);
  });
});

describe('undo', () => {
  it.each(PLACEMENT_FORMS)(
    'takes a result off in one step, with all that the layer remembers of it, as %s',
    async (form) => {
      const bench = await openBench();
      const id = bench.picture('Layer');
      bench.host.document.change('user', (tree) => write(tree, id, { name: "The user's own last step" }));
      const before = new Map(bench.host.document.tree().nodes);
      await placeOn(bench, id, form);
      bench.host.undo();
      // The document keeps its id: it is written apart from results and shows nowhere.
      expect(bench.node('0:0').pluginData).toEqual({ fileId: expect.any(String) });
      const after = new Map(bench.host.document.tree().nodes);
      after.delete('0:0');
      before.delete('0:0');
      expect(after).toEqual(before);
      bench.host.undo();
      bench.host.undo();
      expect(bench.host.document.tree().nodes.get(id)?.name).not.toBe("The user's own last step");
      bench.host.redo();
      bench.host.redo();
      bench.host.redo();
      const shown = children(bench, '0:1').flatMap((node) => bench.stack(node.id));
      expect(shown).toContain(bench.store(RESULT));
    },
  );

  it('takes two results off in two steps', async () => {
    const bench = await openBench();
    const id = bench.picture('Layer');
    await placeOn(bench, id, 'overlay');
    await placeOn(bench, id, 'overlay', png(150));
    bench.host.undo();
    expect(bench.stack(id)).toEqual([bench.store(SOURCE), bench.store(RESULT)]);
    bench.host.undo();
    expect(bench.stack(id)).toEqual([bench.store(SOURCE)]);
  });
});
