/** What the cover shows, really done: a sample restored by the local engine in the built plugin. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'fast-png';
import type { Browser } from 'playwright-core';
import type { RgbaImage } from '../../src/pixels/image';
import { startBoth } from '../service';
import { openWindow } from '../visit';

export interface Story {
  /** PNGs: the layer as the canvas paints it, one canvas pixel for each of the picture. */
  readonly before: Uint8Array;
  readonly after: Uint8Array;
  /** PNG of the panel at the review, two pixels for each of its own. */
  readonly panel: Uint8Array;
}

/** Canvas pixels for each page pixel, so that the layer has its picture's own size. */
const png = ({ width, height, data }: RgbaImage): Uint8Array =>
  encode({ width, height, data: new Uint8Array(data), channels: 4 });

export async function tellStory(browser: Browser, layer: string, picture: { readonly height: number }): Promise<Story> {
  const data = mkdtempSync(join(tmpdir(), 'recover-faces-listing-'));
  const both = await startBoth('any', data);
  try {
    const context = await browser.newContext({
      viewport: { width: 1400, height: 900 },
      deviceScaleFactor: 2,
      reducedMotion: 'reduce',
    });
    const person = await openWindow(context, both.playground.address, () => context.close());
    await person.clickLayer(layer);
    await person.command('Recover faces');
    await person.useLocalEngine();
    const scale = picture.height / (await person.pixels(layer)).height;
    const before = png(await person.pixels(layer, scale));
    await person.restore();
    const panel = await person.panel();
    await panel.getByRole('slider').first().waitFor();
    await person.page.waitForTimeout(500);
    const shot = await person.page.locator('section.window').screenshot();
    await person.apply('Overlay');
    const after = png(await person.pixels(layer, scale));
    return { before, after, panel: shot };
  } finally {
    await both.close();
    rmSync(data, { recursive: true, force: true });
  }
}
