/**
 * `npm run demo`: the main job on every sample picture, done in the playground as a person does it. Writes the canvas
 * and the panel at each step to out/ and prints how near the faces came to the truth. Fails when a promise is broken.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { encode } from 'fast-png';
import { over } from '../bench/compare';
import { psnr, ssim } from '../bench/quality';
import { decodePicture } from '../engine/picture/decode';
import { type Sample, sampleDocument } from '../playground/samples/degrade';
import type { RgbaImage } from '../src/pixels/image';
import { buildPlugin } from './build';
import { launchChromium } from './chromium';
import { startBoth } from './service';
import { type Visit, visit } from './visit';

/** Hair, hat and chin belong to the restored face: up to this many times a face's size from its middle. */
const HEAD = 1.25;
const OUT = join(fileURLToPath(new URL('..', import.meta.url)), 'out');

interface Row {
  readonly sample: Sample;
  /** Faces that the panel found. */
  readonly found: number;
  readonly psnr: readonly [before: number, after: number] | null;
  readonly ssim: readonly [before: number, after: number] | null;
  /** Canvas pixels that changed although no head is there: see `HEAD`. */
  readonly outside: number;
  /** Seconds. */
  readonly restoring: number;
  readonly applying: number;
}

async function pictureOf(bytes: Uint8Array): Promise<RgbaImage> {
  const decoded = await decodePicture(bytes);
  if (!decoded.ok) throw new Error('A picture of the demo cannot be decoded.');
  return decoded.value.image;
}

function save(name: string, { width, height, data }: RgbaImage): void {
  writeFileSync(join(OUT, name), encode({ width, height, data: new Uint8Array(data), channels: 4 }));
}

/** The stored pictures of the layer's image fills, the lowest first. */
async function fillPictures(person: Visit, layer: string): Promise<RgbaImage[]> {
  const stored = await person.page.evaluate((name) => {
    const fills = window.playground.fills(name);
    if (fills === null || fills === 'mixed') return [];
    return fills.flatMap((paint) => {
      const bytes =
        paint.type === 'IMAGE' && paint.imageHash !== null ? window.playground.image(paint.imageHash) : null;
      return bytes === null ? [] : [[...bytes]];
    });
  }, layer);
  return Promise.all(stored.map((bytes) => pictureOf(Uint8Array.from(bytes))));
}

function changedOutside(before: RgbaImage, after: RgbaImage, sample: Sample): number {
  const scale = before.width / sample.width;
  let changed = 0;
  for (let pixel = 0; pixel < before.width * before.height; pixel += 1) {
    const x = (pixel % before.width) / scale;
    const y = Math.floor(pixel / before.width) / scale;
    const near = sample.faces.some(
      (face) =>
        Math.abs(x - face.x - face.width / 2) < HEAD * face.width &&
        Math.abs(y - face.y - face.height / 2) < HEAD * face.height,
    );
    const at = pixel * 4;
    if (!near && [0, 1, 2, 3].some((channel) => before.data[at + channel] !== after.data[at + channel])) changed += 1;
  }
  return changed;
}

async function restoreSample(person: Visit, sample: Sample): Promise<Row> {
  const { title } = sample;
  const panelWindow = person.page.locator('section.window');
  const shot = (step: string) => panelWindow.screenshot({ path: join(OUT, `panel-${sample.name}-${step}.png`) });
  const panel = await person.panel();
  await person.clickLayer(title);
  const scale = sample.height / (await person.pixels(title)).height;
  const before = await person.pixels(title, scale);
  save(`layer-${sample.name}-before.png`, before);
  if (sample.faces.length === 0) {
    await panel.getByText('nothing to restore').waitFor();
    await shot('1-selection');
    return { sample, found: 0, psnr: null, ssim: null, outside: 0, restoring: 0, applying: 0 };
  }
  const button = panel.getByRole('button', { name: /^Restore \d+ faces? · \d+ credits?$/ });
  await button.waitFor();
  const found = Number(/\d+/.exec((await button.textContent()) ?? '')?.[0]);
  await shot('1-selection');
  const began = performance.now();
  await button.click();
  await panel.getByText('Restoring').first().waitFor();
  await shot('2-running');
  const apply = panel.getByRole('button', { name: 'Apply' });
  await apply.waitFor({ timeout: 120_000 });
  const reviewed = performance.now();
  await person.page.waitForTimeout(300);
  await shot('3-review');
  await person.page.screenshot({ path: join(OUT, `playground-${sample.name}.png`) });
  const pressed = performance.now();
  await apply.click();
  await panel.getByText('Applied: Overlay').waitFor();
  const applied = performance.now();
  await person.page.waitForTimeout(300);
  await shot('4-applied');
  await panel.getByRole('button', { name: 'Done' }).click();
  const after = await person.pixels(title, scale);
  save(`layer-${sample.name}-after.png`, after);
  const outside = changedOutside(before, after, sample);
  const [source, overlay] = await fillPictures(person, title);
  if (source === undefined || overlay === undefined) throw new Error(`${title} has no overlay.`);
  const truth = sample.truth as RgbaImage;
  const result = over(overlay, source);
  return {
    sample,
    found,
    psnr: [psnr(source, truth, sample.faces), psnr(result, truth, sample.faces)],
    ssim: [ssim(source, truth, sample.faces), ssim(result, truth, sample.faces)],
    outside,
    restoring: (reviewed - began) / 1000,
    applying: (applied - pressed) / 1000,
  };
}

