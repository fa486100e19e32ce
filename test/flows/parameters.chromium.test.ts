/** The parameters as people set them, by mouse and by keys alone, and as the service gets them. */
import type { Frame, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Visit } from '../../scripts/visit';
import { astronaut, brightenAstronaut } from './astronaut';
import { type Stage, setStage } from './stage';

const SAMPLE = 'Astronaut';

let stage: Stage;
let visit: Visit;
let panel: Frame;
beforeAll(async () => {
  const { restorer } = brightenAstronaut();
  stage = await setStage({
    engine: { restorer },
    samples: [astronaut],
  });
  visit = await stage.visit();
  visit.page.setDefaultTimeout(10_000);
  await visit.clickLayer(SAMPLE);
  await visit.command('Recover faces');
  await visit.useLocalEngine();
  panel = await visit.panel();
  await panel.getByRole('button', { name: /^Restore 1 face/ }).waitFor();
  await panel.getByText('Parameters', { exact: true }).click();
});
afterAll(async () => {
  await visit.close();
  await stage.close();
});

const slider = (name: string): Locator => panel.getByRole('slider', { name: new RegExp(`^${name}`) });
const typed = (name: string): Locator => panel.getByRole('textbox', { name, exact: true });
const text = (name: string): Promise<string> => typed(name).inputValue();
const said = (name: string): Promise<string | null> => slider(name).getAttribute('aria-valuetext');
/** Presses the slider at a part of its way, from the left. */
async function clickAt(name: string, part: number): Promise<void> {
  const box = await slider(name).boundingBox();
  if (box === null) throw new Error('The slider is not on the screen.');
  await slider(name).click({ position: { x: box.width * part, y: box.height / 2 } });
}

const focused = (): Promise<string> =>
  panel.evaluate(() => {
    const { activeElement } = document;
    const label = activeElement?.getAttribute('aria-label') ?? activeElement?.textContent ?? '';
    return `${activeElement?.tagName.toLowerCase()} ${label.trim()}`.trim();
  });

describe('by mouse', () => {
  it('a press on a slider sets it, and a double click sets it back', async () => {
    await clickAt('Rebuild', 1 / 4);
    expect(Number(await text('Rebuild'))).toBeGreaterThan(0.2);
    expect(Number(await text('Rebuild'))).toBeLessThan(0.3);
    await slider('Rebuild').dblclick();
    expect(await text('Rebuild')).toBe('0.8');
  });

  it('the middle of a logarithmic slider is the geometric middle of its range', async () => {
    for (const [name, middle] of [
      ['Noise in the picture', Math.sqrt(0.001 * 0.1)],
      ['Blur in the picture', Math.sqrt(0.01 * 2)],
    ] as const) {
      await clickAt(name, 1 / 2);
      expect(Math.abs(Number(await text(name)) / middle - 1)).toBeLessThan(0.05);
      await slider(name).dblclick();
    }
    expect(await text('Noise in the picture')).toBe('0.015');
  });

  it('the dice set another seed', async () => {
    await panel.getByRole('button', { name: 'Another seed' }).click();
    expect(await text('Seed')).not.toBe('1');
    expect(await said('Seed')).toBe(await text('Seed'));
    await panel.getByRole('button', { name: 'Reset', exact: true }).click();
    expect(await text('Seed')).toBe('1');
  });
});

describe('by keys alone', () => {
  it('goes from the preset through the sliders and numbers, in the order in which they stand', async () => {
    await panel.getByLabel('Preset', { exact: true }).focus();
    await visit.page.keyboard.press('Tab');
    expect(await focused()).toBe('button Manage presets');
    await visit.page.keyboard.press('Tab');
    expect(await focused()).toBe('summary Parameters');
    await visit.page.keyboard.press('Tab');
    expect(await focused()).toBe('input Rebuild');
    await visit.page.keyboard.press('Tab');
    // The slider, named by its label.
    await visit.page.keyboard.press('ArrowLeft');
    expect(await said('Rebuild')).toBe('0.79');
    await visit.page.keyboard.press('End');
    expect(await said('Rebuild')).toBe('1');
  });

  it('a number is typed with a comma, with a per cent sign, or out of range, which is said', async () => {
    await typed('Rebuild').fill('0,25');
    await typed('Rebuild').press('Enter');
    expect(await text('Rebuild')).toBe('0.25');
    await typed('Rebuild').fill('40 %');
    await typed('Rebuild').press('Enter');
    expect(await text('Rebuild')).toBe('0.4');
    await typed('Seed').fill('9999');
    await typed('Seed').press('Enter');
    await panel.getByText('Seed 9999 is above 2000; 2000 is used.').waitFor();
    expect(await text('Seed')).toBe('2000');
    // Enter in a field is the field's own: nothing was sent.
    expect(stage.engine.jobs()).toHaveLength(0);
  });

  it('a reference that is no address is refused and said', async () => {
    const field = panel.getByRole('textbox', { name: 'Reference picture (reference_uri)' });
    await field.fill('my face');
    await field.press('Enter');
    await panel.getByText('The reference picture needs an address').waitFor();
    expect(await field.inputValue()).toBe('');
  });

  it('what is set is saved as a preset, without the mouse', async () => {
    await panel.getByRole('button', { name: 'Save as…' }).focus();
    await visit.page.keyboard.press('Enter');
    await expect.poll(focused).toBe('input');
    await visit.page.keyboard.type('Soft');
    await visit.page.keyboard.press('Enter');
    await expect
      .poll(() => panel.getByLabel(/^Preset/).evaluate((list) => (list as HTMLSelectElement).selectedOptions[0]?.text))
      .toBe('Soft');
    expect(stage.engine.jobs()).toHaveLength(0);
  });
});

describe('a run', () => {
  it('asks the service for exactly what was set, and names the preset', async () => {
    await visit.restore();
    const work = { kind: 'faces', parameters: { strength: 0.4, noiseSigma: 0.015, blurSigma: 0.4, noiseSeed: 2000 } };
    expect(stage.engine.jobs().map((job) => job.work)).toMatchObject([work]);
    await visit.apply('Overlay');
    const [recipe] = JSON.parse(
      (await visit.page.evaluate(() => window.playground.pluginData('Astronaut')['results'])) ?? '[]',
    );
    expect(recipe).toMatchObject({ recipe: { preset: 'Soft' } });
  });

  it('with the same parameters is free, and costs a credit with others', async () => {
    await visit.reload();
    await visit.clickLayer(SAMPLE);
    await visit.command('Recover faces');
    panel = await visit.panel();
    await panel.getByRole('button', { name: /^Restore 1 face · 1 credit$/ }).waitFor();
    await panel.getByLabel('Preset', { exact: true }).selectOption({ label: 'Soft' });
    await panel.getByRole('button', { name: /^Restore 1 face · free$/ }).waitFor();
    await panel.getByText('Parameters', { exact: true }).click();
    await panel.getByRole('button', { name: 'Another seed' }).click();
    await panel.getByRole('button', { name: /^Restore 1 face · 1 credit$/ }).waitFor();
    expect(visit.complaints).toEqual([]);
  });
});
