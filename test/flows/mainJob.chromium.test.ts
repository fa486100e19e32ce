/** The job as a person does it, in the playground, on the sample pictures, with the real engine. */
import { decode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { difference, over } from '../../bench/compare';
import { sampleDocument } from '../../playground/samples/degrade';
import type { Visit } from '../../scripts/visit';
import { LOCAL_KEY } from '../../src/core/settings';
import { type RgbaImage, rgbaImage } from '../../src/pixels/image';
import { type Stage, setStage } from './stage';

const LAYER = 'Grandmother 1943';
let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

function png(bytes: Uint8Array): RgbaImage {
  const { width, height, data, channels } = decode(bytes);
  const rgba = rgbaImage(width, height);
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const from = pixel * channels;
    const grey = channels < 3;
    rgba.data[pixel * 4] = data[from]!;
    rgba.data[pixel * 4 + 1] = data[from + (grey ? 0 : 1)]!;
    rgba.data[pixel * 4 + 2] = data[from + (grey ? 0 : 2)]!;
    rgba.data[pixel * 4 + 3] = channels === 4 || channels === 2 ? data[from + channels - 1]! : 255;
  }
  return rgba;
}

/** The picture in a layer's fill, counted from the lowest. */
async function fillPicture(visit: Visit, layer: string, index: number): Promise<RgbaImage> {
  const bytes = await visit.page.evaluate(
    ([name, at]) => {
      const fills = window.playground.fills(name);
      if (fills === null || fills === 'mixed') throw new Error('no fills');
      const paint = fills[at];
      if (paint?.type !== 'IMAGE' || paint.imageHash === null) throw new Error('no image fill');
      return [...(window.playground.image(paint.imageHash) ?? [])];
    },
    [layer, index] as const,
  );
  return png(Uint8Array.from(bytes));
}

const fillsOf = (visit: Visit, layer: string) => visit.page.evaluate((name) => window.playground.fills(name), layer);

/** The sample scan dropped on the canvas, so that a page pixel is a picture pixel, and restored. */
async function reviewOfDropped(layer: string): Promise<Visit> {
  const scan = (await sampleDocument()).find(({ title }) => title === 'Old scan')!;
  const visit = await stage.visit();
  await visit.drop(`${layer}.png`, scan.bytes);
  await visit.clickLayer(layer);
  await visit.command('Recover faces');
  await visit.useLocalEngine();
  await visit.restore();
  return visit;
}

