/** What a release is made of: the manifest and the files that it names, and the zip of them. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, type Zippable, zipSync } from 'fflate';
import { failed, ok, type Result } from '../../src/core/result';

export interface PackageFiles {
  /** As it stands in the file. */
  readonly manifest: string;
  /** By the path that the manifest names, with slashes. */
  readonly named: Readonly<Record<'main' | 'ui', { readonly path: string; readonly bytes: Uint8Array }>>;
}

/** From the project's folder, after a build. The error is a sentence. */
export function readPackage(root: string): Result<PackageFiles, string> {
  const place = join(root, 'manifest.json');
  if (!existsSync(place)) return failed('There is no manifest.json.');
  const manifest = readFileSync(place, 'utf8');
  const given = parsed(manifest);
  if (given === null) return failed('manifest.json is no JSON object.');
  const main = named(root, given, 'main');
  const ui = named(root, given, 'ui');
  if (!main.ok) return main;
  if (!ui.ok) return ui;
  return ok({ manifest, named: { main: main.value, ui: ui.value } });
}

function parsed(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function named(
  root: string,
  manifest: Readonly<Record<string, unknown>>,
  name: 'main' | 'ui',
): Result<PackageFiles['named']['main'], string> {
  const path = manifest[name];
  if (typeof path !== 'string' || path === '') return failed(`manifest.json names no "${name}".`);
  // Out of the folder, or a path that only this machine knows.
  if (/^([/\\]|[a-z]:)|\\|(^|\/)\.\.?(\/|$)/i.test(path)) {
    return failed(`"${name}" must be a path inside the package, with slashes: ${path} is none.`);
  }
  const place = join(root, path);
  return existsSync(place)
    ? ok({ path, bytes: new Uint8Array(readFileSync(place)) })
    : failed(`"${name}" names ${path}, which does not exist: npm run build writes it.`);
}

/** The same files give the same bytes, on every machine and day. */
export function zipOf({ manifest, named: { main, ui } }: PackageFiles): Uint8Array {
  const files: Zippable = { 'manifest.json': strToU8(manifest), [main.path]: main.bytes, [ui.path]: ui.bytes };
  // A zip holds local time: this one is midnight wherever it is made. 1980 is the first year that it knows.
  return zipSync(files, { level: 9, mtime: new Date(1980, 0, 1) });
}
