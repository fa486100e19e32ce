import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../../scripts/chromium';
import { bundleScreens } from '../../scripts/screens/bundle';
import type {} from '../../scripts/screens/page';

let browser: Browser;
let page: Page;
const errors: string[] = [];

beforeAll(async () => {
  browser = await launchChromium();
  page = await browser.newPage({ reducedMotion: 'reduce' });
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  await page.setContent(await bundleScreens());
});

afterAll(() => browser.close());

const show = (name: string, theme: 'light' | 'dark' = 'light', pause = 150): Promise<void> =>
  page.evaluate(([scene, colours, ms]) => window.show(scene, colours, ms), [name, theme, pause] as const);

/** What a designer would complain about in the scene that is shown. */
const complaints = (): Promise<readonly string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const name = (element: Element): string =>
      `${element.tagName.toLowerCase()} "${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 40)}"`;
    const root = document.scrollingElement as Element;
    if (root.scrollWidth > root.clientWidth) found.push(`the panel is ${root.scrollWidth} px wide`);

    for (const element of document.querySelectorAll('button, select, input, summary, [role=slider]')) {
      // What is not drawn is nobody's target: a file input behind its button.
      if (!element.checkVisibility()) continue;
      const target = element.matches('[type=checkbox], [type=radio]') ? (element.closest('label') ?? element) : element;
      const { width, height } = target.getBoundingClientRect();
      if (width < 23.5 || height < 23.5) found.push(`${name(element)} is a target of ${width} x ${height}`);
    }

    const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
    if (canvas === null) throw new Error('no canvas');
    const paint = (colours: readonly string[]): readonly number[] => {
      canvas.clearRect(0, 0, 1, 1);
      for (const colour of colours) {
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
      }
      return [...canvas.getImageData(0, 0, 1, 1).data];
    };
    const light = (colour: readonly number[]): number => {
      const [red = 0, green = 0, blue = 0] = colour.map((value) => {
        const part = value / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const element = node.parentElement;
      if (element === null || node.textContent?.trim() === '' || element.closest('script, style, option') !== null)
        continue;
      if (!element.checkVisibility({ checkVisibilityCSS: true })) continue;
      const box = document.createRange();
      box.selectNodeContents(node);
      const line = box.getBoundingClientRect();
      if (line.width <= 2) continue;
      const style = getComputedStyle(element);
      if (line.right > innerWidth + 1 && style.textOverflow !== 'ellipsis') found.push(`${name(element)} is cut`);
      const behind: string[] = [];
      for (let at: Element | null = element; at !== null; at = at.parentElement) {
        behind.unshift(getComputedStyle(at).backgroundColor);
      }
      const [back, front] = [light(paint(behind)), light(paint([...behind, style.color]))];
      const contrast = (Math.max(back, front) + 0.05) / (Math.min(back, front) + 0.05);
      if (contrast < 4.5) found.push(`${name(element)} has a contrast of ${contrast.toFixed(2)}`);
    }
    return [...new Set(found)];
  });

/** Words are there at once, but what lies on a picture is placed when its stage has been measured. */
async function lasting(): Promise<readonly string[]> {
  const said = await complaints();
  if (said.length === 0) return said;
  await page.waitForTimeout(500);
  return complaints();
}

describe.each([280, 320, 640])('at %i px', (width) => {
  test.each(['light', 'dark'] as const)('nothing is cut, too small or too faint in any %s scene', async (theme) => {
    await page.setViewportSize({ width, height: 560 });
    const found: Record<string, readonly string[]> = {};
    for (const scene of await page.evaluate(() => window.scenes)) {
      await show(scene, theme, 20);
      const said = await lasting();
      if (said.length > 0) found[scene] = said;
    }
    expect(found).toEqual({});
  });
});

