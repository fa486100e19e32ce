/**
 * `npm run listing`: draws the pictures of the Community page into docs/listing. The cover shows a real run: the built
 * plugin and the local engine restore a committed sample in the playground, and nothing of it is touched up.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import type { Size } from '../src/core/money/price';
import { buildPlugin } from './build';
import { launchChromium } from './chromium';
import { tellStory } from './listing/story';
import { LISTING_PICTURES } from './package/check';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PARTS = join(ROOT, 'scripts', 'listing');
const OUT = join(ROOT, 'docs', 'listing');
/** A name that leads nowhere: every file of the page comes from memory. */
const HOST = 'http://listing.invalid/';

/** A layer of the sample document with the height of its picture: a soft, grainy scan, where restoring shows best. */
const LAYER = 'Old scan';
const PICTURE = { height: 600 };

async function draw(
  browser: Browser,
  page: string,
  files: ReadonlyMap<string, Uint8Array>,
  size: Size,
): Promise<Uint8Array> {
  const context = await browser.newContext({ viewport: size });
  try {
    const drawing = await context.newPage();
    await drawing.route(`${HOST}**`, (route) => {
      const name = new URL(route.request().url()).pathname.slice(1);
      const bytes = name === '' ? Buffer.from(page) : files.get(name);
      const contentType = name === '' ? 'text/html' : name.endsWith('.svg') ? 'image/svg+xml' : 'image/png';
      return bytes === undefined ? route.abort() : route.fulfill({ body: Buffer.from(bytes), contentType });
    });
    await drawing.goto(HOST);
    await drawing.evaluate(() => document.fonts.ready);
    return await drawing.screenshot();
  } finally {
    await context.close();
  }
}

async function main(): Promise<void> {
  await buildPlugin();
  mkdirSync(OUT, { recursive: true });
  const icon = readFileSync(join(PARTS, 'icon.svg'));
  const browser = await launchChromium();
  try {
    const { before, after, panel } = await tellStory(browser, LAYER, PICTURE);
    const files = new Map<string, Uint8Array>([
      ['icon.svg', icon],
      ['before.png', before],
      ['after.png', after],
      ['panel.png', panel],
    ]);
    const plain = '<!doctype html><body style="margin:0"><img src="icon.svg" style="display:block">';
    const pages = { 'icon.png': plain, 'cover.png': readFileSync(join(PARTS, 'cover.html'), 'utf8') } as const;
    for (const name of ['icon.png', 'cover.png'] as const) {
      writeFileSync(join(OUT, name), await draw(browser, pages[name], files, LISTING_PICTURES[name]));
    }
    console.log('docs/listing/icon.png and docs/listing/cover.png');
  } finally {
    await browser.close();
  }
}

await main();
