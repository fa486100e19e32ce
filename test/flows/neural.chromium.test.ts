/** A face restored by a network from an ONNX file: from the selected picture through the whole plugin to the canvas. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { difference } from '../../bench/compare';
import type { RgbaImage } from '../../src/pixels/image';
import { tinting } from '../engine/neural/networks';
import { setStage } from './stage';

const LAYER = 'Portrait';
/** In the sample: the middle of the face, and the rows below which nothing of the aligned face reaches. */
const CHEEKS = { x: 206, y: 103, width: 32, height: 32 };
const BELOW = 260;

function meanColour({ width, data }: RgbaImage, { x, y, width: across, height }: typeof CHEEKS): number[] {
  const sum = [0, 0, 0];
  for (let row = y; row < y + height; row++) {
    for (let column = x; column < x + across; column++) {
      for (let colour = 0; colour < 3; colour++) sum[colour]! += data[(row * width + column) * 4 + colour]!;
    }
  }
  return sum.map((total) => total / (across * height));
}

it('an engine with a model restores a face through the whole plugin, and nothing but the face', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'model-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const model = join(folder, 'GFPGANv1.4.onnx');
  writeFileSync(model, tinting(-40, 0, -20));
  const stage = await setStage({ engine: { model } });
  onTestFinished(() => stage.close());
  const visit = await stage.visit();
  onTestFinished(() => visit.close());

  const photo = readFileSync(join(import.meta.dirname, '../../playground/samples/astronaut.png'));
  await visit.drop(`${LAYER}.png`, photo);
  await visit.clickLayer(LAYER);
  const before = await visit.pixels(LAYER);
  await visit.command('Recover faces');
  await visit.useLocalEngine();
  await visit.restore();
  await visit.apply('Overlay');
  const after = await visit.pixels(LAYER);

  expect(stage.engine.kind).toContain('GFPGANv1.4.onnx');
  expect(stage.engine.charges()).toHaveLength(1);
  // Strength is 0.8 unless told; the noise that is put on the face before the network is gone on average.
  const change = meanColour(after, CHEEKS).map((mean, colour) => mean - meanColour(before, CHEEKS)[colour]!);
  for (const [colour, wanted] of [-32, 0, -16].entries()) expect(Math.abs(change[colour]! - wanted)).toBeLessThan(3);
  const beyond = (pixel: number): boolean => pixel >= BELOW * before.width;
  expect(difference(before, after, beyond)).toEqual({ largest: 0, pixels: 0 });
  expect(visit.complaints).toEqual([]);
});
