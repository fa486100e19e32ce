import { beforeAll, describe, expect, it } from 'vitest';
import { loadNetwork, type Network } from '../../../engine/restore/network';
import { cropped } from '../../../playground/samples/damage';
import { resample } from '../../../playground/samples/resample';
import { type RgbaImage, rgbaImage } from '../../../src/pixels/image';
import { portrait, rms } from '../portrait';

let network: Network;
beforeAll(async () => {
  network = await loadNetwork();
}, 60_000);

const enlarge = (image: RgbaImage) => network.enlarge(image, () => undefined);

describe('the trained network', () => {
  it('leaves a flat colour flat up to the edges', async () => {
    const flat = rgbaImage(20, 12);
    for (let at = 0; at < flat.data.length; at++) flat.data[at] = [200, 120, 60, 255][at % 4]!;
    const out = await enlarge(flat);
    expect([out.width, out.height]).toEqual([80, 48]);
    out.data.forEach((value, at) => {
      expect(Math.abs(value - [200, 120, 60, 255][at % 4]!)).toBeLessThanOrEqual(2);
    });
  });

  it('is nearer to the truth than the kernel that blew a portrait up', async () => {
    const truth = resample(await portrait(), 88, 96);
    const small = resample(truth, 22, 24);
    expect(rms(await enlarge(small), truth)).toBeLessThan(rms(resample(small, 88, 96), truth));
  });

  it('shows no seam between its tiles', async () => {
    const wide = resample(await portrait(), 88, 20);
    const whole = await enlarge(wide);
    // The tiles meet at 56; the cut has that place in its middle and in one tile.
    const inOne = await enlarge(cropped(wide, { x: 36, y: 0, width: 40, height: 20 }));
    const near = { y: 0, width: 32, height: 80 };
    expect(rms(cropped(whole, { ...near, x: 208 }), cropped(inOne, { ...near, x: 64 }))).toBeLessThan(2);
  });
});
