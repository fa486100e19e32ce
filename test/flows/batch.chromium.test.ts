/**
 * Thirty pictures under a service that takes three at a time: ten of them duplicates, four without faces, one corrupt.
 *
 * Tasks are watched in the panel's own frame. What its parents do, which are the stand-in for Figma (canvas, painting,
 * the VM of the main thread), is not counted; the pixel worker is another thread, where long tasks freeze nobody.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SamplePicture } from '../../playground/document/sampleCanvas';
import type { Visit } from '../../scripts/visit';
import { type LongTasks, watchLongTasks } from './longTasks';
import { brightenMiddle, cups, portraits } from './portraits';
import { type Stage, setStage } from './stage';

const SIDE = 240;
const FACES = 15;
const COPIES = 10;
const FACELESS = 4;
/** Jobs that the service holds at once. */
const LIMIT = 3;
/** Milliseconds that one job takes. */
const JOB_TIME = 1_500;
/** Milliseconds of processor time beyond which a task holds up the person. */
const LONG_TASK = 50;

let stage: Stage;
let visit: Visit;
let panel: Frame;
let layers: readonly string[];
let before: unknown;
let watching: LongTasks;

beforeAll(async () => {
  const samples = await pictures();
  layers = samples.map(({ title }) => title);
  stage = await setStage({
    samples,
    engine: { restorer: brightenMiddle(JOB_TIME), inFlight: LIMIT, parallel: LIMIT },
  });
  visit = await stage.visit();
});
afterAll(() => stage.close());

async function pictures(): Promise<readonly SamplePicture[]> {
  const hopper = new Uint8Array(readFileSync(join(import.meta.dirname, '../../playground/samples/grace_hopper.jpg')));
  const distinct = await portraits(FACES, SIDE);
  const all: (readonly [string, Uint8Array])[] = [
    ...distinct.map((bytes, number) => [`Portrait ${number + 1}`, bytes] as const),
    ...distinct.slice(0, COPIES).map((bytes, number) => [`Copy of portrait ${number + 1}`, bytes] as const),
    ...(await cups(FACELESS, SIDE)).map((bytes, number) => [`Cup ${number + 1}`, bytes] as const),
    ['Corrupt', hopper.subarray(0, 20_000)],
  ];
  return all.map(([title, bytes]) => ({ title, bytes, width: SIDE, height: SIDE }));
}

const allFills = (): Promise<unknown> =>
  visit.page.evaluate((names) => names.map((name) => window.playground.fills(name)), layers);

const submits = (): number =>
  stage.seen.filter(({ method, path }) => method === 'POST' && /\/async$/.test(path)).length;
const refusals = (): number => stage.log.filter((line) => /POST \S*\/async 429 /.test(line)).length;

describe('a batch of thirty pictures', () => {
  it('is counted before it costs anything', async () => {
    expect(layers).toHaveLength(30);
    await visit.page.evaluate((names) => window.playground.select(...names), layers);
    await visit.command('Recover faces');
    await visit.useLocalEngine();
    panel = await visit.panel();
    watching = await watchLongTasks(panel);
    before = await allFills();
    await panel.getByText(`30 layers, 20 pictures, ${FACES} with faces: ${FACES} credits`).waitFor({ timeout: 60_000 });
    expect(submits()).toBe(0);
  });

  it('is restored under a limit of three, each picture paid once, without holding up the panel', async () => {
    await panel.getByRole('button', { name: `Restore ${FACES} pictures · ${FACES} credits` }).click();
    await panel
      .getByRole('button', { name: `Apply ${FACES} results · ${FACES + COPIES} layers` })
      .waitFor({ timeout: 110_000 });
    await panel.getByText(`${FACES} results are ready`).waitFor();
    expect(stage.engine.charges()).toHaveLength(FACES);
    expect(stage.engine.charges().reduce((sum, { credits }) => sum + credits, 0)).toBe(FACES);
    expect(new Set(stage.engine.charges().map(({ filename }) => filename)).size).toBe(FACES);
    expect(refusals()).toBeLessThanOrEqual(10);
    expect(submits()).toBe(FACES + refusals());
  });

  it('is applied to all layers as one undo step, and taken back exactly', async () => {
    const button = visit.page.getByRole('button', { name: 'Undo' });
    await panel.getByRole('button', { name: /^Apply \d+ results/ }).click();
    await panel.getByText(`Applied to ${FACES + COPIES} layers. One undo step.`).waitFor({ timeout: 60_000 });
    const after = (await allFills()) as readonly (readonly unknown[])[];
    const restored = FACES + COPIES;
    expect(after.slice(0, restored).map((fills) => fills.length)).toEqual(Array.from({ length: restored }, () => 2));
    expect(after.slice(restored)).toEqual((before as readonly unknown[]).slice(restored));
    await button.click();
    await expect.poll(allFills, { timeout: 10_000 }).toEqual(before);
    await visit.page.getByRole('button', { name: 'Redo' }).click();
    await expect.poll(allFills, { timeout: 10_000 }).toEqual(after);
  });

  it('has kept no task of the panel busy for longer than 50 ms', async () => {
    // The net catches: this one is long.
    await panel.evaluate(
      (time) =>
        new Promise<void>((resolve) => {
          setTimeout(() => {
            const end = performance.now() + time;
            while (performance.now() < end);
            resolve();
          });
        }),
      10 * LONG_TASK,
    );
    const tasks = await watching.stop();
    const long = tasks.filter(({ worked }) => worked > LONG_TASK);
    expect(long).toHaveLength(1);
    expect(tasks.at(-1)).toEqual(long[0]);
  });
});
