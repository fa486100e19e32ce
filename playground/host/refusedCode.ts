/** Texts that Figma does not let into a plugin's code, wherever they stand, strings included. */
const REFUSED = ['import(', '<!--', '-->'] as const;

/** Null, or Figma's kind of message about the first of them. */
export function refusedCode(code: string): string | null {
  const found = REFUSED.find((text) => code.includes(text));
  if (found === undefined) return null;
  return found === 'import('
    ? "SyntaxError: possible import expression rejected around: 'import('"
    : `SyntaxError: possible html comment rejected around: '${found}'`;
}
