/** The results of a document, listed: shown, taken off, applied again for nothing, copies included; by mouse and keyboard. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Visit } from '../../scripts/visit';
import { astronaut, brightenAstronaut } from './astronaut';
import { type Stage, setStage } from './stage';

const LAYER = 'Astronaut';

let stage: Stage;
let visit: Visit;
beforeAll(async () => {
  stage = await setStage({
    samples: [astronaut],
    engine: { restorer: brightenAstronaut().restorer },
  });
  visit = await stage.visit();
});
afterAll(() => stage.close());

const charged = (): readonly number[] => stage.engine.charges().map(({ credits }) => credits);
/** How many fills each layer with this name has, the lowest layer first. */
const fillsOfAll = (): Promise<readonly number[]> =>
  visit.page.evaluate((name) => {
    const { document } = window.playground.session;
    return window.playground
      .nodes()
      .filter((node) => node.name === name)
      .map(({ id }) => [document.tree().nodes.get(id)?.fills ?? []].flat().length);
  }, LAYER);

async function openHistory() {
  await visit.command('History…');
  const panel = await visit.panel();
  await panel.getByRole('heading', { name: 'History' }).waitFor();
  return panel;
}

/** One story: each goes on where the one before ended. */
describe('the history of a file', () => {
  it('is empty before anything was restored, and says what will stand there', async () => {
    await visit.command('Recover faces…');
    await visit.useLocalEngine();
    const panel = await openHistory();
    await panel.getByText(/No result in this file yet/).waitFor();
  });

  it('shows the layer of a result, and goes one level up with Esc', async () => {
    await visit.clickLayer(LAYER);
    await visit.command('Recover faces…');
    await visit.restore();
    await visit.apply('Overlay');
    await visit.page.evaluate(() => window.playground.select());
    const panel = await openHistory();
    await panel.getByRole('button', { name: 'Show layer' }).click();
    await expect.poll(() => visit.page.evaluate(() => window.playground.session.document.selection().length)).toBe(1);
    await panel.getByRole('button', { name: 'Show layer' }).focus();
    await visit.page.keyboard.press('Escape');
    await panel.getByRole('button', { name: 'History' }).waitFor();
    await panel.getByText(/^Restored: 1 face/).waitFor();
  });

  it('lists the result and its copy; each is taken off by itself, and applied again for nothing', async () => {
    await visit.page.getByRole('button', { name: 'Close plugin' }).click();
    await visit.clickLayer(LAYER);
    // The copy carries its recipe with it.
    await visit.page.keyboard.press('Control+d');
    await expect.poll(fillsOfAll).toEqual([2, 2]);
    const panel = await openHistory();
    const rows = panel.getByRole('list', { name: 'History' }).getByRole('listitem');
    await expect.poll(() => rows.count()).toBe(2);
    expect(await rows.first().innerText()).toMatch(
      /Astronaut\s+\d+ .*on Page 1\s+Balanced · 1 face · 1 credit · Local engine/,
    );
    await expect.poll(() => rows.first().locator('img').count()).toBe(1);

    await rows.first().getByRole('button', { name: 'Revert' }).click();
    await expect.poll(async () => [...(await fillsOfAll())].sort()).toEqual([1, 2]);
    await expect.poll(() => rows.count()).toBe(1);

    // By keyboard: the focus stays in the list when the button has gone.
    const revert = rows.first().getByRole('button', { name: 'Revert' });
    await revert.focus();
    await visit.page.keyboard.press('Enter');
    await expect.poll(fillsOfAll).toEqual([1, 1]);
    await panel.getByText('not on a layer').waitFor();
    await expect.poll(() => panel.evaluate(() => document.activeElement?.textContent)).toBe('Show layer');

    await panel.getByRole('button', { name: 'Apply again · free' }).click();
    await panel.getByRole('button', { name: 'Apply', exact: true }).waitFor({ timeout: 60_000 });
    await visit.apply('Overlay');
    expect([...(await fillsOfAll())].sort()).toEqual([1, 2]);
    expect(charged()).toEqual([1]);
    expect(stage.engine.jobs()).toHaveLength(1);
    expect(visit.complaints).toEqual([]);
  });

  it('says of a layer that somebody has deleted that it is gone', async () => {
    const panel = await openHistory();
    await panel.getByRole('button', { name: 'Show layer' }).waitFor();
    await visit.page.evaluate((name) => window.playground.teammateDeletes(name), LAYER);
    await panel.getByRole('button', { name: 'Show layer' }).click();
    await panel.getByRole('alert').getByText('The layer is no longer in the document.').waitFor();
  });
});
