/** Whatever lies on the canvas or goes wrong on the way: a clear sentence, nothing lost, nothing paid for nothing. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { SamplePicture } from '../../playground/document/sampleCanvas';
import type { Visit } from '../../scripts/visit';
import { crc32 } from '../../src/core/picture/crc32';
import { astronaut, brightenAstronaut } from './astronaut';
import { type Stage, setStage } from './stage';

const file = (path: string): Uint8Array => new Uint8Array(readFileSync(join(import.meta.dirname, '../..', path)));
const small = (name: string): Uint8Array => file(`test/pictures/${name}`);
const png = file('playground/samples/astronaut.png');
const coffee = file('playground/samples/coffee.png');
const hopper = file('playground/samples/grace_hopper.jpg');

/** A PNG whose header says 20,000 x 20,000, with the right check sum. */
function huge(): Uint8Array {
  const bytes = png.slice();
  const view = new DataView(bytes.buffer);
  view.setUint32(16, 20_000);
  view.setUint32(20, 20_000);
  view.setUint32(29, crc32(bytes, 12, 29));
  return bytes;
}

/** Each with what the panel says of it. */
const PICTURES: readonly (readonly [title: string, bytes: Uint8Array, says: RegExp])[] = [
  ['Nothing at all', new Uint8Array(0), /file is empty.*Nothing was charged/s],
  ['Cut JPEG', hopper.subarray(0, 20_000), /JPEG file is damaged.*Nothing was charged/s],
  ['Cut PNG', png.subarray(0, 300_000), /PNG file is damaged.*Nothing was charged/s],
  ['A web page', new TextEncoder().encode('<!doctype html><p>404'), /cannot be restored.*Nothing was charged/s],
  ['TIFF', small('picture.tiff'), /TIFF.*cannot be restored/s],
  ['Far too large', huge(), /20,?000 × 20,?000 px.*at most 4096 px/s],
  ['One pixel', small('one-pixel.png'), /No face was found|only 1 × 1 px/],
  ['WebP', small('lossy.webp'), /64 × 48 px/],
  ['Animated GIF', small('animated.gif'), /first frame/i],
  ['Wrong label', small('still.gif'), /64 × 48 px/],
  ['CMYK', small('cmyk.jpg'), /64 × 48 px/],
  ['On its side', small('orientation-6.jpg'), /64 × 48 px/],
  ['No face', coffee, /No face was found.*nothing to restore.*Send it anyway|Send anyway/s],
];

const samples: readonly SamplePicture[] = [
  astronaut,
  ...PICTURES.map(([title, bytes]) => ({ title, bytes, width: 512, height: 512 })),
];

/** Where it is about one picture, the page has no more to paint than that. */
const few = samples.filter(({ title }) => ['Astronaut', 'CMYK', 'No face'].includes(title));

const held = brightenAstronaut();
let stage: Stage;
afterEach(() => held.release());

const text = async (visit: Visit): Promise<string> => (await visit.panel()).locator('body').innerText();

async function opened(layer: string): Promise<Visit> {
  const visit = await stage.visit();
  await visit.clickLayer(layer);
  await visit.command('Recover faces');
  await visit.useLocalEngine();
  return visit;
}

describe('each selection is answered in words', () => {
  let visit: Visit;
  beforeAll(async () => {
    stage = await setStage({ samples, engine: { restorer: held.restorer } });
    visit = await opened('Astronaut');
  });
  afterAll(() => stage.close());

  it.each(PICTURES)('%s', async (title, _bytes, says) => {
    await visit.clickLayer(title);
    await expect.poll(() => text(visit), { timeout: 15_000 }).toMatch(new RegExp(title));
    await expect.poll(() => text(visit), { timeout: 15_000 }).toMatch(says);
  });

  it('a text layer', async () => {
    await visit.clickLayer('Caption');
    await expect.poll(() => text(visit)).toMatch(/Text layers are not supported/);
  });

  it('nothing selected', async () => {
    await visit.page
      .locator('canvas')
      .first()
      .click({ position: { x: 5, y: 5 } });
    await expect.poll(() => text(visit)).toMatch(/Select a (layer|picture)/i);
  });

  it('has cost nothing', () => {
    expect(stage.engine.charges()).toEqual([]);
  });
});

