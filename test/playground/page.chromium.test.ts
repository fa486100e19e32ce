/** The playground's page with a small plugin of its own, used as a person uses it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FrameLocator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type Playground, startPlayground } from '../../playground/server';
import { openProfile, type Profile } from '../profile';
import { MANIFEST } from './plugin';
import { jpegSample, pngOf } from './scene';

const CODE = `
  figma.showUI(__html__, { width: 240, height: 200, themeColors: true, title: 'Painter' });
  const tell = () => figma.ui.postMessage({ selected: figma.currentPage.selection.map((node) => node.name) });
  figma.on('selectionchange', tell);
  figma.ui.onmessage = async (message) => {
    if (message === 'ready') return tell();
    if (message.paint) {
      const [node] = figma.currentPage.selection;
      node.fills = [...node.fills, { type: 'SOLID', color: { r: 1, g: 0, b: 0 } }];
      node.setRelaunchData({ again: 'Paint it once more' });
      figma.commitUndo();
      figma.notify('Painted ' + node.name);
    }
    if (message.bytes) figma.ui.postMessage({ echo: message.bytes });
    if (message.save) { await figma.clientStorage.setAsync('note', message.save); figma.notify('Saved'); }
    if (message.load) figma.notify('Note: ' + await figma.clientStorage.getAsync('note'));
  };
`;

const HTML = `<!doctype html><html><head><style>body { background: var(--figma-color-bg); font: 11px Inter }</style></head><body>
  <p id="selected"></p><p id="facts"></p><button id="paint">Paint red</button><button id="echo">Echo</button>
  <button id="save">Save</button><button id="load">Load</button>
  <script>
    const post = (pluginMessage) => parent.postMessage({ pluginMessage }, '*');
    onmessage = ({ data }) => {
      const message = data.pluginMessage;
      if (!message) return;
      if (message.selected) selected.textContent = message.selected.join(', ') || 'nothing';
      if (message.echo) selected.textContent = 'echo of ' + message.echo.length;
    };
    paint.onclick = () => post({ paint: true });
    echo.onclick = () => post({ bytes: new Uint8Array(2000000) });
    save.onclick = () => post({ save: 'kept' });
    load.onclick = () => post({ load: true });
    const stored = () => { try { return typeof localStorage } catch (e) { return e.name } };
    facts.textContent = [origin, isSecureContext, typeof crypto.subtle, typeof crypto.randomUUID, stored()].join(' ');
    post('ready');
  </script></body></html>`;

let allowed: Server;
let playground: Playground;
let folder: string;
let profile: Profile;
let page: Page;
let pageErrors: string[];

const origin = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const panel = (): FrameLocator => page.frameLocator('iframe.window-frame').frameLocator('iframe');

beforeAll(async () => {
  allowed = createServer((_request, response) => response.setHeader('Access-Control-Allow-Origin', '*').end('hello'));
  await new Promise<void>((resolve) => allowed.listen(0, '127.0.0.1', resolve));
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playground-'));
  await writeFile(join(folder, 'code.js'), CODE);
  await writeFile(join(folder, 'ui.html'), HTML);
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(MANIFEST));
  playground = await startPlayground({
    port: 0,
    engineAddress: 'http://127.0.0.1:1',
    allowOrigins: [origin(allowed)],
    dist: folder,
    manifest: join(folder, 'manifest.json'),
    samples: [
      { title: 'Portrait', bytes: jpegSample(), width: 512, height: 600 },
      { title: 'Plain', bytes: pngOf(80, 40), width: 80, height: 40 },
    ],
  });
  profile = await openProfile(playground.address);
  page = await profile.context.newPage();
  await page.setViewportSize({ width: 1200, height: 760 });
  pageErrors = [];
  page.on('pageerror', (error) => pageErrors.push(error.message));
  await open();
});

afterEach(async () => {
  await profile.close();
  await playground.close();
  await rm(folder, { recursive: true });
});

afterAll(async () => {
  await new Promise((resolve) => allowed.close(resolve));
});

async function open(): Promise<void> {
  await page.goto(playground.address);
  await page.waitForFunction(() => 'playground' in window);
  await page.waitForFunction(
    () => window.playground.session.camera().zoom !== 1 || window.playground.session.camera().x !== 0,
  );
}

async function start(): Promise<void> {
  await page.getByRole('button', { name: 'Test plugin' }).click();
  await page.getByRole('menuitem', { name: 'Run' }).click();
  await panel().locator('#paint').waitFor();
}

/** Clicks the middle of a layer on the canvas. */
async function clickLayer(name: string, modifiers: ('Shift' | 'Control')[] = []): Promise<void> {
  const at = await page.evaluate((wanted) => {
    const { session } = window.playground;
    const found = [...session.document.tree().nodes.values()].find((node) => node.name === wanted);
    if (found === undefined) throw new Error(`No layer ${wanted}`);
    const camera = session.camera();
    return {
      x: (found.transform[0][2] + found.width / 2 - camera.x) * camera.zoom,
      y: (found.transform[1][2] + found.height / 2 - camera.y) * camera.zoom,
    };
  }, name);
  await page.locator('.canvas').click({ position: at, modifiers });
}

