/**
 * `npm run probe -- --key K`: asks the live service (or with `--to` a local engine or a relay) every open question that
 * needs no Figma, and writes the answers as a table to out/probe.md. Says first what it will cost, and asks.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { probeCommand } from './probe/command';
import { USUAL_PACE } from './probe/service';

const OUT = join(fileURLToPath(new URL('..', import.meta.url)), 'out');

async function ask(question: string): Promise<string | null> {
  if (!process.stdin.isTTY) return null;
  const asking = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await asking.question(question);
  } finally {
    asking.close();
  }
}

const stop = new AbortController();
process.once('SIGINT', () => stop.abort(new Error('Stopped by Ctrl+C.')));
process.exitCode = await probeCommand(process.argv.slice(2), {
  environment: process.env,
  pace: USUAL_PACE,
  clock: Date.now,
  random: Math.random,
  say: (line) => console.log(line),
  ask,
  keep: (markdown) => {
    mkdirSync(OUT, { recursive: true });
    writeFileSync(join(OUT, 'probe.md'), markdown);
    return 'out/probe.md';
  },
  signal: stop.signal,
});
