import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const CHROMIUM = ['test/**/*.chromium.test.ts'];
const SETUP = ['test/setup.ts'];
const HOST = ['test/code/**/*.test.ts', 'test/playground/**/*.test.ts'];

/** Milliseconds: far more than any test needs, for machines that are busy with something else. */
const PATIENCE = 120_000;
/** So are the looks of `expect.poll`, which by itself gives up after a second. */
const POLL = { poll: { timeout: 30_000 } };

/** Three kinds of tests: plain ones, those inside the stand-in host's VM, and those in a real Chromium. */
// biome-ignore lint/style/noDefaultExport: vitest reads its configuration from the default export
export default defineConfig({
  test: {
    // Left to itself vitest keeps one core free, which on a machine of two is half of it. One more than there are cores,
    // for stories wait much.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        test: {
          name: 'unit',
          setupFiles: SETUP,
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: [...CHROMIUM, ...HOST],
          testTimeout: PATIENCE,
          hookTimeout: PATIENCE,
          expect: POLL,
        },
      },
      {
        test: {
          name: 'host',
          setupFiles: SETUP,
          include: HOST,
          exclude: CHROMIUM,
          testTimeout: PATIENCE,
          hookTimeout: PATIENCE,
          expect: POLL,
        },
      },
      {
        test: {
          name: 'chromium',
          include: CHROMIUM,
          testTimeout: PATIENCE,
          hookTimeout: PATIENCE,
          expect: POLL,
        },
      },
    ],
  },
});
