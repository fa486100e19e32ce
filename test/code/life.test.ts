/** A run from start to end: commands, the panel's window, storage, pictures, toasts. In the playground's host. */
import { describe, expect, it } from 'vitest';
import { addPage } from '../../playground/document/build';
import type { Paint } from '../../playground/document/node';
import { nodeId } from '../../src/core/ids';
import { STANDARD_SETTINGS } from '../../src/core/settings';
import { type Bench, openBench, png, SOURCE } from './bench';

const OK = { ok: true, value: null };
const toasts = (bench: Bench) => bench.host.surface.notices().map(({ text, error }) => ({ text, error }));

async function opening(bench: Bench) {
  const opened = await bench.panel.call('panel.open', { records: ['settings', 'job:'], shared: ['preset:'] });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  return opened.value;
}

describe('the panel', () => {
  it('opens in the size of the last time, in the colours of the theme', async () => {
    const bench = await openBench(null);
    bench.host.storage.set('settings', { ...STANDARD_SETTINGS, panel: { width: 444, height: 666 } });
    await bench.host.run('recover');
    expect(bench.host.surface.window()).toMatchObject({
      width: 444,
      height: 666,
      themeColors: true,
      title: 'Recover Faces',
      html: '<p></p>',
    });
  });

  it.each(['recover', 'settings', ''])('is told what it was started with: %s', async (command) => {
    const bench = await openBench(command);
    const id = bench.picture('Portrait');
    bench.host.document.select([id]);
    expect(await opening(bench)).toEqual({
      command: command === '' ? 'recover' : command,
      preset: null,
      selection: expect.objectContaining({ layers: 1 }),
      fileId: expect.stringMatching(/^[0-9a-z]{16}$/),
      fileName: 'Portraits',
      window: '1',
      records: [],
      shared: [],
    });
    expect(bench.host.surface.console()).toEqual([]);
  });

  it.each([
    [400, 500, 400, 500],
    [10, 10, 280, 360],
    [9999, 9999, 640, 1000],
    [Number.NaN, 400.4, 320, 400],
  ])('resized to %d x %d becomes %d x %d', async (width, height, w, h) => {
    const bench = await openBench();
    await bench.panel.call('panel.resize', { width, height });
    expect(bench.host.surface.window()).toMatchObject({ width: w, height: h });
  });

  it('ends the plugin when it is closed', async () => {
    const bench = await openBench();
    void bench.panel.call('panel.close', {});
    await bench.host.settled();
    expect(bench.host.running()).toBe(false);
  });

  it('opens with the records that were asked for, whatever is in them', async () => {
    const bench = await openBench(null);
    bench.host.storage.set('settings', 'nonsense');
    bench.host.storage.set('job:x', { v: 7 });
    bench.host.storage.set('other', 1);
    await bench.host.run('recover');
    expect(bench.host.surface.window()).toMatchObject({ width: 320, height: 560 });
    expect((await opening(bench)).records).toEqual([
      { key: 'settings', value: 'nonsense' },
      { key: 'job:x', value: { v: 7 } },
    ]);
  });

  it('shows its panel even when the storage cannot be read, and takes nothing in it for missing', async () => {
    const bench = await openBench(null);
    bench.host.storage.set('settings', { ...STANDARD_SETTINGS, panel: { width: 444, height: 666 } });
    bench.host.faults.storageBroken = true;
    await bench.host.run('recover');
    expect(bench.host.surface.window()).toMatchObject({ width: 320, height: 560 });
    const unreadable = { ok: false, error: { code: 'storage-unreadable' } };
    expect(await bench.panel.call('panel.open', { records: ['settings'], shared: [] })).toEqual(unreadable);
    expect(await bench.panel.call('record.read', { prefix: 'settings' })).toEqual(unreadable);
    expect(await bench.panel.call('record.forget', { key: 'settings' })).toEqual(unreadable);
    bench.host.faults.storageBroken = false;
    expect((await opening(bench)).records).toHaveLength(1);
  });

  it('shows toasts of at most 100 characters, and opens web addresses only', async () => {
    const bench = await openBench();
    await bench.panel.call('notice.show', { text: 'A sentence. '.repeat(20), error: true });
    expect(toasts(bench)).toEqual([{ text: expect.stringMatching(/^.{50,99}…$/), error: true }]);
    expect(await bench.panel.call('link.open', { address: 'https://example.org/a' })).toEqual(OK);
    expect((await bench.panel.call('link.open', { address: 'javascript:alert(1)' })).ok).toBe(false);
    expect(bench.host.surface.links()).toEqual(['https://example.org/a']);
  });

  it('shows a layer on another page', async () => {
    const bench = await openBench();
    const page = addPage(bench.host.document, 'Second');
    const id = bench.picture('Far', {}, 'RECTANGLE', { parent: page });
    expect(await bench.panel.call('layer.show', { nodeId: nodeId(id) })).toEqual(OK);
    expect(bench.host.document.currentPage()).toBe(page);
    expect(bench.host.document.selection()).toEqual([id]);
    const gone = { ok: false, error: { code: 'layer-gone' } };
    expect(await bench.panel.call('layer.show', { nodeId: nodeId('9:99') })).toEqual(gone);
    expect(await bench.panel.call('layer.show', { nodeId: nodeId(page) })).toEqual(gone);
  });

  it('places a result on another page than the open one, in every form', async () => {
    const bench = await openBench();
    const id = bench.picture('Here');
    const [picture] = await bench.select(id);
    bench.host.document.openPage(addPage(bench.host.document, 'Second'));
    for (const form of ['overlay', 'replace', 'layer'] as const) {
      expect(await bench.place(picture!.target, form)).toMatchObject({ ok: true, value: { form } });
    }
    expect(bench.node('0:1').children).toHaveLength(2);
  });

  it('drops messages that are not its own', async () => {
    const bench = await openBench();
    for (const message of [
      null,
      'text',
      { type: 'x' },
      { recoverFaces: 99, kind: 'call', id: 1, name: 'panel.close' },
    ]) {
      bench.host.postToPlugin(message);
    }
    await bench.host.settled();
    expect(bench.host.running()).toBe(true);
    expect(bench.host.surface.console()).toEqual([]);
  });
});

