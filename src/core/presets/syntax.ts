/**
 * JSON text (RFC 8259) as a tree that knows the line of each part, so that what is wrong in a file can be said line by
 * line. Knows nothing of presets. Never throws, and refuses what is nested deeper than a file of ours could be.
 */
import { failed, ok, type Result } from '../result';

export type Lined = { readonly line: number } & (
  | { readonly kind: 'object'; readonly members: readonly Member[] }
  | { readonly kind: 'list'; readonly items: readonly Lined[] }
  | { readonly kind: 'plain'; readonly value: string | number | boolean | null }
);

export interface Member {
  readonly name: string;
  /** Of its name. */
  readonly line: number;
  readonly value: Lined;
}

/** Where the text stops making sense; lines count from 1. */
export interface SyntaxProblem {
  readonly line: number;
  readonly deep: boolean;
}

const DEEPEST = 20;
const SPACE = /[ \t\n\r]*/y;
const PLAIN = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
// One letter or escape at a time: nothing to go back over, however long the text is. Which letters may stand there
// unescaped is left to the platform's own reader.
const STRING = /"(?:[^"\\]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;

class Stop extends Error {
  constructor(readonly deep: boolean) {
    super();
  }
}

/**
 * A byte order mark is skipped. The problem is the first one; `deep`: it is nested beyond `DEEPEST`, not misspelt.
 */
export function readLined(text: string): Result<Lined, SyntaxProblem> {
  let at = text.startsWith('\ufeff') ? 1 : 0;
  let line = 1;

  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? null;
    at += found?.length ?? 0;
    return found;
  };
  const space = (): void => {
    for (const letter of take(SPACE) ?? '') if (letter === '\n') line++;
  };
  const next = (mark: string): boolean => {
    space();
    if (text[at] !== mark) return false;
    at++;
    return true;
  };
  const needed = <Value>(value: Value | null): Value => {
    if (value === null) throw new Stop(false);
    return value;
  };
  const string = (): string => JSON.parse(needed(take(STRING))) as string;

  /** What stands between two marks, parted by commas. */
  const several = (end: string, one: () => void): void => {
    if (next(end)) return;
    do one();
    while (next(','));
    needed(next(end) || null);
  };
  const value = (depth: number): Lined => {
    if (depth > DEEPEST) throw new Stop(true);
    space();
    const begin = line;
    if (next('{')) {
      const members: Member[] = [];
      several('}', () => {
        space();
        const from = line;
        const name = string();
        needed(next(':') || null);
        members.push({ name, line: from, value: value(depth + 1) });
      });
      return { line: begin, kind: 'object', members };
    }
    if (next('[')) {
      const items: Lined[] = [];
      several(']', () => items.push(value(depth + 1)));
      return { line: begin, kind: 'list', items };
    }
    if (text[at] === '"') return { line: begin, kind: 'plain', value: string() };
    return { line: begin, kind: 'plain', value: JSON.parse(needed(take(PLAIN))) as number | boolean | null };
  };

  try {
    const whole = value(0);
    space();
    return at === text.length ? ok(whole) : failed({ line, deep: false });
  } catch (thrown) {
    // The way out of the recursion, or a text with a bare control character; anything else is a bug.
    if (thrown instanceof Stop) return failed({ line, deep: thrown.deep });
    if (thrown instanceof SyntaxError) return failed({ line, deep: false });
    throw thrown;
  }
}

/** The member with this name; of several the last, as JSON readers do. */
export function member(node: Lined, name: string): Lined | null {
  if (node.kind !== 'object') return null;
  return [...node.members].reverse().find((found) => found.name === name)?.value ?? null;
}
