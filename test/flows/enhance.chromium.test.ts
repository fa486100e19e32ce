/** A whole picture enhanced in the playground, with the real engine: instead of its faces, and after them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sampleDocument } from '../../playground/samples/degrade';
import type { Visit } from '../../scripts/visit';
import { type Stage, setStage } from './stage';

const LAYER = 'Grandmother 1943';
let stage: Stage;
let scan: Uint8Array;
beforeAll(async () => {
  stage = await setStage();
  const sample = (await sampleDocument()).find(({ title }) => title === 'Old scan');
  if (sample === undefined) throw new Error('There is no sample of that name.');
  scan = sample.bytes;
});
afterAll(() => stage.close());

async function withPicture(): Promise<Visit> {
  const visit = await stage.visit();
  await visit.drop(`${LAYER}.png`, scan);
  await visit.clickLayer(LAYER);
  await visit.command('Recover faces');
  await visit.useLocalEngine();
  return visit;
}

/** Of the uppermost fill of a layer: how many pixels its picture has, by the head of its PNG. */
const topSize = (visit: Visit, layer: string): Promise<readonly number[]> =>
  visit.page.evaluate((name) => {
    const fills = window.playground.fills(name);
    const paint = fills === null || fills === 'mixed' ? undefined : fills.at(-1);
    const file = paint?.type === 'IMAGE' && paint.imageHash !== null ? window.playground.image(paint.imageHash) : null;
    if (!file) throw new Error('no image fill');
    const head = new DataView(file.buffer, file.byteOffset);
    return [head.getUint32(16), head.getUint32(20)];
  }, layer);

const fillsOf = (visit: Visit) => visit.page.evaluate((name) => window.playground.fills(name), LAYER);
const jobs = () => stage.engine.jobs();
const spent = (): number => stage.engine.charges().reduce((sum, { credits }) => sum + credits, 0);

/** Presses the main button and waits until the result can be applied. */
async function enhance(visit: Visit, price: RegExp): Promise<void> {
  const panel = await visit.panel();
  await panel.getByRole('button', { name: price }).click();
  await panel.getByRole('button', { name: 'Apply' }).waitFor({ timeout: 90_000 });
}

describe('a picture enhanced instead of its faces', () => {
  let visit: Visit;
  let source: readonly number[];
  let before: unknown;
  beforeAll(async () => {
    visit = await withPicture();
    source = await topSize(visit, LAYER);
    before = await fillsOf(visit);
  });
  afterAll(() => visit.close());

  it('says its price and its size before, and sends what was chosen', async () => {
    const panel = await visit.panel();
    await panel.getByRole('radio', { name: 'Enhance' }).check({ force: true });
    await panel.getByRole('combobox', { name: 'Model' }).selectOption('Low Resolution V2');
    await panel.getByRole('combobox', { name: 'Size of the result' }).selectOption({ label: sizeLabel(2) });
    await panel.getByRole('checkbox', { name: 'Recover faces as well' }).uncheck();
    await enhance(visit, /^Enhance · 1 credit$/);
    const [width = 0, height = 0] = source;
    expect(jobs()[0]).toMatchObject({
      work: { kind: 'enhance', parameters: { model: 'Low Resolution V2', faceEnhancement: false } },
      output: { width: width * 2, height: height * 2, format: 'png' },
      status: 'Completed',
    });
    expect(spent()).toBe(1);
  });

  it('is compared with the original, and offers no overlay', async () => {
    const panel = await visit.panel();
    await panel.getByRole('slider', { name: /divider/i }).waitFor();
    expect(await panel.getByRole('radio', { name: 'Overlay' }).isDisabled()).toBe(true);
    expect(await panel.getByRole('radio', { name: 'Replace fill' }).isChecked()).toBe(true);
  });

  it('takes the place of the fill in its new size, over its hidden original, and is reverted exactly', async () => {
    await visit.apply('Replace fill');
    expect(await topSize(visit, LAYER)).toEqual(source.map((side) => side * 2));
    const [hidden] = (await fillsOf(visit)) as readonly object[];
    expect(hidden).toEqual({ ...(before as readonly object[])[0], visible: false });
    const panel = await visit.panel();
    await panel.getByRole('button', { name: 'Revert to original' }).click();
    await expect.poll(() => fillsOf(visit)).toEqual(before);
  });

  it('goes onto a new layer as well, mixed with the original where that is wished', async () => {
    const panel = await visit.panel();
    const blend = panel.getByRole('textbox', { name: 'Blend' });
    await blend.fill('50');
    await blend.press('Tab');
    await visit.apply('New layer');
    expect(await topSize(visit, `${LAYER} - restored`)).toEqual(source.map((side) => side * 2));
    expect(await fillsOf(visit)).toEqual(before);
    await panel.getByRole('button', { name: 'Done' }).click();
  });

  it('is free the second time', async () => {
    await visit.clickLayer(LAYER);
    await enhance(visit, /^Enhance · free$/);
    expect(spent()).toBe(1);
    expect(visit.complaints).toEqual([]);
  });

  function sizeLabel(times: number): string {
    const [width = 0, height = 0] = source;
    return `×${times} · ${width * times} × ${height * times} px`;
  }
});

describe('a picture enhanced after its faces', () => {
  let visit: Visit;
  let credits: number;
  beforeAll(async () => {
    visit = await withPicture();
    credits = spent();
    await visit.restore();
  });
  afterAll(() => visit.close());

  it('goes out with the restored faces as they were reviewed, and is charged once more', async () => {
    const panel = await visit.panel();
    await panel.getByRole('button', { name: 'Also enhance the picture' }).click();
    await enhance(visit, /^Enhance · 1 credit$/);
    const [enhanced, faces] = jobs();
    expect(faces?.work.kind).toBe('faces');
    expect(enhanced?.work).toMatchObject({ kind: 'enhance', parameters: { faceEnhancement: false } });
    // What was sent is another picture than the layer's: the faces are in it.
    expect(enhanced?.sourceId).not.toBe(faces?.sourceId);
    expect(spent()).toBe(credits + 2);
  });

  it('comes onto the layer as one picture, and the faces are not offered by themselves any more', async () => {
    const panel = await visit.panel();
    await visit.apply('Replace fill');
    await panel.getByRole('button', { name: 'Done' }).click();
    await panel.getByRole('radio', { name: 'Recover faces' }).waitFor();
    expect(await panel.getByText(/result is ready/).count()).toBe(0);
    expect(visit.complaints).toEqual([]);
  });

  it('comes back after the page was closed in the middle, with the same choices to make and no second charge', async () => {
    await visit.clickLayer(LAYER);
    const panel = await visit.panel();
    await panel.getByRole('button', { name: /^Restore 1 face · free$/ }).click();
    await panel.getByRole('button', { name: 'Also enhance the picture' }).click();
    await panel.getByRole('combobox', { name: 'Size of the result' }).selectOption({ index: 0 });
    const known = jobs().length;
    await panel.getByRole('button', { name: /^Enhance · 1 credit$/ }).click();
    await expect.poll(() => jobs().length).toBe(known + 1);
    await visit.reload();
    await visit.clickLayer(LAYER);
    await visit.command('Recover faces');
    const again = await visit.panel();
    await again.getByText(/results? (is|are) ready/).waitFor({ timeout: 60_000 });
    await again.getByRole('button', { name: 'Review' }).first().click();
    await again.getByRole('button', { name: 'Apply' }).waitFor();
    expect(spent()).toBe(credits + 3);
  });
});
