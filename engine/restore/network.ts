/**
 * The trained network: residual dense network C1-D10-G64 of `@upscalerjs/esrgan-medium` (MIT), trained on DIV2K to
 * enlarge four times. RGB 0..255 in and out. The weights lie in the npm package; nothing is fetched.
 */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { ready, setBackend, type Tensor4D, tensor4d } from '@tensorflow/tfjs-core';
import { type LayersModel, loadLayersModel } from '@tensorflow/tfjs-layers';
import { type RgbaImage, rgbaImage } from '../../src/pixels/image';

export const ENLARGEMENT = 4;

export interface Network {
  /** Four times as wide and high. Opaque. About 0.15 ms a pixel of input on one core. */
  enlarge(image: RgbaImage, onProgress: (fraction: number) => void): Promise<RgbaImage>;
}

/** Inputs are cut into tiles, so that memory stays bounded and a cancelled job ends soon. */
const TILE = 56;
/**
 * What a tile sees of its neighbours: the network's answer depends on little beyond it. At the picture's edge it sees
 * a mirror: the network itself would see black there, and answer with ripples.
 */
const SEAM = 8;

/** Sets TensorFlow's backend for the whole process. Rejects where the package with the weights is missing. */
export async function loadNetwork(): Promise<Network> {
  const require = createRequire(import.meta.url);
  setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm'))}/`);
  await setBackend('wasm');
  await ready();
  const model = await readModel(packageFolder(require));
  return { enlarge: (image, onProgress) => enlarge(model, image, onProgress) };
}

/** The package exports its code only, so its folder is found from there. */
function packageFolder(require: NodeJS.Require): string {
  const entry = require.resolve('@upscalerjs/esrgan-medium');
  return entry.slice(0, entry.lastIndexOf(`${join('esrgan-medium', 'dist')}`) + 'esrgan-medium'.length);
}

async function readModel(folder: string): Promise<LayersModel> {
  const models = join(folder, 'models', `x${ENLARGEMENT}`);
  const description = JSON.parse(await readFile(join(models, 'model.json'), 'utf8'));
  const groups: { readonly paths: readonly string[]; readonly weights: readonly object[] }[] =
    description.weightsManifest;
  const shards = await Promise.all(groups.flatMap(({ paths }) => paths).map((path) => readFile(join(models, path))));
  const weightData = new Uint8Array(Buffer.concat(shards)).buffer;
  return loadLayersModel({
    load: async () => ({
      modelTopology: description.modelTopology,
      // As the converter wrote them: name, shape and dtype of each.
      weightSpecs: groups.flatMap(({ weights }) => weights) as never,
      weightData,
    }),
  });
}

async function enlarge(
  model: LayersModel,
  image: RgbaImage,
  onProgress: (fraction: number) => void,
): Promise<RgbaImage> {
  const out = rgbaImage(image.width * ENLARGEMENT, image.height * ENLARGEMENT);
  const across = Math.ceil(image.width / TILE);
  const down = Math.ceil(image.height / TILE);
  for (let tile = 0; tile < across * down; tile++) {
    onProgress(tile / (across * down));
    const left = (tile % across) * TILE;
    const top = Math.floor(tile / across) * TILE;
    await enlargeTile(model, image, out, left, top);
  }
  return out;
}

async function enlargeTile(
  model: LayersModel,
  image: RgbaImage,
  out: RgbaImage,
  left: number,
  top: number,
): Promise<void> {
  const fromX = left - SEAM;
  const fromY = top - SEAM;
  const width = Math.min(image.width, left + TILE) + SEAM - fromX;
  const height = Math.min(image.height, top + TILE) + SEAM - fromY;
  const input = new Float32Array(width * height * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = (mirrored(fromY + y, image.height) * image.width + mirrored(fromX + x, image.width)) * 4;
      for (let channel = 0; channel < 3; channel++) input[(y * width + x) * 3 + channel] = image.data[from + channel]!;
    }
  }
  const tensor = tensor4d(input, [1, height, width, 3]);
  const answer = model.predict(tensor) as Tensor4D;
  const values = await answer.data();
  tensor.dispose();
  answer.dispose();
  const right = Math.min(image.width, left + TILE) * ENLARGEMENT;
  const bottom = Math.min(image.height, top + TILE) * ENLARGEMENT;
  for (let y = top * ENLARGEMENT; y < bottom; y++) {
    for (let x = left * ENLARGEMENT; x < right; x++) {
      const from = ((y - fromY * ENLARGEMENT) * width * ENLARGEMENT + x - fromX * ENLARGEMENT) * 3;
      const to = (y * out.width + x) * 4;
      for (let channel = 0; channel < 3; channel++) out.data[to + channel] = values[from + channel]!;
      out.data[to + 3] = 255;
    }
  }
}

function mirrored(at: number, length: number): number {
  let place = at;
  while (place < 0 || place >= length) place = place < 0 ? -1 - place : 2 * length - 1 - place;
  return place;
}