/** A number that tells one drawn picture from another; 0 while nothing is drawn. Runs in the page. */
const edges = (element: Element): number => {
  if (!(element instanceof HTMLCanvasElement)) throw new Error('no canvas');
  const copy = new OffscreenCanvas(element.width, element.height).getContext('2d');
  copy?.drawImage(element, 0, 0);
  const data = copy?.getImageData(0, 0, element.width, element.height).data ?? [];
  let sum = 0;
  for (let at = 4; at < data.length; at += 4) sum += Math.abs((data[at] ?? 0) - (data[at - 4] ?? 0));
  return sum;
};

/** One of its own for the tests around, with few pictures. */
function onStage(): void {
  beforeAll(async () => {
    stage = await setStage({ samples: few, engine: { restorer: held.restorer } });
  });
  afterAll(() => stage.close());
}

describe('while a job runs', () => {
  onStage();
  let visit: Visit;
  let paid: number;
  beforeEach(async () => {
    paid = stage.engine.charges().length;
    held.hold();
    visit = await opened('Astronaut');
    await (await visit.panel()).getByRole('button', { name: /^Restore 1 face/ }).click();
    await (await visit.panel()).getByText('Restoring').first().waitFor();
  });
  afterEach(async () => {
    held.release();
    await visit.close();
  });
  const finished = async (): Promise<void> => {
    held.release();
    const panel = await visit.panel();
    await panel.getByRole('button', { name: /^(Apply|Place as new layer)$/ }).waitFor({ timeout: 30_000 });
  };
  const charged = (): number => stage.engine.charges().length - paid;

  it('a layer that was deleted loses no result: it can be placed as a new layer', async () => {
    await visit.page.evaluate(() => window.playground.teammateDeletes('Astronaut'));
    await finished();
    const panel = await visit.panel();
    await expect.poll(() => text(visit)).toMatch(/no longer in the document/);
    await panel.getByRole('button', { name: /Place as new layer/ }).click();
    await panel.getByText('Applied: New layer').waitFor();
    const names = await visit.page.evaluate(() => window.playground.nodes().map(({ name }) => name));
    expect(names).toContain('Astronaut - restored');
    expect(charged()).toBe(1);
  });

  it('a picture that was changed is not overwritten', async () => {
    await visit.page.evaluate(() => window.playground.teammateRefills('Astronaut'));
    const theirs = await visit.page.evaluate(() => window.playground.fills('Astronaut'));
    await finished();
    await expect.poll(() => text(visit)).toMatch(/changed in the meantime.*not overwritten/s);
    expect(await visit.page.evaluate(() => window.playground.fills('Astronaut'))).toEqual(theirs);
  });

  it('a picture that was changed for another can be compared with it, and the result becomes a layer of its own', async () => {
    await visit.page.evaluate(() => window.playground.teammateRefills('Astronaut', 'No face'));
    const theirs = await visit.page.evaluate(() => window.playground.fills('Astronaut'));
    await finished();
    const panel = await visit.panel();
    const before = panel.getByRole('img', { name: 'Before' });
    await expect.poll(() => before.evaluate(edges)).not.toBe(0);
    const original = await before.evaluate(edges);
    await panel.getByRole('button', { name: 'Compare both' }).click();
    const now = panel.getByRole('img', { name: 'Layer now' });
    // Both are drawn into the same place: what is there is another picture.
    await expect.poll(async () => (await now.evaluate(edges)) - original).not.toBe(0);
    await panel.getByRole('button', { name: 'Compare with the original' }).click();
    await expect.poll(() => before.evaluate(edges)).toBe(original);
    await panel.getByRole('button', { name: 'Place as new layer' }).click();
    await panel.getByText('Applied: New layer').waitFor();
    expect(await visit.page.evaluate(() => window.playground.fills('Astronaut'))).toEqual(theirs);
    expect(charged()).toBe(1);
  });

  it('a plugin that was closed finds its job again at the next opening, and pays once', async () => {
    await visit.page.getByRole('button', { name: 'Close plugin' }).click();
    expect(await visit.page.evaluate(() => window.playground.running())).toBe(false);
    held.release();
    await visit.command('Recover faces');
    await (await visit.panel()).getByText('1 result is ready').waitFor({ timeout: 30_000 });
    await (await visit.panel()).getByRole('button', { name: 'Review' }).click();
    await visit.apply('Overlay');
    expect(charged()).toBe(1);
  });

  it('a cancelled job costs nothing and says so', async () => {
    await (await visit.panel()).getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => text(visit), { timeout: 15_000 }).toMatch(/cancelled.*Nothing was charged/s);
    expect(charged()).toBe(0);
  });

  it('another selection does not disturb it', async () => {
    await visit.clickLayer('CMYK');
    held.release();
    await (await visit.panel())
      .getByText(/1 result is ready|Apply/)
      .first()
      .waitFor({ timeout: 30_000 });
    expect(charged()).toBe(1);
  });
});

