import { describe, expect, it } from 'vitest';
import { change } from '../../src/pixels/likeness';
import { cut } from '../../src/pixels/region';
import { resample } from '../../src/pixels/scale/resample';
import { moved, noisy, painted, sample } from './pictures';

/** Two people's faces, forehead to chin, at one size. */
const astronaut = cut(sample('astronaut.png'), { x: 177, y: 54, width: 93, height: 118 });
const hopper = await (async () => {
  const photo = sample('grace_hopper.jpg');
  const { width, height } = astronaut;
  return resample(photo, { x: 172, y: 100, width: 150, height: (150 * height) / width }, { width, height });
})();

const small = async (factor: number) => {
  const { width, height } = astronaut;
  const size = { width: Math.round(width / factor), height: Math.round(height / factor) };
  const down = await resample(astronaut, { x: 0, y: 0, width, height }, size);
  return resample(down, { x: 0, y: 0, ...size }, { width, height });
};

describe('how much a face changed', () => {
  it('is nothing for the same pixels', async () => {
    expect(await change(astronaut, astronaut)).toBe(0);
  });

  it('is little when noise goes or detail comes', async () => {
    expect(await change(noisy(astronaut, 20), astronaut)).toBeLessThan(0.15);
    expect(await change(await small(3), astronaut)).toBeLessThan(0.15);
  });

  it('is little when it gets brighter', async () => {
    const brighter = painted(astronaut.width, astronaut.height, (x, y) => {
      const at = (y * astronaut.width + x) * 4;
      return [
        astronaut.data[at]! * 0.8 + 40,
        astronaut.data[at + 1]! * 0.8 + 40,
        astronaut.data[at + 2]! * 0.8 + 40,
        255,
      ];
    });
    expect(await change(astronaut, brighter)).toBeLessThan(0.05);
  });

  it('is large for another person', async () => {
    expect(await change(astronaut, hopper)).toBeGreaterThan(0.6);
    expect(await change(hopper, astronaut)).toBeGreaterThan(0.6);
  });

  it('grows with the change', async () => {
    const changes = await Promise.all(
      [1, 3, 6].map(async (shift) => change(astronaut, await moved(astronaut, shift, shift))),
    );
    expect(changes[0]!).toBeGreaterThan(0.04);
    expect(changes[0]!).toBeLessThan(changes[1]!);
    expect(changes[1]!).toBeLessThan(changes[2]!);
  });

  it('is defined for the tiniest face', async () => {
    const dot = painted(2, 3, () => [1, 2, 3, 255]);
    expect(await change(dot, dot)).toBe(0);
  });
});
