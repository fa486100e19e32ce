/** A small portrait with its truth, cut from the public-domain samples, and the damage that tests need. */
import { readFile } from 'node:fs/promises';
import { decode } from 'fast-png';
import { cropped, noisy } from '../../playground/samples/damage';
import { type RgbaImage, rgbaImage } from '../../src/pixels/image';

/** Head and shoulders, 176 x 196; the face is about 89 x 112 at 42, 55. */
export async function portrait(): Promise<RgbaImage> {
  const file = await readFile(new URL('../../playground/samples/astronaut.png', import.meta.url));
  const { width, height, data } = decode(file);
  const whole = rgbaImage(width, height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) whole.data[pixel * 4 + channel] = data[pixel * 3 + channel]!;
    whole.data[pixel * 4 + 3] = 255;
  }
  return cropped(whole, { x: 136, y: 8, width: 176, height: 196 });
}

/** Eyes and nose only, 48 x 48: enough for what needs no detector. */
export async function eyes(): Promise<RgbaImage> {
  return cropped(await portrait(), { x: 62, y: 84, width: 48, height: 48 });
}

export const grainy = (image: RgbaImage, sigma: number): RgbaImage => noisy(image, sigma, 7, 'colour');

/** Root mean square difference of the colours. */
export function rms(a: RgbaImage, b: RgbaImage): number {
  let sum = 0;
  for (let at = 0; at < a.data.length; at++) if (at % 4 !== 3) sum += (a.data[at]! - b.data[at]!) ** 2;
  return Math.sqrt(sum / (a.width * a.height * 3));
}
