/** `npm run engine`: the local engine, or with `--relay` the team relay, until Ctrl+C. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { failed, ok, type Result } from '../src/core/result';
import { startEngine } from './engine';
import { parseFaultPlan } from './faults/parse';
import { type FaultPlan, NO_FAULTS } from './faults/plan';
import { parseCommandLine, USAGE } from './options';
import { runRelay } from './relay/command';

const words = process.argv.slice(2);
const line = parseCommandLine(words);
const faults = readFaults(line.ok ? line.value.faults : null);
if (words.includes('--relay')) {
  await runRelay(words.filter((word) => word !== '--relay'));
} else if (words.includes('--help')) {
  console.log(USAGE);
} else if (!line.ok) {
  console.error(`${line.error}\n\n${USAGE}`);
  process.exitCode = 1;
} else if (!faults.ok) {
  console.error(faults.error);
  process.exitCode = 1;
} else {
  const data = line.value.data ?? join(fileURLToPath(new URL('..', import.meta.url)), '.cache', 'engine');
  const started = await startEngine({ ...line.value, faults: faults.value, data, log: (text) => console.log(text) });
  if (started.ok) {
    const { address, kind, warm, close } = started.value;
    warm();
    console.log(`Local engine at ${address}. ${kind}. Data in ${data}.`);
    const stop = (): void => {
      void close().then(() => process.exit(0));
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  } else {
    console.error(
      started.error === 'folder-taken'
        ? `Another engine is using ${data}. Stop it, or give this one another folder with --data.`
        : `Port ${line.value.port} or ${line.value.filesPort} is taken. Give another with --port, or --port 0 for any free one.`,
    );
    process.exitCode = 1;
  }
}

function readFaults(file: string | null): Result<FaultPlan, string> {
  if (file === null) return ok(NO_FAULTS);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return failed(`The fault plan ${file} cannot be read.`);
  }
  return parseFaultPlan(text);
}
