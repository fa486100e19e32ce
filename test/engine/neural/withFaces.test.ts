/** Faces through real ONNX Runtime and back, with networks and pictures whose every value is known. */
import { describe, expect, it } from 'vitest';
import { inverse, moved, type Similarity } from '../../../engine/neural/similarity';
import { withFaces } from '../../../engine/neural/withFaces';
import { type FaceParameters, STANDARD_PARAMETERS } from '../../../src/core/parameters';
import type { Point } from '../../../src/pixels/face';
import { type RgbaImage, rgbaImage } from '../../../src/pixels/image';
import { blurring, identity, opened, shifting, tinting, weighted } from './networks';
import { faceAt, placed, waveAt, wavy } from './waves';

/** Nothing is done to the face before the network. */
const PLAIN: FaceParameters = { ...STANDARD_PARAMETERS, strength: 1, noiseSigma: 0, blurSigma: 0.01 };

/** The middle of the aligned face, where it counts wholly. */
function isInside(toFace: Similarity, point: Point): boolean {
  const { x, y } = moved(toFace, point);
  return Math.abs(x - 256) < 130 && Math.abs(y - 256) < 130;
}

/** Root mean square difference from the truth where the face counts wholly, of 255. */
function error(
  image: RgbaImage,
  toFace: Similarity,
  truth: (point: Point, colour: number, at: number) => number,
): number {
  let [sum, count] = [0, 0];
  // A prime: every row and column comes up, and all colours.
  for (let at = 0; at < image.data.length; at += image.data.length > 300_000 ? 23 : 1) {
    const point = { x: ((at >> 2) % image.width) + 0.5, y: Math.floor((at >> 2) / image.width) + 0.5 };
    if (at % 4 === 3 || !isInside(toFace, point)) continue;
    sum += (image.data[at]! - truth(point, at % 4, at)) ** 2;
    count += 1;
  }
  expect(count).toBeGreaterThan(300);
  return Math.sqrt(sum / count);
}

function mostDifferent(a: RgbaImage, b: RgbaImage, where: (point: Point) => boolean = () => true): number {
  let most = 0;
  for (let at = 0; at < a.data.length; at++) {
    const point = { x: ((at >> 2) % a.width) + 0.5, y: Math.floor((at >> 2) / a.width) + 0.5 };
    if (where(point)) most = Math.max(most, Math.abs(a.data[at]! - b.data[at]!));
  }
  return most;
}

/** Size of the face in the picture, tilt in degrees, shortest wave: several times the face's own pixels. */
const PLACES = [
  ['a small tilted face', 110, 25, 12],
  ['a face that lies on its side', 200, 95, 12],
  ['a larger tilted face', 700, -35, 24],
] as const;

