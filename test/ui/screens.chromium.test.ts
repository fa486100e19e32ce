import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchChromium } from '../../scripts/chromium';
import { bundleScreens } from '../../scripts/screens/bundle';
import type {} from '../../scripts/screens/page';
import { bringChecks, look } from './complaints';

/** Milliseconds: more than a hundred scenes in one test, on a machine that is busy with something else. */
const ALL_SCENES = 600_000;

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
  await bringChecks(page);
});

afterAll(() => browser.close());

const show = (name: string, theme: 'light' | 'dark' = 'light', pause = 150): Promise<void> =>
  page.evaluate(([scene, colours, ms]) => window.show(scene, colours, ms), [name, theme, pause] as const);

const SIZES = [
  { name: '280 px', width: 280, height: 560 },
  { name: '320 px', width: 320, height: 560 },
  { name: '640 px', width: 640, height: 560 },
  // Zoomed to 200 % a panel of 560 x 560 px has half as many of its own.
  { name: '560 px at 200 %', width: 280, height: 280 },
] as const;

test(
  'in every scene and at every width nothing is cut, covered, too small or out of reach, and in both themes nothing is too faint',
  async () => {
    const found: Record<string, readonly string[]> = {};
    const note = (where: string, said: readonly string[]): void => {
      if (said.length > 0) found[where] = said;
    };
    // Each is drawn once, for drawing takes longest: then its colours and its room change.
    for (const scene of await page.evaluate(() => window.scenes)) {
      await show(scene, 'dark', 5);
      note(`${scene}, dark`, await look(page, 'readable'));
      await page.evaluate(() => {
        document.documentElement.className = 'figma-light';
      });
      note(`${scene}, light`, await look(page, 'readable'));
      for (const { name, ...size } of SIZES) {
        await page.setViewportSize(size);
        note(`${scene}, ${name}`, await look(page, 'laidOut'));
      }
      note(`${scene}, at 200 %`, await look(page, 'reachable'));
    }
    expect(found).toEqual({});
  },
  ALL_SCENES,
);

test('what is wrong is noticed: words on others, a small target, a needless scroll, a control out of reach, faint words', async () => {
  const wrong = `
    <main style="height: 100px; overflow: auto">
      <section>
        <p>One line of words</p><p style="margin-top: -12px">another one on it</p>
        <button style="all: unset; width: 10px; height: 10px">x</button>
        <p style="color: #999; background: #fff">faint</p>
        <div style="width: 2000px">wide</div>
        <div style="height: 30px; position: relative"><button style="height: 30px">under</button><div style="position: absolute; inset: 0"></div></div>
      </section>
    </main>`;
  const said = await page.evaluate((html) => {
    const { body } = document;
    const before = [...body.children];
    body.replaceChildren();
    body.innerHTML = html;
    const all = [...window.checks.laidOut(), ...window.checks.reachable(), ...window.checks.readable()].join('\n');
    body.replaceChildren(...before);
    return all;
  }, wrong);
  for (const word of [
    '"One line of words" lies on',
    'is a target of 10 x 10',
    'sideways',
    'out of reach',
    'contrast of',
  ])
    expect(said).toContain(word);
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
