/**
 * `npm run screens`: every view and state of the panel as a picture, in both themes and at two widths, into docs/screens.
 * `npm run screens -- review 320` takes only the scenes whose name begins so, and only that width.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchChromium } from './chromium';
import { bundleScreens } from './screens/bundle';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const OUT = join(ROOT, 'docs', 'screens');
const WIDTHS = [320, 560] as const;
const HEIGHT = 600;

async function main(): Promise<void> {
  const [wanted = '', width] = process.argv.slice(2);
  const widths = width === undefined ? WIDTHS : [Number(width)];
  const html = await bundleScreens();
  if (wanted === '') await rm(OUT, { recursive: true, force: true });
  await mkdir(OUT, { recursive: true });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ reducedMotion: 'reduce' });
    page.on('pageerror', (error) => console.error(error));
    await page.setContent(html);
    const names = (await page.evaluate(() => window.scenes)).filter((name) => name.startsWith(wanted));
    for (const panel of widths) {
      await page.setViewportSize({ width: panel, height: HEIGHT });
      for (const theme of ['light', 'dark'] as const) {
        for (const name of names) {
          await page.evaluate(([scene, colours]) => window.show(scene, colours, 150), [name, theme] as const);
          await writeFile(join(OUT, `${name}-${panel}-${theme}.png`), await page.screenshot());
        }
      }
    }
    console.log(`${names.length} scenes, ${names.length * widths.length * 2} pictures in docs/screens`);
  } finally {
    await browser.close();
  }
}

await main();
