/**
 * The pictures of the README: the built plugin in the playground with the local engine, so that what they show was really
 * restored. The gallery's scenes only imitate it.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startBoth } from '../service';
import { visit } from '../visit';

const SHEET = 'Sheet of faces';
/** Milliseconds for pictures to be drawn. */
const DRAWN = 400;

export async function drawBest(browser: Browser, folder: string): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), 'recover-faces-best-'));
  // A copy: the playground starts the plugin anew when somebody builds another one meanwhile.
  const dist = join(data, 'plugin');
  cpSync(join(import.meta.dirname, '../../dist'), dist, { recursive: true });
  const both = await startBoth('any', data, {}, { dist });
  try {
    const person = await visit(browser, both.playground.address);
    const { page } = person;
    const shot = async (name: string): Promise<void> => {
      // What a pointer lies on looks different.
      await page.mouse.move(2, 2, { steps: 5 });
      await page.waitForTimeout(DRAWN);
      await page.locator('section.window').screenshot({ path: join(folder, `${name}.png`) });
    };
    await person.clickLayer(SHEET);
    await person.command('Recover faces');
    await person.useLocalEngine();
    const panel = await person.panel();
    await panel.getByRole('button', { name: /^Restore \d+ faces · 1 credit$/ }).waitFor({ timeout: 60_000 });
    await shot('1-faces');
    await person.restore();
    await panel.getByRole('button', { name: /^Look at face 1/ }).waitFor();
    await shot('2-review');
    await person.apply('Overlay');
    await shot('3-applied');
    await panel.getByRole('button', { name: 'Done' }).click();
    await page.evaluate(() => window.playground.select());
    await panel.getByRole('button', { name: 'Find pictures on this page' }).click();
    // All are looked through: what it costs is known.
    await panel.getByRole('button', { name: /^Restore \d+ pictures · / }).waitFor({ timeout: 120_000 });
    await shot('4-several');
  } finally {
    await both.close();
    rmSync(data, { recursive: true, force: true });
  }
}
