/** Frames a second of the comparison while a hand drags its divider, or the picture at 100 %, on 16 MP. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Browser, CDPSession, Page } from 'playwright-core';
import type { Look } from '../../src/ui/parts/compare/compare';

/** What `page.ts` puts on its window. */
declare global {
  interface Window {
    /** Resolves when both pictures are drawn. */
    ready: Promise<void>;
    lookAt: (to: Look['to']) => void;
    /** Times of the frames since the last call, in milliseconds. */
    framesSince: () => readonly number[];
    /** How often a picture was made for the screen. */
    made: number;
  }
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Frames {
  readonly perSecond: number;
  /** Milliseconds between two frames, the longest of them. */
  readonly longest: number;
  /** Milliseconds of the page's own thread for each frame: script, style, layout, paint. */
  readonly work: number;
  /** Layouts and pictures made during the drag. */
  readonly layouts: number;
  readonly pictures: number;
}

export interface FramesPage {
  drag(what: 'divider' | 'picture' | 'pinch'): Promise<Frames>;
  close(): Promise<void>;
}

/** How many moves a drag has: about two seconds' worth. */
const MOVES = 120;

/** The page with the comparison on it. */
export async function comparisonPage(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ['bench/ui/page.ts'],
    absWorkingDir: ROOT,
    bundle: true,
    write: false,
    minify: true,
    outdir: 'out',
    format: 'iife',
    target: 'es2020',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    loader: { '.module.css': 'local-css' },
  });
  const text = (ending: string): string => outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? '';
  return `<!doctype html><html lang="en"><style>${text('.css')}</style><div id="panel"></div><script>${text('.js').replace(/<\/script/g, '<\\/script')}</script></html>`;
}

/** A panel as wide as the widest. */
export async function openFrames(browser: Browser): Promise<FramesPage> {
  const page = await browser.newPage({ viewport: { width: 640, height: 480 } });
  const client = await page.context().newCDPSession(page);
  await client.send('Performance.enable');
  await page.setContent(await comparisonPage());
  await page.evaluate(() => window.ready);
  return {
    async drag(what) {
      await page.evaluate((full) => window.lookAt(full ? 'full' : 'whole'), what === 'picture');
      await page.waitForTimeout(600);
      return measured(page, client, what);
    },
    close: () => page.close(),
  };
}

async function measured(page: Page, client: CDPSession, what: 'divider' | 'picture' | 'pinch'): Promise<Frames> {
  await page.mouse.move(320, 240);
  if (what !== 'pinch') await page.mouse.down();
  await page.mouse.move(320, 240);
  const before = await metrics(client);
  await page.evaluate(() => window.framesSince());
  const made = await page.evaluate(() => window.made);
  for (let move = 0; move < MOVES; move += 1) {
    const turn = (move / MOVES) * 4 * Math.PI;
    if (what === 'pinch') {
      await client.send('Input.dispatchMouseEvent', {
        type: 'mouseWheel',
        x: 320,
        y: 240,
        deltaX: 0,
        deltaY: move < MOVES / 2 ? -6 : 6,
        modifiers: 2,
      });
    } else await page.mouse.move(320 + Math.sin(turn) * 280, 240 + Math.cos(turn) * 100);
  }
  const frames = await page.evaluate(() => window.framesSince());
  const after = await metrics(client);
  if (what !== 'pinch') await page.mouse.up();
  const ways = frames.slice(1).map((time, index) => time - (frames[index] ?? 0));
  const sum = ways.reduce((total, way) => total + way, 0);
  return {
    perSecond: (1000 * ways.length) / sum,
    longest: Math.max(...ways),
    work: (1000 * (after.work - before.work)) / ways.length,
    layouts: after.layouts - before.layouts,
    pictures: (await page.evaluate(() => window.made)) - made,
  };
}

/** `work` in seconds. */
async function metrics(client: CDPSession): Promise<{ readonly work: number; readonly layouts: number }> {
  const { metrics: all } = await client.send('Performance.getMetrics');
  const of = (name: string): number => all.find((metric) => metric.name === name)?.value ?? 0;
  return { work: of('TaskDuration'), layouts: of('LayoutCount') };
}
