/** The panel, the page, the service or the answer goes away in the middle of a paid job: it arrives, once, paid once. */
import { describe, type ExpectStatic, it, type TestContext } from 'vitest';
import type { Visit } from '../../scripts/visit';
import { astronaut, brightenAstronaut } from './astronaut';
import type { HeldRestorer } from './restorer';
import { type Stage, setStage } from './stage';

const LAYER = 'Astronaut';
const samples = [astronaut];
/** Milliseconds for which the service is down. */
const DOWN = 30_000;

interface Scene {
  readonly stage: Stage;
  readonly visit: Visit;
  readonly held: HeldRestorer;
  /** The test's own: side by side, the one of the file does not know whose it is. */
  readonly expect: ExpectStatic;
}

/** They wait much and compute little: each has a stage of its own, and they go side by side. */
const story =
  (tell: (scene: Scene) => Promise<void>) =>
  async ({ expect }: TestContext): Promise<void> => {
    const held = brightenAstronaut();
    const stage = await setStage({ samples, engine: { restorer: held.restorer } });
    try {
      await tell({ stage, visit: await stage.visit(), held, expect });
    } finally {
      await stage.close();
    }
  };

const submits = ({ stage }: Scene): number =>
  stage.seen.filter(({ method, path }) => method === 'POST' && /\/async$/.test(path)).length;
const accepted = ({ stage }: Scene): number => stage.engine.jobs().length;
const charges = ({ stage }: Scene): readonly number[] => stage.engine.charges().map(({ credits }) => credits);

/** Starts the job and waits until the service has it, not finished. */
async function start(scene: Scene): Promise<void> {
  const { visit, held, expect } = scene;
  held.hold();
  await visit.clickLayer(LAYER);
  await visit.command('Recover faces');
  await visit.useLocalEngine();
  const panel = await visit.panel();
  await panel.getByRole('button', { name: /^Restore \d+ faces? · 1 credit$/ }).click();
  await expect.poll(() => accepted(scene), { timeout: 60_000 }).toBeGreaterThanOrEqual(1);
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
async function expectDeliveredOnce({ stage, expect }: Scene, at: Visit): Promise<void> {
  const fills = await at.page.evaluate((name) => window.playground.fills(name), LAYER);
  expect(fills).toHaveLength(2);
  expect(stage.engine.charges().map(({ credits }) => credits)).toEqual([1]);
  const unfinished = stage.engine.jobs().filter(({ status }) => status === 'Pending' || status === 'Processing');
  expect(unfinished).toEqual([]);
}

describe.concurrent('a job in the middle of which', { timeout: 300_000 }, () => {
  it(
    'the page was reloaded and the plugin opened again arrives, and is paid once',
    story(async (scene) => {
      const { visit, held, expect } = scene;
      await start(scene);
      await visit.reload();
      expect(await visit.page.evaluate(() => window.playground.running())).toBe(false);
      await reopen(visit);
      held.release();
      await applyWhatIsReady(visit);
      await expectDeliveredOnce(scene, visit);
      expect(submits(scene)).toBe(1);
    }),
  );

  it(
    'the page was reloaded is ready at the next opening when it was finished meanwhile',
    story(async (scene) => {
      const { visit, held, expect } = scene;
      await start(scene);
      await visit.reload();
      held.release();
      await expect.poll(() => charges(scene), { timeout: 60_000 }).toEqual([1]);
      await reopen(visit);
      await applyWhatIsReady(visit);
      await expectDeliveredOnce(scene, visit);
      expect(submits(scene)).toBe(1);
    }),
  );

  it(
    'the service is down for 30 s is done once when it is back, for the panel that stayed open',
    story(async (scene) => {
      const { stage, visit, held, expect } = scene;
      await start(scene);
      await stage.stopEngine();
      await visit.page.waitForTimeout(DOWN);
      await stage.startEngineAgain();
      held.release();
      const panel = await visit.panel();
      await panel.getByRole('button', { name: 'Apply' }).waitFor({ timeout: 90_000 });
      await visit.apply('Overlay');
      await expectDeliveredOnce(scene, visit);
      expect(submits(scene)).toBe(1);
    }),
  );

  it(
    'the service goes down is done once for a panel that was opened while it was down',
    story(async (scene) => {
      const { stage, visit, held, expect } = scene;
      await start(scene);
      await stage.stopEngine();
      await visit.reload();
      await reopen(visit);
      // Long enough for its first looks to fail.
      await visit.page.waitForTimeout(5_000);
      await stage.startEngineAgain();
      held.release();
      await applyWhatIsReady(visit);
      await expectDeliveredOnce(scene, visit);
      expect(submits(scene)).toBe(1);
    }),
  );

  it(
    'the connection was reset after the service took it costs nothing more, whatever the browser sent again by itself',
    story(async (scene) => {
      const { stage, visit, held, expect } = scene;
      stage.engine.faults.set({
        rules: [{ match: { kind: 'submit', nth: 1 }, fault: { kind: 'reset', at: 'answered' } }],
      });
      await start(scene);
      await visit.reload();
      await reopen(visit);
      // Twins, if there are any, are cancelled before anything completes.
      const alive = () => stage.engine.jobs().filter(({ status }) => status !== 'Cancelled');
      await expect.poll(() => alive().length, { timeout: 90_000 }).toBe(1);
      held.release();
      await applyWhatIsReady(visit);
      await expectDeliveredOnce(scene, visit);
    }),
  );

  it(
    'a second window was opened goes on in the first, and in the other once that one is closed',
    story(async (scene) => {
      const { visit, held, expect } = scene;
      await start(scene);
      const other = await visit.another();
      await reopen(other);
      const watching = await other.panel();
      await watching.getByText(/^Another window is working on this file/).waitFor({ timeout: 60_000 });
      held.release();
      await expect.poll(() => charges(scene), { timeout: 60_000 }).toEqual([1]);
      await visit.page.close();
      await applyWhatIsReady(other);
      await expectDeliveredOnce(scene, other);
      expect(submits(scene)).toBe(1);
    }),
  );
});
