/** `npm test`: types and lint, the build, then unit, host and Chromium tests; prints how many of each. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from './chromium';
import { ensureOnnxRuntime } from './onnxRuntime';

const REPORT = join('.cache', 'tests.json');

const npx = (tool: string, ...words: string[]): number =>
  spawnSync(process.execPath, [join('node_modules', tool), ...words], { stdio: 'inherit' }).status ?? 1;

interface Assertion {
  readonly status: string;
}
interface TestFile {
  readonly name: string;
  readonly status: string;
  readonly assertionResults: readonly Assertion[];
}

function kindOf(file: string): 'unit' | 'host' | 'chromium' {
  if (/\.chromium\.test\.tsx?$/.test(file)) return 'chromium';
  return /[\\/]test[\\/](code|playground)[\\/]/.test(file) ? 'host' : 'unit';
}

/** Counts from vitest's own report. A file that could not even be loaded counts as one failure. */
function summary(): void {
  const report = JSON.parse(readFileSync(REPORT, 'utf8')) as { readonly testResults: readonly TestFile[] };
  const counts = { unit: 0, host: 0, chromium: 0 };
  let passed = 0;
  let failed = 0;
  for (const file of report.testResults) {
    const good = file.assertionResults.filter(({ status }) => status === 'passed').length;
    const bad = file.assertionResults.filter(({ status }) => status === 'failed').length;
    counts[kindOf(file.name)] += good + bad;
    passed += good;
    failed += bad === 0 && file.status === 'failed' ? 1 : bad;
  }
  console.log(`unit ${counts.unit} · host ${counts.host} · chromium ${counts.chromium}`);
  console.log(`${passed} passed, ${failed} failed`);
}

function main(): number {
  mkdirSync('.cache', { recursive: true });
  try {
    ensureChromium();
    ensureOnnxRuntime();
  } catch (problem) {
    console.error(problem instanceof Error ? problem.message : problem);
    return 1;
  }
  const steps: readonly (() => number)[] = [
    () => npx('typescript/bin/tsc', '-b'),
    () => npx('@biomejs/biome/bin/biome', 'check', '.'),
    () => npx('tsx/dist/cli.mjs', 'scripts/build.ts'),
  ];
  for (const step of steps) {
    const status = step();
    if (status !== 0) return status;
  }
  const status = npx(
    'vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${REPORT}`,
  );
  summary();
  return status;
}

process.exitCode = main();
