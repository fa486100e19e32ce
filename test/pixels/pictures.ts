/** Pictures for the pixel tests: the committed ones, hand-made ones, and ones moved, mirrored or made noisy. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { decode as decodePngFile } from 'fast-png';
import jpeg from 'jpeg-js';
import type { Face } from '../../src/pixels/face';
import { type RgbaImage, rgbaImage } from '../../src/pixels/image';
import { resample } from '../../src/pixels/scale/resample';

const ROOT = new URL('../../', import.meta.url);

/** A file of the repository, by its path in it. */
export function fileBytes(path: string): Uint8Array {
  return new Uint8Array(readFileSync(fileURLToPath(new URL(path, ROOT))));
}

export const smallFile = (name: string): Uint8Array => fileBytes(`test/pictures/${name}`);

/** Decoded by libraries that share no code with ours. 8 bits; JPEGs as stored, not turned. */
export function decoded(bytes: Uint8Array): RgbaImage {
  if (bytes[0] === 0xff) {
    const { width, height, data } = jpeg.decode(bytes, { useTArray: true, formatAsRGBA: true });
    return rgbaImage(width, height, new Uint8ClampedArray(data));
  }
  const png = decodePngFile(bytes);
  const image = rgbaImage(png.width, png.height);
  const full = png.depth === 16 ? 257 : 1;
  for (let i = 0; i < png.width * png.height; i++) {
    const grey = png.channels < 3;
    for (let c = 0; c < 3; c++) {
      const from =
        png.palette !== undefined ? png.palette[png.data[i]!]![c]! : png.data[i * png.channels + (grey ? 0 : c)]!;
      image.data[i * 4 + c] = Math.round(from / full);
    }
    const alpha = png.channels === 2 || png.channels === 4;
    image.data[i * 4 + 3] = alpha ? Math.round(png.data[i * png.channels + png.channels - 1]! / full) : 255;
  }
  return image;
}

export const sample = (name: string): RgbaImage => decoded(fileBytes(`playground/samples/${name}`));

/** A picture whose pixel at x, y is what `colour` says: [red, green, blue, alpha]. */
export function painted(
  width: number,
  height: number,
  colour: (x: number, y: number) => readonly [number, number, number, number],
): RgbaImage {
  const image = rgbaImage(width, height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) image.data.set(colour(x, y), (y * width + x) * 4);
  return image;
}

/** Seeded: the same numbers in every run, about normal, deviation 1. */
export function noise(seed: number): () => number {
  let state = seed;
  const uniform = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
  return () => (uniform() + uniform() + uniform() + uniform() - 2) * Math.sqrt(3);
}

/** Grey noise of the given deviation, of 255. */
export function noisy(image: RgbaImage, sigma: number, seed = 1): RgbaImage {
  const next = noise(seed);
  return painted(image.width, image.height, (x, y) => {
    const at = (y * image.width + x) * 4;
    const n = sigma * next();
    return [image.data[at]! + n, image.data[at + 1]! + n, image.data[at + 2]! + n, image.data[at + 3]!];
  });
}

/** What was at x + dx, y + dy is now at x, y. */
export function moved(image: RgbaImage, dx: number, dy: number): Promise<RgbaImage> {
  return resample(image, { x: dx, y: dy, width: image.width, height: image.height }, image);
}

/** Each pixel taken from the place that `from` gives for it. */
export function rearranged(
  image: RgbaImage,
  width: number,
  height: number,
  from: (x: number, y: number) => readonly [number, number],
): RgbaImage {
  return painted(width, height, (x, y) => {
    const [sx, sy] = from(x, y);
    const px = Math.min(image.width - 1, Math.max(0, Math.round(sx)));
    const py = Math.min(image.height - 1, Math.max(0, Math.round(sy)));
    const at = (py * image.width + px) * 4;
    return [image.data[at]!, image.data[at + 1]!, image.data[at + 2]!, image.data[at + 3]!];
  });
}

/** A face drawn by hand, without key points. */
export const handFace = (x: number, y: number, width: number, height: number): Face => ({
  box: { x, y, width, height },
  score: 1,
  points: null,
});

/** Number of bytes that differ. */
export function differences(a: RgbaImage, b: RgbaImage): number {
  let count = 0;
  for (let i = 0; i < a.data.length; i++) if (a.data[i] !== b.data[i]) count += 1;
  return count;
}

/** Largest difference of any byte. */
export function largestDifference(a: RgbaImage, b: RgbaImage): number {
  let largest = 0;
  for (let i = 0; i < a.data.length; i++) largest = Math.max(largest, Math.abs(a.data[i]! - b.data[i]!));
  return largest;
}