describe('a designer selects a picture, restores it and looks at it', () => {
  let visit: Visit;
  let before: RgbaImage;
  let fillsBefore: unknown;
  let source: RgbaImage;

  beforeAll(async () => {
    visit = await reviewOfDropped(LAYER);
    source = await fillPicture(visit, LAYER, 0);
    before = await visit.pixels(LAYER);
    fillsBefore = await fillsOf(visit, LAYER);
  });
  afterAll(() => visit.close());

  it('compares with the divider by mouse and by keyboard', async () => {
    const panel = await visit.panel();
    const divider = panel.getByRole('slider', { name: /divider/i });
    const at = async (): Promise<number> => Number(await divider.getAttribute('aria-valuenow'));
    const middle = await at();
    await divider.focus();
    await visit.page.keyboard.press('ArrowRight');
    expect(await at()).toBeGreaterThan(middle);
    await visit.page.keyboard.press('Home');
    expect(await at()).toBe(0);
    await visit.page.keyboard.press('End');
    expect(await at()).toBe(100);
    const box = (await divider.boundingBox())!;
    const middleOfIt = { x: box.x + box.width / 2, y: box.y + box.height / 2 };
    // At the right edge half of the handle is cut off: a person grips the other half.
    await visit.page.mouse.move(middleOfIt.x - 6, middleOfIt.y);
    await visit.page.mouse.down();
    await visit.page.mouse.move(middleOfIt.x - 106, middleOfIt.y, { steps: 5 });
    await visit.page.mouse.up();
    expect(await at()).toBeLessThan(90);
  });

  it('looks closer by keys and by the wheel, goes from face to face, and holds up the original', async () => {
    const panel = await visit.panel();
    const { keyboard, mouse } = visit.page;
    const stage = panel.getByRole('group', { name: /before and after/ });
    const zoom = (): Promise<number> =>
      stage.evaluate((element: HTMLElement) => Number(element.style.getPropertyValue('--zoom')));
    const after = panel.getByRole('img', { name: 'After' });
    const fit = await zoom();
    await panel.getByRole('slider', { name: /divider/i }).focus();
    await keyboard.press('n');
    await expect.poll(zoom).toBe(1);
    await keyboard.press('+');
    await expect.poll(zoom).toBeCloseTo(Math.SQRT2);
    const box = (await stage.boundingBox())!;
    await mouse.move(box.x + 20, box.y + 20);
    await keyboard.down('Control');
    for (let turn = 0; turn < 12; turn++) await mouse.wheel(0, -120);
    await keyboard.up('Control');
    await expect.poll(zoom).toBe(8);
    await keyboard.down(' ');
    await expect.poll(() => after.isVisible()).toBe(false);
    await keyboard.up(' ');
    await expect.poll(() => after.isVisible()).toBe(true);
    await keyboard.press('Shift+Digit1');
    await expect.poll(zoom).toBeCloseTo(fit);
  });

  it('applies the result as an overlay: a second fill, nothing outside the faces, one undo step', async () => {
    await visit.apply('Overlay');
    const overlay = await fillPicture(visit, LAYER, 1);
    const after = await visit.pixels(LAYER);
    const outside = (pixel: number): boolean => overlay.data[pixel * 4 + 3] === 0;
    expect(difference(source, before)).toEqual({ largest: 0, pixels: 0 });
    expect(difference(before, after, outside)).toEqual({ largest: 0, pixels: 0 });
    expect(difference(before, after).pixels).toBeGreaterThan(5_000);
    expect(difference(over(overlay, source), after).largest).toBeLessThanOrEqual(1);
    const fills = (await fillsOf(visit, LAYER)) as readonly unknown[];
    expect(fills).toHaveLength(2);
    expect(fills[0]).toEqual((fillsBefore as readonly unknown[])[0]);

    await visit.page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(() => fillsOf(visit, LAYER)).toEqual(fillsBefore);
    expect(difference(before, await visit.pixels(LAYER))).toEqual({ largest: 0, pixels: 0 });
  });

  it('applies it as a replaced fill that paints the composited picture above its hidden original, and reverts it exactly', async () => {
    const panel = await visit.panel();
    await backToReview(visit);
    await visit.apply('Replace fill');
    const baked = await fillPicture(visit, LAYER, 1);
    const after = await visit.pixels(LAYER);
    const [hidden, ...shown] = (await fillsOf(visit, LAYER)) as readonly object[];
    expect(hidden).toEqual({ ...(fillsBefore as readonly object[])[0], visible: false });
    expect(shown).toHaveLength(1);
    expect(difference(baked, after).largest).toBeLessThanOrEqual(1);
    expect(difference(before, after).pixels).toBeGreaterThan(5_000);
    await panel.getByRole('button', { name: 'Revert to original' }).click();
    await expect.poll(() => fillsOf(visit, LAYER)).toEqual(fillsBefore);
  });

  it('applies it as a new layer of the same geometry and leaves the original alone', async () => {
    // Reverting went back to the choices by itself: the result is paid for and still here.
    await visit.apply('New layer');
    expect(await fillsOf(visit, LAYER)).toEqual(fillsBefore);
    const nodes = await visit.page.evaluate(() => window.playground.nodes());
    const made = nodes.find(({ name }) => name.startsWith(LAYER) && name !== LAYER);
    expect(made?.name).toBe(`${LAYER} - restored`);
    const after = await visit.pixels(made!.name);
    const baked = await fillPicture(visit, made!.name, 1);
    expect(difference(baked, after).largest).toBeLessThanOrEqual(1);
    await visit.page.getByRole('button', { name: 'Undo' }).click();
    expect((await visit.page.evaluate(() => window.playground.nodes())).length).toBe(nodes.length - 1);
  });

  it('ends without an error in the console, a refused request or an error of the plugin', async () => {
    expect(visit.complaints).toEqual([]);
    expect(await visit.page.evaluate(() => window.playground.consoleErrors)).toEqual([]);
  });

  it('has paid once for all of this', () => {
    expect(stage.engine.charges()).toHaveLength(1);
  });

  it('sends the key to the origin of the API and nowhere else', async () => {
    const withKey = [];
    for (const request of visit.requests) {
      const headers = await request.allHeaders();
      if (JSON.stringify(headers).includes(LOCAL_KEY) || request.url().includes(LOCAL_KEY)) withKey.push(request.url());
    }
    expect(withKey.length).toBeGreaterThan(0);
    expect(withKey.filter((url) => new URL(url).origin !== stage.engine.address)).toEqual([]);
    const files = stage.seen.filter(({ origin }) => origin === 'files');
    expect(files.length).toBeGreaterThan(0);
    expect(JSON.stringify(files)).not.toContain(LOCAL_KEY);
    expect(stage.log.join('\n')).not.toContain(LOCAL_KEY);
  });

  it('keeps the key out of the document', async () => {
    await visit.page.getByRole('button', { name: 'Redo' }).click();
    const document = await visit.page.evaluate(() =>
      JSON.stringify([...window.playground.session.document.tree().nodes.values()]),
    );
    expect(document).toContain('jobId');
    expect(document).not.toContain(LOCAL_KEY);
    expect(document).not.toMatch(/X-API-Key|apiKey/i);
  });
});

/** From "Applied" to choosing another form of the same paid result. */
async function backToReview(visit: Visit): Promise<void> {
  const panel = await visit.panel();
  await panel.getByRole('button', { name: 'Adjust', exact: true }).click();
  await panel.getByRole('button', { name: 'Apply' }).waitFor();
}
