/** Faults as a person meets them: the built plugin in the playground, the sentence in the panel, the record, the charge. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Fault, Match } from '../../engine/faults/plan';
import { unpack } from '../../playground/host/wire';
import type { Visit } from '../../scripts/visit';
import { astronaut, brightenAstronaut } from '../flows/astronaut';
import { type Stage, setStage } from '../flows/stage';

const PATIENCE = { timeout: 60_000 };
const held = brightenAstronaut();
let stage: Stage;
let visit: Visit;
let paid: number;
beforeAll(async () => {
  stage = await setStage({
    samples: [astronaut],
    engine: { restorer: held.restorer },
  });
});
afterAll(() => stage.close());

beforeEach(async () => {
  paid = stage.engine.charges().length;
  visit = await stage.visit();
  await visit.clickLayer('Astronaut');
  await visit.command('Recover faces');
  await visit.useLocalEngine();
});
afterEach(async () => {
  held.release();
  stage.engine.faults.clear();
  await visit.close();
});

const charged = (): number => stage.engine.charges().length - paid;
const order = (fault: Fault, match: Match): void => stage.engine.faults.set({ rules: [{ match, fault }] });
const text = async (): Promise<string> => (await visit.panel()).locator('body').innerText();

async function press(name: RegExp): Promise<void> {
  await (await visit.panel()).getByRole('button', { name }).click();
}

const reviewed = async (): Promise<void> =>
  (await visit.panel()).getByRole('button', { name: 'Apply' }).waitFor(PATIENCE);

/** The state of the one job in the plugin's storage, as the next opening would find it; null when there is none. */
async function stored(): Promise<string | null> {
  const values = await visit.page.evaluate(() =>
    Object.entries(localStorage).flatMap(([key, value]) => (key.startsWith('clientStorage:job:') ? [value] : [])),
  );
  expect(values.length).toBeLessThanOrEqual(1);
  if (values[0] === undefined) return null;
  const record = unpack((JSON.parse(values[0]) as { json: string }).json, []);
  return (record as { state: { name: string } }).state.name;
}

describe('the panel says what happened, what it cost and what to do', () => {
  it.each<[string, Fault, Match, RegExp, string]>([
    [
      'when a page may not read any answer',
      { kind: 'headers', cors: false },
      { origin: 'api' },
      /does not answer at 127\.0\.0\.1:\d+\.\s*Nothing was charged\..*Start it/s,
      'REJECTED',
    ],
    [
      'when the credits are gone',
      { kind: 'answer', status: 402 },
      { kind: 'submit' },
      /not enough credits.*Nothing was charged/s,
      'PARKED',
    ],
    [
      'when the picture is too large',
      { kind: 'answer', status: 413 },
      { kind: 'submit' },
      /too large for the service.*Nothing was charged/s,
      'REJECTED',
    ],
  ])('%s', async (_, fault, match, says, state) => {
    order(fault, match);
    await press(/^Restore 1 face/);
    await expect.poll(text, PATIENCE).toMatch(says);
    expect([charged(), await stored()]).toEqual([0, state]);
  });

  it.each<[string, Fault]>([
    ['is cut off each time', { kind: 'bytes', cut: 0.5, ending: 'close' }],
    ['has one wrong bit each time', { kind: 'bytes', flip: 0.5 }],
  ])('when the result %s; it is fetched again for nothing', async (_, fault) => {
    order(fault, { kind: 'bytes' });
    await press(/^Restore 1 face/);
    await expect.poll(text, PATIENCE).toMatch(/arrived damaged.*credit is used.*kept for 7 days.*costs nothing/s);
    expect([charged(), await stored()]).toEqual([1, 'COMPLETED']);
    stage.engine.faults.clear();
    await press(/fetch/i);
    await reviewed();
    expect(charged()).toBe(1);
  });
});

describe('the panel delivers the result all the same', () => {
  it.each<[string, Fault, Match]>([
    ['after the service was busy', { kind: 'answer', status: 429, cors: true }, { kind: 'submit', count: 2 }],
    [
      'after a link that was refused unreadably',
      { kind: 'answer', status: 403, body: 'xml', cors: false },
      { kind: 'bytes', nth: 1 },
    ],
    ['with a list and a status that fail', { kind: 'answer', status: 503 }, { path: '/status', count: 3 }],
  ])('%s', async (_, fault, match) => {
    order(fault, match);
    await press(/^Restore 1 face/);
    await reviewed();
    expect(stage.engine.faults.fired()[0]!.fired).toBeGreaterThan(0);
    expect(await stored()).toBe('COMPLETED');
    expect(charged()).toBe(1);
  });

  it('after a dropped answer to the submission, which the browser sent again: the twin is cancelled', async () => {
    const submits = (): number =>
      stage.seen.filter(({ method, path }) => method === 'POST' && /async$/.test(path)).length;
    const before = submits();
    held.hold();
    order({ kind: 'reset', at: 'answered' }, { kind: 'submit', nth: 1 });
    await press(/^Restore 1 face/);
    await expect.poll(() => stage.engine.jobs().some(({ status }) => status === 'Cancelled'), PATIENCE).toBe(true);
    expect(submits() - before).toBe(2);
    held.release();
    await reviewed();
    expect([charged(), await stored()]).toEqual([1, 'COMPLETED']);
  });
});
