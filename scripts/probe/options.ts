/** What the probe is told on the command line, or in the environment for a key that is not to stand in a shell's history. */
import { failed, ok, type Result } from '../../src/core/result';
import { parseRelayAddress, TOPAZ_ADDRESS } from '../../src/core/settings';

export interface ProbeOptions {
  readonly key: string;
  /** Without a trailing slash. */
  readonly address: string;
  /** The credits were agreed to beforehand. */
  readonly agreed: boolean;
  /** Only what costs nothing. */
  readonly free: boolean;
}

export const KEY_VARIABLE = 'TOPAZ_API_KEY';

export const PROBE_USAGE = `npm run probe -- --key K [options]
  --key K        your Topaz key, or a relay's token; or in the variable ${KEY_VARIABLE}. Never printed, never written.
  --to ADDRESS   the service (${TOPAZ_ADDRESS}); a local engine is http://127.0.0.1:4141
  --free         only the questions that cost nothing
  --yes          spend the credits that are announced, without asking`;

/** The error is a sentence for the terminal; it repeats nothing that was typed, for that may be the key. */
export function parseProbeLine(
  words: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Result<ProbeOptions, string> {
  const texts = new Map<string, string>();
  const flags = new Set<string>();
  for (let at = 0; at < words.length; at++) {
    const [name, inline] = words[at]!.split(/=(.*)/s, 2) as [string, string | undefined];
    if (name === '--yes' || name === '--free') flags.add(name);
    else if (name === '--key' || name === '--to') {
      const value = inline ?? words[++at];
      if (value === undefined || value === '') return failed(`${name} needs a value.`);
      texts.set(name, value.trim());
    } else return failed(`Word ${at + 1} is no option of the probe.`);
  }
  const key = texts.get('--key') ?? environment[KEY_VARIABLE]?.trim() ?? '';
  if (key === '') return failed(`The probe needs a key: --key K, or the variable ${KEY_VARIABLE}.`);
  if (!/^[\x21-\x7e]{1,500}$/.test(key)) return failed('A key has no spaces and only plain letters, digits and signs.');
  const address = parseRelayAddress(texts.get('--to') ?? TOPAZ_ADDRESS);
  if (address === null) {
    return failed('--to takes an address with https, or http at localhost or 127.0.0.1: the key goes there.');
  }
  return ok({ key, address, agreed: flags.has('--yes'), free: flags.has('--free') });
}
