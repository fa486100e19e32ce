/**
 * `npm run test:long`: 200,000 random schedules of users, machines, storage and wire (or as many as
 * `npm run test:long -- 1000000 7` asks for: count, seed), one process a core, each with its own seed. Prints seeds and
 * counts; a failure comes with the shrunk schedule and the command that repeats it.
 */
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';

const COUNT = 200_000;
const FILE = join('test', 'api', 'schedules.test.ts');
const NAME = 'under any faults';

function part(count: number, seed: number): Promise<boolean> {
  const environment = { ...process.env, SCHEDULES: String(count), SEED: String(seed) };
  const words = [join('node_modules', 'vitest/vitest.mjs'), 'run', FILE, '-t', NAME];
  const child = spawn(process.execPath, words, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString();
  });
  child.stderr.on('data', (data: Buffer) => {
    said += data.toString();
  });
  return new Promise((resolve) => {
    child.on('close', (code) => {
      if (code === 0) console.log(`seed ${seed}: ${count} schedules, no counterexample`);
      else {
        const path = /path: "([\d:]+)"/.exec(said)?.[1];
        const repeat = path === undefined ? '' : ` REPEAT='${path}'`;
        console.log(said);
        console.log(`seed ${seed}: failed. Again: SEED=${seed}${repeat} npx vitest run ${FILE} -t '${NAME}'`);
      }
      resolve(code === 0);
    });
  });
}

async function main(): Promise<number> {
  const [count = COUNT, first = Date.now() % 1_000_000_000] = process.argv.slice(2).map(Number);
  const parts = Math.min(count, availableParallelism());
  const begun = Date.now();
  const ends = await Promise.all(
    Array.from({ length: parts }, (_, index) =>
      // The first ones take what does not divide.
      part(Math.floor(count / parts) + (index < count % parts ? 1 : 0), first + index),
    ),
  );
  const good = ends.every((end) => end);
  const seconds = Math.round((Date.now() - begun) / 1000);
  console.log(`${count} schedules from seed ${first} in ${seconds} s: ${good ? 'no counterexample' : 'FAILED'}`);
  return good ? 0 : 1;
}

process.exitCode = await main();
