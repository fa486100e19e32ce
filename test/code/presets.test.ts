/** Presets as the host knows them: names to offer in quick actions, and entries of the document. */
import { describe, expect, test } from 'vitest';
import { presetId } from '../../src/core/ids';
import { STANDARD_PARAMETERS } from '../../src/core/parameters';
import { NO_PRESETS, newPreset, withAdded } from '../../src/core/presets/list';
import { PRESETS_KEY } from '../../src/core/records';
import { openBench } from './bench';

const WARM = newPreset({ id: presetId('w'), name: 'Warm', hint: '', parameters: STANDARD_PARAMETERS, at: 1 });

describe('quick actions', () => {
  const offered = async (query: string, saved: unknown = withAdded(NO_PRESETS, WARM)) => {
    const bench = await openBench(null);
    if (saved !== undefined) bench.host.storage.set(PRESETS_KEY, saved);
    const suggestion = await bench.host.suggest('preset', 'preset', query);
    if (suggestion?.kind !== 'list') throw new Error(JSON.stringify(suggestion));
    expect(bench.host.surface.console()).toEqual([]);
    expect(bench.host.surface.window()).toBeNull();
    return suggestion.items;
  };

  test('offer one’s own presets first, then those that everybody has', async () => {
    expect((await offered('')).map(({ name }) => name)).toEqual([
      'Warm',
      'Realistic',
      'Balanced',
      'Creative',
      'Old scan',
      'Heavy JPEG',
    ]);
  });

  test('find what is typed, in any case, beginnings first', async () => {
    expect((await offered('RE')).map(({ name }) => name)).toEqual(['Realistic', 'Creative']);
    expect(await offered('warm')).toEqual([{ name: 'Warm', data: 'w' }]);
    expect(await offered('nothing like it')).toEqual([]);
  });

  test.each([[null], ['text'], [{ v: 9, presets: [7, null, { id: 7, name: 'x' }] }], [{ presets: {} }]])(
    'offer what everybody has when %j is stored',
    async (saved) => {
      expect((await offered('bal', saved)).map(({ name }) => name)).toEqual(['Balanced']);
    },
  );

  test('open the panel with the preset that was chosen', async () => {
    const bench = await openBench(null);
    await bench.host.run('preset', { preset: 'w' });
    const opened = await bench.panel.call('panel.open', { records: [], shared: [] });
    expect(opened).toMatchObject({ ok: true, value: { command: 'preset', preset: 'w' } });
  });
});

describe('an entry of the document', () => {
  const value = { v: 1, name: 'Warm' };

  test('is kept with who wrote it and when, and is there for whoever opens the file', async () => {
    const bench = await openBench();
    const saved = await bench.panel.call('shared.save', { key: 'preset:a', value });
    if (!saved.ok) throw new Error(JSON.stringify(saved.error));
    expect(saved.value).toEqual({ key: 'preset:a', value, by: 'You', at: expect.any(Number) });
    expect(Math.abs(saved.value.at - Date.now())).toBeLessThan(60_000);
    await bench.host.restart();
    const opened = await bench.panel.call('panel.open', { records: [], shared: ['preset:'] });
    expect(opened).toMatchObject({ ok: true, value: { shared: [saved.value] } });
    expect(await bench.panel.call('shared.read', { prefix: 'other:' })).toEqual({ ok: true, value: [] });
  });

  test('is forgotten, and comes back with one undo, which takes nothing else back', async () => {
    const bench = await openBench();
    await bench.panel.call('shared.save', { key: 'preset:a', value });
    await bench.panel.call('shared.save', { key: 'preset:b', value });
    await bench.panel.call('shared.forget', { key: 'preset:a' });
    const keys = async () => {
      const read = await bench.panel.call('shared.read', { prefix: 'preset:' });
      return read.ok ? read.value.map(({ key }) => key) : [];
    };
    expect(await keys()).toEqual(['preset:b']);
    bench.host.undo();
    expect([...(await keys())].sort()).toEqual(['preset:a', 'preset:b']);
    bench.host.undo();
    expect(await keys()).toEqual(['preset:a']);
  });

  test('that is too long for Figma is refused, and the one before stays', async () => {
    const bench = await openBench();
    await bench.panel.call('shared.save', { key: 'preset:a', value });
    const refused = await bench.panel.call('shared.save', { key: 'preset:a', value: 'x'.repeat(100_001) });
    expect(refused).toEqual({ ok: false, error: { code: 'shared-unwritten' } });
    expect(await bench.panel.call('shared.read', { prefix: 'preset:' })).toMatchObject({ value: [{ value }] });
  });

  test('that cannot be read is told as nothing, beside the others', async () => {
    const bench = await openBench();
    await bench.panel.call('shared.save', { key: 'preset:a', value });
    bench.host.document.change('teammate', (tree) => {
      const root = tree.nodes.get('0:0');
      if (root === undefined) return tree;
      const pluginData = { ...root.pluginData, 'shared:preset:b': '{"value":', 'shared:preset:c': '7' };
      return { ...tree, nodes: new Map(tree.nodes).set('0:0', { ...root, pluginData }) };
    });
    const read = await bench.panel.call('shared.read', { prefix: 'preset:' });
    expect(read.ok && read.value.map((entry) => entry.value)).toEqual([value, null, null]);
  });
});