describe('pictures', () => {
  it('come as the file that Figma stores, byte for byte', async () => {
    const bench = await openBench();
    const [picture] = await bench.select(bench.picture('Portrait', { scaleMode: 'CROP', opacity: 0.5 }));
    const read = await bench.panel.call('picture.read', { target: picture!.target, anyway: false });
    expect(read).toEqual({ ok: true, value: { bytes: SOURCE, imageHash: bench.store(SOURCE) } });
  });

  it('that Figma cannot load are an error and no exception', async () => {
    const bench = await openBench();
    const [picture] = await bench.select(bench.picture('Portrait'));
    bench.host.faults.failingImages = 'all';
    const missing = { ok: false, error: { code: 'picture-missing' } };
    expect(await bench.panel.call('picture.read', { target: picture!.target, anyway: false })).toEqual(missing);
    bench.host.faults.missingImages = new Set([bench.store(SOURCE)]);
    expect(await bench.panel.call('picture.read', { target: picture!.target, anyway: false })).toEqual(missing);
  });

  it('of a layer that has changed are not read', async () => {
    const bench = await openBench();
    const id = bench.picture('Portrait');
    const [picture] = await bench.select(id);
    bench.teammate(id, { fills: [] });
    const read = await bench.panel.call('picture.read', { target: picture!.target, anyway: false });
    expect(read).toEqual({ ok: false, error: { code: 'layer-changed' } });
  });

  it('are rendered as thumbnails of the width asked for, a very tall layer by its height', async () => {
    const bench = await openBench();
    const width = async (place: { width: number; height: number }): Promise<readonly number[]> => {
      const id = bench.picture('Layer', {}, 'RECTANGLE', place);
      const read = await bench.panel.call('thumbnail.read', { nodeId: nodeId(id), width: 64 });
      if (!read.ok) throw new Error(JSON.stringify(read.error));
      // PNG: width and height stand at bytes 16 and 20.
      const view = new DataView(read.value.buffer, read.value.byteOffset);
      return [view.getUint32(16), view.getUint32(20)];
    };
    expect(await width({ width: 100, height: 50 })).toEqual([64, 32]);
    expect(await width({ width: 100, height: 1600 })).toEqual([16, 256]);
  });

  it('of layers that cannot be rendered are an error and no exception', async () => {
    const bench = await openBench();
    const id = bench.picture('Layer');
    bench.host.faults.exportFails = true;
    const ask = (layer: string) => bench.panel.call('thumbnail.read', { nodeId: nodeId(layer), width: 64 });
    expect(await ask(id)).toEqual({ ok: false, error: { code: 'picture-missing' } });
    expect(await ask('9:99')).toEqual({ ok: false, error: { code: 'layer-gone' } });
  });
});

