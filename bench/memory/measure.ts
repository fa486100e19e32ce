/**
 * Memory of the process that the panel and its pixel worker run in, from the opening to the applied result on the largest
 * picture, and in batches of two lengths: the second must not take more than the first.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { startEngine } from '../../engine/engine';
import { launchChromium } from '../../scripts/chromium';
import { type Visit, visit } from '../../scripts/visit';
import { brightenMiddle } from '../../test/flows/portraits';
import { openPlayground } from '../playground';
import { megabytes, type Report } from '../table';
import { forgetPeak, heldBy, isMeasurable, processOf } from './processes';

/** Sides of the largest picture and of those in a batch, pixels. */
const LARGEST = 4096;
const BATCHED = 2000;
const BATCHES = [3, 6] as const;
/** Milliseconds of a stand-in restoration at the engine. */
const JOB_TIME = 500;
const PATIENCE = { timeout: 240_000 } as const;

interface Stage {
  readonly name: string;
  readonly peak: number;
  readonly after: number;
}

export async function benchMemory(): Promise<Report> {
  if (!isMeasurable()) return { tables: [], wrong: ['Memory can be measured on Linux only.'] };
  const data = mkdtempSync(join(tmpdir(), 'bench-memory-'));
  const started = await startEngine({ data, restorer: brightenMiddle(JOB_TIME), credits: 1000 });
  if (!started.ok) throw new Error(`The engine did not start: ${JSON.stringify(started.error)}`);
  const { address, filesAddress } = started.value;
  const playground = await openPlayground([address, filesAddress]);
  try {
    const largest = await inBrowser(playground.address, ['Largest'], LARGEST, largestPicture);
    const batches: (readonly Stage[])[] = [];
    for (const count of BATCHES) {
      const names = Array.from({ length: count }, (_, index) => `Batched ${index + 1}`);
      batches.push(await inBrowser(playground.address, names, BATCHED, (it) => batch(it, names)));
    }
    const open = largest[0]!.after;
    return {
      tables: [
        {
          title: 'Memory of the panel and its worker',
          head: ['', 'peak', 'above the open panel', 'afterwards'],
          rows: [...largest, ...batches.flat()].map(({ name, peak, after }) => [
            name,
            megabytes(peak),
            megabytes(peak - open),
            megabytes(after),
          ]),
          notes: [
            `Physical memory of the whole process, Chromium’s own and the code of the page included. One decoded picture of ${LARGEST} x ${LARGEST} is ${megabytes(4 * LARGEST ** 2)}, one of the batches (${BATCHED} x ${BATCHED}) ${megabytes(4 * BATCHED ** 2)}. What is freed is given back when the browser finds time for it.`,
          ],
        },
      ],
      wrong: [],
    };
  } finally {
    await playground.close();
    await started.value.close();
    rmSync(data, { recursive: true, force: true });
  }
}

interface Opened {
  readonly person: Visit;
  readonly panel: Frame;
  /** Does something and notes what it took. */
  readonly stage: (name: string, act: () => Promise<unknown>) => Promise<void>;
}

/** A browser of its own with pictures of these names on the canvas, the panel open on nothing and the local engine chosen. */
async function inBrowser(
  address: string,
  names: readonly string[],
  side: number,
  act: (it: Opened) => Promise<void>,
): Promise<readonly Stage[]> {
  const browser = await launchChromium();
  try {
    const person = await visit(browser, address);
    for (const [index, name] of names.entries()) await dropPortrait(person, name, side, index);
    await person.page.evaluate(() => window.playground.select());
    await person.command('Recover faces');
    await person.useLocalEngine();
    const panel = await person.panel();
    const pid = await processOf(browser, person.page, panel);
    const stages: Stage[] = [];
    const stage: Opened['stage'] = async (name, deed) => {
      forgetPeak(pid);
      await deed();
      const { peak, now } = heldBy(pid);
      stages.push({ name, peak, after: now });
    };
    await act({ person, panel, stage });
    return stages;
  } finally {
    await browser.close();
  }
}

async function largestPicture({ person, panel, stage }: Opened): Promise<void> {
  await stage('panel open, nothing selected', async () => undefined);
  await stage(`one picture of ${LARGEST} x ${LARGEST}, faces found`, async () => {
    await person.page.evaluate(() => window.playground.select('Largest'));
    await panel.getByRole('button', { name: /^Restore \d+ faces? / }).waitFor(PATIENCE);
  });
  await stage('restored, in review', async () => {
    await panel.getByRole('button', { name: /^Restore \d+ faces? / }).click();
    await panel.getByRole('button', { name: 'Apply' }).waitFor(PATIENCE);
  });
  await stage('applied', async () => {
    await panel.getByRole('button', { name: 'Apply' }).click();
    await panel.getByText('Applied: ').first().waitFor(PATIENCE);
  });
}

async function batch({ person, panel, stage }: Opened, names: readonly string[]): Promise<void> {
  const count = names.length;
  const restore = panel.getByRole('button', { name: new RegExp(`^Restore ${count} pictures`) });
  await stage(`batch of ${count}: looked through`, async () => {
    await person.page.evaluate((all) => window.playground.select(...all), names);
    await restore.waitFor(PATIENCE);
  });
  await stage(`batch of ${count}: restored and checked`, async () => {
    await restore.click();
    await panel.getByText(`${count} results are ready`).waitFor(PATIENCE);
  });
  await stage(`batch of ${count}: applied`, async () => {
    await panel.getByRole('button', { name: /^Apply \d+ results/ }).click();
    await panel.getByText(/Applied to \d+ layers/).waitFor(PATIENCE);
  });
}

/** Drops a JPEG of the sample portraits onto the canvas, drawn there; each `number` gives another one. */
async function dropPortrait({ page }: Visit, name: string, side: number, number: number): Promise<void> {
  const transfer = await page.evaluateHandle(
    async ([title, size, shift]) => {
      const pictures: ImageBitmap[] = [];
      for (const layer of window.playground.nodes()) {
        const fills = window.playground.fills(layer.name);
        const paint = Array.isArray(fills) ? fills.find(({ type }) => type === 'IMAGE') : undefined;
        const bytes = paint === undefined ? null : window.playground.image(paint.imageHash);
        if (bytes !== null) pictures.push(await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>])));
        if (pictures.length === 2) break;
      }
      const canvas = new OffscreenCanvas(size, size);
      const context = canvas.getContext('2d')!;
      for (const [index, picture] of pictures.entries()) {
        const width = size / 2 - shift;
        context.drawImage(picture, (index * size) / 2 + shift, shift, width, (width * picture.height) / picture.width);
      }
      const transfer = new DataTransfer();
      transfer.items.add(new File([await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 })], title));
      return transfer;
    },
    [name, side, number] as const,
  );
  const canvas = page.locator('canvas').first();
  for (const event of ['dragenter', 'dragover', 'drop']) await canvas.dispatchEvent(event, { dataTransfer: transfer });
  await page.waitForFunction((title) => window.playground.nodes().some((node) => node.name === title), name);
}
