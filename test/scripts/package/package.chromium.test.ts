import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, expect, it } from 'vitest';
import { startPlayground } from '../../../playground/server';
import { launchChromium } from '../../../scripts/chromium';
import { filesFaults, zipFaults } from '../../../scripts/package/check';
import { readPackage, zipOf } from '../../../scripts/package/files';
import { visit } from '../../../scripts/visit';

const ROOT = join(import.meta.dirname, '../../..');
mkdirSync(join(ROOT, '.cache'), { recursive: true });
const folder = mkdtempSync(join(ROOT, '.cache', 'package-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('what is in the zip runs as it is: the manifest, the code and the panel at the paths that it names', async () => {
  const files = readPackage(ROOT);
  if (!files.ok) throw new Error(files.error);
  const zip = zipOf(files.value);
  expect([...filesFaults(files.value), ...zipFaults(zip)]).toEqual([]);
  for (const [path, bytes] of Object.entries(unzipSync(zip))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  const { named } = files.value;
  const playground = await startPlayground({
    port: 0,
    engineAddress: null,
    manifest: join(folder, 'manifest.json'),
    dist: join(folder, dirname(named.main.path)),
  });
  const browser = await launchChromium();
  try {
    const person = await visit(browser, playground.address);
    await person.clickLayer('Heavy JPEG');
    await person.command('Recover faces');
    const panel = await person.panel();
    await panel.getByText('Try the local engine').waitFor();
    expect(person.complaints).toEqual([]);
  } finally {
    await browser.close();
    await playground.close();
  }
});
