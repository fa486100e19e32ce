/** Runs, windows, time, undo and other people: what the stand-in does around a plugin. */
import { describe, expect, test } from 'vitest';
import { addLayer, imageFill, solidFill } from '../../playground/document/build';
import { createDocument } from '../../playground/document/document';
import { remove, write } from '../../playground/document/edits';
import { get } from '../../playground/document/tree';
import type { Host } from '../../playground/host/host';
import type { Clock } from '../../playground/host/liveRun';
import { MANIFEST, pluginHost, wrapped } from './plugin';
import { pngOf, scene } from './scene';

const printed = (host: Host): readonly string[] => host.surface.console().map((line) => line.text);

/** Time that passes only when told to. */
function handClock(): Clock & { pass(milliseconds: number): void } {
  let now = 0;
  let timers: { readonly at: number; readonly act: () => void }[] = [];
  return {
    setTimeout(act, milliseconds) {
      const timer = { at: now + milliseconds, act };
      timers.push(timer);
      return timer;
    },
    clearTimeout(handle) {
      timers = timers.filter((timer) => timer !== handle);
    },
    pass(milliseconds) {
      now += milliseconds;
      const due = timers.filter((timer) => timer.at <= now);
      timers = timers.filter((timer) => timer.at > now);
      for (const timer of due) timer.act();
    },
  };
}

describe('a run', () => {
  test('hears its command, and parameters only when it was given some', async () => {
    const host = await pluginHost(`figma.on('run', ({ command, parameters }) => console.log(command, parameters))`);
    await host.run('go');
    await host.run('go', { preset: 'Old scan' });
    expect(printed(host)).toEqual(['go undefined', 'go {"preset":"Old scan"}']);
  });

  test('that throws at once is reported with its message', async () => {
    const host = await pluginHost(`throw new Error('broken at the start')`);
    await host.run('go');
    expect(host.surface.console()[0]).toMatchObject({ level: 'error' });
    expect(printed(host)[0]).toContain('broken at the start');
  });

  test('reports what an event handler rejects with', async () => {
    const host = await pluginHost(`figma.on('run', async () => { throw new Error('lost') })`);
    await host.run('go');
    expect(printed(host)).toEqual(['Uncaught Error: lost']);
  });

  test('ends when it closes, and its message stays as a toast', async () => {
    const host = await pluginHost(`figma.on('run', () => figma.closePlugin('Done.'))`);
    await host.run('go');
    expect(host.running()).toBe(false);
    expect(host.surface.notices().map((notice) => notice.text)).toEqual(['Done.']);
  });

  test('hears that the user closed its window', async () => {
    const host = await pluginHost(`figma.showUI(''); figma.on('close', () => console.log('goodbye'))`);
    await host.run('go');
    host.close();
    expect(printed(host)).toEqual(['goodbye']);
    expect(host.surface.window()).toBeNull();
  });

  test('ends the run before it', async () => {
    const host = await pluginHost(`figma.on('close', () => console.log('closed ' + figma.command))`);
    await host.run('first');
    await host.run('second');
    expect(printed(host)).toEqual(['closed first']);
  });

  test('starts in a fresh VM: globals of the last run are gone', async () => {
    const host = await pluginHost(`console.log(typeof left); globalThis.left = 1;`);
    await host.run('go');
    await host.restart();
    expect(printed(host)).toEqual(['undefined', 'undefined']);
  });

  test('that recurses without end throws inside and leaves the host alive', async () => {
    const host = await pluginHost(
      `const deep = () => deep() + 1; try { deep() } catch (thrown) { console.log(thrown.name) }`,
    );
    await host.run('go');
    expect(printed(host)[0]).toMatch(/InternalError|RangeError/);
  });
});