describe('what is remembered', () => {
  const record = { key: 'job:1', value: { v: 1, name: 'Portrait' } };

  it('comes back at the next start, with the id of the document once that was kept', async () => {
    const bench = await openBench();
    const [picture] = await bench.select(bench.picture('Portrait'));
    expect(await bench.panel.call('file.keep', {})).toEqual(OK);
    expect(await bench.panel.call('record.save', record)).toEqual(OK);
    const before = await opening(bench);
    await bench.host.restart();
    expect(await opening(bench)).toEqual(before);
    expect(before).toMatchObject({ records: [record], fileId: picture!.target.fileId });
    expect(await bench.panel.call('record.forget', { key: record.key })).toEqual(OK);
    expect((await opening(bench)).records).toEqual([]);
  });

  it('is read anew: another window may have written it', async () => {
    const bench = await openBench();
    const read = () => bench.panel.call('record.read', { prefix: 'job:' });
    expect(await read()).toEqual({ ok: true, value: [] });
    bench.host.storage.set(record.key, record.value);
    expect(await read()).toEqual({ ok: true, value: [record] });
    bench.host.storage.delete(record.key);
    expect(await read()).toEqual({ ok: true, value: [] });
  });

  it('is not written into the document by looking, saving records or splitting undo steps', async () => {
    const bench = await openBench(null);
    const id = bench.picture('Portrait');
    const before = bench.host.document.tree();
    await bench.host.run('recover');
    const [picture] = await bench.select(id);
    await opening(bench);
    await bench.panel.call('picture.read', { target: picture!.target, anyway: true });
    await bench.panel.call('pictures.collect', { scope: 'page' });
    await bench.panel.call('target.look', { target: picture!.target });
    await bench.panel.call('undo.split', {});
    await bench.panel.call('record.save', record);
    expect(bench.host.document.tree()).toBe(before);
  });

  it('keeps the id of the document when the user has undone everything', async () => {
    const bench = await openBench();
    const [picture] = await bench.select(bench.picture('Portrait'));
    await bench.panel.call('file.keep', {});
    bench.host.undo();
    await bench.panel.call('file.keep', {});
    await bench.host.restart();
    expect((await opening(bench)).fileId).toBe(picture!.target.fileId);
  });

  it('never has the key in the document, on any layer, in any form', async () => {
    const bench = await openBench();
    const key = 'sk-very-secret-key';
    const settings = { ...STANDARD_SETTINGS, service: 'topaz', key, relayToken: `${key}-relay` } as const;
    await bench.panel.call('record.save', { key: 'settings', value: settings });
    for (const form of ['overlay', 'replace', 'layer'] as const) {
      const [picture] = await bench.select(bench.picture(form));
      await bench.panel.call('file.keep', {});
      await bench.place(picture!.target, form);
    }
    const { nodes, styles } = bench.host.document.tree();
    const written = JSON.stringify([[...nodes.values()], [...styles.values()]]);
    expect(written).toContain('"results"');
    expect(written).not.toContain(key);
    expect(JSON.stringify([bench.host.surface.console(), bench.events])).not.toContain(key);
  });

  it('is refused with a word when the storage is full', async () => {
    const bench = await openBench();
    bench.host.storage.set('ballast', 'x'.repeat(3_999_990));
    const full = { ok: false, error: { code: 'storage-full' } };
    expect(await bench.panel.call('record.save', record)).toEqual(full);
    bench.host.storage.delete('ballast');
    bench.host.faults.storageFails = true;
    expect(await bench.panel.call('record.save', record)).toEqual(full);
  });
});

describe('the revert command', () => {
  it('puts the originals back on all selected layers without a panel, says so and ends', async () => {
    const bench = await openBench();
    const ids = ['A', 'B'].map((name) => bench.picture(name));
    const plain = bench.picture('C');
    for (const id of ids) await bench.place((await bench.select(id))[0]!.target, 'overlay');
    bench.host.document.select([...ids, plain]);
    await bench.host.run('revert');
    expect(ids.map(bench.stack)).toEqual([[bench.store(SOURCE)], [bench.store(SOURCE)]]);
    expect(toasts(bench)).toEqual([{ text: 'The original is back on 2 layers.', error: false }]);
    expect(bench.host.running()).toBe(false);
    expect(bench.host.surface.window()).toBeNull();
  });

  it('says what is missing when nothing is selected or nothing was restored', async () => {
    const bench = await openBench('revert');
    bench.host.document.select([bench.picture('Plain')]);
    await bench.host.run('revert');
    expect(toasts(bench)).toEqual([
      { text: 'Select a layer with a restored picture first.', error: false },
      { text: 'Nothing to revert: no result of Recover Faces here.', error: false },
    ]);
  });

  it('says what went wrong', async () => {
    const bench = await openBench();
    const id = bench.picture('A');
    await bench.place((await bench.select(id))[0]!.target, 'replace', png(90));
    // Somebody removes the hidden original, and Figma has it no more.
    bench.teammate(id, { fills: (bench.node(id).fills as readonly Paint[]).slice(1) });
    bench.host.faults.missingImages = new Set([bench.store(SOURCE)]);
    await bench.host.run('revert');
    expect(toasts(bench)).toEqual([{ text: 'Figma could not load the picture of this layer.', error: true }]);
    expect(bench.stack(id)).toEqual([bench.store(png(90))]);
  });
});
