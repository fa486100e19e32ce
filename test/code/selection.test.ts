/** What the panel is told of the selection, by the built plugin in the playground's host. */
import { describe, expect, it } from 'vitest';
import { addInstance, addPage, addPaintStyle, imageFill, solidFill } from '../../playground/document/build';
import type { Paint, SceneType } from '../../playground/document/node';
import type { HostEvent } from '../../src/protocol/messages';
import { type Bench, manualClock, openBench, png, SOURCE } from './bench';

const VIDEO = { type: 'VIDEO', scaleMode: 'FILL', videoHash: 'v', visible: true, opacity: 1, blendMode: 'NORMAL' };
const PATTERN = {
  type: 'PATTERN',
  sourceNodeId: '1:1',
  tileType: 'RECTANGULAR',
  scalingFactor: 1,
  spacing: { x: 0, y: 0 },
  horizontalAlignment: 'START',
};

async function report(bench: Bench, ...ids: readonly string[]) {
  bench.host.document.select(ids);
  const read = await bench.panel.call('selection.read', {});
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

describe('the selection', () => {
  it('of nothing is empty', async () => {
    expect(await report(await openBench())).toEqual({ pictures: [], unusable: [], layers: 0, leftOut: 0 });
  });

  it('of a picture tells all that the panel needs', async () => {
    const bench = await openBench();
    const id = bench.picture('Portrait', { scaleMode: 'FIT', opacity: 0.5 }, 'ELLIPSE', {}, { locked: true });
    const [picture] = await bench.select(id);
    expect(picture).toEqual({
      target: { fileId: expect.any(String), nodeId: id, paintIndex: 0, imageHash: bench.store(SOURCE) },
      layerName: 'Portrait',
      layerKind: 'ELLIPSE',
      size: { width: 8, height: 6 },
      scaleMode: 'FIT',
      opacity: 0.5,
      blendMode: 'NORMAL',
      visible: true,
      locked: true,
      paintStyle: null,
      instances: 0,
      forms: { overlay: 'fill-blended', replace: 'yes', layer: 'yes' },
      applied: null,
    });
  });

  it.each<SceneType>(['RECTANGLE', 'ELLIPSE', 'POLYGON', 'STAR', 'VECTOR', 'LINE', 'FRAME', 'SECTION', 'COMPONENT'])(
    'finds the picture of a %s',
    async (type) => {
      const bench = await openBench();
      const pictures = await bench.select(bench.picture('Layer', {}, type));
      expect(pictures.map(({ layerKind, forms }) => [layerKind, forms])).toEqual([
        [type, { overlay: 'yes', replace: 'yes', layer: 'yes' }],
      ]);
    },
  );

  it('gives each image fill of a layer by itself, with its place among all fills', async () => {
    const bench = await openBench();
    const [a, b, c] = [10, 20, 30].map((grey) => bench.store(png(grey)));
    const id = bench.add(
      'RECTANGLE',
      'Three',
      {},
      {
        fills: [a!, b!]
          .map((imageHash) => imageFill({ imageHash }))
          .concat(solidFill(1, 0, 0), imageFill({ imageHash: c! })),
      },
    );
    const pictures = await bench.select(id);
    expect(pictures.map(({ target }) => [target.paintIndex, target.imageHash])).toEqual([
      [0, a],
      [1, b],
      [3, c],
    ]);
  });

  it.each<readonly [string, (bench: Bench) => string, string]>([
    [
      'a plain rectangle',
      (bench) => bench.add('RECTANGLE', 'Plain', {}, { fills: [solidFill(1, 0, 0)] }),
      'no-image-fill',
    ],
    ['a layer without fills', (bench) => bench.add('VECTOR', 'Outline'), 'no-image-fill'],
    ['text', (bench) => bench.add('TEXT', 'Words'), 'text'],
    ['text with mixed fills', (bench) => bench.add('TEXT', 'Words', {}, { fills: 'mixed' }), 'text'],
    ['a video', (bench) => bench.add('RECTANGLE', 'Film', {}, { fills: [VIDEO as unknown as Paint] }), 'video'],
    ['a pattern', (bench) => bench.add('RECTANGLE', 'Dots', {}, { fills: [PATTERN as unknown as Paint] }), 'pattern'],
    ['a fill without its picture', (bench) => bench.picture('Lost', { imageHash: null }), 'image-missing'],
    ['a picture that Figma lost', (bench) => bench.picture('Lost', { imageHash: 'f'.repeat(40) }), 'image-missing'],
    ['an empty frame', (bench) => bench.add('FRAME', 'Frame'), 'no-image-fill'],
    [
      'a frame with a picture deep inside',
      (bench) => {
        const frame = bench.add('FRAME', 'Outer');
        const inner = bench.add('FRAME', 'Inner', { parent: frame });
        bench.picture('Deep', {}, 'RECTANGLE', { parent: inner });
        return frame;
      },
      'only-inside',
    ],
    [
      'a group with a picture inside',
      (bench) => {
        const group = bench.add('GROUP', 'Group');
        bench.picture('Child', {}, 'RECTANGLE', { parent: group });
        return group;
      },
      'only-inside',
    ],
    [
      'a group of plain layers',
      (bench) => {
        const group = bench.add('GROUP', 'Group');
        bench.add('RECTANGLE', 'Child', { parent: group });
        return group;
      },
      'no-image-fill',
    ],
  ])('says why nothing can be done with %s', async (_, make, reason) => {
    const bench = await openBench();
    const id = make(bench);
    const { pictures, unusable } = await report(bench, id);
    expect(pictures).toEqual([]);
    expect(unusable).toEqual([{ nodeId: id, layerName: bench.node(id).name, layerKind: bench.node(id).type, reason }]);
  });

  it('keeps pictures and the layers without one apart', async () => {
    const bench = await openBench();
    const { pictures, unusable, layers } = await report(
      bench,
      bench.picture('A'),
      bench.add('TEXT', 'B'),
      bench.picture('C'),
    );
    expect(pictures.map(({ layerName }) => layerName)).toEqual(['A', 'C']);
    expect(unusable.map(({ layerName }) => layerName)).toEqual(['B']);
    expect(layers).toBe(3);
  });

  it('names the paint style that writing would detach', async () => {
    const bench = await openBench();
    const paints = [imageFill({ imageHash: bench.store(SOURCE) })];
    const style = addPaintStyle(bench.host.document, 'Team/Hero', paints);
    const id = bench.add('RECTANGLE', 'Styled', {}, { fills: paints, fillStyleId: style });
    expect((await bench.select(id))[0]!.paintStyle).toBe('Team/Hero');
  });

  it('counts the instances that a change in a main component reaches', async () => {
    const bench = await openBench();
    const component = bench.add('COMPONENT', 'Card');
    const id = bench.picture('Photo', {}, 'RECTANGLE', { parent: component });
    for (const name of ['One', 'Two', 'Three']) addInstance(bench.host.document, component, name);
    expect((await bench.select(id))[0]!.instances).toBe(3);
  });

  it('offers everything but a new layer inside an instance', async () => {
    const bench = await openBench();
    const component = bench.add('COMPONENT', 'Card');
    bench.picture('Photo', {}, 'RECTANGLE', { parent: component });
    const instance = addInstance(bench.host.document, component, 'One');
    const [picture] = await bench.select(bench.node(instance).children[0]!);
    expect(picture!.forms).toEqual({ overlay: 'yes', replace: 'yes', layer: 'in-instance' });
    expect(picture!.instances).toBe(0);
  });

  it('offers no overlay on a fill with a blend mode', async () => {
    const bench = await openBench();
    const [picture] = await bench.select(bench.picture('Dark', { blendMode: 'MULTIPLY' }));
    expect(picture!.forms).toEqual({ overlay: 'fill-blended', replace: 'yes', layer: 'yes' });
  });

  it('does not wait for a picture that loads slowly, and tells its size when it is there', async () => {
    const clock = manualClock();
    const bench = await openBench('recover', clock);
    bench.host.faults.imageDelay = 5000;
    const reading = bench.select(bench.picture('Slow'));
    await clock.advance(1000);
    expect((await reading)[0]!.size).toBeNull();
    await clock.advance(4000);
    await clock.advance(60);
    const told = bench.events.flatMap((event) => (event.type === 'selection' ? event.selection.pictures : []));
    expect(told.map(({ size }) => size).slice(-1)).toEqual([{ width: 8, height: 6 }]);
  });

  it('gives a picture without its size when Figma cannot load it', async () => {
    const bench = await openBench();
    bench.host.faults.failingImages = 'all';
    expect((await bench.select(bench.picture('Broken')))[0]!.size).toBeNull();
  });
});

describe('the panel hears', () => {
  const heard = (bench: Bench): readonly string[] =>
    bench.events
      .filter((event): event is Extract<HostEvent, { type: 'selection' }> => event.type === 'selection')
      .map(({ selection }) => selection.pictures.map(({ layerName }) => layerName).join(' '));

  it('of a new selection, once for changes that come together', async () => {
    const bench = await openBench();
    const ids = ['A', 'B', 'C'].map((name) => bench.picture(name));
    for (const id of ids) bench.host.document.select([id]);
    await expect.poll(() => heard(bench)).toEqual(['C']);
  });

  it('of the newest selection last, even when reading an older one takes longer', async () => {
    const clock = manualClock();
    const bench = await openBench('recover', clock);
    const [slow, quick] = [bench.picture('Slow'), bench.picture('Quick', { imageHash: bench.store(png(77)) })];
    bench.host.faults.imageDelay = 500;
    bench.host.document.select([slow]);
    await clock.advance(60);
    bench.host.faults.imageDelay = 0;
    bench.host.document.select([quick]);
    await clock.advance(60);
    expect(heard(bench)).toEqual(['Quick']);
    await clock.advance(500);
    expect(heard(bench)).toEqual(['Quick']);
  });

  it('of another page', async () => {
    const bench = await openBench();
    bench.host.document.select([bench.picture('A')]);
    await expect.poll(() => heard(bench)).toEqual(['A']);

    bench.host.document.openPage(addPage(bench.host.document, 'Second'));
    await expect.poll(() => heard(bench)).toEqual(['A', '']);
  });

  it('when somebody else changes or deletes the selected layer', async () => {
    const bench = await openBench();
    const id = bench.picture('A');
    bench.host.document.select([id]);
    await expect.poll(() => heard(bench)).toEqual(['A']);
    bench.teammate(id, { name: 'B' });
    await expect.poll(() => heard(bench)).toEqual(['A', 'B']);
    bench.remove(id);
    await expect.poll(() => heard(bench)).toEqual(['A', 'B', '']);
  });

  it('of a change on the page that was opened after the plugin', async () => {
    const bench = await openBench();

    const page = addPage(bench.host.document, 'Second');
    bench.host.document.openPage(page);
    const id = bench.picture('A', {}, 'RECTANGLE', { parent: page });
    bench.host.document.select([id]);
    await expect.poll(() => heard(bench).at(-1)).toBe('A');
    bench.teammate(id, { name: 'B' });
    await expect.poll(() => heard(bench).at(-1)).toBe('B');
  });
});
