/** Checks manifest.json against what Figma asks for and what the plugin needs. */

/** Complaints in whole sentences; empty when the manifest is right. `exists` is asked for main and ui. */
export function checkManifest(manifest: unknown, exists: (file: string) => boolean): readonly string[] {
  if (typeof manifest !== 'object' || manifest === null) return ['It is not an object.'];
  const given = manifest as Record<string, unknown>;
  return [...required(given), ...files(given, exists), ...network(given['networkAccess']), ...commands(given)];
}

function required(given: Record<string, unknown>): string[] {
  const complaints: string[] = [];
  for (const name of ['name', 'id', 'main', 'ui']) {
    if (typeof given[name] !== 'string' || given[name] === '') complaints.push(`"${name}" is missing.`);
  }
  if (given['api'] !== '1.0.0') complaints.push('"api" must be "1.0.0".');
  if (given['documentAccess'] !== 'dynamic-page') complaints.push('"documentAccess" must be "dynamic-page".');
  if (!Array.isArray(given['editorType']) || !given['editorType'].includes('figma')) {
    complaints.push('"editorType" must contain "figma".');
  }
  return complaints;
}

function files(given: Record<string, unknown>, exists: (file: string) => boolean): string[] {
  return ['main', 'ui'].flatMap((name) => {
    const file = given[name];
    return typeof file === 'string' && !exists(file) ? [`"${name}" names ${file}, which the build did not write.`] : [];
  });
}

function network(access: unknown): string[] {
  if (typeof access !== 'object' || access === null) return ['"networkAccess" is missing.'];
  const { allowedDomains, reasoning, devAllowedDomains } = access as Record<string, unknown>;
  const complaints: string[] = [];
  const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
  const allowed = list(allowedDomains);
  if (!allowed.includes('https://api.topazlabs.com'))
    complaints.push('"allowedDomains" lacks https://api.topazlabs.com.');
  for (const domain of allowed) {
    if (!domain.startsWith('https://')) complaints.push(`"allowedDomains" has ${domain}: write https://.`);
    if (/localhost|127\.0\.0\.1/.test(domain)) complaints.push(`${domain} belongs in "devAllowedDomains".`);
  }
  for (const domain of list(devAllowedDomains)) {
    if (!/^https?:\/\//.test(domain)) complaints.push(`"devAllowedDomains" has ${domain}: write the scheme.`);
  }
  if (typeof reasoning !== 'string' || reasoning === '') complaints.push('"reasoning" is missing.');
  return complaints;
}

function commands(given: Record<string, unknown>): string[] {
  const menu = Array.isArray(given['menu']) ? (given['menu'] as Record<string, unknown>[]) : [];
  const relaunch = Array.isArray(given['relaunchButtons'])
    ? (given['relaunchButtons'] as Record<string, unknown>[])
    : [];
  if (menu.length === 0) return ['"menu" is missing.'];
  const complaints: string[] = [];
  for (const entry of [...menu.filter((item) => item['separator'] !== true), ...relaunch]) {
    if (typeof entry['name'] !== 'string' || typeof entry['command'] !== 'string') {
      complaints.push(`A menu entry or relaunch button lacks its name or command: ${JSON.stringify(entry)}.`);
    }
    complaints.push(...parameters(entry));
  }
  return complaints;
}

/** What quick actions ask for. Figma shows such a command nowhere else unless it is told so. */
function parameters(entry: Record<string, unknown>): string[] {
  if (entry['parameters'] === undefined) return [];
  const asked = Array.isArray(entry['parameters']) ? (entry['parameters'] as Record<string, unknown>[]) : [];
  const named = asked.filter(({ name, key }) => typeof name === 'string' && typeof key === 'string');
  const complaints: string[] = [];
  if (asked.length === 0 || named.length < asked.length) {
    complaints.push(`A parameter of "${String(entry['name'])}" lacks its name or key.`);
  }
  if (typeof entry['parameterOnly'] !== 'boolean') {
    complaints.push(`"${String(entry['name'])}" asks for parameters: write "parameterOnly".`);
  }
  return complaints;
}