describe('time', () => {
  test('timers fire in their order, once, with their arguments', async () => {
    const clock = handClock();
    const host = await pluginHost(
      `setTimeout((text) => console.log(text), 20, 'later'); setTimeout(() => console.log('soon'), 10);`,
      { clock },
    );
    await host.run('go');
    clock.pass(10);
    await host.settled();
    expect(printed(host)).toEqual(['soon']);
    clock.pass(10);
    await host.settled();
    clock.pass(1000);
    await host.settled();
    expect(printed(host)).toEqual(['soon', 'later']);
  });

  test('a cleared timer stays silent, an interval repeats until it is cleared', async () => {
    const clock = handClock();
    const host = await pluginHost(
      `clearTimeout(setTimeout(() => console.log('never'), 1));
       let count = 0; const id = setInterval(() => { console.log(++count); if (count === 2) clearInterval(id) }, 5);`,
      { clock },
    );
    await host.run('go');
    for (let i = 0; i < 4; i++) {
      clock.pass(5);
      await host.settled();
    }
    expect(printed(host)).toEqual(['1', '2']);
  });

  test('timers of an ended run never fire', async () => {
    const clock = handClock();
    const host = await pluginHost(
      `setTimeout(() => console.log('ghost'), 5); setTimeout(() => figma.closePlugin(), 1);`,
      {
        clock,
      },
    );
    await host.run('go');
    clock.pass(1);
    await host.settled();
    clock.pass(10);
    await host.settled();
    expect(printed(host)).toEqual([]);
  });

  test('a toast goes by itself, and tells the plugin why', async () => {
    const clock = handClock();
    const host = await pluginHost(
      `figma.notify('Saved', { timeout: 500, onDequeue: (reason) => console.log(reason) })`,
      { clock },
    );
    await host.run('go');
    expect(host.surface.notices()[0]).toMatchObject({ text: 'Saved', open: true });
    clock.pass(500);
    await host.settled();
    expect(host.surface.notices()[0]).toMatchObject({ open: false });
    expect(printed(host)).toEqual(['timeout']);
  });
});

describe('toasts', () => {
  test('are cut at 100 characters', async () => {
    const host = await pluginHost(`figma.notify('x'.repeat(130))`);
    await host.run('go');
    expect(host.surface.notices()[0]?.text).toBe('x'.repeat(100));
  });

  test('have a button that calls back', async () => {
    const host = await pluginHost(
      `figma.notify('Restoring', { button: { text: 'Cancel', action: () => console.log('cancelled') } })`,
    );
    await host.run('go');
    const [notice] = host.surface.notices();
    host.pressNotice(notice?.id ?? 0);
    await host.settled();
    expect(printed(host)).toEqual(['cancelled']);
  });

  test('of two runs have their own numbers', async () => {
    const host = await pluginHost(`figma.notify(figma.command)`);
    await host.run('first');
    await host.run('second');
    expect(new Set(host.surface.notices().map((notice) => notice.id)).size).toBe(2);
  });
});

describe('the window', () => {
  test('gets messages with their bytes, and answers', async () => {
    const host = await pluginHost(
      `figma.showUI(__html__, { width: 320, height: 480, themeColors: true });
       figma.ui.onmessage = (message) => figma.ui.postMessage({ got: message.bytes.length, bytes: message.bytes });`,
      { html: '<p>Hello</p>' },
    );
    const heard: unknown[] = [];
    host.onPluginMessage((message) => heard.push(message));
    await host.run('go');
    expect(host.surface.window()).toMatchObject({ html: '<p>Hello</p>', width: 320, height: 480, themeColors: true });
    host.postToPlugin({ bytes: new Uint8Array([1, 2, 3]) });
    await host.settled();
    expect(heard).toEqual([{ got: 3, bytes: new Uint8Array([1, 2, 3]) }]);
  });

  test('can be resized and hidden by the plugin', async () => {
    const host = await pluginHost(`figma.showUI(''); figma.ui.resize(400, 500); figma.ui.hide();`);
    await host.run('go');
    expect(host.surface.window()).toMatchObject({ width: 400, height: 500, visible: false });
  });

  test('cannot send what is not plain', async () => {
    const host = await pluginHost(`figma.showUI('')`);
    await host.run('go');
    expect(() => host.postToPlugin(new ArrayBuffer(4))).toThrow('Cannot unwrap ArrayBuffer');
  });

  test('only the view of a larger buffer crosses', async () => {
    const host = await pluginHost(
      `figma.showUI(''); figma.ui.postMessage(new Uint8Array([1, 2, 3, 4]).subarray(1, 3));`,
    );
    const heard: unknown[] = [];
    host.onPluginMessage((message) => heard.push(message));
    await host.run('go');
    expect(heard).toEqual([new Uint8Array([2, 3])]);
  });
});