const selected = (): Promise<readonly string[]> =>
  page.evaluate(() => {
    const { document } = window.playground.session;
    return document.selection().map((id) => document.tree().nodes.get(id)?.name ?? '');
  });

const pixel = (name: string, x: number, y: number): Promise<readonly number[]> =>
  page.evaluate(
    async ([layer, column, row]) => {
      const image = await window.playground.pixels(layer);
      return [...image.data.slice((row * image.width + column) * 4, (row * image.width + column) * 4 + 4)];
    },
    [name, x, y] as const,
  );

describe('a person', () => {
  test('clicks a layer, runs the plugin, presses its button: the canvas changes, and undo takes it back', async () => {
    await clickLayer('Plain');
    await start();
    await expect.poll(() => panel().locator('#selected').textContent()).toBe('Plain');
    const before = await page.evaluate(() => JSON.stringify(window.playground.fills('Plain')));
    await panel().locator('#paint').click();
    await page.getByText('Painted Plain').waitFor();
    expect(await pixel('Plain', 40, 20)).toEqual([255, 0, 0, 255]);
    await page.getByRole('button', { name: 'Undo' }).click();
    expect(await page.evaluate(() => JSON.stringify(window.playground.fills('Plain')))).toBe(before);
    expect(await pixel('Plain', 40, 20)).toEqual([200, 100, 50, 255]);
    expect(await page.evaluate(() => window.playground.consoleErrors)).toEqual([]);
    expect(pageErrors).toEqual([]);
  });

  test('finds the relaunch button on the layer that the plugin marked', async () => {
    await page.getByRole('button', { name: 'Plain', exact: true }).click();
    await start();
    await panel().locator('#paint').click();
    await page.getByRole('button', { name: 'Again' }).click();
    await expect.poll(() => page.evaluate(() => window.playground.session.host().lastCommand())).toBe('again');
  });

  test('selects on the canvas and in the list, with Shift several, and nothing beside', async () => {
    await clickLayer('Portrait');
    expect(await selected()).toEqual(['Portrait']);
    await clickLayer('Plain', ['Shift']);
    expect(await selected()).toEqual(['Portrait', 'Plain']);
    await page.getByRole('button', { name: 'Heading' }).click({ modifiers: ['Shift'] });
    expect(await selected()).toEqual(['Portrait', 'Plain', 'Heading']);
    await page.locator('.canvas').click({ position: { x: 4, y: 4 } });
    expect(await selected()).toEqual([]);
  });

  test('cannot click a locked layer on the canvas, but takes it in the list', async () => {
    await clickLayer('Locked scan');
    expect(await selected()).toEqual([]);
    await page.getByRole('button', { name: 'Locked scan' }).click();
    expect(await selected()).toEqual(['Locked scan']);
  });

  test('drops a photo on the canvas', async () => {
    const data = await page.evaluateHandle(
      (bytes) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([new Uint8Array(bytes)], 'holiday.png', { type: 'image/png' }));
        return transfer;
      },
      [...pngOf(30, 20)],
    );
    await page.locator('.canvas').dispatchEvent('drop', { dataTransfer: data, clientX: 500, clientY: 300 });
    await expect.poll(selected).toEqual(['holiday']);
    expect(await pixel('holiday', 3, 3)).toEqual([200, 100, 50, 255]);
  });

  test('deletes, undoes and zooms by keyboard', async () => {
    await clickLayer('Plain');
    await page.keyboard.press('Delete');
    expect(await page.evaluate(() => window.playground.nodes().some((node) => node.name === 'Plain'))).toBe(false);
    await page.keyboard.press('Control+z');
    expect(await page.evaluate(() => window.playground.nodes().some((node) => node.name === 'Plain'))).toBe(true);
    await page.keyboard.press('Control+Shift+z');
    expect(await page.evaluate(() => window.playground.nodes().some((node) => node.name === 'Plain'))).toBe(false);
    await page.keyboard.press('Control+0');
    expect(await page.evaluate(() => window.playground.session.camera().zoom)).toBe(1);
  });

  test('drags a layer as one step to undo, and the page with Space', async () => {
    const left = (): Promise<number> =>
      page.evaluate(() => {
        const node = [...window.playground.session.document.tree().nodes.values()].find(
          (each) => each.name === 'Plain',
        );
        return node?.transform[0][2] ?? Number.NaN;
      });
    await page.evaluate(() => window.playground.session.setCamera({ x: -100, y: 300, zoom: 1 }));
    const canvas = await page.locator('.canvas').boundingBox();
    const from = { x: (canvas?.x ?? 0) + 200, y: (canvas?.y ?? 0) + 150 };
    const drag = async (dx: number): Promise<void> => {
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(from.x + dx / 2, from.y);
      await page.mouse.move(from.x + dx, from.y);
      await page.mouse.up();
    };
    await drag(40);
    expect(await left()).toBe(40);
    await page.keyboard.press('Control+z');
    expect(await left()).toBe(0);
    await page.keyboard.down('Space');
    await drag(40);
    await page.keyboard.up('Space');
    expect(await left()).toBe(0);
    expect(await page.evaluate(() => window.playground.session.camera().x)).toBe(-140);
  });

  test('closes the window, and the plugin ends', async () => {
    await start();
    await page.getByRole('button', { name: 'Close plugin' }).click();
    expect(await page.evaluate(() => window.playground.running())).toBe(false);
    expect(await page.locator('iframe.window-frame').count()).toBe(0);
  });
});

