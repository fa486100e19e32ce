/** The engine with a model, as people start it: in its own thread, over HTTP, and from the command line. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startEngine } from '../../../engine/engine';
import { decodePicture } from '../../../engine/picture/decode';
import { encodePicture } from '../../../engine/picture/encode';
import { portrait } from '../portrait';
import { newFolder, runEngine, submit, until } from '../running';
import { modelFile, tinting } from './networks';

it('an engine with a model restores faces with it and leaves the rest', async () => {
  const model = modelFile(tinting(-60, 20, 40), 'GFPGANv1.4.onnx');
  const running = await runEngine({ restorer: null, model });
  expect(running.engine.kind).toContain('GFPGANv1.4.onnx');
  const source = await portrait();
  const fields = { output_format: 'png', strength: '0.5', noise_sigma: '0.001' };
  const id = await submit(running, fields, await encodePicture(source, 'png', null));
  expect((await until(running, id, 'Completed')).model_type).toBe(running.engine.kind);
  const { download_url } = await running.json(`/image/v1/download/${id}`);
  const result = await decodePicture(new Uint8Array(await (await fetch(download_url)).arrayBuffer()));
  if (!result.ok) throw new Error('The result cannot be read');
  const change = (x: number, y: number): number[] =>
    [0, 1, 2].map((colour) => {
      const at = (y * source.width + x) * 4 + colour;
      return result.value.image.data[at]! - source.data[at]!;
    });
  // The middle of the face, with noise of a quarter of a value; and a corner.
  for (const [colour, wanted] of [-30, 10, 20].entries()) {
    expect(Math.abs(change(86, 111)[colour]! - wanted)).toBeLessThanOrEqual(2);
  }
  expect(change(2, 193)).toEqual([0, 0, 0]);
});

it('an engine whose model cannot be used does not start, and leaves its folder to the next', async () => {
  const data = await newFolder();
  const refused = await startEngine({ data, model: modelFile(Uint8Array.of(1, 2, 3)) });
  expect(refused).toMatchObject({ ok: false, error: { code: 'unreadable' } });
  await runEngine({ data });
});

it('the command line ends with a sentence and no stack when the model cannot be used', async () => {
  const file = modelFile(new TextEncoder().encode('<html>'));
  const words = ['--import', 'tsx', join('engine', 'main.ts'), '--port', '0', '--data', await newFolder()];
  const engine = spawn(process.execPath, [...words, '--model', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  engine.stderr.on('data', (bytes: Buffer) => {
    said += bytes.toString();
  });
  const code = await new Promise((resolve) => engine.once('close', resolve));
  expect(code).toBe(1);
  expect(said).toMatch(/^The model \S+ is no ONNX model, or it is damaged: fetch it again\. [^\n]+\.$/m);
  expect(said).not.toMatch(/^\s+at /m);
});