describe('events', () => {
  test('the plugin hears that the selection changed, once for each change', async () => {
    const { document, ids } = scene();
    const host = await pluginHost(
      `figma.on('selectionchange', () => console.log(figma.currentPage.selection.map((node) => node.name).join()))`,
      { document },
    );
    await host.run('go');
    document.select([ids['text'] ?? '']);
    await host.settled();
    document.select([]);
    await host.settled();
    expect(printed(host)).toEqual(['Words', '']);
  });

  test('a deleted layer leaves the selection, and the plugin hears it', async () => {
    const { document, ids } = scene();
    const host = await pluginHost(
      `figma.on('selectionchange', () => console.log(figma.currentPage.selection.length))`,
      { document },
    );
    await host.run('go');
    document.change('user', (tree) => {
      const edit = remove(tree, ids['photo'] ?? '');
      return 'refused' in edit ? tree : edit.tree;
    });
    await host.settled();
    expect(printed(host)).toEqual(['0']);
  });

  test('documentchange says who changed what', async () => {
    const { document, ids } = scene();
    const host = await pluginHost(
      `figma.loadAllPagesAsync().then(() => figma.on('documentchange', ({ documentChanges }) => {
         for (const { type, origin, properties, node } of documentChanges) console.log(type, origin, node.name, properties);
       }))`,
      { document },
    );
    await host.run('go');
    document.change('teammate', (tree) => write(tree, ids['photo'] ?? '', { fills: [] }));
    await host.settled();
    expect(printed(host)).toEqual(['PROPERTY_CHANGE REMOTE Photo ["fills"]']);
  });
});

describe('undo', () => {
  const TWO_WRITES = `const [photo] = figma.currentPage.selection; photo.name = 'one'; COMMIT photo.opacity = 0.5; photo.name = 'two';`;

  test('a run is one step', async () => {
    const { document, ids } = scene();
    const host = await pluginHost(TWO_WRITES.replace('COMMIT', ''), { document });
    await host.run('go');
    host.undo();
    expect(get(document.tree(), ids['photo'] ?? '')).toMatchObject({ name: 'Photo', opacity: 1 });
  });

  test('commitUndo splits it', async () => {
    const { document, ids } = scene();
    const host = await pluginHost(TWO_WRITES.replace('COMMIT', 'figma.commitUndo();'), { document });
    await host.run('go');
    host.undo();
    expect(get(document.tree(), ids['photo'] ?? '')).toMatchObject({ name: 'one', opacity: 1 });
    host.undo();
    expect(get(document.tree(), ids['photo'] ?? '').name).toBe('Photo');
    host.redo();
    host.redo();
    expect(get(document.tree(), ids['photo'] ?? '')).toMatchObject({ name: 'two', opacity: 0.5 });
  });

  test('takes plugin data back too', async () => {
    const { document, ids } = scene();
    const host = await pluginHost(`figma.currentPage.selection[0].setPluginData('a', 'b')`, { document });
    await host.run('go');
    expect(get(document.tree(), ids['photo'] ?? '').pluginData).toEqual({ a: 'b' });
    host.undo();
    expect(get(document.tree(), ids['photo'] ?? '').pluginData).toEqual({});
  });

  test('leaves alone what a teammate did meanwhile', async () => {
    const { document, ids } = scene();
    const photo = ids['photo'] ?? '';
    const host = await pluginHost(`figma.currentPage.selection[0].name = 'mine'`, { document });
    await host.run('go');
    document.change('teammate', (tree) => write(tree, photo, { opacity: 0.25 }));
    host.undo();
    expect(get(document.tree(), photo)).toMatchObject({ name: 'Photo', opacity: 0.25 });
  });

  test('a new edit forgets what could be redone', async () => {
    const { document, ids } = scene();
    const host = await pluginHost(`figma.currentPage.selection[0].name = 'one'`, { document });
    await host.run('go');
    host.undo();
    document.change('user', (tree) => write(tree, ids['photo'] ?? '', { opacity: 0.5 }));
    expect(document.canRedo()).toBe(false);
  });
});