describe('comparing', () => {
  const divider = () => page.getByRole('slider', { name: /Divider/ });

  beforeAll(async () => {
    await page.setViewportSize({ width: 320, height: 560 });
  });

  test('the divider follows the mouse, wherever the drag began', async () => {
    await show('review');
    const stage = await divider().locator('..').boundingBox();
    if (stage === null) throw new Error('no stage');
    await page.mouse.move(stage.x + stage.width / 2, stage.y + 60);
    await page.mouse.down();
    await page.mouse.move(stage.x + stage.width * 0.25, stage.y + 60, { steps: 4 });
    expect(await divider().getAttribute('aria-valuenow')).toBe('25');
    await page.mouse.up();
    await page.mouse.move(stage.x + stage.width * 0.9, stage.y + 60);
    expect(await divider().getAttribute('aria-valuenow')).toBe('25');
    await page.mouse.click(stage.x + stage.width * 0.75, stage.y + 100);
    expect(await divider().getAttribute('aria-valuenow')).toBe('75');
  });

  test('left of it lies the original, right of it the result', async () => {
    await show('review');
    const stage = divider().locator('..');
    const colourAt = async (part: number): Promise<string> => {
      const shot = (await stage.screenshot()).toString('base64');
      return page.evaluate(
        async ([data, x]) => {
          const picture = await createImageBitmap(await (await fetch(`data:image/png;base64,${data}`)).blob());
          const canvas = new OffscreenCanvas(picture.width, picture.height).getContext('2d');
          canvas?.drawImage(picture, 0, 0);
          // A strip of the flag's stars: hard edges in the result, none in the original.
          const strip = canvas?.getImageData(picture.width * x, picture.height * 0.3, 30, 30).data ?? [];
          let edges = 0;
          for (let at = 4; at < strip.length; at += 4) edges += Math.abs((strip[at] ?? 0) - (strip[at - 4] ?? 0));
          return String(edges);
        },
        [shot, part] as const,
      );
    };
    await divider().press('End');
    const original = Number(await colourAt(0.05));
    await divider().press('Home');
    const result = Number(await colourAt(0.05));
    expect(result).toBeGreaterThan(original * 1.2);
  });

  test('looking at a face goes to full size, dragging then moves the picture, and Fit goes back', async () => {
    await show('review');
    await page.getByRole('button', { name: /Look at face 3/ }).click();
    const stage = divider().locator('..');
    const left = (): Promise<string> => stage.evaluate((element) => element.style.getPropertyValue('--left'));
    const shown = (): Promise<number> =>
      stage.evaluate(
        ({ style }) => Number(style.getPropertyValue('--width')) * Number(style.getPropertyValue('--zoom')),
      );
    expect(await shown()).toBe(1200);
    const before = Number(await left());
    const box = await stage.boundingBox();
    if (box === null) throw new Error('no stage');
    await page.mouse.move(box.x + 40, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + 90, box.y + 60, { steps: 3 });
    await page.mouse.up();
    expect(Number(await left())).toBe(before + 50);
    await page.getByRole('button', { name: 'Fit' }).click();
    await expect.poll(shown).toBeLessThan(330);
  });

  test('the main button of a picture has the focus', async () => {
    await show('selection');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toContain('Restore 3 faces');
  });
});

describe('correcting faces', () => {
  test('zoomed in, the face that Tab reaches comes into sight, and a new one lies in the middle of what is seen', async () => {
    await page.setViewportSize({ width: 320, height: 560 });
    await show('faces');
    await page.getByRole('button', { name: '100 %' }).click();
    await page.getByRole('button', { name: /^Face 3/ }).focus();
    await page.getByRole('button', { name: 'Add a face' }).click();
    const stage = await page.getByRole('group', { name: /^Faces in/ }).boundingBox();
    const added = await page.getByRole('button', { name: /^Face 4/ }).boundingBox();
    const third = await page.getByRole('button', { name: /^Face 3/ }).boundingBox();
    if (stage === null || added === null || third === null) throw new Error('no stage');
    expect(Math.abs(added.x + added.width / 2 - stage.x - stage.width / 2)).toBeLessThan(2);
    expect(Math.abs(added.y + added.height / 2 - stage.y - stage.height / 2)).toBeLessThan(2);
    expect(third.x + third.width).toBeLessThanOrEqual(stage.x + stage.width + 1);
    expect(third.y + third.height).toBeLessThanOrEqual(stage.y + stage.height + 1);
  });
});

test('no error was logged in any of it', () => {
  expect(errors).toEqual([]);
});
