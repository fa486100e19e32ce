import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkManifest } from '../../scripts/manifest';

const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '../../manifest.json'), 'utf8')) as Record<
  string,
  unknown
>;
const network = manifest['networkAccess'] as Record<string, unknown>;

describe('the manifest', () => {
  it('of this project is what Figma asks for', () => {
    expect(checkManifest(manifest, () => true)).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, string]>([
    ['lacks its name', { name: undefined }, '"name" is missing.'],
    ['asks for another API', { api: '2.0.0' }, '"api" must be'],
    ['loads every page', { documentAccess: 'all' }, '"documentAccess" must be'],
    ['is for another editor', { editorType: ['figjam'] }, '"editorType" must contain'],
    ['has no menu', { menu: [] }, '"menu" is missing.'],
    ['has a menu entry without a command', { menu: [{ name: 'x' }] }, 'lacks its name or command'],
    [
      'asks for a parameter without a key',
      { menu: [{ name: 'x', command: 'y', parameters: [{ name: 'Preset' }], parameterOnly: true }] },
      'lacks its name or key',
    ],
    [
      'leaves open where a command with parameters is shown',
      { menu: [{ name: 'x', command: 'y', parameters: [{ name: 'Preset', key: 'preset' }] }] },
      'write "parameterOnly"',
    ],
    ['says nothing of the network', { networkAccess: undefined }, '"networkAccess" is missing.'],
    [
      'lets localhost into a release',
      { networkAccess: { ...network, allowedDomains: ['https://api.topazlabs.com', 'https://localhost:1'] } },
      'belongs in "devAllowedDomains"',
    ],
    [
      'leaves out the API',
      { networkAccess: { ...network, allowedDomains: ['https://example.com'] } },
      'lacks https://api.topazlabs.com',
    ],
  ])('is refused when it %s', (_what, change, complaint) => {
    expect(checkManifest({ ...manifest, ...change }, () => true).join(' ')).toContain(complaint);
  });

  it('is refused when the build did not write what it names', () => {
    expect(checkManifest(manifest, (file) => file !== 'dist/ui.html')).toEqual([
      '"ui" names dist/ui.html, which the build did not write.',
    ]);
  });
});
