/** The user corrects the detector before anything is paid: by mouse where it found nothing, by keyboard where it was wrong. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { difference } from '../../bench/compare';
import type { Restorer } from '../../engine/restorer';
import type { SamplePicture } from '../../playground/document/sampleCanvas';
import type { Visit } from '../../scripts/visit';
import type { Size } from '../../src/core/money/price';
import type { Box, RgbaImage } from '../../src/pixels/image';
import { brighten } from './restorer';
import { type Stage, setStage } from './stage';

const sample = (title: string, file: string, width: number, height: number): SamplePicture => ({
  title,
  bytes: new Uint8Array(readFileSync(join(import.meta.dirname, '../../playground/samples', file))),
  width,
  height,
});
const COFFEE: Size = { width: 600, height: 400 };
const ASTRONAUT: Size = { width: 512, height: 512 };
const samples = [
  sample('Coffee', 'coffee.png', COFFEE.width, COFFEE.height),
  sample('Astronaut', 'astronaut.png', ASTRONAUT.width, ASTRONAUT.height),
];

/** What the service changes, in either picture. */
const CHANGED: Box = { x: 177, y: 54, width: 93, height: 118 };

/** What it changes besides: no face is there, so nothing of it may arrive. */
const ELSEWHERE: Box = { x: 380, y: 260, width: 90, height: 110 };

const [face, other] = [brighten(CHANGED).restorer, brighten(ELSEWHERE).restorer];
const restorer: Restorer = {
  kind: 'Test: brightens two ovals',
  async restore(job, watch) {
    const { image } = await face.restore(job, watch);
    return other.restore({ ...job, picture: { ...job.picture, image } }, watch);
  },
};

let stage: Stage;
beforeAll(async () => {
  stage = await setStage({ samples, engine: { restorer } });
});
afterAll(() => stage.close());

async function opened(layer: string): Promise<{ readonly visit: Visit; readonly panel: Frame }> {
  const visit = await stage.visit();
  await visit.clickLayer(layer);
  await visit.command('Recover faces');
  await visit.useLocalEngine();
  return { visit, panel: await visit.panel() };
}

const picture = (panel: Frame): Locator => panel.getByRole('group', { name: /^Faces in the picture/ });
const status = (panel: Frame): Promise<string> => panel.getByRole('status').first().innerText();

/** Drags over the whole picture in the editor, from and to points of the picture. */
async function drag(
  { page }: Visit,
  panel: Frame,
  size: Size,
  from: readonly [number, number],
  to: readonly [number, number],
): Promise<void> {
  const frame = (await picture(panel).boundingBox())!;
  const zoom = Math.min(frame.width / size.width, frame.height / size.height);
  const at = ([x, y]: readonly [number, number]): readonly [number, number] => [
    frame.x + frame.width / 2 + (x - size.width / 2) * zoom,
    frame.y + frame.height / 2 + (y - size.height / 2) * zoom,
  ];
  await page.mouse.move(...at(from));
  await page.mouse.down();
  await page.mouse.move(...at([(from[0] + to[0]) / 2, (from[1] + to[1]) / 2]));
  await page.mouse.move(...at(to));
  await page.mouse.up();
}

/** "Face 1: 94 × 120 px at 176, 53." */
function boxIn(text: string): Box {
  const [, width, height, x, y] = /: (\d+) × (\d+) px at (\d+), (\d+)\./.exec(text) ?? [];
  return { x: Number(x), y: Number(y), width: Number(width), height: Number(height) };
}

/** A face's soft edge ends within half its size of its box; ELSEWHERE is further away. */
function outside(box: Box, size: Size, layer: Size): (pixel: number) => boolean {
  return (pixel) => {
    const [x, y] = [pixel % layer.width, Math.floor(pixel / layer.width)];
    const across = Math.abs(((x + 0.5) * size.width) / layer.width - box.x - box.width / 2);
    const down = Math.abs(((y + 0.5) * size.height) / layer.height - box.y - box.height / 2);
    return across > box.width || down > box.height;
  };
}

async function restoredInside(visit: Visit, layer: string, box: Box, size: Size): Promise<void> {
  const before: RgbaImage = await visit.pixels(layer);
  await visit.restore();
  await visit.apply('Overlay');
  const after = await visit.pixels(layer);
  expect(difference(before, after).pixels).toBeGreaterThan(1_500);
  expect(difference(before, after, outside(box, size, before))).toEqual({ largest: 0, pixels: 0 });
}

