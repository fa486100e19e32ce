/** What the relay is told when it starts: the command line, and the key from the environment. */
import { failed, ok, type Result } from '../../src/core/result';
import { parseAddress, TOPAZ_ADDRESS } from '../../src/core/settings';
import { RELAY_PORT } from './relay';

export const RELAY_USAGE = `npm run engine -- --relay [options]
  --port N         port (${RELAY_PORT}; 0 = any free one)
  --host H         address of this machine to listen at (127.0.0.1)
  --public URL     where designers reach it, as https://relay.example (or RELAY_ADDRESS)
  --data DIR       folder for the journal, the spend log and the links' secret (.cache/relay)
  --people FILE    who may use it (people.json in the data folder)
  --add NAME       adds a person, or gives them a new token, prints the token and ends
  --service URL    the service (${TOPAZ_ADDRESS}, or TOPAZ_ADDRESS)
The team's key is read from the environment: TOPAZ_API_KEY.`;

export interface RelayLine {
  readonly port: number;
  readonly host: string;
  readonly publicAddress: string | null;
  readonly data: string | null;
  readonly people: string | null;
  readonly service: string;
  /** Empty with `add`. */
  readonly key: string;
  readonly add: string | null;
}

const NAMES = ['--port', '--host', '--public', '--data', '--people', '--add', '--service'];
const LOOPBACK = ['127.0.0.1', 'localhost', '::1'];

/** `words` without --relay. The error is a sentence for the terminal. */
export function parseRelayLine(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Result<RelayLine, string> {
  const given = new Map<string, string>();
  for (let at = 0; at < words.length; at++) {
    const [name, inline] = words[at]!.split(/=(.*)/s, 2) as [string, string | undefined];
    if (!NAMES.includes(name)) return failed(`Unknown option ${name}.`);
    const value = inline ?? words[++at];
    if (value === undefined || value === '') return failed(`${name} needs a value.`);
    given.set(name, value);
  }
  const text = (name: string): string | null => given.get(name) ?? null;
  const port = Number(text('--port') ?? RELAY_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65535) return failed('A port is a whole number from 0 to 65535.');
  const service = parseAddress(text('--service') ?? environment['TOPAZ_ADDRESS'] ?? TOPAZ_ADDRESS);
  if (service === null) return failed('--service is an address that starts with https://.');
  if (!service.startsWith('https://') && !LOOPBACK.includes(new URL(service).hostname))
    return failed('The key goes over https only: --service must start with https://.');
  const host = text('--host') ?? '127.0.0.1';
  const wished = text('--public') ?? environment['RELAY_ADDRESS'] ?? null;
  const publicAddress = wished === null ? null : parseAddress(wished);
  if (wished !== null && publicAddress === null) return failed('--public is an address that starts with https://.');
  const add = text('--add');
  if (add === null && publicAddress === null && !LOOPBACK.includes(host))
    return failed('Say with --public where designers reach the relay: download links lead there.');
  const key = (environment['TOPAZ_API_KEY'] ?? '').trim();
  if (add === null && !/^[\x21-\x7e]{8,}$/.test(key))
    return failed('The team’s key is missing: set TOPAZ_API_KEY in the environment.');
  return ok({ port, host, publicAddress, data: text('--data'), people: text('--people'), service, key, add });
}
