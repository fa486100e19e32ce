/** What the messages between the panel and its host cost, in the stand-in host: through its VM and both of its frames. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Frame } from 'playwright-core';
import { launchChromium } from '../../scripts/chromium';
import { type Visit, visit } from '../../scripts/visit';
import { STANDARD_PARAMETERS } from '../../src/core/parameters';
import { STANDARD_SETTINGS } from '../../src/core/settings';
import { openPlayground } from '../playground';
import { kilobytes, median, megabytes, milliseconds, type Report } from '../table';
import type { Asked } from './page';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ROUNDS = 5;

/** Pictures of noise: nothing in them compresses away, and no face is found. */
const PICTURES = [
  { name: 'JPEG of 1 MP', side: 1000, type: 'image/jpeg' },
  { name: 'JPEG of 12 MP', side: 3464, type: 'image/jpeg' },
  { name: 'PNG of 16.8 MP, the largest', side: 4096, type: 'image/png' },
] as const;

export async function benchMessages(): Promise<Report> {
  const playground = await openPlayground([]);
  const browser = await launchChromium();
  try {
    const person = await visit(browser, playground.address);
    await person.page.context().addInitScript(await pageScript());
    await person.page.evaluate(
      (settings) => localStorage.setItem('clientStorage:settings', settings),
      JSON.stringify({ json: JSON.stringify({ ...STANDARD_SETTINGS, service: 'topaz', key: 'not a key' }), bytes: [] }),
    );
    await person.page.reload();
    await person.page.waitForFunction(() => 'playground' in window);
    return { tables: [await table(person)], wrong: [] };
  } finally {
    await browser.close();
    await playground.close();
  }
}

async function pageScript(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(ROOT, 'bench/messages/page.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2020',
  });
  // Every frame runs it; only the panel's is a srcdoc.
  return `if (location.href === 'about:srcdoc') {${outputFiles[0]!.text}}`;
}

async function table(person: Visit) {
  const rows: string[][] = [];
  const add = (name: string, asked: readonly Asked[]): void => {
    const of = (value: (one: Asked) => number): number => median(asked.map(value));
    const bytes = (count: number): string => (count < 1e6 ? kilobytes(count) : megabytes(count));
    rows.push([
      name,
      bytes(of(({ up }) => up)),
      bytes(of(({ down }) => down)),
      milliseconds(of(({ posting }) => posting)),
      milliseconds(of(({ taking }) => taking)),
      milliseconds(of(({ answered }) => answered)),
    ]);
  };
  await person.page.evaluate(() => window.playground.select());
  await person.page.evaluate(() => void window.playground.run('recover'));
  let panel = await person.panel();
  add('selection.read, nothing selected', await several(panel, 'selection.read', {}));
  add('panel.open', await several(panel, 'panel.open', { records: [''], shared: [''] }));
  const record = { key: 'job:bench', value: { text: 'x'.repeat(1000) } };
  add('record.save, a job’s record', await several(panel, 'record.save', record));
  for (const { name, side, type } of PICTURES) {
    await dropNoise(person, name, side, type);
    panel = await person.panel();
    // Read, decoded and searched: nothing else goes on then.
    await panel.getByText(name, { exact: true }).first().waitFor();
    await panel.getByText('No face was found').first().waitFor({ timeout: 60_000 });
    await panel.evaluate(() => window.ask('selection.read', {}));
    if (side === PICTURES[0].side) {
      const ask = await panel.evaluate(() => {
        const { pictures } = window.answer as { readonly pictures: readonly { target: { nodeId: string } }[] };
        return { nodeId: pictures[0]!.target.nodeId, width: 256 };
      });
      add('thumbnail.read, 256 px', await several(panel, 'thumbnail.read', ask));
      await panel.evaluate(() => window.ask('selection.read', {}));
    }
    const target = await panel.evaluate(
      () => (window.answer as { readonly pictures: readonly { readonly target: unknown }[] }).pictures[0]!.target,
    );
    add(`picture.read, ${name}`, await several(panel, 'picture.read', { target, anyway: false }));
    add(`result.place, ${name}`, [await placed(panel, target)]);
  }
  return {
    title: `Messages between the panel and its host, median of ${ROUNDS}`,
    head: ['', 'up', 'down', 'posting', 'taking', 'answered after'],
    rows,
    notes: [
      'Up, down: bytes. Posting, taking: for how long the panel’s own thread is held by the copying. Answered after: through both frames and the VM of the stand-in host, its own work included (thumbnail.read paints and encodes).',
      'Copies of a picture’s bytes on the way down: one out of the VM’s memory; frames and panel hand the same bytes on. From the panel to the pixel worker: one, for the panel keeps them for the upload. The worker hands over what it made. Up: one of the panel, one into the VM.',
    ],
  };
}

async function several(panel: Frame, name: string, ask: unknown): Promise<readonly Asked[]> {
  const asked: Asked[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    asked.push(await panel.evaluate(([what, given]) => window.ask(what as string, given), [name, ask] as const));
  }
  return asked;
}

/** The bytes that were read last come back as a result. */
function placed(panel: Frame, target: unknown): Promise<Asked> {
  const recipe = {
    jobId: 'bench',
    work: { kind: 'faces', parameters: STANDARD_PARAMETERS },
    preset: null,
    faces: 1,
    credits: 1,
    service: 'Benchmark',
    appliedAt: 0,
  };
  return panel.evaluate(
    ([at, draft]) => {
      const { bytes } = window.answer as { readonly bytes: Uint8Array };
      const ask = { target: at, layerName: 'Noise', form: 'layer', bytes, scale: 1, undo: 'own', recipe: draft };
      return window.ask('result.place', ask);
    },
    [target, recipe] as const,
  );
}

/** Drags a picture onto the canvas, made there: it becomes a layer, selected. */
async function dropNoise({ page }: Visit, name: string, side: number, type: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    async ([title, size, format]) => {
      const canvas = new OffscreenCanvas(size, size);
      const context = canvas.getContext('2d')!;
      const rows = 64;
      const strip = context.createImageData(size, rows);
      for (let y = 0; y < size; y += rows) {
        for (let at = 0; at < strip.data.length; at += 65_536) {
          crypto.getRandomValues(strip.data.subarray(at, Math.min(at + 65_536, strip.data.length)));
        }
        for (let at = 3; at < strip.data.length; at += 4) strip.data[at] = 255;
        context.putImageData(strip, 0, y);
      }
      const transfer = new DataTransfer();
      transfer.items.add(new File([await canvas.convertToBlob({ type: format, quality: 0.92 })], title));
      return transfer;
    },
    [name, side, type] as const,
  );
  const canvas = page.locator('canvas').first();
  for (const event of ['dragenter', 'dragover', 'drop']) await canvas.dispatchEvent(event, { dataTransfer: transfer });
}
