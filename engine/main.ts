/** `npm run engine`: the local engine, or with `--relay` the team relay, until Ctrl+C. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { failed, ok, type Result } from '../src/core/result';
import { type StartFault, startEngine } from './engine';
import { parseFaultPlan } from './faults/parse';
import { type FaultPlan, NO_FAULTS } from './faults/plan';
import { sayModelFault } from './neural/fault';
import { type CommandLine, parseCommandLine, USAGE } from './options';
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
  if (line.value.model !== null) console.log(`Loading and trying ${line.value.model} ...`);
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
    console.error(sayStartFault(started.error, line.value, data));
    process.exitCode = 1;
  }
}

function sayStartFault(fault: StartFault, { port, filesPort }: CommandLine, data: string): string {
  switch (fault) {
    case 'folder-taken':
      return `Another engine is using ${data}. Stop it, or give this one another folder with --data.`;
    case 'port-taken':
      return `Port ${port} or ${filesPort} is taken. Give another with --port, or --port 0 for any free one.`;
    default:
      return sayModelFault(fault);
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
