/**
 * `npm run bench:ui`: the panel's start in the playground, its size, and the frames a second of its comparison on 16 MP, in
 * a real Chromium without a graphics card. Start views take turns, and medians are printed: other things run on a machine too.
 * `npm run bench:ui -- 15` opens each view fifteen times.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { startPlayground } from '../playground/server';
import { buildPlugin } from '../scripts/build';
import { launchChromium } from '../scripts/chromium';
import { type Frames, openFrames } from './ui/frames';
import { type Opening, openOnce } from './ui/opening';

/** Milliseconds from a parsed page to a usable view, and bytes without the face network: what the product promises. */
const TARGET = { start: 200, gzip: 200_000 } as const;
const ROUNDS = Number(process.argv[2] ?? 7);

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
};
const milliseconds = (value: number): string => `${value.toFixed(value < 10 ? 1 : 0)} ms`.padStart(10);
const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`.padStart(11);

await buildPlugin();
const playground = await startPlayground({ port: 0, engineAddress: null });
const browser = await launchChromium();
try {
  await starts();
  await sizes();
  await frames();
} finally {
  await browser.close();
  await playground.close();
}

async function starts(): Promise<void> {
  const page = await browser.newPage();
  await page.goto(playground.address);
  await page.waitForFunction(() => 'playground' in window);
  const layer = await page.evaluate(() => {
    const found = window.playground.nodes().find(({ name }) => {
      const fills = window.playground.fills(name);
      return Array.isArray(fills) && fills.some(({ type }) => type === 'IMAGE');
    });
    return found?.name ?? null;
  });
  await page.close();
  const views: readonly (readonly [string, string | null])[] = [
    ['nothing selected', null],
    ['one picture selected', layer],
  ];
  const seen = new Map<string, Opening[]>(views.map(([name]) => [name, []]));
  // The first round warms up the browser.
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [name, selected] of views) {
      const opening = await openOnce(browser, playground.address, selected);
      if (round > 0) seen.get(name)?.push(opening);
    }
  }
  console.log(`\nFirst view, median of ${ROUNDS}; target: usable ${TARGET.start} ms after the page is parsed`);
  console.log(
    `${''.padEnd(24)}${'parsed'.padStart(10)}${'drawn'.padStart(10)}${'usable'.padStart(10)}${'slowest'.padStart(10)}${'work'.padStart(10)}${'long task'.padStart(11)}`,
  );
  for (const [name, openings] of seen) {
    const since = (of: (opening: Opening) => number): number[] => openings.map((each) => of(each) - each.parsed);
    const usable = since(({ usable }) => usable);
    console.log(
      `${name.padEnd(24)}${milliseconds(median(openings.map(({ parsed }) => parsed)))}${milliseconds(median(since(({ drawn }) => drawn)))}${milliseconds(median(usable))}${milliseconds(Math.max(...usable))}${milliseconds(median(openings.map(({ worked }) => worked)))}${milliseconds(median(openings.map(({ longest }) => longest)))}`,
    );
  }
  console.log(
    'parsed: from the start of the frame. drawn, usable: from there on. work: processor time of the frame until usable.',
  );
}

async function sizes(): Promise<void> {
  const text = await readFile(join(import.meta.dirname, '../dist/ui.html'), 'utf8');
  const without = text.replace(/(id="face-weights">)[^<]*/, '$1');
  console.log(`\n${'Size'.padEnd(34)}${'raw'.padStart(11)}${'gzip'.padStart(11)}`);
  for (const [name, html] of [
    ['ui.html', text],
    ['ui.html without the face network', without],
  ] as const) {
    console.log(
      `${name.padEnd(34)}${kilobytes(Buffer.byteLength(html))}${kilobytes(gzipSync(html, { level: 9 }).length)}`,
    );
  }
  console.log(`target without the face network:              ${kilobytes(TARGET.gzip)}`);
}

async function frames(): Promise<void> {
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
  console.log('\nFrames of the comparison, 4096 x 4096, panel 640 px wide, median of 3');
  console.log(
    `${''.padEnd(24)}${'a second'.padStart(10)}${'longest'.padStart(10)}${'work each'.padStart(10)}${'layouts'.padStart(9)}${'pictures'.padStart(10)}`,
  );
  for (const [name, all] of seen) {
    const of = (value: (each: Frames) => number): number => median(all.map(value));
    console.log(
      `${name.padEnd(24)}${of(({ perSecond }) => perSecond)
        .toFixed(1)
        .padStart(
          10,
        )}${milliseconds(of(({ longest }) => longest))}${milliseconds(of(({ work }) => work))}${String(of(({ layouts }) => layouts)).padStart(9)}${String(of(({ pictures }) => pictures)).padStart(10)}`,
    );
  }
  console.log('work each: of the page’s own thread, a frame. pictures: made anew during the drag.');
}
