/**
 * `npm run screens`: every view and state of the panel, in both themes and at three widths, as one sheet a view and width,
 * light above dark, into docs/screens/gallery. `npm run screens -- review 320` takes only the scenes whose name begins so,
 * and only that width, each as a picture of its own in out/screens, to be looked at while working. `npm run screens -- best`
 * draws only the four pictures of the README, which the whole gallery draws too.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { buildPlugin } from './build';
import { launchChromium } from './chromium';
import { drawBest } from './screens/best';
import { bundleScreens } from './screens/bundle';
import { type Shot, sheet, sheets } from './screens/sheet';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const GALLERY = join(ROOT, 'docs', 'screens', 'gallery');
const SINGLE = join(ROOT, 'out', 'screens');
const WIDTHS = [280, 320, 560] as const;
const THEMES = ['light', 'dark'] as const;
const HEIGHT = 560;

async function shots(page: Page, scenes: readonly string[], width: number): Promise<readonly Shot[]> {
  const taken: Shot[] = [];
  await page.setViewportSize({ width, height: HEIGHT });
  for (const theme of THEMES) {
    for (const scene of scenes) {
      await page.evaluate(([name, colours]) => window.show(name, colours, 150), [scene, theme] as const);
      taken.push({ scene, theme, png: await page.screenshot() });
    }
  }
  return taken;
}

async function main(): Promise<void> {
  const [wanted = '', only] = process.argv.slice(2);
  const browser = await launchChromium();
  try {
    if (wanted === '' || wanted === 'best') {
      await buildPlugin();
      await drawBest(browser, join(ROOT, 'docs', 'screens'));
      if (wanted === 'best') return;
    }
    const page = await browser.newPage({ reducedMotion: 'reduce' });
    page.on('pageerror', (error) => console.error(error));
    await page.setContent(await bundleScreens());
    const names = (await page.evaluate(() => window.scenes)).filter((name) => name.startsWith(wanted));
    const whole = wanted === '';
    const out = whole ? GALLERY : SINGLE;
    await rm(out, { recursive: true, force: true });
    await mkdir(out, { recursive: true });
    const drawing = await browser.newPage();
    for (const width of only === undefined ? WIDTHS : [Number(only)]) {
      if (!whole) {
        for (const { scene, theme, png } of await shots(page, names, width)) {
          await writeFile(join(out, `${scene}-${width}-${theme}.png`), png);
        }
        continue;
      }
      for (const [view, scenes] of sheets(names)) {
        await writeFile(join(out, `${view}-${width}.webp`), await sheet(drawing, await shots(page, scenes, width)));
      }
    }
    console.log(`${names.length} scenes in ${out}`);
  } finally {
    await browser.close();
  }
}

await main();
