/** What the host reads of manifest.json. */
export interface Manifest {
  readonly name: string;
  readonly id: string;
  readonly commands: readonly MenuItem[];
  readonly relaunchButtons: readonly { readonly command: string; readonly name: string; readonly multiple: boolean }[];
  readonly permissions: readonly string[];
  /** For the window's CSP; the development ones included. */
  readonly domains: readonly string[];
}

export type MenuItem = { readonly separator: true } | MenuCommand;

export interface MenuCommand {
  readonly name: string;
  readonly command: string;
  /** Asked for in quick actions before the command runs. */
  readonly parameters: readonly { readonly key: string; readonly name: string; readonly description: string }[];
}

/** Throws with what is missing: a plugin with a broken manifest does not start. */
export function parseManifest(input: unknown): Manifest {
  const given = (typeof input === 'object' && input !== null ? input : {}) as Readonly<Record<string, unknown>>;
  for (const key of ['name', 'id', 'api', 'main', 'editorType']) {
    if (given[key] === undefined) throw new Error(`manifest.json lacks "${key}"`);
  }
  if (given['documentAccess'] !== 'dynamic-page')
    throw new Error('manifest.json needs "documentAccess": "dynamic-page"');
  const network = (given['networkAccess'] ?? {}) as { allowedDomains?: unknown; devAllowedDomains?: unknown };
  return {
    name: String(given['name']),
    id: String(given['id']),
    commands: list(given['menu']).map((item) =>
      item['separator'] === true
        ? { separator: true }
        : {
            name: String(item['name']),
            command: String(item['command'] ?? ''),
            parameters: list(item['parameters']).map(({ key, name, description }) => ({
              key: String(key),
              name: String(name),
              description: String(description ?? ''),
            })),
          },
    ),
    relaunchButtons: list(given['relaunchButtons']).map((item) => ({
      command: String(item['command']),
      name: String(item['name']),
      multiple: item['multipleSelection'] === true,
    })),
    permissions: strings(given['permissions']),
    domains: [...strings(network.allowedDomains), ...strings(network.devAllowedDomains)],
  };
}

const list = (value: unknown): readonly Readonly<Record<string, unknown>>[] => (Array.isArray(value) ? value : []);
const strings = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);
