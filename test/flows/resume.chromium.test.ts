/** The panel, the page, the service or the answer goes away in the middle of a paid job: it arrives, once, paid once. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Visit } from '../../scripts/visit';
import { brighten } from './restorer';
import { type Stage, setStage } from './stage';

const LAYER = 'Astronaut';
const astronaut = new Uint8Array(readFileSync(join(import.meta.dirname, '../../playground/samples/astronaut.png')));
const samples = [{ title: LAYER, bytes: astronaut, width: 512, height: 512 }];
/** Milliseconds for which the service is down. */
const DOWN = 30_000;

let held: ReturnType<typeof brighten>;
let stage: Stage;
let visit: Visit;
beforeEach(async () => {
  held = brighten({ x: 177, y: 54, width: 93, height: 118 });
  stage = await setStage({ samples, engine: { restorer: held.restorer } });
  visit = await stage.visit();
});
afterEach(() => stage.close());

const submits = (): number =>
  stage.seen.filter(({ method, path }) => method === 'POST' && /\/async$/.test(path)).length;
const accepted = (): number => stage.engine.jobs().length;

/** Starts the job and waits until the service has `jobs` of it, none of them finished. */
async function start(jobs: number): Promise<void> {
  held.hold();
  await visit.clickLayer(LAYER);
  await visit.command('Recover faces');
  await visit.useLocalEngine();
  const panel = await visit.panel();
  await panel.getByRole('button', { name: /^Restore \d+ faces? · 1 credit$/ }).click();
  await expect.poll(accepted, { timeout: 30_000 }).toBe(jobs);
}

/** The layer is not selected any more: the plugin finds its job by itself. */
async function reopen(at: Visit): Promise<void> {
  await at.command('Recover faces');
  await at.panel();
}

async function applyWhatIsReady(at: Visit): Promise<void> {
  const panel = await at.panel();
  await panel.getByText('1 result is ready').waitFor({ timeout: 90_000 });
  await panel.getByRole('button', { name: 'Review' }).click();
  await panel.getByRole('button', { name: 'Apply' }).waitFor();
  await at.apply('Overlay');
}

/** The result lies in the document once, and one charge is in the engine's ledger. */
async function expectDeliveredOnce(at: Visit): Promise<void> {
  const fills = await at.page.evaluate((name) => window.playground.fills(name), LAYER);
  expect(fills).toHaveLength(2);
  expect(stage.engine.charges().map(({ credits }) => credits)).toEqual([1]);
  const unfinished = stage.engine.jobs().filter(({ status }) => status === 'Pending' || status === 'Processing');
  expect(unfinished).toEqual([]);
}

describe('a job whose panel goes away in the middle', () => {
  it('arrives after the page was reloaded and the plugin opened again, and is paid once', async () => {
    await start(1);
    await visit.reload();
    expect(await visit.page.evaluate(() => window.playground.running())).toBe(false);
    await reopen(visit);
    held.release();
    await applyWhatIsReady(visit);
    await expectDeliveredOnce(visit);
    expect(submits()).toBe(1);
  });

  it('is ready at the next opening when it was finished meanwhile', async () => {
    await start(1);
    await visit.reload();
    held.release();
    await expect.poll(() => stage.engine.charges().length, { timeout: 30_000 }).toBe(1);
    await reopen(visit);
    await applyWhatIsReady(visit);
    await expectDeliveredOnce(visit);
    expect(submits()).toBe(1);
  });
});

describe('a service that is down for 30 s in the middle', () => {
  it('does the job once when it is back, for the panel that stayed open', async () => {
    await start(1);
    await stage.stopEngine();
    await visit.page.waitForTimeout(DOWN);
    await stage.startEngineAgain();
    held.release();
    const panel = await visit.panel();
    await panel.getByRole('button', { name: 'Apply' }).waitFor({ timeout: 90_000 });
    await visit.apply('Overlay');
    await expectDeliveredOnce(visit);
    expect(submits()).toBe(1);
  });

  it('does the job once for a panel that was opened while it was down', async () => {
    await start(1);
    await stage.stopEngine();
    await visit.reload();
    await reopen(visit);
    // Long enough for its first looks to fail.
    await visit.page.waitForTimeout(5_000);
    await stage.startEngineAgain();
    held.release();
    await applyWhatIsReady(visit);
    await expectDeliveredOnce(visit);
    expect(submits()).toBe(1);
  });
});

describe('a connection that is reset after the service took the job', () => {
  it('costs nothing more: the job is found in the list, whatever the browser sent again by itself', async () => {
    stage.engine.faults.set({
      rules: [{ match: { kind: 'submit', nth: 1 }, fault: { kind: 'reset', at: 'answered' } }],
    });
    held.hold();
    await visit.clickLayer(LAYER);
    await visit.command('Recover faces');
    await visit.useLocalEngine();
    const panel = await visit.panel();
    await panel.getByRole('button', { name: /^Restore \d+ faces? · 1 credit$/ }).click();
    await expect.poll(accepted, { timeout: 30_000 }).toBeGreaterThanOrEqual(1);
    await visit.reload();
    await reopen(visit);
    // Twins, if there are any, are cancelled before anything completes.
    const alive = () => stage.engine.jobs().filter(({ status }) => status !== 'Cancelled');
    await expect.poll(() => alive().length, { timeout: 60_000 }).toBe(1);
    held.release();
    await applyWhatIsReady(visit);
    await expectDeliveredOnce(visit);
  });
});

describe('two windows on one document', () => {
  it('send and go on with a job in one of them, and the other takes over when that one is closed', async () => {
    await start(1);
    const other = await visit.another();
    await reopen(other);
    const watching = await other.panel();
    await watching.getByText(/^Another window is working on this file/).waitFor({ timeout: 30_000 });
    held.release();
    await expect.poll(() => stage.engine.charges().length, { timeout: 30_000 }).toBe(1);
    await visit.page.close();
    await applyWhatIsReady(other);
    await expectDeliveredOnce(other);
    expect(submits()).toBe(1);
  });
});