describe('the canvas', () => {
  test('shows at 100 % the pixels that the painter makes', async () => {
    // Between two pixels on purpose: layers are drawn on the grid of the screen.
    await page.evaluate(() => window.playground.session.setCamera({ x: -20.3, y: 320.7, zoom: 1 }));
    const worst = (): Promise<number> =>
      page.evaluate(async () => {
        const { session } = window.playground;
        const node = [...session.document.tree().nodes.values()].find((each) => each.name === 'Plain');
        const canvas = document.querySelector<HTMLCanvasElement>('.canvas');
        const context = canvas?.getContext('2d');
        if (node === undefined || context === null || context === undefined) return 255;
        const image = await window.playground.pixels('Plain');
        const camera = session.camera();
        const left = Math.round(node.transform[0][2]) - Math.round(camera.x);
        const top = Math.round(node.transform[1][2]) - Math.round(camera.y);
        const shown = context.getImageData(left, top, image.width, image.height);
        let most = 0;
        for (let y = 10; y < image.height - 10; y++) {
          for (let i = (y * image.width + 10) * 4; i < (y * image.width + image.width - 10) * 4; i++) {
            most = Math.max(most, Math.abs((shown.data[i] ?? 0) - (image.data[i] ?? 0)));
          }
        }
        return most;
      });
    await expect.poll(worst, { timeout: 10_000 }).toBeLessThanOrEqual(1);
  });
});

describe('the plugin’s window', () => {
  test('is a null origin and no secure context, without storage', async () => {
    await start();
    expect(await panel().locator('#facts').textContent()).toBe('null false undefined undefined SecurityError');
  });

  test('reaches the origins it was given and no others; what is refused is reported', async () => {
    await start();
    const get = (address: string): Promise<string> =>
      panel()
        .locator('body')
        .evaluate(
          (_body, target) =>
            fetch(target).then(
              (response) => response.text(),
              (error: Error) => error.message,
            ),
          address,
        );
    expect(await get(origin(allowed))).toBe('hello');
    expect(await get('http://127.0.0.1:9/')).toBe('Failed to fetch');
    await expect
      .poll(() => page.evaluate(() => window.playground.consoleErrors))
      .toEqual(['CSP refused http://127.0.0.1:9/ (connect-src)']);
  });

  test('has Figma’s colours in the theme of the moment, also after a switch', async () => {
    await start();
    const look = (): Promise<string> =>
      panel()
        .locator('html')
        .evaluate((html) => `${html.className} ${getComputedStyle(document.body).backgroundColor}`);
    expect(await look()).toBe('figma-light rgb(255, 255, 255)');
    await page.getByRole('button', { name: 'Dark theme' }).click();
    await expect.poll(look).toBe('figma-dark rgb(44, 44, 44)');
  });

  test('exchanges megabytes with the main thread', async () => {
    await start();
    await panel().locator('#echo').click();
    await expect.poll(() => panel().locator('#selected').textContent()).toBe('echo of 2000000');
  });
});

