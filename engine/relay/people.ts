/** Who may use the relay: a file with a name, the hash of a token and limits for each person. Tokens are not in it. */
import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { failed, ok, type Result } from '../../src/core/result';

export interface Person {
  readonly name: string;
  /** Credits a UTC day; null = no limit. */
  readonly creditsPerDay: number | null;
  readonly requestsPerMinute: number;
}

export type People = ReadonlyMap<string, Person>;

/** A panel with a batch of a hundred asks about two times a second. */
const STANDARD_PACE = 600;

/** SHA-256, hex. Tokens are 32 random bytes: nothing slower is needed. */
export const hashToken = (token: string): string => createHash('sha256').update(token).digest('hex');

/** By the hash of their tokens. The error is a sentence for the terminal. */
export function parsePeople(text: string): Result<People, string> {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return failed('It is not JSON.');
  }
  const list = (given as { readonly people?: unknown } | null)?.people;
  if (!Array.isArray(list)) return failed('It has no list "people".');
  const people = new Map<string, Person>();
  const names = new Set<string>();
  for (const [at, entry] of (list as unknown[]).entries()) {
    const { name, tokenHash, creditsPerDay, requestsPerMinute } = (entry ?? {}) as Record<string, unknown>;
    const where = `Person ${at + 1}`;
    if (typeof name !== 'string' || !/^[\p{L}\p{N}][\p{L}\p{N} ._@-]{0,59}$/u.test(name))
      return failed(`${where} has no name of 1 to 60 letters and digits.`);
    if (names.has(name)) return failed(`${where}: ${name} is there twice.`);
    if (typeof tokenHash !== 'string' || !/^[0-9a-f]{64}$/.test(tokenHash))
      return failed(`${name}: "tokenHash" is not a SHA-256 in hex.`);
    if (people.has(tokenHash)) return failed(`${name} has the token of another person.`);
    if (!isCount(creditsPerDay ?? 0, 0)) return failed(`${name}: "creditsPerDay" is a whole number.`);
    if (!isCount(requestsPerMinute ?? 1, 1)) return failed(`${name}: "requestsPerMinute" is a whole number from 1.`);
    names.add(name);
    people.set(tokenHash, {
      name,
      creditsPerDay: (creditsPerDay ?? null) as number | null,
      requestsPerMinute: (requestsPerMinute ?? STANDARD_PACE) as number,
    });
  }
  return ok(people);
}

function isCount(value: unknown, least: number): boolean {
  return typeof value === 'number' && Number.isInteger(value) && value >= least;
}

export interface Register {
  byToken(token: string): Person | null;
  byName(name: string): Person | null;
}

/** Reads the file again when it has changed: a person can be let in or out while the relay runs. */
export function openRegister(file: string, log: (line: string) => void): Result<Register, string> {
  const read = (): Result<People, string> => {
    try {
      return parsePeople(readFileSync(file, 'utf8'));
    } catch {
      return failed('It cannot be read.');
    }
  };
  const stamp = (): string => {
    const found = statSync(file, { throwIfNoEntry: false });
    return found === undefined ? 'gone' : `${found.mtimeMs} ${found.size} ${found.ino}`;
  };
  let seen = stamp();
  const first = read();
  if (!first.ok) return first;
  let people = first.value;
  const current = (): People => {
    const now = stamp();
    if (now === seen) return people;
    seen = now;
    const again = read();
    // A file that is broken lets nobody in who was meant to be out.
    people = again.ok ? again.value : new Map();
    log(
      again.ok ? `People read again: ${people.size}.` : `Nobody is let in: the people's file is wrong. ${again.error}`,
    );
    return people;
  };
  return ok({
    byToken: (token) => current().get(hashToken(token)) ?? null,
    byName: (name) => [...current().values()].find((person) => person.name === name) ?? null,
  });
}

/** Adds a person to the file, or gives them a new token. The token is in the answer and nowhere else. */
export function addPerson(file: string, name: string): Result<string, string> {
  let text = '{ "people": [] }';
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') return failed('It cannot be read.');
  }
  const before = parsePeople(text);
  if (!before.ok) return before;
  const token = randomBytes(32).toString('base64url');
  const whole = JSON.parse(text) as { people: Record<string, unknown>[] };
  const entry = whole.people.find((person) => person['name'] === name);
  if (entry === undefined) whole.people.push({ name, tokenHash: hashToken(token) });
  else entry['tokenHash'] = hashToken(token);
  const after = `${JSON.stringify(whole, null, 2)}\n`;
  const right = parsePeople(after);
  if (!right.ok) return right;
  writeFileSync(`${file}.new`, after, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  return ok(token);
}
