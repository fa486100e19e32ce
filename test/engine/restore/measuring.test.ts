import { beforeAll, describe, expect, it } from 'vitest';
import { denoise } from '../../../engine/restore/collaborative';
import { forward, inverse } from '../../../engine/restore/dct';
import { blurred as blurredPlane, deblurred, withoutRinging } from '../../../engine/restore/deblur';
import { resized } from '../../../engine/restore/enlarge';
import { grainAt } from '../../../engine/restore/grain';
import { jpegNoise } from '../../../engine/restore/jpegNoise';
import { matteOf } from '../../../engine/restore/matte';
import { noiseOf } from '../../../engine/restore/noise';
import { imageOf, mapPlane, newPlane, type Plane, planesOf } from '../../../engine/restore/plane';
import { reconstructed } from '../../../engine/restore/reconstruct';
import { blownUp, recorded, resolutionOf } from '../../../engine/restore/resolution';
import { resample } from '../../../playground/samples/resample';
import { type RgbaImage, rgbaImage } from '../../../src/pixels/image';
import { grainy, portrait } from '../portrait';

let truth: RgbaImage;
beforeAll(async () => {
  truth = await portrait();
});

const planes = (image: RgbaImage) => planesOf(image, { x: 0, y: 0, width: image.width, height: image.height });
const apart = (a: Plane, b: Plane): number =>
  Math.sqrt(a.data.reduce((sum, value, at) => sum + (value - b.data[at]!) ** 2, 0) / a.data.length);

describe('planes', () => {
  it('give every colour back', () => {
    const colours = rgbaImage(16, 16);
    for (let at = 0; at < colours.data.length; at++)
      colours.data[at] = at % 4 === 3 ? 255 : (at * 37 + (at >> 6) * 11) % 256;
    expect(imageOf(planes(colours))).toEqual(colours);
  });
});

describe('the cosine transform', () => {
  it('puts a flat block into its first coefficient, and comes back', () => {
    const block = new Float32Array(128).fill(10, 64);
    forward(block, 64);
    expect(block[64]).toBeCloseTo(80, 3);
    expect(Math.max(...block.subarray(65).map(Math.abs))).toBeLessThan(1e-4);
    inverse(block, 64);
    expect([...block.subarray(64)].every((value) => Math.abs(value - 10) < 1e-4)).toBe(true);
    expect(block.subarray(0, 64)).toEqual(new Float32Array(64));
  });

  it('keeps the energy and comes back from any block', () => {
    const before = Float32Array.from({ length: 64 }, (_, at) => grainAt(3, at, 0) * 40);
    const block = before.slice();
    const energy = (values: Float32Array) => values.reduce((sum, value) => sum + value * value, 0);
    forward(block, 0);
    expect(energy(block) / energy(before)).toBeCloseTo(1, 5);
    inverse(block, 0);
    block.forEach((value, at) => {
      expect(value).toBeCloseTo(before[at]!, 3);
    });
  });
});

describe('the noise of a plane', () => {
  it.each([0, 5, 10, 20])('of deviation %d is measured within a fifth or one', (sigma) => {
    const plain = newPlane(128, 128).data.map((_, at) => 100 + (at % 128) / 4);
    const plane = newPlane(
      128,
      128,
      plain.map((value, at) => value + sigma * grainAt(1, at % 128, at >> 7)),
    );
    expect(Math.abs(noiseOf(plane, 'luma') - sigma)).toBeLessThan(Math.max(1, sigma / 5));
  });

  it('is measured in colour differences too, which lie round zero', () => {
    const plane = mapPlane(newPlane(64, 64), (_, at) => 7 * grainAt(4, at % 64, at >> 6));
    expect(Math.abs(noiseOf(plane, 'difference') - 7)).toBeLessThan(1.4);
  });

  it('is not mistaken for the detail of a face', () => {
    expect(noiseOf(planes(truth)[0], 'luma')).toBeLessThan(2);
  });

  it.each([
    [1, 1],
    [1, 40],
    [40, 1],
  ])('of %d x %d pixels is none', (width, height) => {
    expect(noiseOf(newPlane(width, height), 'luma')).toBe(0);
  });
});

