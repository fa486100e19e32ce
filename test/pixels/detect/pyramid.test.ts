import { expect, it } from 'vitest';
import { buildPyramid, sample, type Window } from '../../../src/pixels/detect/pyramid';
import { type RgbaImage, rgbaImage } from '../../../src/pixels/image';
import { NO_PACE } from '../../../src/pixels/pace';

/** Grey from a function of the place; opaque. */
function grey(width: number, height: number, value: (x: number, y: number) => number): RgbaImage {
  const image = rgbaImage(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) image.data.set([value(x, y), value(x, y), value(x, y), 255], (y * width + x) * 4);
  }
  return image;
}

async function sampled(image: RgbaImage, window: Window, width: number, height: number): Promise<number[]> {
  const out = new Float32Array(width * height * 3);
  await sample(await buildPyramid(image, NO_PACE), window, width, height, out, 0, NO_PACE);
  return Array.from({ length: width * height }, (_, i) => Math.round(out[3 * i]! * 127.5 + 127.5));
}

it('a window at the picture itself gives its pixels, and middle grey past its edges', async () => {
  const image = grey(2, 2, (x, y) => 10 + x + 2 * y);
  expect(await sampled(image, { a: 1, b: 0, x0: -1, y0: 0 }, 4, 2)).toEqual([128, 10, 11, 128, 128, 12, 13, 128]);
});

it('between the last pixel and the outside lies their mean', async () => {
  const image = grey(2, 2, () => 28);
  expect(await sampled(image, { a: 1, b: 0, x0: 0.5, y0: 0 }, 3, 2)).toEqual([28, 78, 128, 28, 78, 128]);
  expect(await sampled(image, { a: 1, b: 0, x0: -0.5, y0: 0.5 }, 2, 2)).toEqual([78, 28, 103, 78]);
});

it('a quarter turn reads the picture from its side', async () => {
  const image = grey(3, 2, (x, y) => 10 + x + 3 * y);
  // x' = 3 - y, y' = x: the first row runs down the right column.
  expect(await sampled(image, { a: 0, b: 1, x0: 3, y0: 0 }, 2, 3)).toEqual([12, 15, 11, 14, 10, 13]);
});

it('a small window sees the mean of what it stands for', async () => {
  const stripes = grey(256, 64, (x) => (x % 2 === 0 ? 0 : 200));
  expect(await sampled(stripes, { a: 8, b: 0, x0: 0, y0: 0 }, 32, 8)).toEqual(new Array(256).fill(100));
});

it('transparent pixels count as the grey round the picture, whatever colour they hide', async () => {
  const image = rgbaImage(64, 64);
  for (let i = 0; i < image.data.length; i += 4) image.data.set([255, 255, 255, i % 8 === 0 ? 0 : 255], i);
  const whole = await sampled(image, { a: 1, b: 0, x0: 0, y0: 0 }, 2, 1);
  expect(whole).toEqual([128, 255]);
  const [half] = await sampled(image, { a: 2, b: 0, x0: 0, y0: 0 }, 1, 1);
  expect(half).toBeGreaterThanOrEqual(191);
  expect(half).toBeLessThanOrEqual(192);
});

it('sides of one pixel and odd sides stay whole', async () => {
  const { levels } = await buildPyramid(rgbaImage(101, 1), NO_PACE);
  expect(levels.map(({ width, height }) => [width, height])).toEqual([
    [101, 1],
    [51, 1],
    [26, 1],
  ]);
});
