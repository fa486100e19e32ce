/** `npm run engine`: the local engine until Ctrl+C. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startEngine } from './engine';
import { parseCommandLine, USAGE } from './options';

const words = process.argv.slice(2);
const line = parseCommandLine(words);
if (words.includes('--help')) {
  console.log(USAGE);
} else if (!line.ok) {
  console.error(`${line.error}\n\n${USAGE}`);
  process.exitCode = 1;
} else {
  const data = line.value.data ?? join(fileURLToPath(new URL('..', import.meta.url)), '.cache', 'engine');
  const started = await startEngine({ ...line.value, data, log: (text) => console.log(text) });
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
