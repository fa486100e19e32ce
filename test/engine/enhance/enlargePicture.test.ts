import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { enlargePicture } from '../../../engine/enhance/enlargePicture';
import { type DecodedPicture, decodePicture } from '../../../engine/picture/decode';
import { ENHANCE_MODELS, type EnhanceModel } from '../../../src/core/enhance';
import type { Size } from '../../../src/core/money/price';
import { type RgbaImage, rgbaImage } from '../../../src/pixels/image';
import { reduce } from '../../../src/pixels/scale/reduce';
import { resample } from '../../../src/pixels/scale/resample';

/** A photo, 256 pixels wide, and the same at half its size. */
async function photo(): Promise<{ readonly truth: RgbaImage; readonly small: RgbaImage }> {
  const bytes = await readFile(new URL('../../../playground/samples/grace_hopper.jpg', import.meta.url));
  const picture = await decodePicture(new Uint8Array(bytes));
  if (!picture.ok) throw new Error('The sample is no picture.');
  const { image } = picture.value;
  const frame = { x: 0, y: 0, width: image.width, height: image.height };
  const height = 2 * Math.round((128 * image.height) / image.width);
  const truth = await resample(image, frame, { width: 256, height });
  // As a camera with larger pixels would have seen it.
  return { truth, small: await reduce(truth, 2) };
}

const plainly = (image: RgbaImage, { width, height }: Size): Promise<RgbaImage> =>
  resample(image, { x: 0, y: 0, width: image.width, height: image.height }, { width, height });

const enlarged = (image: RgbaImage, output: Size, model: EnhanceModel, tables: DecodedPicture['tables'] = null) =>
  enlargePicture({ image, tables }, output, model, () => undefined);

/** Root mean square of the differences of all colour values, of 255. */
function error(a: RgbaImage, b: RgbaImage): number {
  let sum = 0;
  for (let at = 0; at < a.data.length; at++) if (at % 4 !== 3) sum += (a.data[at]! - b.data[at]!) ** 2;
  return Math.sqrt(sum / ((a.data.length * 3) / 4));
}

/** The same noise every time, of the given deviation. */
function noisy(image: RgbaImage, deviation: number): RgbaImage {
  let state = 7;
  const uniform = (): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
  const gauss = (): number => Math.sqrt(-2 * Math.log(uniform() + 1e-9)) * Math.cos(2 * Math.PI * uniform());
  const data = image.data.map((value, at) => (at % 4 === 3 ? value : value + deviation * gauss()));
  return rgbaImage(image.width, image.height, data);
}

describe('a picture that is enlarged', () => {
  it.each(['Standard V2', 'High Fidelity V2'] as const)(
    'is nearer to the truth by %s than by plain enlargement',
    async (model) => {
      const { truth, small } = await photo();
      expect(error(enlarged(small, truth, model), truth)).toBeLessThan(
        0.97 * error(await plainly(small, truth), truth),
      );
    },
  );

  it('and is noisy comes nearest to the truth by the model for low resolution', async () => {
    const { truth, small } = await photo();
    const bad = noisy(small, 12);
    const errors = new Map(ENHANCE_MODELS.map((model) => [model, error(enlarged(bad, truth, model), truth)]));
    expect(errors.get('Low Resolution V2')).toBeLessThan(0.87 * error(await plainly(bad, truth), truth));
    expect(errors.get('Low Resolution V2')).toBeLessThan(errors.get('Standard V2')!);
    expect(errors.get('Standard V2')).toBeLessThan(errors.get('High Fidelity V2')!);
  });

  it('is the same whether its rows are made in one band or in several', () => {
    // A picture of 300 rows is made in three bands; a cut of it by itself in one.
    const image = rgbaImage(
      8,
      300,
      new Uint8ClampedArray(8 * 300 * 4).map((_, at) => (at % 4 === 3 ? 255 : at % 251)),
    );
    const from = 90;
    const cut = rgbaImage(8, 120, image.data.slice(from * 32, (from + 120) * 32));
    const part = enlarged(cut, { width: 8, height: 120 }, 'High Fidelity V2');
    const whole = enlarged(image, { width: 8, height: 300 }, 'High Fidelity V2');
    // Away from the cut's own edges; row 128 is a seam of the whole.
    expect(part.data.slice(20 * 32, 100 * 32)).toEqual(whole.data.slice((from + 20) * 32, (from + 100) * 32));
  });

  it.each([
    { width: 5, height: 4 },
    { width: 13, height: 11 },
    { width: 40, height: 32 },
  ])('has $width x $height pixels, one colour stays that colour, and alpha stays', (output) => {
    const data = new Uint8ClampedArray(5 * 4 * 4).map((_, at) => [90, 140, 200, 128][at % 4]!);
    for (const model of ENHANCE_MODELS) {
      const out = enlarged(rgbaImage(5, 4, data), output, model);
      expect([out.width, out.height]).toEqual([output.width, output.height]);
      for (let at = 0; at < out.data.length; at++)
        expect(Math.abs(out.data[at]! - data[at % 4]!)).toBeLessThanOrEqual(1);
    }
  });

  it('keeps its place: no shift by half a pixel', async () => {
    const { truth, small } = await photo();
    const out = enlarged(small, truth, 'High Fidelity V2');
    const moved = rgbaImage(truth.width, truth.height, new Uint8ClampedArray(truth.data.length));
    moved.data.set(out.data.subarray(4));
    expect(error(out, truth)).toBeLessThan(0.9 * error(moved, truth));
  });

  it('is given up between two bands when it is told to stop', () => {
    const seen: number[] = [];
    const stop = (fraction: number): void => {
      seen.push(fraction);
      if (seen.length === 2) throw new Error('stop');
    };
    const image = rgbaImage(4, 600);
    expect(() => enlargePicture({ image, tables: null }, image, 'Standard V2', stop)).toThrow('stop');
    expect(seen).toEqual([0, 128 / 600]);
  });
});
