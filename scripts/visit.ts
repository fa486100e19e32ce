/**
 * A person at the playground, in a real Chromium: clicks what a person clicks and reads what the canvas shows.
 * The tests of whole stories and the demo use the same one.
 */
import type { Browser, BrowserContext, Frame, Page, Request } from 'playwright-core';
// Declares `window.playground`.
import type {} from '../playground/page/driver';
import { type RgbaImage, rgbaImage } from '../src/pixels/image';

export interface Visit {
  readonly page: Page;
  /** Everything that Chromium or the plugin complained about, in one list. */
  readonly complaints: readonly string[];
  readonly requests: readonly Request[];
  /** Drags a photo from the desktop onto the canvas: it becomes a layer of its own size, selected. */
  drop(name: string, bytes: Uint8Array): Promise<void>;
  clickLayer(name: string): Promise<void>;
  command(name: string): Promise<void>;
  /** The panel's own frame, once it shows something. */
  panel(): Promise<Frame>;
  /** First run: chooses the local engine. */
  useLocalEngine(): Promise<void>;
  /** Presses the main button and waits for the review. */
  restore(): Promise<void>;
  apply(form: 'Overlay' | 'Replace fill' | 'New layer'): Promise<void>;
  /** The layer as the canvas paints it, `scale` result pixels a page pixel. */
  pixels(name: string, scale?: number): Promise<RgbaImage>;
  /** Another window of the same person on the same document: what one stores, the other finds. */
  another(): Promise<Visit>;
  /** A window of another person on the same document, with a storage of their own. */
  colleague(name: string): Promise<Visit>;
  /** As after a crash: the page comes back with its document, and the plugin is not running. */
  reload(): Promise<void>;
  /** Of the first window: of all its windows. */
  close(): Promise<void>;
}

/**
 * The client asks for the link a little before the result is ready, because that answers a round trip sooner;
 * Chromium prints each early answer (409) as an error of the page. It is none.
 */
const isEarlyLook = (text: string): boolean => /status of 409/.test(text);

/** Opens the page at `address` in a fresh profile. */
export async function visit(browser: Browser, address: string): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, reducedMotion: 'reduce' });
  return openWindow(context, address, () => context.close());
}

/** As `visit`, in a profile that is there. */
export async function openWindow(
  context: BrowserContext,
  address: string,
  close: (page: Page) => Promise<void>,
): Promise<Visit> {
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: Request[] = [];
  page.on('request', (request) => requests.push(request));
  page.on('pageerror', (error) => complaints.push(`page: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && !isEarlyLook(message.text())) complaints.push(`console: ${message.text()}`);
  });
  const arrive = async (): Promise<void> => {
    await page.waitForFunction(() => 'playground' in window);
  };
  await page.goto(address);
  await arrive();
  const panel = async (): Promise<Frame> => {
    await page.waitForFunction(() => window.playground.running());
    await expectFrames(page);
    const frame = page.frames().at(-1) as Frame;
    await frame.locator('h1, h2, button').first().waitFor();
    return frame;
  };
  return {
    page,
    complaints,
    requests,
    panel,
    async drop(name, bytes) {
      const dropped = await page.evaluateHandle(
        ([file, base64]) => {
          const transfer = new DataTransfer();
          transfer.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], file));
          return transfer;
        },
        [name, Buffer.from(bytes).toString('base64')] as const,
      );
      const canvas = page.locator('canvas').first();
      for (const type of ['dragenter', 'dragover', 'drop']) await canvas.dispatchEvent(type, { dataTransfer: dropped });
    },
    clickLayer: (name) => page.getByRole('navigation', { name: 'Layers' }).getByText(name, { exact: true }).click(),
    async command(name) {
      await page.getByRole('button', { name: 'Recover Faces', exact: true }).click();
      // The ellipsis says that a command asks further; several may begin with the same words.
      await page.getByRole('menuitem', { name: new RegExp(`^${name}…?$`) }).click();
    },
    async useLocalEngine() {
      const frame = await panel();
      await frame.getByText('Try the local engine').click();
      await frame.getByRole('button', { name: 'Connect' }).click();
      // What goes on before the service is kept would find none. The button itself is called otherwise while it tests.
      await frame.getByLabel('Address').waitFor({ state: 'detached' });
    },
    async restore() {
      const frame = await panel();
      await frame.getByRole('button', { name: /^Restore \d+ faces? · 1 credit$/ }).click();
      await frame.getByRole('button', { name: 'Apply' }).waitFor({ timeout: 90_000 });
    },
    async apply(form) {
      const frame = await panel();
      await frame.getByRole('radio', { name: form }).check();
      await frame.getByRole('button', { name: 'Apply' }).click();
      await frame.getByText(`Applied: ${form}`).waitFor();
    },
    async pixels(name, scale = 1) {
      const { width, height, base64 } = await page.evaluate(
        async ([layer, times]) => {
          const painted = await window.playground.pixels(layer, times);
          let text = '';
          for (let at = 0; at < painted.data.length; at += 32_768) {
            text += String.fromCharCode(...painted.data.subarray(at, at + 32_768));
          }
          return { width: painted.width, height: painted.height, base64: btoa(text) };
        },
        [name, scale] as const,
      );
      return rgbaImage(width, height, new Uint8ClampedArray(Buffer.from(base64, 'base64')));
    },
    another: () => openWindow(context, address, (other) => other.close()),
    colleague: (name) => openWindow(context, `${address}/?user=${encodeURIComponent(name)}`, (other) => other.close()),
    async reload() {
      await page.reload();
      await arrive();
    },
    close: () => close(page),
  };
}

/** page → data: relay → srcdoc. */
async function expectFrames(page: Page): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    if (page.frames().length === 3) return;
    await page.waitForTimeout(25);
  }
  throw new Error(`The plugin's window has ${page.frames().length} frames instead of 3`);
}
