/** One's own presets and the team's, as people use them: saved, kept, taken along, shared, and named in quick actions. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Visit } from '../../scripts/visit';
import { astronaut } from './astronaut';
import { type Stage, setStage } from './stage';

const SAMPLE = 'Astronaut';
const folder = mkdtempSync(join(tmpdir(), 'recover-faces-presets-'));
const exported = join(folder, 'exported.json');

let stage: Stage;
let visit: Visit;
beforeAll(async () => {
  stage = await setStage({ samples: [astronaut] });
  visit = await stage.visit();
  await visit.clickLayer(SAMPLE);
  await visit.command('Recover faces');
  await visit.useLocalEngine();
});
afterAll(async () => {
  await visit.close();
  await stage.close();
  rmSync(folder, { recursive: true, force: true });
});

const chosen = async (panel: Frame): Promise<string> =>
  panel.getByLabel(/^Preset/).evaluate((list) => (list as HTMLSelectElement).selectedOptions[0]?.text ?? '');
const strength = (panel: Frame): Promise<string> => panel.getByRole('textbox', { name: 'Rebuild' }).inputValue();

/** From a selection: the parameters are opened, and one of them is typed. */
async function setStrength(panel: Frame, text: string): Promise<void> {
  const field = panel.getByRole('textbox', { name: 'Rebuild' });
  if (!(await field.isVisible())) await panel.getByText('Parameters', { exact: true }).click();
  await field.fill(text);
  await field.press('Enter');
}

async function saveAs(panel: Frame, name: string): Promise<void> {
  await panel.getByRole('button', { name: 'Save as…' }).click();
  await panel.getByRole('textbox', { name: 'Name' }).fill(name);
  await panel.getByRole('button', { name: 'Save preset' }).click();
  await expect.poll(() => chosen(panel)).toBe(name);
}

async function openPresets(of = visit): Promise<Frame> {
  await of.command('Presets');
  const panel = await of.panel();
  await panel.getByRole('heading', { name: 'Presets', level: 1 }).waitFor();
  return panel;
}

const own = (panel: Frame): Promise<readonly string[]> =>
  panel
    .getByRole('list', { name: 'Yours' })
    .getByRole('listitem')
    .evaluateAll((rows) => rows.map((row) => row.querySelector('[title]:not(button)')?.getAttribute('title') ?? ''));

async function more(panel: Frame, section: string, name: string): Promise<void> {
  const line = panel.getByRole('region', { name: section }).getByRole('button', { name: new RegExp(`^${name}`) });
  if ((await line.getAttribute('aria-expanded')) === 'false') await line.click();
}

