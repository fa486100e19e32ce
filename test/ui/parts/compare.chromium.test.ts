/** The comparison in a real Chromium, on two pictures of 16 MP: fingers, and what a drag costs. */
import type { Browser, CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { comparisonPage } from '../../../bench/ui/frames';
import { launchChromium } from '../../../scripts/chromium';

const STAGE = { width: 480, height: 360 } as const;
const MIDDLE = { x: 240, y: 180 } as const;

let browser: Browser;
let page: Page;
let client: CDPSession;
let html: string;

beforeAll(async () => {
  [browser, html] = await Promise.all([launchChromium(), comparisonPage()]);
});
afterAll(() => browser.close());

beforeEach(async () => {
  const context = await browser.newContext({ viewport: STAGE, hasTouch: true });
  page = await context.newPage();
  client = await context.newCDPSession(page);
  await page.setContent(html);
  await page.evaluate(() => window.ready);
  return () => context.close();
});

interface Finger {
  readonly x: number;
  readonly y: number;
}

const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', fingers: readonly Finger[]) =>
  client.send('Input.dispatchTouchEvent', { type, touchPoints: fingers.map((each, id) => ({ ...each, id })) });

/** Each finger goes from its first place to its second, in ten steps. */
async function drag(...ways: readonly (readonly [Finger, Finger])[]): Promise<void> {
  const at = (part: number): Finger[] =>
    ways.map(([from, to]) => ({ x: from.x + (to.x - from.x) * part, y: from.y + (to.y - from.y) * part }));
  for (let finger = 1; finger <= ways.length; finger++) await touch('touchStart', at(0).slice(0, finger));
  for (let step = 1; step <= 10; step++) await touch('touchMove', at(step / 10));
  await touch('touchEnd', []);
}

const number = (name: string): Promise<number> =>
  page
    .getByRole('group', { name: 'Picture' })
    .evaluate((stage: HTMLElement, property) => Number(stage.style.getPropertyValue(property)), name);

const FIT = STAGE.height / 4096;

describe('fingers on the comparison', () => {
  it('one moves the divider', async () => {
    await drag([MIDDLE, { x: 360, y: 180 }]);
    expect(await number('--divider')).toBeCloseTo(0.75, 2);
    expect(await number('--zoom')).toBeCloseTo(FIT);
  });

  it('two zoom by as much as they part, leave the divider, and keep the point between them', async () => {
    await drag(
      [
        { x: 220, y: 180 },
        { x: 140, y: 180 },
      ],
      [
        { x: 260, y: 180 },
        { x: 340, y: 180 },
      ],
    );
    expect((await number('--zoom')) / FIT).toBeCloseTo(5, 1);
    expect(await number('--divider')).toBe(0.5);
    // The middle of the picture still lies in the middle of the stage.
    expect(await number('--left')).toBeCloseTo(MIDDLE.x - 2048 * (await number('--zoom')), 0);
  });

  it('two never zoom past 800 %, and then single pixels are squares', async () => {
    for (let turn = 0; turn < 4; turn++) {
      await drag(
        [
          { x: 230, y: 180 },
          { x: 40, y: 180 },
        ],
        [
          { x: 250, y: 180 },
          { x: 440, y: 180 },
        ],
      );
    }
    expect(await number('--zoom')).toBe(8);
    const rendering = await page
      .getByRole('img', { name: 'Before' })
      .evaluate((drawn) => getComputedStyle(drawn).imageRendering);
    expect(rendering).toBe('pixelated');
    // A line of the picture is 2 of its pixels: 16 on the screen, with hard edges.
    expect(await colours()).toBeLessThan(12);
  });

  it('one pans once zoomed in', async () => {
    await page.evaluate(() => window.lookAt('full'));
    await expect.poll(() => number('--zoom')).toBe(1);
    const before = await number('--left');
    await drag([
      { x: 100, y: 100 },
      { x: 160, y: 100 },
    ]);
    expect(await number('--left')).toBeCloseTo(before + 60, 0);
    expect(await number('--divider')).toBe(0.5);
  });
});

/** Colours in the left upper corner of the screen. */
async function colours(): Promise<number> {
  const png = await page.screenshot({ clip: { x: 0, y: 60, width: 60, height: 60 } });
  return page.evaluate(async (base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
    context?.drawImage(bitmap, 0, 0);
    const { data } = context?.getImageData(0, 0, bitmap.width, bitmap.height) ?? { data: [] };
    return new Set(new Uint32Array((data as Uint8ClampedArray).buffer)).size;
  }, png.toString('base64'));
}

describe('a drag', () => {
  it.each([
    ['of the divider', 'whole'],
    ['of the picture', 'full'],
  ] as const)('%s lays out nothing and makes no picture', async (_, to) => {
    await page.evaluate((look) => window.lookAt(look), to);
    await expect.poll(() => number('--zoom')).toBeCloseTo(to === 'full' ? 1 : FIT);
    // Both pictures stand there in the pixels that this zoom can show.
    const width = (name: string): Promise<number> =>
      page.getByRole('img', { name }).evaluate((drawn: HTMLCanvasElement) => drawn.width);
    for (const name of ['Before', 'After']) await expect.poll(() => width(name)).toBe(to === 'full' ? 4096 : 512);
    await client.send('Performance.enable');
    const layouts = async (): Promise<number> => {
      const { metrics } = await client.send('Performance.getMetrics');
      return metrics.find(({ name }) => name === 'LayoutCount')?.value ?? Number.NaN;
    };
    // Beside the divider's handle.
    await page.mouse.move(180, MIDDLE.y);
    await page.mouse.down();
    const [before, made] = [await layouts(), await page.evaluate(() => window.made)];
    await page.mouse.move(80, 100, { steps: 20 });
    expect(await number(to === 'full' ? '--left' : '--divider')).not.toBe(to === 'full' ? MIDDLE.x - 2048 : 0.5);
    expect(await layouts()).toBe(before);
    expect(await page.evaluate(() => window.made)).toBe(made);
    await page.mouse.up();
  });
});