describe('on demand', () => {
  test('a second person edits between two awaits', async () => {
    const { document, ids } = scene();
    // The picture comes after a while, and in that while the other one is quicker.
    const clock: Clock = {
      setTimeout: (act) =>
        setTimeout(() => {
          document.change('teammate', (tree) => write(tree, ids['photo'] ?? '', { fills: [solidFill(1, 0, 0)] }));
          act();
        }, 0),
      clearTimeout: () => undefined,
    };
    const host = await pluginHost(
      wrapped(`const [photo] = figma.currentPage.selection; const before = photo.fills[0].type;
        await figma.getImageByHash(photo.fills[0].imageHash).getBytesAsync(); return before + ' ' + photo.fills[0].type`),
      { document, clock },
    );
    host.faults.imageDelay = 1;
    await host.run('go');
    expect(printed(host)).toEqual(['IMAGE SOLID']);
  });

  test('images fail', async () => {
    const { document, hash } = scene();
    const host = await pluginHost(wrapped(`await figma.getImageByHash('${hash}').getBytesAsync()`), { document });
    host.faults.failingImages = 'all';
    await host.run('go');
    expect(printed(host)[0]).toContain('threw Error: in getBytesAsync: Could not load the image');
  });

  test('storage is smaller, or refuses', async () => {
    const host = await pluginHost(wrapped(`await figma.clientStorage.setAsync('job', 'x'.repeat(50)); return 'kept'`));
    host.faults.storageQuota = 40;
    await host.run('go');
    host.faults.storageQuota = 400;
    await host.run('go');
    host.faults.storageFails = true;
    await host.run('go');
    expect(printed(host)[0]).toContain('threw Error: in setAsync');
    expect(printed(host)[1]).toBe('kept');
    expect(printed(host)[2]).toContain('threw Error: in setAsync');
  });

  test('storage outlives runs and hosts', async () => {
    const host = await pluginHost(wrapped(`return await figma.clientStorage.getAsync('settings')`), {
      storage: { settings: { v: 1 } },
    });
    await host.run('go');
    expect(printed(host)).toEqual(['{"v":1}']);
  });
});

describe('quick actions', () => {
  const SUGGESTING = `
    figma.parameters.on('input', async ({ key, query, result }) => {
      const presets = (await figma.clientStorage.getAsync('presets')) || [];
      result.setSuggestions(presets.filter((name) => name.startsWith(query)).map((name) => ({ name, data: key })));
    });
    figma.on('run', ({ parameters }) => console.log(parameters.preset));`;

  test('ask for suggestions while the user types, then run with what was chosen', async () => {
    const host = await pluginHost(SUGGESTING, { storage: { presets: ['Old scan', 'Realistic'] } });
    const offered = await host.suggest('go', 'preset', 'Old');
    expect(offered).toEqual({ kind: 'list', items: [{ name: 'Old scan', data: 'preset' }] });
    await host.run('go', { preset: 'Old scan' });
    expect(printed(host)).toEqual(['Old scan']);
  });

  test('forbid writing and showing while they ask', async () => {
    const host = await pluginHost(
      `figma.parameters.on('input', ({ result }) => {
         for (const act of [() => figma.createRectangle(), () => figma.showUI('')]) try { act() } catch (e) { console.log(e.message) }
         result.setError('none');
       });`,
    );
    expect(await host.suggest('go', 'preset', '')).toEqual({ kind: 'error', text: 'none' });
    expect(printed(host)).toEqual([
      'in createRectangle: The document cannot be changed while parameters are being entered',
      'in showUI: Cannot show UI while parameters are being entered',
    ]);
  });
});

describe('a manifest', () => {
  test.for(['name', 'id', 'api', 'main', 'editorType', 'documentAccess'])('without %s does not start', async (key) => {
    const { [key as keyof typeof MANIFEST]: _left, ...manifest } = MANIFEST;
    await expect(pluginHost('', { manifest })).rejects.toThrow(key);
  });
});

test('an exported layer has its own pixels, at the size asked for', async () => {
  const document = createDocument('Exports');
  const hash = document.images.add(pngOf(2, 2, [10, 20, 30, 255]));
  addLayer(document, 'RECTANGLE', 'Photo', { width: 4, height: 4 }, { fills: [imageFill({ imageHash: hash })] });
  const host = await pluginHost(
    `figma.showUI(''); figma.currentPage.children[0].exportAsync({ format: 'PNG', constraint: { type: 'SCALE', value: 2 } })
       .then((png) => figma.ui.postMessage(png));`,
    { document },
  );
  const heard: Uint8Array[] = [];
  host.onPluginMessage((message) => heard.push(message as Uint8Array));
  await host.run('go');
  const { decode } = await import('fast-png');
  const png = decode(heard[0] ?? new Uint8Array());
  expect([png.width, png.height]).toEqual([8, 8]);
  expect([...png.data.slice(0, 4)]).toEqual([10, 20, 30, 255]);
});