describe('denoising', () => {
  it('takes most of the noise and leaves the face', () => {
    const [clean] = planes(truth);
    const noisy = mapPlane(
      clean,
      (value, at) => value + 20 * grainAt(1, at % clean.width, Math.floor(at / clean.width)),
    );
    const [out] = denoise([noisy], { sigmas: [20], onProgress: () => undefined });
    expect(apart(out!, clean) / apart(noisy, clean)).toBeLessThan(0.5);
  });

  it('leaves a clean plane as it is, value for value', () => {
    const [luma] = planes(truth);
    expect(denoise([luma], { sigmas: [0.2], onProgress: () => undefined })[0]).toBe(luma);
  });

  it('leaves the clean one of two planes as it is', () => {
    const [luma, blue] = planes(grainy(truth, 10));
    const out = denoise([luma, blue], { sigmas: [0, 10], onProgress: () => undefined });
    expect(apart(out[0]!, luma)).toBeLessThan(1);
    expect(apart(out[1]!, blue)).toBeGreaterThan(2);
  });

  it.each([
    [1, 1],
    [3, 50],
    [8, 8],
    [9, 17],
  ])('works on %d x %d pixels', (width, height) => {
    const plane = newPlane(width, height).data.map((_, at) => 50 + 10 * grainAt(2, at, 0));
    const [out] = denoise([newPlane(width, height, plane)], { sigmas: [10], onProgress: () => undefined });
    expect(out!.data.every(Number.isFinite)).toBe(true);
  });
});

describe('the noise a JPEG says it has', () => {
  const table = (value: number) => new Array<number>(64).fill(value);
  it('grows with the coarseness of its tables, for luma and chroma apart', () => {
    const of = (luma: number, chroma: number) => jpegNoise({ luma: table(luma), chroma: table(chroma) });
    expect(of(1, 1)).toEqual([0, 0, 0]);
    const [luma, blue, red] = of(10, 40);
    expect(luma).toBeCloseTo(Math.sqrt(0.69 * 10 ** 1.3), 6);
    expect(blue).toBe(red);
    expect(blue).toBeGreaterThan(luma);
  });
});

describe('blur', () => {
  it('is taken back where its size is known', () => {
    const [clean] = planes(truth);
    const soft = blurredPlane(clean, 0.8);
    expect(apart(deblurred(soft, 0.8, 2, 1), clean)).toBeLessThan(apart(soft, clean) * 0.75);
  });

  it('reckoned much too large steepens an edge and does not ring', () => {
    const edge = newPlane(24, 6).data.map((_, at) => [50, 50, 80, 170, 200][Math.min(4, Math.max(0, (at % 24) - 10))]!);
    const plane = newPlane(24, 6, edge);
    const ringing = deblurred(plane, 2, 4, 1);
    expect(Math.max(...ringing.data)).toBeGreaterThan(220);
    const held = withoutRinging(ringing, plane, 0.1);
    expect(Math.max(...held.data)).toBeLessThanOrEqual(200 + 0.1 * 120);
    expect(Math.min(...held.data)).toBeGreaterThanOrEqual(50 - 0.1 * 120);
    expect(held.data[13]! - held.data[12]!).toBeGreaterThan(170 - 80);
    // Where nothing changes nearby there is no room at all.
    expect([held.data[3], held.data[20]]).toEqual([50, 200]);
  });

  it('of a flat plane changes nothing', () => {
    const flat = newPlane(9, 7, new Float32Array(63).fill(77));
    deblurred(flat, 1, 2, 1).data.forEach((value) => {
      expect(value).toBeCloseTo(77, 3);
    });
  });
});

