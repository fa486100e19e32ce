/** Every picture inside a selection or on a page, by the built plugin in the playground's host. */
import { describe, expect, it } from 'vitest';
import { addInstance, addPage, imageFill, solidFill } from '../../playground/document/build';
import type { Paint, SceneType } from '../../playground/document/node';
import { inReadingOrder } from '../../src/code/readingOrder';
import type { SelectionReport } from '../../src/protocol/selection';
import { type Bench, openBench, png, SOURCE } from './bench';

async function collect(bench: Bench, ...ids: readonly string[]): Promise<SelectionReport> {
  bench.host.document.select(ids);
  return collectFrom(bench, 'selection');
}

async function collectFrom(bench: Bench, scope: 'selection' | 'page'): Promise<SelectionReport> {
  const read = await bench.panel.call('pictures.collect', { scope });
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  return read.value;
}

const names = ({ pictures }: SelectionReport): readonly string[] => pictures.map(({ layerName }) => layerName);

describe('collecting the selection', () => {
  it('of nothing finds nothing', async () => {
    expect(await collect(await openBench())).toEqual({ pictures: [], unusable: [], layers: 0, leftOut: 0 });
  });

  it('tells of a picture what the selection tells', async () => {
    const bench = await openBench();
    const id = bench.picture('Portrait', { scaleMode: 'FIT', opacity: 0.5 }, 'ELLIPSE', {}, { locked: true });
    expect((await collect(bench, id)).pictures).toEqual(await bench.select(id));
  });

  it.each<SceneType>(['GROUP', 'FRAME', 'SECTION', 'COMPONENT'])('looks into a %s, however deep', async (type) => {
    const bench = await openBench();
    const outer = bench.add(type, 'Outer');
    const inner = bench.add(type === 'SECTION' ? 'FRAME' : 'GROUP', 'Inner', { parent: outer });
    bench.picture('Deep', {}, 'RECTANGLE', { parent: inner });
    bench.add('TEXT', 'Words', { parent: inner });
    const report = await collect(bench, outer);
    expect(names(report)).toEqual(['Deep']);
    expect(report).toMatchObject({ unusable: [], layers: 1, leftOut: 0 });
  });

  it('finds what a frame shows itself and what lies on it', async () => {
    const bench = await openBench();
    const frame = bench.picture('Frame', {}, 'FRAME', { width: 300, height: 300 });
    bench.picture('On it', {}, 'RECTANGLE', { parent: frame, x: 10, y: 10 });
    expect(names(await collect(bench, frame))).toEqual(['Frame', 'On it']);
  });

  it('gives each image fill by itself', async () => {
    const bench = await openBench();
    const [a, b] = [10, 20].map((grey) => bench.store(png(grey)));
    const fills = [imageFill({ imageHash: a! }), solidFill(1, 0, 0), imageFill({ imageHash: b! })];
    const { pictures } = await collect(bench, bench.add('RECTANGLE', 'Two', {}, { fills }));
    expect(pictures.map(({ target }) => [target.paintIndex, target.imageHash])).toEqual([
      [0, a],
      [2, b],
    ]);
  });

  it('names a layer once that is selected together with its frame', async () => {
    const bench = await openBench();
    const frame = bench.add('FRAME', 'Frame');
    const photo = bench.picture('Photo', {}, 'RECTANGLE', { parent: frame });
    const report = await collect(bench, photo, frame);
    expect(names(report)).toEqual(['Photo']);
    expect(report.unusable).toEqual([]);
    expect(report.layers).toBe(2);
  });

  it('says for the layers on which nothing was found why', async () => {
    const bench = await openBench();
    const frame = bench.add('FRAME', 'Lost');
    bench.picture('Missing', { imageHash: 'f'.repeat(40) }, 'RECTANGLE', { parent: frame });
    const film = { type: 'VIDEO', scaleMode: 'FILL', videoHash: 'v', visible: true, opacity: 1, blendMode: 'NORMAL' };
    const report = await collect(
      bench,
      bench.picture('Photo'),
      bench.add('TEXT', 'Words', {}, { fills: 'mixed' }),
      bench.add('GROUP', 'Empty'),
      bench.add('RECTANGLE', 'Film', {}, { fills: [film as unknown as Paint] }),
      frame,
    );
    expect(names(report)).toEqual(['Photo']);
    expect(report.unusable.map(({ layerName, reason }) => [layerName, reason])).toEqual([
      ['Words', 'text'],
      ['Empty', 'no-image-fill'],
      ['Film', 'video'],
      ['Lost', 'image-missing'],
    ]);
  });

  it('passes by fills that are mixed, empty, videos or missing among the layers inside', async () => {
    const bench = await openBench();
    const frame = bench.add('FRAME', 'Frame');
    bench.add('TEXT', 'Words', { parent: frame }, { fills: 'mixed' });
    bench.add('VECTOR', 'Outline', { parent: frame });
    bench.picture('Missing', { imageHash: 'f'.repeat(40) }, 'RECTANGLE', { parent: frame });
    bench.picture('None', { imageHash: null }, 'RECTANGLE', { parent: frame });
    bench.picture('Photo', {}, 'RECTANGLE', { parent: frame });
    expect(names(await collect(bench, frame))).toEqual(['Photo']);
  });

  it('includes what is hidden and locked, and says so', async () => {
    const bench = await openBench();
    const frame = bench.add('FRAME', 'Frame', {}, { visible: false });
    bench.picture('In a hidden frame', {}, 'RECTANGLE', { parent: frame });
    const report = await collect(
      bench,
      frame,
      bench.picture('Hidden', {}, 'RECTANGLE', { x: 200 }, { visible: false }),
      bench.picture('Hidden fill', { visible: false }, 'RECTANGLE', { x: 400 }),
      bench.picture('Locked', {}, 'RECTANGLE', { x: 600 }, { locked: true }),
    );
    expect(report.pictures.map(({ layerName, visible, locked }) => [layerName, visible, locked])).toEqual([
      ['In a hidden frame', false, false],
      ['Hidden', false, false],
      ['Hidden fill', false, false],
      ['Locked', true, true],
    ]);
  });

  it('looks into instances, instances in them too, but not at what is hidden there', async () => {
    const bench = await openBench();
    const inner = bench.add('COMPONENT', 'Avatar', { x: 1000 });
    bench.picture('Face', {}, 'RECTANGLE', { parent: inner });
    bench.picture('Unused', {}, 'RECTANGLE', { parent: inner }, { visible: false });
    const outer = bench.add('COMPONENT', 'Card', { x: 2000 });
    addInstance(bench.host.document, inner, 'Avatar in a card', { parent: outer });
    const card = addInstance(bench.host.document, outer, 'Card on the page');
    const { pictures } = await collect(bench, card);
    expect(pictures.map(({ layerName, forms }) => [layerName, forms])).toEqual([
      ['Face', { overlay: 'yes', replace: 'yes', layer: 'in-instance' }],
    ]);
    expect(pictures[0]!.target.nodeId.split(';').length).toBeGreaterThan(1);
  });

  it('says that an instance has no picture when all of its pictures are hidden, and stays able to see them', async () => {
    const bench = await openBench();
    const component = bench.add('COMPONENT', 'Card', { x: 1000 });
    bench.picture('Unused', {}, 'RECTANGLE', { parent: component }, { visible: false });
    const instance = addInstance(bench.host.document, component, 'One');
    const reasons = async (name: 'selection.read' | 'pictures.collect') => {
      const read = await bench.panel.call(name, { scope: 'selection' });
      return read.ok ? read.value.unusable.map(({ reason }) => reason) : read.error;
    };
    bench.host.document.select([instance]);
    expect(await reasons('pictures.collect')).toEqual(['no-image-fill']);
    expect(await reasons('selection.read')).toEqual(['only-inside']);
  });

  it('counts for a layer of a main component the instances that a change reaches', async () => {
    const bench = await openBench();
    const component = bench.add('COMPONENT', 'Card');
    for (const name of ['A', 'B']) bench.picture(name, {}, 'RECTANGLE', { parent: component });
    for (const name of ['One', 'Two']) addInstance(bench.host.document, component, name);
    const { pictures } = await collect(bench, component);
    expect(pictures.map(({ instances }) => instances)).toEqual([2, 2]);
  });

  it('names the original below a result of ours, once, with what lies on it', async () => {
    const bench = await openBench();
    const frame = bench.add('FRAME', 'Frame');
    const id = bench.picture('Photo', {}, 'RECTANGLE', { parent: frame });
    await bench.place((await bench.select(id))[0]!.target, 'overlay');
    const { pictures } = await collect(bench, frame);
    expect(pictures.map(({ target, applied }) => [target.imageHash, applied?.form])).toEqual([
      [bench.store(SOURCE), 'overlay'],
    ]);
  });
});

