/**
 * `npm run package`: builds the plugin and makes the zip of a release in out/: manifest, code and panel at the paths that
 * the manifest names. Nothing is written when anything is wrong; every fault is said.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildPlugin } from './build';
import { filesFaults, listingFaults, versionFaults, zipFaults } from './package/check';
import { readPackage, zipOf } from './package/files';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LISTING = join(ROOT, 'docs', 'listing');

async function main(): Promise<number> {
  try {
    await buildPlugin();
  } catch (problem) {
    console.error(problem instanceof Error ? problem.message : problem);
    return 1;
  }
  const files = readPackage(ROOT);
  const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly version: string };
  const zip = files.ok ? zipOf(files.value) : null;
  const faults = [
    ...(files.ok ? filesFaults(files.value) : [files.error]),
    ...(zip === null ? [] : zipFaults(zip)),
    ...listingFaults((name) => {
      const place = join(LISTING, name);
      return existsSync(place) ? new Uint8Array(readFileSync(place)) : null;
    }),
    ...versionFaults(version, readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8')),
  ];
  for (const fault of faults) console.error(fault);
  if (zip === null || faults.length > 0) return 1;
  const name = `recover-faces-${version}.zip`;
  mkdirSync(join(ROOT, 'out'), { recursive: true });
  writeFileSync(join(ROOT, 'out', name), zip);
  console.log(`out/${name}, ${(zip.length / 1000).toFixed(0)} kB. The listing is in docs/listing.`);
  return 0;
}

process.exitCode = await main();
