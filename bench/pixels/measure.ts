/**
 * Every stage of the pixel work on a 12 MP photo in a real Chromium, beside the floor: one decode plus one encode of the
 * same picture by the browser itself. In the worker, and on the page's own thread. Then the sizes of the files that go to
 * the host for the largest picture there is, 4096 x 4096.
 */
import { openPixelPage } from '../../scripts/pixelPage';
import { milliseconds, type Report } from '../table';
import type { StageTime } from './page';

const PHOTO = { width: 4000, height: 3000 } as const;
const LARGEST = { width: 4096, height: 4096 } as const;

export async function benchPixels(): Promise<Report> {
  const { page, close } = await openPixelPage('bench/pixels/page.ts');
  const run = (worker: boolean, { width, height }: typeof PHOTO | typeof LARGEST): Promise<readonly StageTime[]> =>
    page.evaluate(`window.runPixelBench(${worker}, { width: ${width}, height: ${height} })`);
  try {
    const away = await run(true, PHOTO);
    const here = await run(false, PHOTO);
    const largest = await run(true, LARGEST);
    const size = (start: string): string => largest.find(({ stage }) => stage.startsWith(start))?.note ?? '';
    const row = (name: string, ...starts: readonly string[]): readonly string[] => {
      const [one, other] = [sumOf(away, starts), sumOf(here, starts)];
      const floors = [sumOf(away, ['floor']), sumOf(here, ['floor'])] as const;
      return [
        name,
        milliseconds(one),
        (one / floors[0]).toFixed(2),
        milliseconds(other),
        (other / floors[1]).toFixed(2),
        '',
        '',
      ];
    };
    return {
      tables: [
        {
          title: 'Pixel work on 12 MP beside one decode and one encode',
          head: [
            '',
            'in the worker',
            'of the floor',
            'on the page’s thread',
            'of the floor',
            'longest task of the page',
            '',
          ],
          rows: [
            ...away.map(({ stage, ms, note }, index) => {
              const other = here[index];
              const longest = other === undefined || other.longest === 0 ? '' : milliseconds(other.longest);
              return [
                stage,
                milliseconds(ms),
                (ms / sumOf(away, ['floor'])).toFixed(2),
                milliseconds(other?.ms ?? Number.NaN),
                ((other?.ms ?? Number.NaN) / sumOf(here, ['floor'])).toFixed(2),
                longest,
                note,
              ];
            }),
            row('floor: decode + encode', 'floor'),
            row('detection, compositing and encoding', 'find faces', 'preview, 1600', 'overlay'),
          ],
          notes: [
            'Longest task: of the page’s own thread, on it; empty when none lasted over 50 ms.',
            `Three faces on 4096 x 4096: overlay ${size('overlay')}, full PNG ${size('baked')}.`,
          ],
        },
      ],
      wrong: [],
    };
  } finally {
    await close();
  }
}

function sumOf(times: readonly StageTime[], starts: readonly string[]): number {
  return times
    .filter(({ stage }) => starts.some((start) => stage.startsWith(start)))
    .reduce((total, { ms }) => total + ms, 0);
}
