/** The commands that need no panel, and the buttons of a layer that carries a result, by mouse and by keyboard. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Visit } from '../../scripts/visit';
import { astronaut, brightenAstronaut } from './astronaut';
import { cups, portraits } from './portraits';
import type { HeldRestorer } from './restorer';
import { type Stage, setStage } from './stage';

const LAYER = 'Astronaut';
const CUP = 'Cup';
const OTHER = 'Another portrait';

let held: HeldRestorer;
let stage: Stage;
let visit: Visit;
beforeAll(async () => {
  held = brightenAstronaut();
  const [cup] = await cups(1, 256);
  const [portrait] = await portraits(1, 256);
  stage = await setStage({
    samples: [
      astronaut,
      { title: CUP, bytes: cup!, width: 256, height: 256 },
      { title: OTHER, bytes: portrait!, width: 256, height: 256 },
    ],
    engine: { restorer: held.restorer },
  });
  visit = await stage.visit();
  // The service is chosen once, as on the first day.
  await visit.command('Recover faces…');
  await visit.useLocalEngine();
  await close();
});
afterAll(() => stage.close());

async function close(): Promise<void> {
  // A run without a panel ends by itself, and has no button for it.
  if (await isSeen()) await visit.page.getByRole('button', { name: 'Close plugin' }).click();
  await visit.page.waitForFunction(() => !window.playground.running());
}

const fills = (layer = LAYER) => visit.page.evaluate((name) => window.playground.fills(name), layer);
const paints = async (layer = LAYER): Promise<readonly { readonly visible?: boolean }[]> =>
  (await fills(layer)) as readonly { readonly visible?: boolean }[];
const toasts = (): Promise<readonly string[]> => visit.page.evaluate(() => window.playground.toasts);
const running = (): Promise<boolean> => visit.page.evaluate(() => window.playground.running());
const charged = (): readonly number[] => stage.engine.charges().map(({ credits }) => credits);
const isSeen = (): Promise<boolean> => visit.page.getByRole('button', { name: 'Close plugin' }).isVisible();
const toast = (text: RegExp) => visit.page.locator('.toast').filter({ hasText: text });
/** Those of a run that goes on can be cancelled; others go away by themselves, after a while. */
const progressToasts = (): Promise<number> =>
  visit.page.locator('.toast').getByRole('button', { name: 'Cancel' }).count();

describe('Recover faces now', () => {
  afterEach(close);

  it.each([
    ['no face was found', [CUP], /No face was found/],
    ['nothing is selected', [], /Select a picture/],
  ])('opens the panel when %s, and sends nothing', async (_what, names, text) => {
    await visit.page.evaluate((layers) => window.playground.select(...layers), names);
    await visit.command('Recover faces now');
    await expect.poll(isSeen, { timeout: 60_000 }).toBe(true);
    await (await visit.panel()).getByText(text).first().waitFor();
    expect(stage.engine.jobs()).toEqual([]);
  });

  it('opens the panel with a sentence when it would cost more than one credit', async () => {
    await visit.page.evaluate((names) => window.playground.select(...names), [LAYER, OTHER]);
    await visit.command('Recover faces now');
    await expect.poll(isSeen, { timeout: 60_000 }).toBe(true);
    const panel = await visit.panel();
    await panel.getByText('This costs 2 credits: more than is spent without asking.').waitFor();
    await panel.getByRole('button', { name: /^Restore 2 pictures/ }).waitFor();
    expect(stage.engine.jobs()).toEqual([]);
  });

  it('tells of its progress, and is cancelled by the button of the toast', async () => {
    held.hold();
    await visit.clickLayer(LAYER);
    await visit.command('Recover faces now');
    await toast(/Restoring/).waitFor({ timeout: 60_000 });
    expect(await isSeen()).toBe(false);
    await toast(/Restoring/)
      .getByRole('button', { name: 'Cancel' })
      .click();
    await toast(/^Cancelled\. Nothing was charged\.$/).waitFor({ timeout: 30_000 });
    await expect.poll(running).toBe(false);
    held.release();
    expect(charged()).toEqual([]);
    expect(await paints()).toHaveLength(1);
  });

  it('restores and applies without a panel, says what was charged, and is one step to undo', async () => {
    const before = await fills();
    await visit.clickLayer(LAYER);
    await visit.command('Recover faces now');
    await toast(/^Done: 1 face · 1 credit · Undo with Ctrl\+Z$/).waitFor({ timeout: 60_000 });
    await expect.poll(running).toBe(false);
    expect(await paints()).toHaveLength(2);
    expect(charged()).toEqual([1]);
    await visit.page.keyboard.press('Control+z');
    expect(await fills()).toEqual(before);
    expect(visit.complaints).toEqual([]);
    expect(await progressToasts()).toBe(0);
  });

  it('is free for the same work once more', async () => {
    await visit.clickLayer(LAYER);
    await visit.command('Recover faces now');
    await toast(/^Done: 1 face · 0 credits/).waitFor({ timeout: 60_000 });
    expect(charged()).toEqual([1]);
  });

  it('is found again in the panel when it is opened meanwhile, and is paid once', async () => {
    held.hold();
    await visit.clickLayer(OTHER);
    await visit.command('Recover faces now');
    await toast(/Restoring/).waitFor({ timeout: 60_000 });
    await visit.command('Recover faces…');
    const panel = await visit.panel();
    expect(await progressToasts()).toBe(0);
    held.release();
    await panel.getByRole('button', { name: 'Show: Several pictures' }).click({ timeout: 60_000 });
    await panel.getByRole('button', { name: /^Apply 1 result/ }).click({ timeout: 60_000 });
    await expect.poll(async () => (await paints(OTHER)).length).toBe(2);
    expect(charged()).toEqual([1, 1]);
  });
});