function table(rows: readonly Row[]): string {
  const change = (pair: readonly [number, number] | null, digits: number): string => {
    if (pair === null) return '-';
    const gain = pair[1] - pair[0];
    return `${pair[0].toFixed(digits)} → ${pair[1].toFixed(digits)} (${gain < 0 ? '' : '+'}${gain.toFixed(digits)})`;
  };
  const seconds = (value: number): string => (value === 0 ? '-' : `${value.toFixed(1)} s`);
  const lines = rows.map(
    (row) =>
      `| ${row.sample.title} | ${row.found} of ${row.sample.faces.length} | ${change(row.psnr, 2)} | ${change(row.ssim, 3)} | ${row.outside} | ${seconds(row.restoring)} | ${seconds(row.applying)} |`,
  );
  return [
    '| sample | faces found | PSNR in the faces, dB | SSIM in the faces | pixels changed outside | restoring | applying |',
    '|---|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}

/** What the demo promises, in sentences about what is not so. */
function broken(rows: readonly Row[], charges: number): readonly string[] {
  const gains = rows.flatMap((row) => (row.psnr === null ? [] : [row.psnr[1] - row.psnr[0]]));
  const noisy = rows.find(({ sample }) => sample.name === 'old-scan')?.psnr;
  const restored = rows.filter((row) => row.psnr !== null).length;
  return [
    ...rows.filter(({ outside }) => outside > 0).map((row) => `${row.sample.title}: pixels outside the faces changed.`),
    ...(gains.some((gain) => gain < 0) ? ['On a sample the faces are further from the truth than before.'] : []),
    ...(gains.reduce((sum, gain) => sum + gain, 0) / gains.length < 0.5 ? ['The mean gain is below 0.5 dB.'] : []),
    ...(noisy === undefined || noisy === null || noisy[1] - noisy[0] < 2 ? ['The scan gains less than 2 dB.'] : []),
    ...(charges === restored ? [] : [`${restored} pictures were restored, but ${charges} credits were charged.`]),
  ];
}

async function main(): Promise<readonly string[]> {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(OUT, { recursive: true });
  await buildPlugin();
  const data = mkdtempSync(join(tmpdir(), 'recover-faces-demo-'));
  const both = await startBoth('any', data);
  both.engine.warm();
  const browser = await launchChromium();
  try {
    const person = await visit(browser, both.playground.address);
    await person.page.waitForTimeout(500);
    await person.page.screenshot({ path: join(OUT, 'canvas-before.png') });
    const samples = await sampleDocument();
    await person.clickLayer(samples[0]!.title);
    await person.command('Recover faces');
    await person.panel();
    await person.page.locator('section.window').screenshot({ path: join(OUT, 'panel-0-first-run.png') });
    await person.useLocalEngine();
    const rows: Row[] = [];
    for (const sample of samples) {
      console.log(`${sample.title} …`);
      rows.push(await restoreSample(person, sample));
    }
    await person.page.keyboard.press('Escape');
    await person.page.screenshot({ path: join(OUT, 'canvas-after.png') });
    const text = table(rows);
    writeFileSync(join(OUT, 'table.md'), `${text}\n`);
    console.log(`\n${text}\n\nPictures are in out/.`);
    return [...broken(rows, both.engine.charges().length), ...person.complaints];
  } finally {
    await browser.close();
    await both.close();
    rmSync(data, { recursive: true, force: true });
  }
}

const complaints = await main();
for (const complaint of complaints) console.error(complaint);
process.exitCode = complaints.length === 0 ? 0 : 1;
