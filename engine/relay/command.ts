/** `npm run engine -- --relay`: the relay until Ctrl+C, or one more person in its file. */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseRelayLine, RELAY_USAGE } from './commandLine';
import { addPerson } from './people';
import { type RelayFault, startRelay } from './relay';

/**
 * `words`: the command line without `--relay`. Returns when the relay listens; what is wrong is said on stderr, and the
 * exit code is then 1.
 */
export async function runRelay(words: readonly string[]): Promise<void> {
  if (words.includes('--help')) return console.log(RELAY_USAGE);
  const line = parseRelayLine(words, process.env);
  if (!line.ok) return complain(`${line.error}\n\n${RELAY_USAGE}`);
  const { add, port } = line.value;
  const data = line.value.data ?? join(fileURLToPath(new URL('../..', import.meta.url)), '.cache', 'relay');
  const people = line.value.people ?? join(data, 'people.json');
  if (add !== null) {
    mkdirSync(dirname(people), { recursive: true });
    const token = addPerson(people, add);
    if (!token.ok) return complain(`${people}: ${token.error}`);
    return console.log(`${add} is in ${people}. The token, shown this once:\n${token.value}`);
  }
  const started = await startRelay({ ...line.value, data, people, log: (text) => console.log(text) });
  if (!started.ok) return complain(faultText(started.error, data, people, port));
  console.log(`Team relay at ${line.value.publicAddress ?? started.value.address}, for ${line.value.service}.`);
  const stop = (): void => {
    void started.value.close().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
}

function complain(text: string): void {
  console.error(text);
  process.exitCode = 1;
}

function faultText(fault: RelayFault, data: string, people: string, port: number): string {
  switch (fault.code) {
    case 'folder-taken':
      return `Another relay is using ${data}. Stop it, or give this one another folder with --data.`;
    case 'port-taken':
      return `Port ${port} is taken. Give another with --port, or --port 0 for any free one.`;
    case 'people':
      return `${people}: ${fault.text} Add the first person with --add NAME.`;
  }
}
