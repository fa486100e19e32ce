import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { encode } from 'fast-png';
import { unzipSync } from 'fflate';
import { afterEach, describe, expect, it } from 'vitest';
import { filesFaults, LISTING_PICTURES, listingFaults, versionFaults, zipFaults } from '../../../scripts/package/check';
import { type PackageFiles, readPackage, zipOf } from '../../../scripts/package/files';

const ROOT = join(import.meta.dirname, '../../..');
const manifest = JSON.parse(readFileSync(join(ROOT, 'manifest.json'), 'utf8')) as Record<string, unknown>;
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A project's folder with these files. */
function folderOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'recover-faces-package-'));
  folders.push(folder);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const UI = '<script id="face-weights">QUJD</script>';

function packed(change: Readonly<Record<string, unknown>> = {}, code = 'void 0', ui = UI): PackageFiles {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
  return {
    manifest: JSON.stringify({ ...manifest, ...change }),
    named: { main: { path: 'dist/code.js', bytes: bytes(code) }, ui: { path: 'dist/ui.html', bytes: bytes(ui) } },
  };
}

describe('the package', () => {
  it('holds the manifest and the files it names, at the paths it names', () => {
    const files = {
      'manifest.json': JSON.stringify(manifest),
      'dist/code.js': 'void 0',
      'dist/ui.html': UI,
      'other.txt': '',
    };
    const read = readPackage(folderOf(files));
    if (!read.ok) throw new Error(read.error);
    const inside = unzipSync(zipOf(read.value));
    expect(Object.keys(inside).sort()).toEqual(['dist/code.js', 'dist/ui.html', 'manifest.json']);
    expect(new TextDecoder().decode(inside['dist/ui.html'])).toBe(UI);
  });

  it('is the same on every machine and day', () => {
    const zone = process.env['TZ'];
    const made = ['UTC', 'Asia/Kolkata', 'America/St_Johns'].map((place) => {
      process.env['TZ'] = place;
      return Buffer.from(zipOf(packed())).toString('base64');
    });
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
    expect(new Set(made).size).toBe(1);
  });

  it('of this manifest has no fault', () => {
    expect(filesFaults(packed())).toEqual([]);
  });

  const network = manifest['networkAccess'] as Record<string, unknown>;
  it.each<[string, PackageFiles, string]>([
    ['a manifest without a name', packed({ name: '' }), 'manifest.json: "name" is missing.'],
    [
      'localhost among the allowed domains',
      packed({ networkAccess: { ...network, allowedDomains: ['https://api.topazlabs.com', 'http://localhost:4141'] } }),
      'manifest.json: http://localhost:4141 belongs in "devAllowedDomains".',
    ],
    [
      'a text that Figma refuses',
      packed({}, 'const a = "import(";'),
      'dist/code.js contains import(, which Figma refuses.',
    ],
    ['code over its budget', packed({}, 'x'.repeat(41_000)), 'code.js has 41.0 kB: over its budget of 40.0 kB.'],
    ['a panel without the face network', packed({}, '', '<p>'), 'dist/ui.html has no face network in it.'],
  ])('with %s is refused', (_what, files, fault) => {
    expect(filesFaults(files)).toContain(fault);
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ['no manifest', {}, 'There is no manifest.json.'],
    ['a manifest that is no JSON', { 'manifest.json': '{' }, 'manifest.json is no JSON object.'],
    ['no main', { 'manifest.json': '{"ui": "ui.html"}' }, 'manifest.json names no "main".'],
    [
      'a main that was not built',
      { 'manifest.json': '{"main": "code.js", "ui": "ui.html"}', 'ui.html': '' },
      '"main" names code.js, which does not exist: npm run build writes it.',
    ],
    [
      'a path out of the package',
      { 'manifest.json': '{"main": "../code.js", "ui": "ui.html"}' },
      '"main" must be a path inside the package, with slashes: ../code.js is none.',
    ],
    [
      'a path from the root',
      { 'manifest.json': '{"main": "/code.js", "ui": "ui.html"}' },
      '"main" must be a path inside the package, with slashes: /code.js is none.',
    ],
  ])('of a folder with %s is refused', (_what, files, fault) => {
    expect(readPackage(folderOf(files))).toEqual({ ok: false, error: fault });
  });

  it('is refused over its budget', () => {
    expect(zipFaults(new Uint8Array(1_000_001))).toEqual(['The zip has 1000001 bytes: over its budget of 1000000.']);
  });

  it('is refused when the changelog speaks of another version', () => {
    expect(versionFaults('1.0.0', '# Changelog\n\n## 1.0.0\n\n## 0.9.0\n')).toEqual([]);
    expect(versionFaults('1.0.1', '# Changelog\n\n## 1.0.0\n')).toEqual([
      'CHANGELOG.md ends with 1.0.0, and package.json says 1.0.1: they must agree.',
    ]);
  });
});

describe('the listing', () => {
  const read = (name: string): Uint8Array => new Uint8Array(readFileSync(join(ROOT, 'docs/listing', name)));

  it('has its pictures in the sizes that Figma asks for', () => {
    expect(Object.keys(LISTING_PICTURES)).toEqual(['icon.png', 'cover.png']);
    expect(listingFaults(read)).toEqual([]);
  });

  it.each<[string, Uint8Array | null, string]>([
    ['is missing', null, 'The listing has no icon.png: npm run listing draws it.'],
    ['is no picture', new TextEncoder().encode('no picture'), 'icon.png of the listing is no PNG.'],
    [
      'has another size',
      encode({ width: 64, height: 64, data: new Uint8Array(64 * 64 * 4), channels: 4 }),
      'icon.png of the listing is 64 x 64: 128 x 128 is asked for.',
    ],
  ])('is refused when its icon %s', (_what, bytes, fault) => {
    expect(listingFaults((name) => (name === 'icon.png' ? bytes : read(name)))).toEqual([fault]);
  });

  it('and this release are about the same version', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { readonly version: string };
    expect(versionFaults(version, readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8'))).toEqual([]);
  });
});
