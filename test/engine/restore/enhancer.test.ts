import { beforeAll, describe, expect, it } from 'vitest';
import type { DecodedPicture } from '../../../engine/picture/decode';
import { loadEnhancer } from '../../../engine/restore/enhancer';
import { Cancelled, type Restorer } from '../../../engine/restorer';
import { blurred, cropped } from '../../../playground/samples/damage';
import { resample } from '../../../playground/samples/resample';
import { STANDARD_PARAMETERS } from '../../../src/core/parameters';
import { type RgbaImage, rgbaImage } from '../../../src/pixels/image';
import { grainy, portrait, rms } from '../portrait';

const FACE = { x: 42, y: 55, width: 89, height: 112 };
const RIGHT_EDGE = { x: 168, y: 0, width: 8, height: 196 };

const file = (image: RgbaImage): DecodedPicture => ({ format: 'png', image, tables: null, profile: null });
const WATCHER = { onProgress: () => undefined, isCancelled: () => false };

let enhancer: Restorer;
let truth: RgbaImage;
beforeAll(async () => {
  enhancer = await loadEnhancer();
  truth = await portrait();
}, 60_000);

const restore = (image: RgbaImage, scale: 1 | 2 = 1) =>
  enhancer.restore({ picture: file(image), parameters: STANDARD_PARAMETERS, scale }, WATCHER);

describe('the enhancer', () => {
  it('brings a noisy face much nearer to the truth, and changes no pixel away from it', async () => {
    const noisy = grainy(truth, 20);
    const { image, faces } = await restore(noisy);
    expect(faces).toBe(1);
    const [before, after] = [
      rms(cropped(noisy, FACE), cropped(truth, FACE)),
      rms(cropped(image, FACE), cropped(truth, FACE)),
    ];
    // 2 dB are a factor of 1.26.
    expect(before / after).toBeGreaterThan(1.6);
    expect(cropped(image, RIGHT_EDGE)).toEqual(cropped(noisy, RIGHT_EDGE));
    let changed = 0;
    for (let pixel = 0; pixel < 176 * 196; pixel++) {
      if ([0, 1, 2].some((channel) => image.data[pixel * 4 + channel] !== noisy.data[pixel * 4 + channel]))
        changed += 1;
    }
    expect(changed).toBeGreaterThan(FACE.width * FACE.height * 0.8);
    expect(changed).toBeLessThan(FACE.width * FACE.height * 3);
  });

  it('brings a thumbnail that was blown up nearer to the truth', async () => {
    const small = resample(truth, 44, 49);
    const blownUp = resample(small, 176, 196);
    const { image } = await restore(blownUp);
    expect(rms(cropped(image, FACE), cropped(truth, FACE))).toBeLessThan(
      rms(cropped(blownUp, FACE), cropped(truth, FACE)),
    );
  });

  it('leaves a soft face no worse', async () => {
    const soft = blurred(truth, 0.7);
    const { image } = await restore(soft);
    expect(rms(cropped(image, FACE), cropped(truth, FACE))).toBeLessThan(
      rms(cropped(soft, FACE), cropped(truth, FACE)),
    );
  });

  it('gives a picture without a face back as it was', async () => {
    const plain = rgbaImage(
      120,
      80,
      new Uint8ClampedArray(120 * 80 * 4).map((_, at) => (at % 4 === 3 ? 255 : (at * 7) % 200)),
    );
    const { image, faces } = await restore(plain);
    expect(faces).toBe(0);
    expect(image).toEqual(plain);
    expect(image.data).not.toBe(plain.data);
  });

  it('keeps the alpha of every pixel', async () => {
    const holed = rgbaImage(176, 196, truth.data.slice());
    for (let pixel = 0; pixel < 176 * 196; pixel++) holed.data[pixel * 4 + 3] = pixel % 256;
    const { image } = await restore(holed);
    for (let pixel = 0; pixel < 176 * 196; pixel += 13) expect(image.data[pixel * 4 + 3]).toBe(pixel % 256);
  });

  it('gives back twice the size, sharper than the kernel alone would', async () => {
    const small = resample(truth, 88, 98);
    const { image, faces } = await restore(small, 2);
    expect([image.width, image.height, faces]).toEqual([176, 196, 1]);
    expect(rms(cropped(image, FACE), cropped(truth, FACE))).toBeLessThan(
      rms(cropped(resample(small, 176, 196), FACE), cropped(truth, FACE)),
    );
  });

  it.each([
    [1, 1],
    [1, 300],
    [3, 2],
    [17, 9],
  ])('survives a picture of %d x %d', async (width, height) => {
    const { image } = await restore(rgbaImage(width, height));
    expect([image.width, image.height]).toEqual([width, height]);
  });

  it('tells a progress that never goes back', async () => {
    const told: number[] = [];
    const noisy = grainy(truth, 20);
    const order = { picture: file(noisy), parameters: STANDARD_PARAMETERS, scale: 1 } as const;
    await enhancer.restore(order, { ...WATCHER, onProgress: (fraction) => told.push(fraction) });
    expect(told.length).toBeGreaterThan(20);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBeLessThanOrEqual(1);
  });

  it.each([0, 1, 10, 30])('stops at look number %d when it is cancelled then', async (looks) => {
    let seen = 0;
    const order = { picture: file(grainy(truth, 20)), parameters: STANDARD_PARAMETERS, scale: 1 } as const;
    const running = enhancer.restore(order, { ...WATCHER, isCancelled: () => seen++ >= looks });
    await expect(running).rejects.toBeInstanceOf(Cancelled);
    expect(seen).toBe(looks + 1);
  });

  it('says what it is', () => {
    expect(enhancer.kind).toContain('not a generative model');
  });
});
