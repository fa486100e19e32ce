/** What a preset may be called: 1 to 40 characters, and no two of a person alike. */

/** Characters as a reader counts them, roughly: code points. */
export const LONGEST_NAME = 40;
export const LONGEST_HINT = 120;

export type NameProblem =
  | { readonly code: 'empty' }
  | { readonly code: 'long'; readonly length: number }
  /** `builtIn`: it is one of the presets that everybody has. */
  | { readonly code: 'taken'; readonly builtIn: boolean };

/** One line without control characters, and without space around it. */
export function tidyLine(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** As a person counts, nearly: code points, so that an emoji beyond the basic plane is one and not two. */
export function characters(text: string): number {
  return [...text].length;
}

/** At most so many characters; a longer text ends in an ellipsis. */
export function shortened(text: string, most: number): string {
  const all = [...text];
  return all.length <= most
    ? text
    : `${all
        .slice(0, most - 1)
        .join('')
        .trimEnd()}\u2026`;
}

/** Names that differ only in case or space would be mistaken for one another. */
export function sameName(one: string, other: string): boolean {
  return tidyLine(one).toLowerCase() === tidyLine(other).toLowerCase();
}

/** What is wrong with a name beside those that exist, or null. */
export function nameProblem(
  name: string,
  builtIn: readonly { readonly name: string }[],
  own: readonly { readonly name: string }[],
): NameProblem | null {
  const tidy = tidyLine(name);
  if (tidy === '') return { code: 'empty' };
  const length = characters(tidy);
  if (length > LONGEST_NAME) return { code: 'long', length };
  if (builtIn.some((known) => sameName(known.name, tidy))) return { code: 'taken', builtIn: true };
  if (own.some((known) => sameName(known.name, tidy))) return { code: 'taken', builtIn: false };
  return null;
}

/** The name itself, or the first of "Name 2", "Name 3" ... that is not taken, in at most 40 characters. */
export function freeName(wish: string, taken: readonly { readonly name: string }[]): string {
  const name = shortened(tidyLine(wish), LONGEST_NAME);
  for (let number = 1; ; number++) {
    const end = number === 1 ? '' : ` ${number}`;
    const free = shortened(name, LONGEST_NAME - end.length) + end;
    if (!taken.some((known) => sameName(known.name, free))) return free;
  }
}
