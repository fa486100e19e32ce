/** What was spent, as the panel says it, is what the service took: on the screen, in the file, and after a reload. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Visit } from '../../scripts/visit';
import { astronaut, brightenAstronaut } from './astronaut';
import { portraits } from './portraits';
import { type Stage, setStage } from './stage';

/** A name that a spreadsheet would run, and that breaks a careless table. */
const NASTY = '=SUM(A1), "Hero"';

let stage: Stage;
let visit: Visit;
beforeAll(async () => {
  const { restorer } = brightenAstronaut();
  const [portrait] = await portraits(1, 256);
  const samples = [astronaut, { title: NASTY, bytes: portrait!, width: 256, height: 256 }];
  stage = await setStage({ samples, engine: { restorer } });
  visit = await stage.visit();
  await visit.clickLayer('Astronaut');
  await visit.command('Recover faces');
  await visit.useLocalEngine();
  await visit.restore();
  await visit.apply('Overlay');
  // Paid for, and never put onto the canvas: it is listed all the same.
  await visit.clickLayer(NASTY);
  await visit.restore();
});
afterAll(async () => {
  await visit.close();
  await stage.close();
});

/** From wherever the panel is to the list of what was spent. */
async function openSpending(): Promise<void> {
  await visit.command('Settings');
  const panel = await visit.panel();
  await panel.getByRole('button', { name: 'Show all' }).click();
  await panel.getByRole('heading', { name: 'Spending', level: 1 }).waitFor();
}

const lines = async (): Promise<readonly string[]> =>
  (await visit.panel()).getByRole('listitem').evaluateAll((rows) => rows.map((row) => row.textContent ?? ''));

/** RFC 4180, as a spreadsheet reads it. */
function cells(text: string): readonly (readonly string[])[] {
  const rows = text.split('\r\n').slice(0, -1);
  return rows.map((row) =>
    [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
      quoted === undefined ? (plain ?? '') : quoted.replace(/""/g, '"'),
    ),
  );
}

async function exported(): Promise<Buffer> {
  const panel = await visit.panel();
  const [file] = await Promise.all([
    visit.page.waitForEvent('download'),
    panel.getByRole('button', { name: 'Export CSV' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^recover-faces-spending-\d{4}-\d\d-\d\d\.csv$/);
  return readFileSync(await file.path());
}

describe('two pictures were restored', () => {
  const charged = () => stage.engine.charges().reduce((sum, { credits }) => sum + credits, 0);

  it("lists both, newest first, with the credits of the service's own ledger", async () => {
    expect(stage.engine.charges()).toHaveLength(2);
    await openSpending();
    await expect.poll(lines).toHaveLength(2);
    const [newest, oldest] = await lines();
    expect(newest?.startsWith(NASTY)).toBe(true);
    expect(oldest?.startsWith('Astronaut')).toBe(true);
    const [first, last] = stage.engine.charges();
    expect(oldest).toContain(`${first?.credits} credit`);
    expect(newest).toContain(`${last?.credits} credit`);
    const text = await (await visit.panel()).locator('body').innerText();
    expect(text).toContain(`This file: ${charged()} credits · All files: ${charged()} credits`);
  });

  it('hands them out as a table that no spreadsheet runs', async () => {
    const bytes = await exported();
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const [head, ...rows] = cells(bytes.subarray(3).toString('utf8'));
    const column = (name: string) => rows.map((row) => row[head?.indexOf(name) ?? -1]);
    expect(column('Layer')).toEqual([`'${NASTY}`, 'Astronaut']);
    expect(column('Credits').map(Number)).toEqual([...stage.engine.charges()].reverse().map(({ credits }) => credits));
    expect(column('Address')).toEqual([stage.engine.address, stage.engine.address]);
    for (const time of column('Time (UTC)')) expect(new Date(time ?? '').toISOString()).toBe(time);
  });

  it('shows the layer of a line on the canvas', async () => {
    await (await visit.panel()).getByRole('button', { name: 'Show layer Astronaut' }).click();
    const layer = visit.page.getByRole('navigation', { name: 'Layers' }).getByRole('button', { name: 'Astronaut' });
    await expect.poll(() => layer.getAttribute('aria-pressed')).toBe('true');
  });

  it('knows them after a reload', async () => {
    await visit.reload();
    await openSpending();
    await expect.poll(lines).toHaveLength(2);
    expect(stage.engine.charges()).toHaveLength(2);
  });

  it('ends without an error in the console', () => {
    expect(visit.complaints).toEqual([]);
  });
});