describe('collecting a page', () => {
  it('finds what lies on the open page and on no other, whatever is selected', async () => {
    const bench = await openBench();
    bench.picture('Here');
    bench.host.document.select([bench.add('TEXT', 'Words')]);
    const page = addPage(bench.host.document, 'Second');
    bench.picture('There', {}, 'RECTANGLE', { parent: page });
    const report = await collectFrom(bench, 'page');
    expect(names(report)).toEqual(['Here']);
    expect(report).toMatchObject({ layers: 2, unusable: [] });
    bench.host.document.openPage(page);
    expect(names(await collectFrom(bench, 'page'))).toEqual(['There']);
  });

  it('names at most 500 pictures, the first in reading order, and says how many are left out', async () => {
    const bench = await openBench();
    // The lowest layer of the page lies lowest on the canvas too.
    for (let index = 0; index < 503; index += 1) bench.picture(`${index}`, {}, 'RECTANGLE', { y: (503 - index) * 200 });
    const report = await collectFrom(bench, 'page');
    expect(report.pictures).toHaveLength(500);
    expect(report.leftOut).toBe(3);
    expect(names(report).slice(0, 2)).toEqual(['502', '501']);
    expect(names(report).at(-1)).toBe('3');
  });

  it('counts every picture of the layers that are left out', async () => {
    const bench = await openBench();
    const imageHash = bench.store(SOURCE);
    const fills = [imageFill({ imageHash }), imageFill({ imageHash }), imageFill({ imageHash })];
    for (let index = 0; index < 170; index += 1) bench.add('RECTANGLE', `${index}`, { y: index * 200 }, { fills });
    const report = await collectFrom(bench, 'page');
    expect([report.pictures.length, report.leftOut]).toEqual([500, 10]);
  });
});

describe('the reading order', () => {
  const box = (x: number, y: number, width = 100, height = 100) => ({ x, y, width, height });

  it.each([
    ['is by rows, not by layers', { c: box(0, 300), b: box(200, 0), a: box(0, 0) }, 'abc'],
    ['takes slightly uneven tops as one row', { b: box(200, 0), a: box(0, 30), c: box(0, 200) }, 'abc'],
    ['begins a row half a height lower', { b: box(0, 50), a: box(200, 0) }, 'ab'],
    ['puts a background before what lies on it', { b: box(20, 10), c: box(20, 400), a: box(0, 0, 500, 900) }, 'abc'],
    ['keeps equals as they are', { a: box(0, 0), b: box(0, 0), c: box(0, 0) }, 'abc'],
    ['puts what has no box last', { c: null, a: box(0, 0), b: box(0, 900) }, 'abc'],
    ['of nothing is nothing', {}, ''],
  ])('%s', (_, boxes: Record<string, ReturnType<typeof box> | null>, expected) => {
    const ordered = inReadingOrder(Object.entries(boxes), ([, each]) => each);
    expect(ordered.map(([name]) => name).join('')).toBe(expected);
  });
});