/** Opens quick actions and types; resolves when they offer exactly this. */
async function quick(typed: string, offered: readonly string[]): Promise<void> {
  const { page } = visit;
  await page.getByRole('button', { name: 'Recover Faces', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Recover faces with preset' }).click();
  await page.getByRole('combobox').pressSequentially(typed);
  await expect.poll(() => page.getByRole('option').allTextContents()).toEqual(offered);
}

describe('a preset of one’s own', () => {
  it('is saved from what was set, marked when it is changed, and saved again', async () => {
    const panel = await visit.panel();
    await setStrength(panel, '0.35');
    await panel.getByText('changed', { exact: false }).first().waitFor();
    await saveAs(panel, 'Family album');
    expect(await strength(panel)).toBe('0.35');
    expect(await panel.getByRole('button', { name: 'Save', exact: true }).count()).toBe(0);
    await setStrength(panel, '0.4');
    await panel.getByRole('button', { name: 'Save', exact: true }).click();
    await expect.poll(() => panel.getByRole('button', { name: 'Save', exact: true }).count()).toBe(0);
    expect(await strength(panel)).toBe('0.4');
  });

  it('cannot have a name that is taken', async () => {
    const panel = await visit.panel();
    await setStrength(panel, '0.9');
    await panel.getByRole('button', { name: 'Save as…' }).click();
    await panel.getByRole('textbox', { name: 'Name' }).fill('family  ALBUM');
    await panel.getByText('You have a preset with this name.').waitFor();
    await panel.getByRole('textbox', { name: 'Name' }).fill('balanced');
    await panel.getByText('A built-in preset has this name.').waitFor();
    await panel.getByRole('textbox', { name: 'Name' }).press('Escape');
    await saveAs(panel, 'Strong');
  });

  it('is begun with when it has the star, after a reload too', async () => {
    const panel = await openPresets();
    await panel.getByRole('button', { name: 'Begin with Family album' }).click();
    await expect
      .poll(() => panel.getByRole('button', { name: 'Begin with Family album' }).getAttribute('aria-pressed'))
      .toBe('true');
    await visit.reload();
    await visit.clickLayer(SAMPLE);
    await visit.command('Recover faces');
    await expect.poll(async () => chosen(await visit.panel())).toBe('Family album');
    expect(await openPresets().then(own)).toEqual(['Family album', 'Strong']);
  });

  it('changes its place by keyboard and by dragging', async () => {
    const panel = await openPresets();
    const grip = panel.getByRole('button', { name: /^Move Strong/ });
    await grip.focus();
    await grip.press('Alt+ArrowUp');
    await expect.poll(() => own(panel)).toEqual(['Strong', 'Family album']);
    await expect
      .poll(() => panel.evaluate(() => document.activeElement?.getAttribute('aria-label')))
      .toMatch(/^Move Strong/);
    const from = await panel.getByRole('button', { name: /^Move Strong/ }).boundingBox();
    const to = await panel.getByRole('button', { name: /^Move Family album/ }).boundingBox();
    if (from === null || to === null) throw new Error('A row is not on the screen.');
    await visit.page.mouse.move(from.x + 10, from.y + 20);
    await visit.page.mouse.down();
    await visit.page.mouse.move(to.x + 10, to.y + to.height - 4, { steps: 5 });
    await visit.page.mouse.up();
    await expect.poll(() => own(panel)).toEqual(['Family album', 'Strong']);
  });

  it('is renamed, duplicated, deleted and brought back', async () => {
    const panel = await openPresets();
    await more(panel, 'Yours', 'Strong');
    await panel.getByRole('button', { name: 'Rename: Strong' }).click();
    await panel.getByRole('textbox', { name: 'Name' }).fill('Newspaper');
    await panel.getByRole('textbox', { name: 'Name' }).press('Enter');
    await expect.poll(() => own(panel)).toEqual(['Family album', 'Newspaper']);
    await more(panel, 'Yours', 'Newspaper');
    await panel.getByRole('button', { name: 'Duplicate: Newspaper' }).click();
    await expect.poll(() => own(panel)).toEqual(['Family album', 'Newspaper', 'Newspaper 2']);
    await more(panel, 'Yours', 'Newspaper 2');
    await panel.getByRole('button', { name: 'Delete: Newspaper 2' }).click();
    await expect.poll(() => own(panel)).toEqual(['Family album', 'Newspaper']);
    // The keyboard finds itself on the way back.
    await expect.poll(() => panel.evaluate(() => document.activeElement?.textContent)).toBe('Undo');
    await visit.page.keyboard.press('Enter');
    await expect.poll(() => own(panel)).toEqual(['Family album', 'Newspaper', 'Newspaper 2']);
    await more(panel, 'Yours', 'Newspaper 2');
    await panel.getByRole('button', { name: 'Delete: Newspaper 2' }).click();
    await expect.poll(() => own(panel)).toHaveLength(2);
  });
});

describe('a file of presets', () => {
  it('holds all of one’s own, and brings them back where they are missing', async () => {
    const panel = await openPresets();
    const [download] = await Promise.all([
      visit.page.waitForEvent('download'),
      panel.getByRole('button', { name: 'Export' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^recover-faces-presets-\d{4}-\d\d-\d\d\.json$/);
    await download.saveAs(exported);
    expect(JSON.parse(readFileSync(exported, 'utf8'))).toMatchObject({
      'recover-faces-presets': 1,
      presets: [{ name: 'Family album', parameters: { strength: 0.4 } }, { name: 'Newspaper' }],
    });
    await more(panel, 'Yours', 'Newspaper');
    await panel.getByRole('button', { name: 'Delete: Newspaper' }).click();
    await expect.poll(() => own(panel)).toEqual(['Family album']);
    await choose(panel, exported);
    await panel.getByText('1 preset can be added.').waitFor();
    await panel.getByText('1 is already there, all alike.').waitFor();
    await panel.getByRole('button', { name: 'Import 1 preset' }).click();
    await panel.getByText('1 preset added.').waitFor();
    expect(await own(panel)).toEqual(['Family album', 'Newspaper']);
  });

  it('says line by line what is taken otherwise, before anything is taken', async () => {
    const panel = await openPresets();
    const spoiled = join(folder, 'spoiled.json');
    const text = readFileSync(exported, 'utf8')
      .replace('"strength": 0.4', '"strength": 1.4')
      .replace('"name": "Newspaper"', '"nam": "Newspaper"');
    writeFileSync(spoiled, text);
    await choose(panel, spoiled);
    await panel.getByText('Line 7: strength 1.4 is above 1: taken as 1.').waitFor();
    await panel.getByText('Line 13: name is missing: left out.').waitFor();
    await panel.getByRole('radio', { name: 'Replace mine' }).check();
    await panel.getByRole('button', { name: 'Cancel' }).click();
    await panel.getByRole('heading', { name: 'Presets', level: 1 }).waitFor();
    expect(await own(panel)).toEqual(['Family album', 'Newspaper']);
    writeFileSync(spoiled, text.replace('[', ''));
    await choose(panel, spoiled);
    await panel.getByText(/^Line \d+ cannot be read/).waitFor();
    await visit.page.keyboard.press('Escape');
    await panel.getByRole('heading', { name: 'Presets', level: 1 }).waitFor();
  });
});

async function choose(panel: Frame, path: string): Promise<void> {
  const [chooser] = await Promise.all([
    visit.page.waitForEvent('filechooser'),
    panel.getByRole('button', { name: 'Import…' }).click(),
  ]);
  await chooser.setFiles(path);
}

describe('a preset for the team', () => {
  it('is in a second person’s window, who makes it her own and changes the file’s', async () => {
    const panel = await openPresets();
    await more(panel, 'Yours', 'Family album');
    await panel.getByRole('button', { name: 'Share in file: Family album' }).click();
    await panel.getByText('“Family album” is in this file now').waitFor();

    const ana = await visit.colleague('Ana');
    const hers = await openPresets(ana);
    await hers.getByText('Presets that you save stand here').waitFor();
    await more(hers, 'In this file', 'Family album');
    await hers
      .getByText(/^You, \d+ \w+ · /)
      .first()
      .waitFor();
    await hers.getByRole('button', { name: 'Add to yours: Family album' }).click();
    await expect.poll(() => own(hers)).toEqual(['Family album']);
    await more(hers, 'Yours', 'Family album');
    await hers.getByRole('button', { name: 'Rename: Family album' }).click();
    await hers.getByRole('textbox', { name: 'When to take it' }).fill('Prints of the sixties');
    await hers.getByRole('button', { name: 'Save name' }).click();
    await more(hers, 'Yours', 'Family album');
    await hers.getByRole('button', { name: 'Update in file: Family album' }).click();
    await hers.getByText('“Family album” is in this file now').waitFor();
    expect(ana.complaints).toEqual([]);
    await ana.close();

    // Whoever changed his own meanwhile is asked, and nothing of hers is lost by itself.
    const again = await openPresets();
    await again.getByText(/^Ana, \d+ \w+ · Prints of the sixties/).waitFor();
    await more(again, 'Yours', 'Family album');
    await again.getByText(/was changed \(Ana, .*\) since you took it/).waitFor();
    await again.getByRole('button', { name: 'Update in file: Family album' }).click();
    await again.getByText('Sharing yours would replace it for everybody.').waitFor();
    await again.getByRole('button', { name: 'Take theirs', exact: true }).click();
    await again.getByText('“Family album” is one of yours now.').waitFor();
  });

  it('goes with an undo in the document', async () => {
    const panel = await openPresets();
    await more(panel, 'In this file', 'Family album');
    await panel.getByRole('button', { name: 'Remove from file: Family album' }).click();
    await panel.getByText('“Family album” is no longer in this file.').waitFor();
    await visit.page.evaluate(() => window.playground.undo());
    await panel.getByRole('button', { name: 'Back' }).click();
    const again = await openPresets();
    await again.getByRole('region', { name: 'In this file' }).getByText('Family album').waitFor();
  });
});

describe('quick actions', () => {
  it('offer presets by their names as they are typed, and begin with the one that is clicked', async () => {
    await quick('news', ['Newspaper']);
    await visit.page.getByRole('option', { name: 'Newspaper' }).click();
    await expect.poll(async () => chosen(await visit.panel())).toBe('Newspaper');
    await (await visit.panel()).getByRole('button', { name: /^Restore 1 face/ }).waitFor();
  });

  it('work by keyboard alone, with built-in ones and the file’s too', async () => {
    await quick('al', ['Family album', 'Family album · this file', 'Realistic', 'Balanced']);
    await visit.page.getByRole('combobox').fill('old');
    await expect.poll(() => visit.page.getByRole('option').allTextContents()).toEqual(['Old scan']);
    await visit.page.keyboard.press('Enter');
    await expect.poll(async () => chosen(await visit.panel())).toBe('Old scan');
  });

  it('are left with Esc, and nothing runs then', async () => {
    await quick('cre', ['Creative']);
    await visit.page.keyboard.press('Escape');
    expect(await visit.page.getByRole('combobox').count()).toBe(0);
    expect(await visit.page.evaluate(() => window.playground.running())).toBe(false);
  });

  it('end without an error in the console', () => {
    expect(visit.complaints).toEqual([]);
  });
});
