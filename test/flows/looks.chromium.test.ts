/** Three looks at a picture with two people, as a person asks for them: paid one by one, mixed face by face, applied. */
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodePicture } from '../../engine/picture/decode';
import { Cancelled, type Restorer } from '../../engine/restorer';
import type { Visit } from '../../scripts/visit';
import { type RgbaImage, rgbaImage } from '../../src/pixels/image';
import { NO_PACE } from '../../src/pixels/pace';
import { encodePng } from '../../src/pixels/png/encode';
import { portraits } from './portraits';
import { type Stage, setStage } from './stage';

const SIDE = 300;
const LAYER = 'Two people';

/** Tints the middle of each half: the seed says which channel, so that a pixel says which look it is from. */
const held = { until: 0 };
const restorer: Restorer = {
  kind: 'Test: tints two ovals by the seed',
  async restore({ picture, parameters, scale }, { onProgress, isCancelled }) {
    if (scale !== 1) throw new Error('Only for results of the input size');
    while (parameters.noiseSeed > held.until) {
      if (isCancelled()) throw new Cancelled();
      onProgress(0.5);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    const { width, height, data } = picture.image;
    const image = rgbaImage(width, height, new Uint8ClampedArray(data));
    for (let pixel = 0; pixel < width * height; pixel += 1) {
      const across = (((pixel % width) % SIDE) / SIDE - 0.5) / 0.3;
      const down = (Math.floor(pixel / width) / height - 0.5) / 0.4;
      const lift = 60 * Math.max(0, 1 - across * across - down * down);
      image.data[pixel * 4 + ((parameters.noiseSeed - 1) % 3)]! += lift;
    }
    return { image, faces: 2 };
  },
};

/** Two portraits in one picture. */
async function twoPeople(): Promise<Uint8Array> {
  const both = await Promise.all((await portraits(2, SIDE)).map((bytes) => decodePicture(bytes)));
  const image = rgbaImage(2 * SIDE, SIDE);
  both.forEach((one, index) => {
    if (!one.ok) throw new Error('A portrait cannot be decoded');
    for (let row = 0; row < SIDE; row += 1) {
      const line = one.value.image.data.subarray(row * SIDE * 4, (row + 1) * SIDE * 4);
      image.data.set(line, (row * 2 * SIDE + index * SIDE) * 4);
    }
  });
  return encodePng(image, null, NO_PACE);
}

let stage: Stage;
let visit: Visit;
let panel: Frame;
let before: RgbaImage;
beforeAll(async () => {
  stage = await setStage({ engine: { restorer, parallel: 3 } });
  visit = await stage.visit();
  await visit.drop(`${LAYER}.png`, await twoPeople());
  await visit.clickLayer(LAYER);
  before = await visit.pixels(LAYER);
  await visit.command('Recover faces');
  await visit.useLocalEngine();
  panel = await visit.panel();
});
afterAll(() => stage.close());

/** How much each channel grew in the middle of one person, 0 the left one. */
function growth(after: RgbaImage, person: number): readonly number[] {
  const { width, height } = after;
  const sums = [0, 0, 0];
  const [x, y] = [Math.round(((person + 0.5) * width) / 2), Math.round(height / 2)];
  for (let dy = -5; dy <= 5; dy += 1) {
    for (let dx = -5; dx <= 5; dx += 1) {
      const at = ((y + dy) * width + x + dx) * 4;
      for (const channel of [0, 1, 2]) sums[channel]! += (after.data[at + channel]! - before.data[at + channel]!) / 121;
    }
  }
  return sums;
}

const strongest = (after: RgbaImage, person: number): number => {
  const grown = growth(after, person);
  expect(Math.max(...grown)).toBeGreaterThan(10);
  return grown.indexOf(Math.max(...grown));
};

/** Which look faces 1 and 2 are from, by the channel that grew. The finder lists the person at the right first. */
const looksOn = async (): Promise<string> => {
  const after = await visit.pixels(LAYER);
  return [1, 0].map((person) => 'ABC'[strongest(after, person)]).join('');
};

describe('a designer asks for three looks', () => {
  it('the price is said before, beside that of one', async () => {
    await panel.getByRole('button', { name: 'Restore 2 faces · 1 credit' }).waitFor();
    await panel.getByRole('button', { name: '3 looks · 3 credits' }).click();
    await panel.getByRole('heading', { name: '3 looks' }).waitFor();
    for (const look of ['A', 'B', 'C'])
      await panel.getByRole('progressbar', { name: `Progress of look ${look}` }).waitFor();
  });

  it('the first that is ready is shown, and the others join it as they come', async () => {
    held.until = 1;
    await panel.getByRole('button', { name: 'Apply' }).waitFor({ timeout: 60_000 });
    await panel.getByRole('progressbar', { name: 'Progress of look B' }).waitFor();
    held.until = 3;
    await panel.getByRole('button', { name: /^C: all faces from look C/ }).waitFor({ timeout: 60_000 });
    await expect.poll(() => panel.getByRole('progressbar', { name: /^Progress of look/ }).count()).toBe(0);
  });

  it('each was charged once', () => {
    expect(stage.engine.charges()).toHaveLength(3);
  });

  it('face 1 of look B and face 2 of look A come onto the canvas as one result', async () => {
    await panel
      .getByRole('radiogroup', { name: /^Face 1/ })
      .getByRole('radio', { name: /^Look B/ })
      .check();
    expect(
      await panel
        .getByRole('radiogroup', { name: /^Face 2/ })
        .getByRole('radio', { name: /^Look A/ })
        .isChecked(),
    ).toBe(true);
    await visit.apply('Overlay');
    expect(await looksOn()).toBe('BA');
    await panel.getByText('Charged: 3 credits.').waitFor();
  });

  it('by keyboard: all faces from look C, then the second from the look beside it', async () => {
    await panel.getByRole('button', { name: 'Adjust', exact: true }).click();
    await panel.getByRole('button', { name: /^C: all faces/ }).focus();
    await visit.page.keyboard.press('Enter');
    await panel
      .getByRole('radiogroup', { name: /^Face 2/ })
      .getByRole('radio', { name: /^Look C/ })
      .focus();
    await visit.page.keyboard.press('ArrowLeft');
    await panel.getByRole('button', { name: 'Apply' }).click();
    await panel.getByText('Applied: Overlay').waitFor();
    expect(await looksOn()).toBe('CB');
    expect(stage.engine.charges()).toHaveLength(3);
  });

  it('a face that nobody had marked is taken over after the result came, for nothing', async () => {
    await panel.getByRole('button', { name: 'Adjust', exact: true }).click();
    await panel.getByRole('button', { name: 'Add a face' }).click();
    await panel.getByRole('button', { name: 'Add a face' }).click();
    await panel.getByRole('button', { name: 'Done' }).click();
    await panel.getByRole('checkbox', { name: /^Keep this face 3/ }).waitFor();
    await visit.apply('Overlay');
    expect(stage.engine.charges()).toHaveLength(3);
  });

  it('the same three looks are free the next time', async () => {
    await panel.getByRole('button', { name: 'Done' }).click();
    await panel.getByRole('button', { name: '3 looks · free' }).click();
    await panel.getByRole('button', { name: /^C: all faces from look C/ }).waitFor({ timeout: 60_000 });
    expect(stage.engine.charges()).toHaveLength(3);
  });

  it('one look more costs one credit', async () => {
    held.until = 4;
    await panel.getByRole('button', { name: 'Another look · 1 credit' }).click();
    await panel.getByRole('button', { name: /^D: all faces from look D, seed 4/ }).waitFor({ timeout: 60_000 });
    expect(stage.engine.charges()).toHaveLength(4);
  });

  it('ends without an error in the console, a refused request or an error of the plugin', async () => {
    expect(visit.complaints).toEqual([]);
    expect(await visit.page.evaluate(() => window.playground.consoleErrors)).toEqual([]);
  });
});

describe('the panel is closed while looks are on their way', () => {
  let other: Visit;
  afterAll(() => other.close());

  it('the next opening brings them back as one review, and each is charged once', async () => {
    const paid = stage.engine.charges().length;
    const sent = stage.engine.jobs().length;
    held.until = 0;
    other = await stage.visit();
    await other.drop(`${LAYER}.png`, await twoPeople());
    await other.clickLayer(LAYER);
    await other.command('Recover faces');
    await other.useLocalEngine();
    const first = await other.panel();
    await first.getByRole('button', { name: '3 looks · 3 credits' }).click();
    await expect.poll(() => stage.engine.jobs().length - sent, { timeout: 30_000 }).toBe(3);
    await other.reload();
    await other.command('Recover faces');
    held.until = 3;
    const again = await other.panel();
    await again.getByText('3 of 3 looks ready').waitFor({ timeout: 60_000 });
    await again.getByRole('button', { name: 'Review' }).click();
    await again.getByRole('button', { name: /^C: all faces from look C/ }).waitFor({ timeout: 60_000 });
    expect(
      await again
        .getByRole('radiogroup', { name: /^Face 1/ })
        .getByRole('radio')
        .count(),
    ).toBe(3);
    expect(stage.engine.charges()).toHaveLength(paid + 3);
    expect(other.complaints).toEqual([]);
  });
});