/** It was put on by the run before, and the panel is closed. */
describe('a layer that carries a result', () => {
  afterEach(close);
  const shown = async (): Promise<readonly boolean[]> => (await paints()).map(({ visible }) => visible ?? true);
  const isUndoable = () => visit.page.evaluate(() => window.playground.session.document.canUndo());
  async function holdButton() {
    await visit.clickLayer(LAYER);
    await visit.command('Recover faces…');
    const hold = (await visit.panel()).getByRole('button', { name: 'Hold to see the original on the canvas' });
    await hold.waitFor({ timeout: 60_000 });
    return hold;
  }

  it('shows its original by Compare, and the result at the next press', async () => {
    await visit.clickLayer(LAYER);
    const compare = visit.page.getByRole('button', { name: 'Compare', exact: true });
    await compare.click();
    await expect.poll(shown).toEqual([true, false]);
    expect((await toasts()).at(-1)).toMatch(/^This is the original/);
    await compare.focus();
    await visit.page.keyboard.press('Enter');
    await expect.poll(shown).toEqual([true, true]);
    await expect.poll(running).toBe(false);
  });

  it('shows the original on the canvas while it is held, by mouse and by keyboard, which is no step to undo', async () => {
    const before = await fills();
    const undoable = await isUndoable();
    const hold = await holdButton();
    await hold.hover();
    await visit.page.mouse.down();
    await expect.poll(shown).toEqual([true, false]);
    expect(await hold.getAttribute('aria-pressed')).toBe('true');
    await visit.page.mouse.up();
    await expect.poll(fills).toEqual(before);
    await hold.focus();
    await visit.page.keyboard.down(' ');
    await expect.poll(shown).toEqual([true, false]);
    await visit.page.keyboard.up(' ');
    await expect.poll(fills).toEqual(before);
    expect(await isUndoable()).toBe(undoable);
  });

  it('has the result back when the panel is closed while it is held', async () => {
    const before = await fills();
    const hold = await holdButton();
    await hold.focus();
    await visit.page.keyboard.down(' ');
    await expect.poll(shown).toEqual([true, false]);
    await visit.page.evaluate(() => window.playground.session.host().close());
    expect(await fills()).toEqual(before);
    await visit.page.keyboard.up(' ');
  });

  it('has its faces chosen anew by Adjust faces, for nothing', async () => {
    const jobs = stage.engine.jobs().length;
    const paid = charged();
    await visit.page.getByRole('button', { name: 'Adjust faces' }).click();
    const panel = await visit.panel();
    await panel.getByRole('button', { name: 'Apply', exact: true }).waitFor({ timeout: 60_000 });
    await panel.getByRole('radio', { name: 'Replace fill' }).check();
    await panel.getByRole('button', { name: 'Apply', exact: true }).click();
    await panel.getByText('Applied: Replace fill').waitFor();
    expect(await shown()).toEqual([false, true]);
    expect(charged()).toEqual(paid);
    expect(stage.engine.jobs()).toHaveLength(jobs);
  });

  it('says where the result is no longer kept what can still be done, and what costs', async () => {
    // As for a teammate, whose computer never had the job.
    await visit.page.evaluate(() => {
      const { storage } = window.playground.session.host();
      for (const key of storage.keys()) if (key.startsWith('job:')) storage.delete(key);
    });
    await visit.page.getByRole('button', { name: 'Adjust faces' }).click();
    const panel = await visit.panel();
    await panel.getByText(/The service no longer keeps this result/).waitFor({ timeout: 60_000 });
    await panel.getByRole('button', { name: /^Restore 1 face · 1 credit$/ }).waitFor();
    await panel.getByRole('button', { name: 'Revert to original' }).click();
    await expect.poll(async () => (await paints()).length).toBe(1);
  });
});