describe('what is kept', () => {
  test('a reload finds the layers as they were and the plugin’s storage', async () => {
    await clickLayer('Plain');
    await start();
    await panel().locator('#paint').click();
    await panel().locator('#save').click();
    await page.getByText('Saved').waitFor();
    await open();
    expect(await page.evaluate(() => window.playground.fills('Plain')?.length)).toBe(2);
    await start();
    await panel().locator('#load').click();
    await page.getByText('Note: kept').waitFor();
  });

  test('the engine’s address is put into empty settings, and the first run still asks which service', async () => {
    const settings = await page.evaluate(() => window.playground.session.host().storage.get('settings'));
    expect(settings).toMatchObject({ service: null, localAddress: 'http://127.0.0.1:1' });
  });

  test('fresh samples are one click away', async () => {
    await clickLayer('Plain');
    await page.keyboard.press('Delete');
    await page.getByRole('button', { name: 'Start with fresh samples' }).click();
    await expect
      .poll(() =>
        page.evaluate(() => window.playground?.nodes().some((node) => node.name === 'Plain')).catch(() => false),
      )
      .toBe(true);
  });
});

describe('a second window of the same person', () => {
  let second: Page;
  const names = (tab: Page) => tab.evaluate(() => window.playground.nodes().map((node) => node.name));
  const fills = (tab: Page) => tab.evaluate(() => window.playground.fills('Plain')?.length);

  beforeEach(async () => {
    second = await profile.context.newPage();
    await second.setViewportSize({ width: 1200, height: 760 });
    await second.goto(playground.address);
    await second.waitForFunction(() => 'playground' in window);
    // A window that lies behind another one is drawn seldom or never.
    await page.bringToFront();
  });

  test('shows the same document, and what is done in one is there in the other', async () => {
    expect(await names(second)).toEqual(await names(page));
    await clickLayer('Plain');
    await start();
    await panel().locator('#paint').click();
    await expect.poll(() => fills(second)).toBe(2);
    // It was somebody else who did it: there is nothing to undo here.
    expect(await second.evaluate(() => window.playground.undo())).toBe(false);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => fills(second)).toBe(1);
  });

  test('gets the pictures that are dropped in the first, under the same names', async () => {
    const hash = await page.evaluate(
      (bytes) => window.playground.session.document.images.add(new Uint8Array(bytes)),
      [...pngOf(31, 21)],
    );
    await expect.poll(() => second.evaluate((name) => window.playground.image(name)?.length, hash)).toBeGreaterThan(0);
  });

  test('gives new layers other ids than the first', async () => {
    const duplicate = (tab: Page) =>
      tab.evaluate(() => {
        window.playground.select('Plain');
        window.playground.session.duplicateSelected();
      });
    const before = (await names(page)).length;
    await duplicate(page);
    await expect.poll(async () => (await names(second)).length).toBe(before + 1);
    await duplicate(second);
    await expect.poll(async () => (await names(page)).length).toBe(before + 2);
    expect(await names(second)).toHaveLength(before + 2);
  });

  test('has the same storage for the plugin, which runs in both at once', async () => {
    await start();
    await panel().locator('#save').click();
    await page.getByText('Saved').waitFor();
    await second.bringToFront();
    await second.getByRole('button', { name: 'Test plugin' }).click();
    await second.getByRole('menuitem', { name: 'Run' }).click();
    await second.frameLocator('iframe.window-frame').frameLocator('iframe').locator('#load').click();
    await second.getByText('Note: kept').waitFor();
    expect(await page.evaluate(() => window.playground.running())).toBe(true);
  });

  test('begins anew with the first', async () => {
    await clickLayer('Plain');
    await page.keyboard.press('Delete');
    await expect.poll(async () => (await names(second)).includes('Plain')).toBe(false);
    await page.getByRole('button', { name: 'Start with fresh samples' }).click();
    for (const tab of [page, second]) {
      await expect.poll(() => names(tab).catch(() => []), { timeout: 10_000 }).toContain('Plain');
    }
  });
});

test('a new build of the plugin starts by itself, on the same document', async () => {
  await clickLayer('Plain');
  await start();
  await panel().locator('#paint').click();
  await page.getByText('Painted Plain').waitFor();
  await writeFile(join(folder, 'ui.html'), HTML.replace('Paint red', 'Paint it red'));
  await panel().getByText('Paint it red').waitFor({ timeout: 5000 });
  expect(await page.evaluate(() => window.playground.fills('Plain')?.length)).toBe(2);
});

test('without WebAssembly in the window’s policy, the window says that it is refused', async () => {
  await page.goto(`${playground.address}/?wasm=off`);
  await page.waitForFunction(() => 'playground' in window);
  await start();
  const compile = panel()
    .locator('body')
    .evaluate(() =>
      WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(
        () => 'compiled',
        (error: Error) => error.name,
      ),
    );
  expect(await compile).toBe('CompileError');
});
