/** From a selected picture to the applied result: what a person does is counted by the page itself. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Visit } from '../../scripts/visit';
import { astronaut, brightenAstronaut } from './astronaut';
import { type Stage, setStage } from './stage';

const LAYER = 'Astronaut';

declare global {
  interface Window {
    actions: string[];
  }
}

let stage: Stage;
let visit: Visit;
beforeAll(async () => {
  stage = await setStage({
    samples: [astronaut],
    engine: { restorer: brightenAstronaut().restorer },
  });
});
afterAll(() => stage.close());

beforeEach(async () => {
  visit = await stage.visit();
  await visit.command('Recover faces…');
  await visit.useLocalEngine();
  await visit.page.getByRole('button', { name: 'Close plugin' }).click();
  await visit.clickLayer(LAYER);
  await visit.page.evaluate(() => {
    window.actions = [];
    // Modifiers that are only held are no action of their own.
    const count = (event: Event): void => {
      const key = event instanceof KeyboardEvent ? event.key : 'click';
      if (event.isTrusted && !['Control', 'Alt', 'Shift', 'Meta'].includes(key)) window.actions.push(key);
    };
    addEventListener('pointerdown', count, true);
    addEventListener('keydown', count, true);
  });
});

const actions = (): Promise<readonly string[]> => visit.page.evaluate(() => window.actions);
const fills = async (): Promise<number> =>
  ((await visit.page.evaluate((name) => window.playground.fills(name), LAYER)) as readonly unknown[]).length;

it('takes two clicks: the menu of the plugin, and "Recover faces now" in it', async () => {
  expect(await fills()).toBe(1);
  await visit.page.getByRole('button', { name: 'Recover Faces', exact: true }).click();
  await visit.page.getByRole('menuitem', { name: 'Recover faces now' }).click();
  await expect.poll(fills, { timeout: 60_000 }).toBe(2);
  expect(await actions()).toEqual(['click', 'click']);
  expect(visit.complaints).toEqual([]);
  await visit.close();
});

it('takes one shortcut for the next picture: the last command again', async () => {
  await visit.command('Recover faces now');
  await expect.poll(fills, { timeout: 60_000 }).toBe(2);
  await expect.poll(() => visit.page.evaluate(() => window.playground.running())).toBe(false);
  await visit.page.keyboard.press('Control+z');
  expect(await fills()).toBe(1);
  await visit.page.evaluate(() => {
    window.actions = [];
  });
  await visit.page.keyboard.press('Control+Alt+p');
  await expect.poll(fills, { timeout: 60_000 }).toBe(2);
  expect(await actions()).toEqual(['p']);
  await visit.close();
});
