/**
 * Reads the names of all members of all interfaces from Figma's typings, inherited ones included, so that the fake
 * can say "exists in Figma but is not implemented by this host" where it is the fake that lacks something.
 */
export type MemberNames = { readonly [interfaceName: string]: readonly string[] };

/** `typings`: the text of the `.d.ts`. Reads no more of TypeScript than that file uses. */
export function memberNames(typings: string): MemberNames {
  const code = typings.replace(/\/\*[\s\S]*?\*\//g, '');
  const own = new Map<string, { readonly parents: readonly string[]; readonly names: readonly string[] }>();
  for (const match of code.matchAll(/^interface (\w+)(?:<[^{]*?>)?\s*(?:extends([^{]*))?\{(\}|[\s\S]*?^\})/gm)) {
    const [, name = '', parents = '', body = ''] = match;
    const names = [...body.matchAll(/^ {2}(?:readonly )?(\w+)\??(?=[(:<]|: )/gm)].map((member) => member[1] ?? '');
    own.set(name, {
      parents: parents
        .split(',')
        .map((parent) => parent.trim())
        .filter(Boolean),
      names,
    });
  }
  const all = (name: string): readonly string[] => {
    const found = own.get(name);
    return found === undefined ? [] : [...new Set([...found.names, ...found.parents.flatMap(all)])];
  };
  return Object.fromEntries([...own.keys()].filter((name) => WANTED.test(name)).map((name) => [name, all(name)]));
}

/** The interfaces that the fake has objects of. */
const WANTED =
  /^(PluginAPI|UIAPI|ClientStorageAPI|ViewportAPI|ParametersAPI|PaintStyle|Image|(Rectangle|Ellipse|Polygon|Star|Vector|Line|Text|Frame|Group|Section|Component|Instance|Page|Document)Node)$/;
