/**
 * `npm run bench:pixels`: every stage of the pixel work on a 12 MP photo in a real Chromium, beside the floor: one
 * decode plus one encode of the same picture by the browser itself. In the worker, and on the page's own thread.
 * Then the sizes of the files that go to the host for the largest picture there is, 4096 x 4096.
 */
import { openPixelPage } from '../scripts/pixelPage';
import type { StageTime } from './pixels/page';

const page = await openPixelPage('bench/pixels/page.ts');
const run = (worker: boolean, width: number, height: number): Promise<readonly StageTime[]> =>
  page.page.evaluate(`window.runPixelBench(${worker}, { width: ${width}, height: ${height} })`);

try {
  for (const worker of [true, false]) {
    console.log(worker ? '\nIn the worker' : "\nOn the page's own thread, in slices");
    const times = await run(worker, 4000, 3000);
    const sum = (...names: readonly string[]): number =>
      times
        .filter(({ stage }) => names.some((name) => stage.startsWith(name)))
        .reduce((total, { ms }) => total + ms, 0);
    for (const { stage, ms, longest, note } of times) {
      const task = longest === 0 ? '' : `longest task ${Math.round(longest)} ms`;
      console.log(`${stage.padEnd(36)} ${`${Math.round(ms)} ms`.padStart(8)}  ${note.padEnd(30)} ${task}`);
    }
    const own = sum('find faces', 'preview, 1600', 'overlay');
    console.log(`${'floor: decode + encode'.padEnd(36)} ${`${Math.round(sum('floor'))} ms`.padStart(8)}`);
    console.log(`${'detection, compositing and encoding'.padEnd(36)} ${`${Math.round(own)} ms`.padStart(8)}`);
  }
  const largest = await run(true, 4096, 4096);
  const size = (start: string): string => largest.find(({ stage }) => stage.startsWith(start))?.note ?? '';
  console.log(`\n3 faces on 4096 x 4096: overlay ${size('overlay')}, full PNG ${size('baked')}`);
} finally {
  await page.close();
}
