/**
 * The panel's start in the playground, its size, and the frames a second of its comparison on 16 MP, in a real Chromium
 * without a graphics card. Start views take turns, and medians are shown: other things run on a machine too.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { BUDGET } from '../../scripts/build';
import { launchChromium } from '../../scripts/chromium';
import { openPlayground } from '../playground';
import { kilobytes, median, milliseconds, type Report, type Table } from '../table';
import { type Frames, openFrames } from './frames';
import { type Opening, openOnce } from './opening';

/** Milliseconds from a parsed page to a usable view: what the product promises on a machine that does nothing else. */
const START = 200;

/** Opens each view `rounds` times. */
export async function benchUi(rounds: number): Promise<Report> {
  const playground = await openPlayground([]);
  const browser = await launchChromium();
  try {
    return {
      tables: [await starts(browser, playground.address, rounds), await sizes(playground.dist), await frames(browser)],
      wrong: [],
    };
  } finally {
    await browser.close();
    await playground.close();
  }
}

/** Name of a layer that carries a picture. */
async function pictureLayer(browser: Browser, address: string): Promise<string | null> {
  const page = await browser.newPage();
  try {
    await page.goto(address);
    await page.waitForFunction(() => 'playground' in window);
    return await page.evaluate(() => {
      const found = window.playground.nodes().find(({ name }) => {
        const fills = window.playground.fills(name);
        return Array.isArray(fills) && fills.some(({ type }) => type === 'IMAGE');
      });
      return found?.name ?? null;
    });
  } finally {
    await page.close();
  }
}

async function starts(browser: Browser, address: string, rounds: number): Promise<Table> {
  const views: readonly (readonly [string, string | null])[] = [
    ['nothing selected', null],
    ['one picture selected', await pictureLayer(browser, address)],
  ];
  const seen = new Map<string, Opening[]>(views.map(([name]) => [name, []]));
  // The first round warms up the browser.
  for (let round = 0; round <= rounds; round += 1) {
    for (const [name, selected] of views) {
      const opening = await openOnce(browser, address, selected);
      if (round > 0) seen.get(name)?.push(opening);
    }
  }
  const rows = [...seen].map(([name, openings]) => {
    const since = (of: (opening: Opening) => number): number[] => openings.map((each) => of(each) - each.parsed);
    const usable = since(({ usable: at }) => at);
    return [
      name,
      milliseconds(median(since(({ drawn }) => drawn))),
      milliseconds(median(usable)),
      milliseconds(Math.max(...usable)),
      milliseconds(median(openings.map(({ worked }) => worked))),
      milliseconds(median(openings.map(({ longest }) => longest))),
    ];
  });
  return {
    title: `Panel start, median of ${rounds}; target: usable ${START} ms after the page is parsed`,
    head: ['', 'drawn', 'usable', 'slowest', 'work', 'longest task'],
    rows,
    notes: [
      'From the moment at which everything above the panel’s script is parsed, with the host’s answer. Work: processor time of the panel’s thread until usable, which is what counts where other things run; its recording costs a little itself.',
    ],
  };
}

async function sizes(dist: string): Promise<Table> {
  const file = (name: string): Promise<string> => readFile(join(dist, name), 'utf8');
  const [code, html] = await Promise.all([file('code.js'), file('ui.html')]);
  const row = (name: string, text: string, budget: string): readonly string[] => [
    name,
    kilobytes(Buffer.byteLength(text)),
    kilobytes(gzipSync(text, { level: 9 }).length),
    budget,
  ];
  return {
    title: 'Size',
    head: ['', 'raw', 'gzip', 'budget'],
    rows: [
      row('code.js', code, `${kilobytes(BUDGET.code)} raw`),
      row('ui.html', html, ''),
      row(
        'ui.html without the face network',
        html.replace(/(id="face-weights">)[^<]*/, '$1'),
        `${kilobytes(BUDGET.uiWithoutWeightsGzip)} gzip`,
      ),
    ],
    notes: [],
  };
}

async function frames(browser: Browser): Promise<Table> {
  const page = await openFrames(browser);
  const drags = [
    ['divider, whole picture', 'divider'],
    ['picture at 100 %', 'picture'],
    ['zoom by pinch', 'pinch'],
  ] as const;
  const seen = new Map<string, Frames[]>(drags.map(([name]) => [name, []]));
  for (let round = 0; round < 3; round += 1) {
    for (const [name, what] of drags) seen.get(name)?.push(await page.drag(what));
  }
  await page.close();
  return {
    title: 'Frames of the comparison, 4096 x 4096, panel 640 px wide, median of 3',
    head: ['', 'a second', 'longest', 'work each', 'layouts', 'pictures'],
    rows: [...seen].map(([name, all]) => {
      const of = (value: (each: Frames) => number): number => median(all.map(value));
      return [
        name,
        of(({ perSecond }) => perSecond).toFixed(1),
        milliseconds(of(({ longest }) => longest)),
        milliseconds(of(({ work }) => work)),
        String(of(({ layouts }) => layouts)),
        String(of(({ pictures }) => pictures)),
      ];
    }),
    notes: ['Work each: of the page’s own thread, a frame. Pictures: made anew during the drag.'],
  };
}
