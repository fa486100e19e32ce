/**
 * `npm run bench`: every benchmark, one after the other, and writes docs/benchmarks.md from this one run. About ten
 * minutes; it runs by itself. Only the ratios are worth comparing: what else the machine does is in the milliseconds.
 */
import { writeFile } from 'node:fs/promises';
import { cpus, loadavg, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { launchChromium } from '../scripts/chromium';
import { benchBatch } from './batch/measure';
import { benchClient, STANDARD_CLIENT_BENCH } from './client/measure';
import { benchMemory } from './memory/measure';
import { benchMessages } from './messages/measure';
import { benchPixels } from './pixels/measure';
import { asMarkdown, asText, type Report } from './table';
import { benchUi } from './ui/measure';

const FILE = fileURLToPath(new URL('../docs/benchmarks.md', import.meta.url));

/** `command`: what runs it alone. `claim`: what the project promises; the tables show whether it holds. */
const BENCHMARKS: readonly {
  readonly name: string;
  readonly command: string;
  readonly claim: string;
  readonly run: () => Promise<Report>;
}[] = [
  {
    name: 'Client',
    command: 'bench:client',
    claim:
      'Promised: at most 0.8 of the mean time of the better published client, with at most a third of its requests, where the service tells its progress.',
    run: () => benchClient(STANDARD_CLIENT_BENCH),
  },
  {
    name: 'Batch',
    command: 'bench:batch',
    claim: 'Promised: at most 1.10 of the ideal time.',
    run: benchBatch,
  },
  {
    name: 'Panel',
    command: 'bench:ui',
    claim:
      'Promised: usable within 200 ms after its page is parsed, and 60 frames a second while the divider is dragged.',
    run: () => benchUi(7),
  },
  {
    name: 'Pixels',
    command: 'bench:pixels',
    claim: 'The floor is what any plugin pays that decodes a picture and encodes one.',
    run: benchPixels,
  },
  { name: 'Messages', command: 'bench:messages', claim: 'One picture a message.', run: benchMessages },
  {
    name: 'Memory',
    command: 'bench:memory',
    claim: 'Promised: never more than three decoded pictures at once, however long the batch.',
    run: benchMemory,
  },
];

const load = (): string => loadavg()[0]!.toFixed(1);

async function machine(): Promise<string> {
  const browser = await launchChromium();
  const chromium = browser.version();
  await browser.close();
  const [cpu] = cpus();
  return `${cpus().length} cores (${cpu?.model.trim() ?? 'unknown'}), ${(totalmem() / 1e9).toFixed(0)} GB of memory, ${process.platform}, Node ${process.versions.node}, Chromium ${chromium} without a graphics card`;
}

const began = new Date();
const parts = [
  '# Benchmarks',
  'Written by `npm run bench`; all tables are from one run. What was found slow and made faster: [decisions.md](decisions.md#speed).',
];
const conditions: string[] = [];
const wrong: string[] = [];
for (const { name, command, claim, run } of BENCHMARKS) {
  console.log(`\n${name} (npm run ${command})`);
  const before = load();
  const start = performance.now();
  const report = await run().catch(
    (thrown: unknown): Report => ({ tables: [], wrong: [`${name} did not come to its end: ${String(thrown)}`] }),
  );
  conditions.push(`${name} ${((performance.now() - start) / 1000).toFixed(0)} s, load ${before} before it`);
  for (const table of report.tables) console.log(asText(table));
  for (const what of report.wrong) console.error(what);
  wrong.push(...report.wrong);
  parts.push(`## ${name}`, `\`npm run ${command}\`. ${claim}`, ...report.tables.map(asMarkdown));
  if (report.wrong.length > 0) parts.push(`**Wrong in this run:** ${report.wrong.join(' ')}`);
}
parts.splice(
  2,
  0,
  `Run on ${began.toISOString().slice(0, 10)}: ${await machine()}. ${conditions.join('; ')}. Load: jobs that wanted a core in the minute before.`,
  'Ratios count, milliseconds do not: they hold for this machine and what else it did. What must not grow (sizes, requests, copies) is checked by tests, see `test/budgets/`.',
);
await writeFile(
  FILE,
  `${parts
    .join('\n\n')
    .replace(/\n{3,}/g, '\n\n')
    .trimEnd()}\n`,
);
process.exitCode = wrong.length === 0 ? 0 : 1;
