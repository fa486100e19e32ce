/** Small real portraits, each another crop of the samples, for stories with many pictures. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodePicture } from '../../engine/picture/decode';
import type { Restorer } from '../../engine/restorer';
import { Cancelled } from '../../engine/restorer';
import { cropped } from '../../playground/samples/damage';
import { resample } from '../../playground/samples/resample';
import { type Box, type RgbaImage, rgbaImage } from '../../src/pixels/image';
import { NO_PACE } from '../../src/pixels/pace';
import { encodePng } from '../../src/pixels/png/encode';

const sample = async (name: string): Promise<RgbaImage> => {
  const file = join(import.meta.dirname, '../../playground/samples', name);
  const picture = await decodePicture(new Uint8Array(readFileSync(file)));
  if (!picture.ok) throw new Error(`${name} cannot be decoded`);
  return picture.value.image;
};

/** Squares round the head, in pixels of the sample. */
const HEADS: readonly (readonly [name: string, box: Box])[] = [
  ['grace_hopper.jpg', { x: 120, y: 40, width: 300, height: 300 }],
  ['astronaut.png', { x: 120, y: 8, width: 210, height: 210 }],
];

/** `count` pictures of `side` px, no two alike, with one face in the middle of each. */
export async function portraits(count: number, side: number): Promise<readonly Uint8Array[]> {
  return several(HEADS, count, side);
}

/** `count` pictures of `side` px, no two alike, without a face. */
export async function cups(count: number, side: number): Promise<readonly Uint8Array[]> {
  return several([['coffee.png', { x: 100, y: 40, width: 300, height: 300 }]], count, side);
}

async function several(of: typeof HEADS, count: number, side: number): Promise<readonly Uint8Array[]> {
  const images = await Promise.all(of.map(([name]) => sample(name)));
  return Promise.all(
    Array.from({ length: count }, (_, number) => {
      const kind = number % of.length;
      const { x, y, width, height } = of[kind]![1];
      // A few pixels aside, for each another few.
      const shift = Math.floor(number / of.length);
      const box = { x: x + (shift % 4) * 4 - 6, y: y + Math.floor(shift / 4) * 4, width, height };
      return encodePng(resample(cropped(images[kind]!, box), side, side), null, NO_PACE);
    }),
  );
}

/** Lifts the light of an oval in the middle, and takes `time` milliseconds for it. */
export function brightenMiddle(time: number): Restorer {
  return {
    kind: 'Test: brightens the middle',
    async restore({ picture, scale }, { onProgress, isCancelled }) {
      if (scale !== 1) throw new Error('Only for results of the input size');
      for (let step = 1; step <= 10; step += 1) {
        await new Promise((resolve) => setTimeout(resolve, time / 10));
        if (isCancelled()) throw new Cancelled();
        onProgress(step / 10);
      }
      const { width, height, data } = picture.image;
      const image = rgbaImage(width, height, new Uint8ClampedArray(data));
      for (let pixel = 0; pixel < width * height; pixel += 1) {
        const across = ((pixel % width) / width - 0.5) / 0.3;
        const down = (Math.floor(pixel / width) / height - 0.5) / 0.4;
        const lift = 40 * Math.max(0, 1 - across * across - down * down);
        for (let channel = pixel * 4; channel < pixel * 4 + 3; channel += 1) image.data[channel]! += lift;
      }
      return { image, faces: 1 };
    },
  };
}