describe('the resolution at which a face was recorded', () => {
  it('is its own where nothing was blown up', () => {
    expect(resolutionOf(planes(truth)[0]).factor).toBe(1);
  });

  it.each([2, 3, 4, 6, 8])('is found behind an enlargement of %d times, with its place', (factor) => {
    const width = Math.floor(176 / factor);
    const height = Math.floor(196 / factor);
    const image = resample(resample(truth, width, height), width * factor, height * factor);
    const [luma] = planes(image);
    const found = resolutionOf(luma);
    expect(found.factor).toBe(factor);
    const small = recorded(luma, found);
    expect(apart(blownUp(small, found, luma.width, luma.height), luma)).toBeLessThan(2);
  });

  it.each([
    [1, 1],
    [2, 90],
    [11, 11],
  ])('of %d x %d pixels is their own', (width, height) => {
    expect(resolutionOf(newPlane(width, height)).factor).toBe(1);
  });
});

describe('the network', () => {
  const threeOf = (image: RgbaImage) => planes(resample(image, 22, 24));
  const enlarged = (image: RgbaImage, change: (value: number) => number) => {
    const out = rgbaImage(image.width * 4, image.height * 4);
    [0, 1, 2, 3].forEach((channel) => {
      const plane = newPlane(image.width, image.height);
      for (let at = 0; at < plane.data.length; at++) plane.data[at] = image.data[at * 4 + channel]!;
      resized(plane, out.width, out.height).data.forEach((value, at) => {
        out.data[at * 4 + channel] = channel === 3 ? 255 : change(value);
      });
    });
    return out;
  };

  it('is asked for eight views, which come back upright', async () => {
    let views = 0;
    const network = {
      enlarge: async (image: RgbaImage) => {
        views += 1;
        return enlarged(image, (value) => value);
      },
    };
    const small = threeOf(truth);
    const out = await reconstructed(small, network, () => undefined);
    expect(views).toBe(8);
    expect(apart(out![0], resized(small[0], 88, 96))).toBeLessThan(2);
  });

  it('is not believed where its answer does not lead back to what was recorded', async () => {
    const network = { enlarge: async (image: RgbaImage) => enlarged(image, (value) => 255 - value) };
    expect(await reconstructed(threeOf(truth), network, () => undefined)).toBeNull();
  });

  it('is not asked for faces that are large already', async () => {
    const network = { enlarge: () => Promise.reject(new Error('asked')) };
    const large = planes(rgbaImage(300, 300));
    expect(await reconstructed(large, network, () => undefined)).toBeNull();
  });
});

describe('the matte', () => {
  it('is whole in the face, nothing outside, and falls from one to the other', () => {
    const face = { x: 30, y: 40, width: 40, height: 50 };
    const { region, weights } = matteOf(face, { width: 200, height: 200 })!;
    const at = (x: number, y: number) => weights[(y - region.y) * region.width + (x - region.x)]!;
    for (let y = 45; y < 85; y += 5) for (let x = 35; x < 65; x += 5) expect(at(x, y)).toBe(1);
    const line = Array.from({ length: region.x + region.width - 50 }, (_, x) => at(50 + x, 65));
    expect(line).toEqual([...line].sort((a, b) => b - a));
    expect(line.at(-1)).toBeLessThan(0.05);
  });

  it('ends where the picture ends', () => {
    const { region } = matteOf({ x: -20, y: -20, width: 60, height: 60 }, { width: 50, height: 45 })!;
    expect(region).toMatchObject({ x: 0, y: 0 });
    expect(matteOf({ x: 300, y: 300, width: 10, height: 10 }, { width: 50, height: 45 })).toBeNull();
  });
});

describe('grain', () => {
  it('has mean 0 and deviation 1, and is another for another seed', () => {
    const values = Array.from({ length: 10_000 }, (_, at) => grainAt(1, at % 100, Math.floor(at / 100)));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    expect(Math.abs(mean)).toBeLessThan(0.03);
    expect(Math.abs(deviation - 1)).toBeLessThan(0.03);
    expect(grainAt(2, 5, 5)).not.toBe(grainAt(1, 5, 5));
    const same = values.filter((value, at) => value === grainAt(2, at % 100, Math.floor(at / 100))).length;
    expect(same).toBeLessThan(200);
  });
});