describe('where no face was found', () => {
  let visit: Visit;
  let panel: Frame;
  let box: Box;
  beforeAll(async () => {
    ({ visit, panel } = await opened('Coffee'));
  });
  afterAll(() => visit.close());

  it('the panel says that nothing is spent, and offers to add one', async () => {
    await panel.getByText('No face was found: there is nothing to restore.').waitFor();
    await panel.getByText(/No credit is spent/).waitFor();
    await panel.getByRole('button', { name: 'Send anyway · 1 credit' }).waitFor();
    await panel.getByRole('button', { name: 'Add a face' }).click();
    await picture(panel).waitFor();
  });

  it('a press without a drag adds nothing, a drag draws a face', async () => {
    await drag(visit, panel, COFFEE, [300, 200], [302, 201]);
    expect(await panel.getByRole('button', { name: /^Face \d/ }).count()).toBe(0);
    await drag(visit, panel, COFFEE, [175, 50], [275, 175]);
    await panel.getByRole('button', { name: /^Face 1, 12\d px/ }).waitFor();
    expect(await status(panel)).toBe('Face 1 added.');
  });

  it('Esc drops a drag that is under way, and nothing else', async () => {
    const frame = (await picture(panel).boundingBox())!;
    await visit.page.mouse.move(frame.x + 20, frame.y + frame.height / 2);
    await visit.page.mouse.down();
    await visit.page.mouse.move(frame.x + 80, frame.y + frame.height / 2 + 30, { steps: 3 });
    await panel.locator('[role=group] > span').waitFor();
    await visit.page.keyboard.press('Escape');
    await visit.page.mouse.up();
    expect(await panel.getByRole('button', { name: /^Face \d/ }).count()).toBe(1);
    await picture(panel).waitFor();
  });

  it('dragging the face moves it, dragging a corner resizes it', async () => {
    await drag(visit, panel, COFFEE, [225, 110], [245, 110]);
    const moved = boxIn(await status(panel));
    expect(moved.x).toBeGreaterThan(185);
    await drag(visit, panel, COFFEE, [moved.x, moved.y], [moved.x - 20, moved.y]);
    box = boxIn(await status(panel));
    expect(box.width).toBeGreaterThan(moved.width + 10);
    expect(Math.abs(box.height - moved.height)).toBeLessThanOrEqual(1);
    expect(Math.abs(box.x + box.width - moved.x - moved.width)).toBeLessThanOrEqual(1);
  });

  it('its restoration is paid, and changes pixels of that face only', async () => {
    await panel.getByRole('button', { name: 'Done' }).click();
    await panel.getByRole('button', { name: 'Restore 1 face · 1 credit' }).waitFor();
    const paid = stage.engine.charges().length;
    await restoredInside(visit, 'Coffee', box, COFFEE);
    expect(stage.engine.charges()).toHaveLength(paid + 1);
    expect(visit.complaints).toEqual([]);
  });
});

describe('by keyboard alone, where the face is wrong', () => {
  let visit: Visit;
  let panel: Frame;
  beforeAll(async () => {
    ({ visit, panel } = await opened('Astronaut'));
    await panel.getByRole('button', { name: 'Restore 1 face · 1 credit' }).waitFor();
  });
  afterAll(() => visit.close());

  const press = (...keys: readonly string[]): Promise<void> =>
    keys.reduce((done, key) => done.then(() => visit.page.keyboard.press(key)), Promise.resolve());
  const focused = () =>
    expect.poll(() => panel.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? null));

  it('Tab reaches it, Delete takes it away, and Undo brings it back', async () => {
    await panel.getByRole('button', { name: 'Edit faces' }).focus();
    await press('Enter');
    await picture(panel).waitFor();
    await press('Tab');
    await focused().toMatch(/^Face 1, \d+ px/);
    await press('Delete');
    expect(await status(panel)).toBe('Face 1 removed.');
    await focused().toBe('Faces in the picture: 0 faces');
    await panel.getByRole('button', { name: 'Undo' }).focus();
    await press('Enter');
    await focused().toMatch(/^Face 1, \d+ px/);
    await press('Backspace');
    expect(await panel.getByRole('button', { name: /^Face \d/ }).count()).toBe(0);
  });

  it('without a face nothing is restored, and Esc leads back to say so', async () => {
    await press('Escape');
    await panel.getByText('No face is left: there is nothing to restore.').waitFor();
    await panel.getByRole('button', { name: 'Send anyway · 1 credit' }).waitFor();
    await panel.getByRole('button', { name: 'Add a face' }).focus();
    await press('Enter');
    await picture(panel).waitFor();
  });

  it('a face is added, moved and resized by arrow keys, and restored', async () => {
    await panel.getByRole('button', { name: 'Add a face' }).focus();
    await press('Enter');
    await focused().toMatch(/^Face 1, \d+ px/);
    for (let step = 0; step < 200 && boxIn(await label(panel)).y > CHANGED.y - 5; step += 1) await press('ArrowUp');
    for (let step = 0; step < 200 && boxIn(await label(panel)).x > CHANGED.x - 5; step += 1) await press('ArrowLeft');
    for (let step = 0; step < 200 && boxIn(await label(panel)).width > 105; step += 1) await press('Shift+ArrowLeft');
    for (let step = 0; step < 200 && boxIn(await label(panel)).height > 130; step += 1) await press('Shift+ArrowUp');
    const box = boxIn(await label(panel));
    expect(box.width).toBeLessThanOrEqual(105);
    expect(box.y).toBeLessThanOrEqual(CHANGED.y - 5);
    // From the face to no face, and back to the picture.
    await press('Escape', 'Escape');
    await panel.getByRole('button', { name: 'Restore 1 face · 1 credit' }).waitFor();
    await restoredInside(visit, 'Astronaut', box, ASTRONAUT);
    expect(visit.complaints).toEqual([]);
  });
});

/** The line that says what is in hand: "Face 1 added." has no box in it yet. */
async function label(panel: Frame): Promise<string> {
  const text = await status(panel);
  return /at \d+/.test(text) ? text : 'Face 1: 9999 × 9999 px at 9999, 9999.';
}