describe('a restored face', () => {
  it.each(PLACES)('lies where it was, to a twentieth of a pixel: %s', async (_, size, tilt, length) => {
    const side = Math.round(size * 0.8);
    const toFace = placed({ x: side / 2 + 0.3, y: side / 2 - 0.4 }, size, tilt);
    const picture = wavy(side, side, length);
    const result = await withFaces(picture, [faceAt(toFace)], PLAIN, 1, await opened(shifting(6, -3)));
    // What the network moves by (6, -3) of its own pixels moves by this in the picture.
    const [from, to] = [moved(inverse(toFace), { x: 0, y: 0 }), moved(inverse(toFace), { x: 6, y: -3 })];
    const move = { x: to.x - from.x, y: to.y - from.y };
    const off = (more: number): number =>
      error(result, toFace, ({ x, y }, colour) =>
        waveAt({ x: x - move.x - more, y: y - move.y + more }, length, colour),
      );
    // Rounding to whole values alone is 0.29; a twentieth of a pixel more would show.
    const exact = off(0);
    expect(exact).toBeLessThan(0.6);
    expect(exact).toBeLessThan(off(0.05));
    expect(exact).toBeLessThan(off(-0.05));
  });

  it.each(PLACES.filter(([, size]) => size !== 200))(
    'is blurred as its network blurs, in its own pixels: %s',
    async (_, size, tilt, length) => {
      const side = Math.round(size * 0.8);
      const toFace = placed({ x: side / 2, y: side / 2 }, size, tilt);
      const picture = wavy(side, side, length);
      const sigma = 3 * Math.max(1, 512 / size / 2);
      const model = await opened(blurring(sigma));
      const [whole, half] = [
        await withFaces(picture, [faceAt(toFace)], PLAIN, 1, model),
        await withFaces(picture, [faceAt(toFace)], { ...PLAIN, strength: 0.5 }, 1, model),
      ];
      const blur = (sigma * size) / 512;
      expect(error(whole, toFace, (point, colour) => waveAt(point, length, colour, blur))).toBeLessThan(0.6);
      expect(
        error(
          half,
          toFace,
          (point, colour) => (waveAt(point, length, colour, blur) + waveAt(point, length, colour)) / 2,
        ),
      ).toBeLessThan(0.6);
      // The blur is there to be seen.
      expect(error(picture, toFace, (point, colour) => waveAt(point, length, colour, blur))).toBeGreaterThan(3);
    },
  );

  it('that its network leaves as it is stays as it is, to the last bit', async () => {
    const picture = wavy(240, 200, 5);
    const faces = [faceAt(placed({ x: 90, y: 100 }, 130, 12)), faceAt(placed({ x: 180, y: 90 }, 700, -40))];
    const result = await withFaces(picture, faces, PLAIN, 1, await opened(identity()));
    expect(mostDifferent(result, picture)).toBe(0);
  });

  it('takes the colour that its network gives it, up to the border, and no pixel outside of it changes', async () => {
    const picture = rgbaImage(200, 160).data.fill(100);
    const grey = rgbaImage(200, 160, picture);
    const toFace = placed({ x: 20, y: 150 }, 140, 20);
    const result = await withFaces(grey, [faceAt(toFace)], PLAIN, 1, await opened(tinting(40, -20, 10)));
    expect([...result.data.subarray(159 * 800, 159 * 800 + 4)]).toEqual([140, 80, 110, 100]);
    const isOutside = (point: Point): boolean => {
      const { x, y } = moved(toFace, point);
      return x < 8 || y < 8 || x > 504 || y > 504;
    };
    expect(mostDifferent(result, grey, isOutside)).toBe(0);
  });

  it('is changed once where it meets others', async () => {
    const grey = rgbaImage(300, 200, new Uint8ClampedArray(300 * 200 * 4).fill(100));
    const places = [
      placed({ x: 100, y: 100 }, 140),
      placed({ x: 170, y: 110 }, 160, 15),
      placed({ x: 160, y: 40 }, 60),
    ];
    const result = await withFaces(grey, places.map(faceAt), PLAIN, 1, await opened(tinting(50, 50, 50)));
    // Three roundings at most.
    for (const place of places) {
      expect(error(result, place, (_, colour) => (colour === 3 ? 100 : 150))).toBeLessThan(1);
    }
    expect(mostDifferent(result, grey)).toBeLessThanOrEqual(52);
  });

  it.each([2, 4] as const)('is %i times as large where the result is', async (scale) => {
    const toFace = placed({ x: 60, y: 60 }, 100, 10);
    const picture = wavy(120, 120, 16);
    const result = await withFaces(picture, [faceAt(toFace)], PLAIN, scale, await opened(blurring(8)));
    expect([result.width, result.height]).toEqual([120 * scale, 120 * scale]);
    const onResult = { ...toFace, a: toFace.a / scale, b: toFace.b / scale };
    const truth = ({ x, y }: Point, colour: number): number =>
      waveAt({ x: x / scale, y: y / scale }, 16, colour, (8 * 100) / 512);
    expect(error(result, onResult, truth)).toBeLessThan(0.7);
  });
});

describe('the parameters', () => {
  const toFace = placed({ x: 280, y: 270 }, 512);
  const picture = rgbaImage(560, 540, new Uint8ClampedArray(560 * 540 * 4).fill(128));

  it('noise_sigma and noise_seed put their noise on the face before the network, strength mixes', async () => {
    const model = await opened(identity());
    const noisy = (change: Partial<FaceParameters>): Promise<RgbaImage> =>
      withFaces(picture, [faceAt(toFace)], { ...PLAIN, ...change }, 1, model);
    const first = await noisy({ noiseSigma: 0.05, noiseSeed: 7 });
    expect(error(first, toFace, () => 128)).toBeCloseTo(0.05 * 255, 0);
    const again = await noisy({ noiseSigma: 0.05, noiseSeed: 7 });
    expect(mostDifferent(first, again)).toBe(0);
    const half = await noisy({ noiseSigma: 0.05, noiseSeed: 7, strength: 0.5 });
    expect(error(half, toFace, (_, __, at) => (128 + first.data[at]!) / 2)).toBeLessThan(0.5);
    const other = await noisy({ noiseSigma: 0.05, noiseSeed: 8 });
    // Two noises that know nothing of each other.
    expect(error(other, toFace, (_, __, at) => first.data[at]!)).toBeGreaterThan(0.05 * 255 * 1.3);
  });

  it('blur_sigma blurs the face before the network', async () => {
    const small = placed({ x: 150, y: 150 }, 256, 30);
    const waves = wavy(300, 300, 12);
    const result = await withFaces(waves, [faceAt(small)], { ...PLAIN, blurSigma: 2 }, 1, await opened(identity()));
    expect(error(result, small, (point, colour) => waveAt(point, 12, colour, 1))).toBeLessThan(0.6);
  });

  it.each(['float32', 'float64'] as const)('strength is the weight of CodeFormer, as %s', async (type) => {
    const model = await opened(weighted(type, 60, -40, 20));
    const grey = rgbaImage(100, 100, new Uint8ClampedArray(40_000).fill(128));
    const small = placed({ x: 50, y: 50 }, 120);
    for (const strength of [0, 0.25]) {
      const result = await withFaces(grey, [faceAt(small)], { ...PLAIN, strength }, 1, model);
      const colour = [60, -40, 20].map((value) => 128 + value * strength);
      expect(error(result, small, (_, channel) => colour[channel]!)).toBeLessThan(0.6);
    }
  });
});
