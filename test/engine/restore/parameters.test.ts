import { beforeAll, describe, expect, it } from 'vitest';
import type { Network } from '../../../engine/restore/network';
import { restoreFace } from '../../../engine/restore/restoreFace';
import { blurred } from '../../../playground/samples/damage';
import { type FaceParameters, STANDARD_PARAMETERS } from '../../../src/core/parameters';
import { BUILT_IN_PRESETS } from '../../../src/core/presets/presets';
import type { RgbaImage } from '../../../src/pixels/image';
import { eyes, grainy, rms } from '../portrait';

/** These pictures are as recorded: the network has nothing to do. */
const NO_NETWORK: Network = { enlarge: () => Promise.reject(new Error('not needed here')) };
const WHOLE = { x: 0, y: 0, width: 48, height: 48 };

let truth: RgbaImage;
let noisy: RgbaImage;
beforeAll(async () => {
  truth = await eyes();
  noisy = grainy(truth, 15);
});

const restored = (image: RgbaImage, changes: Partial<FaceParameters>, region = WHOLE) =>
  restoreFace(
    {
      picture: { format: 'png', image, tables: null, profile: null },
      region,
      parameters: { ...STANDARD_PARAMETERS, ...changes },
      scale: 1,
    },
    NO_NETWORK,
    () => undefined,
  );

/** What is left of the finest differences: noise and sharpness alike. */
function roughness(image: RgbaImage): number {
  let sum = 0;
  for (let y = 0; y < image.height; y++) {
    for (let x = 1; x < image.width; x++) {
      const at = (y * image.width + x) * 4;
      sum += (image.data[at]! - image.data[at - 4]!) ** 2;
    }
  }
  return sum;
}

describe('strength', () => {
  it('0 gives the picture back as it was', async () => {
    expect(await restored(noisy, { strength: 0 })).toEqual(noisy);
  });

  it('goes further from the picture the more there is of it', async () => {
    const distances: number[] = [];
    for (const strength of [0.2, 0.4, 0.6, 0.8]) distances.push(rms(await restored(noisy, { strength }), noisy));
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
    expect(distances[3]! / distances[0]!).toBeGreaterThan(2);
  });

  it('above its default exaggerates detail', async () => {
    const soft = blurred(truth, 0.6);
    expect(roughness(await restored(soft, { strength: 1 }))).toBeGreaterThan(
      roughness(await restored(soft, { strength: 0.8 })),
    );
  });
});

describe('noise_sigma', () => {
  it('smooths the more the more noise is reckoned with', async () => {
    // Grain is laid over in proportion: reckoned with by its own deviation, not hidden in this comparison.
    const left: number[] = [];
    for (const noiseSigma of [0.001, 0.008, 0.015]) left.push(roughness(await restored(noisy, { noiseSigma })));
    expect(left).toEqual([...left].sort((a, b) => b - a));
  });

  it('at its default trusts the measurement, which is nearest to the truth', async () => {
    const distance = async (noiseSigma: number) => rms(await restored(noisy, { noiseSigma }), truth);
    const standard = await distance(0.015);
    expect(standard).toBeLessThan(await distance(0.001));
    expect(standard).toBeLessThan(await distance(0.1));
    expect(standard).toBeLessThan(rms(noisy, truth) * 0.7);
  });
});

describe('any preset', () => {
  it.each(BUILT_IN_PRESETS.map(({ name, parameters }) => [name, parameters] as const))(
    '%s brings a soft and noisy face nearer to the truth',
    async (_, parameters) => {
      const damaged = grainy(blurred(truth, 0.6), 10);
      expect(rms(await restored(damaged, parameters), truth)).toBeLessThan(rms(damaged, truth));
    },
  );

  it('smooths a clean face by little, whatever noise it reckons with', async () => {
    const most = await restored(truth, { noiseSigma: 0.1, blurSigma: 0.01 });
    expect(rms(most, truth)).toBeLessThan(7);
  });
});

describe('blur_sigma', () => {
  it('sharpens the more the more blur is reckoned with', async () => {
    const soft = blurred(truth, 0.8);
    const sharp: number[] = [];
    for (const blurSigma of [0.01, 0.4, 0.8, 1.2]) sharp.push(roughness(await restored(soft, { blurSigma })));
    expect(sharp).toEqual([...sharp].sort((a, b) => a - b));
  });

  it('is nearest to the truth where it says what happened', async () => {
    const soft = blurred(truth, 0.8);
    const distance = async (blurSigma: number) => rms(await restored(soft, { blurSigma }), truth);
    const right = await distance(0.8);
    expect(right).toBeLessThan(await distance(0.01));
    expect(right).toBeLessThan(await distance(2));
  });
});

describe('noise_seed', () => {
  it('gives the same pixels for the same seed, and others for another', async () => {
    const [one, again, other] = [
      await restored(noisy, {}),
      await restored(noisy, {}),
      await restored(noisy, { noiseSeed: 2 }),
    ];
    expect(again).toEqual(one);
    expect(other).not.toEqual(one);
    // A look, not another face: less than the grain itself can differ.
    expect(rms(one, other)).toBeLessThan(2);
  });

  it('changes nothing where nothing is restored', async () => {
    expect(await restored(noisy, { strength: 0, noiseSeed: 5 })).toEqual(noisy);
  });
});
