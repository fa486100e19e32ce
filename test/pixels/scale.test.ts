import { describe, expect, it } from 'vitest';
import { rgbaImage } from '../../src/pixels/image';
import { lanczosTaps } from '../../src/pixels/scale/lanczos';
import { reduce } from '../../src/pixels/scale/reduce';
import { resample, sizeWithin } from '../../src/pixels/scale/resample';
import { differences, largestDifference, painted, sample } from './pictures';

const whole = (image: { width: number; height: number }) => ({ x: 0, y: 0, width: image.width, height: image.height });

describe('resampling', () => {
  it('at scale 1 takes the pixels as they are', async () => {
    const image = painted(9, 7, (x, y) => [x * 20, y * 30, x ^ y, x * y]);
    expect(differences(await resample(image, whole(image), image), image)).toBe(0);
  });

  it('cuts out a frame of whole pixels exactly', async () => {
    const image = painted(9, 7, (x, y) => [x * 20, y * 30, x ^ y, 255]);
    const out = await resample(image, { x: 2, y: 3, width: 4, height: 2 }, { width: 4, height: 2 });
    expect([...out.data.subarray(0, 4)]).toEqual([40, 90, 1, 255]);
  });

  it('gives every weight its due: the weights of a pixel add up to 1', () => {
    for (const [source, target] of [
      [10, 3],
      [3, 10],
      [100, 7],
      [5, 5],
      [1, 4],
    ] as const) {
      const taps = lanczosTaps(source, 0, source, target);
      for (let i = 0; i < target; i++) {
        const sum = taps.weights.subarray(i * taps.count, (i + 1) * taps.count).reduce((a, b) => a + b, 0);
        expect(sum).toBeCloseTo(1, 5);
      }
    }
  });

  it.each([
    [64, 48],
    [13, 7],
    [1, 1],
    [300, 2],
  ])('keeps one colour that colour at %i x %i', async (width, height) => {
    const image = painted(40, 30, () => [200, 100, 50, 255]);
    const out = await resample(image, whole(image), { width, height });
    expect(new Set(out.data)).toEqual(new Set([200, 100, 50, 255]));
  });

  it('moves a wave by a quarter of a pixel to within a grey step', async () => {
    const wave = (x: number) => Math.round(128 + 100 * Math.sin(x / 3));
    const image = painted(80, 4, (x) => [wave(x), wave(x), wave(x), 255]);
    const out = await resample(image, { x: 0.25, y: 0, width: 80, height: 4 }, image);
    for (let x = 8; x < 72; x++)
      expect(Math.abs(out.data[x * 4]! - (128 + 100 * Math.sin((x + 0.25) / 3)))).toBeLessThan(1.5);
  });

  it('enlarged fourfold and reduced again is what it was, nearly', async () => {
    const photo = sample('astronaut.png');
    const cut = await resample(photo, { x: 150, y: 40, width: 120, height: 120 }, { width: 120, height: 120 });
    const large = await resample(cut, whole(cut), { width: 480, height: 480 });
    const back = await resample(large, whole(large), cut);
    let sum = 0;
    for (let i = 0; i < cut.data.length; i++) sum += (cut.data[i]! - back.data[i]!) ** 2;
    expect(Math.sqrt(sum / cut.data.length)).toBeLessThan(2);
  });

  it('lets no hidden colour of a transparent pixel bleed into its neighbours', async () => {
    const image = painted(16, 16, (x) => (x < 8 ? [10, 200, 10, 255] : [255, 0, 255, 0]));
    const out = await resample(image, whole(image), { width: 8, height: 8 });
    for (let i = 0; i < out.data.length; i += 4) {
      if (out.data[i + 3]! > 8) expect([...out.data.subarray(i, i + 3)]).toEqual([10, 200, 10]);
    }
  });

  it('goes on with the edge pixels past the edge', async () => {
    const image = painted(8, 8, (x) => [x < 1 ? 250 : 250, 5, 5, 255]);
    const out = await resample(image, { x: -4, y: -4, width: 8, height: 8 }, { width: 8, height: 8 });
    expect(largestDifference(out, image)).toBe(0);
  });

  it('puts a point in the same place whether reduced in one step or in two', async () => {
    const image = painted(960, 96, (x) => (x >= 470 && x < 490 ? [255, 255, 255, 255] : [0, 0, 0, 255]));
    const out = await resample(image, whole(image), { width: 96, height: 10 });
    const row = Array.from({ length: 96 }, (_, x) => out.data[x * 4]!);
    const centre =
      row.reduce((sum, value, x) => sum + value * (x + 0.5), 0) / row.reduce((sum, value) => sum + value, 0);
    expect(centre).toBeCloseTo(48, 1);
  });
});

describe('reducing by whole blocks', () => {
  it('takes the mean of each block, smaller ones at the far edges', async () => {
    const image = painted(5, 3, (x, y) => [x * 10, y * 10, 0, 255]);
    const out = await reduce(image, 2);
    expect([out.width, out.height]).toEqual([3, 2]);
    expect([...out.data.subarray(0, 2)]).toEqual([5, 5]);
    expect([...out.data.subarray(8, 10)]).toEqual([40, 5]);
    expect(out.data[(1 * 3 + 0) * 4 + 1]).toBe(20);
  });
});

describe('a size within a long side', () => {
  it.each([
    [4000, 3000, 1000, 1000, 750],
    [3000, 4000, 1000, 750, 1000],
    [100, 50, 1000, 100, 50],
    [4096, 1, 100, 100, 1],
  ])('%i x %i within %i is %i x %i', (width, height, longSide, w, h) => {
    expect(sizeWithin({ width, height }, longSide)).toEqual({ width: w, height: h });
  });
});

describe('the one shape of a picture', () => {
  it('refuses data of another length and says both numbers', () => {
    expect(() => rgbaImage(2, 2, new Uint8ClampedArray(15))).toThrow(/16 bytes, got 15/);
  });
});