describe('the service', () => {
  onStage();

  it('that is not running is named, with what to do', async () => {
    const visit = await stage.visit();
    await visit.command('Recover faces');
    const panel = await visit.panel();
    await panel.getByText('Try the local engine').click();
    // Allowed by the window's policy, and nobody listens there.
    await panel.getByLabel('Address').fill(`${stage.engine.address}/nowhere`);
    await panel.getByRole('button', { name: 'Connect' }).click();
    await expect.poll(() => text(visit), { timeout: 15_000 }).toMatch(/does not offer face recovery at this address/);
    await visit.close();
  });

  it('whose host Figma does not allow is named, with the setting', async () => {
    const visit = await stage.visit();
    await visit.command('Recover faces');
    const panel = await visit.panel();
    await panel.getByText('Try the local engine').click();
    await panel.getByLabel('Address').fill('http://localhost:1');
    await panel.getByRole('button', { name: 'Connect' }).click();
    await expect
      .poll(() => text(visit), { timeout: 15_000 })
      .toMatch(/does not let this plugin reach localhost:1|does not answer at/);
    await visit.close();
  });

  it('that refuses the key leaves the picture unsent', async () => {
    const strict = await setStage({ samples: few, engine: { restorer: held.restorer, key: 'the-only-key' } });
    const visit = await strict.visit();
    await visit.command('Recover faces');
    const panel = await visit.panel();
    await panel.getByText('Try the local engine').click();
    await panel.getByRole('button', { name: 'Connect' }).click();
    await expect.poll(() => text(visit), { timeout: 15_000 }).toMatch(/key was not accepted.*Nothing was charged/s);
    expect(strict.seen.filter(({ method }) => method === 'POST')).toEqual([]);
    await strict.close();
  });
});

describe('parameters out of range', () => {
  onStage();

  it('are corrected, said, and never sent', async () => {
    const visit = await opened('Astronaut');
    const panel = await visit.panel();
    await panel.getByText('Parameters', { exact: true }).click();
    const strength = panel.getByRole('textbox', { name: /Rebuild/ });
    await strength.fill('3');
    await strength.press('Tab');
    await expect.poll(() => text(visit)).toMatch(/Rebuild 3 is above 1; 1 is used/);
    const known = new Set(stage.engine.jobs().map(({ processId }) => processId));
    await visit.restore();
    const sent = stage.engine.jobs().filter(({ processId }) => !known.has(processId));
    expect(sent.map(({ work }) => work)).toMatchObject([{ kind: 'faces', parameters: { strength: 1 } }]);
    await visit.close();
  });
});
