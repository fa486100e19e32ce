import { beforeAll, describe, expect, it } from 'vitest';
import { align } from '../../src/pixels/align/align';
import { inverse, times } from '../../src/pixels/align/solve';
import { inResult } from '../../src/pixels/fit';
import type { RgbaImage } from '../../src/pixels/image';
import { cut } from '../../src/pixels/region';
import { resample } from '../../src/pixels/scale/resample';
import { handFace, moved, noisy, painted, rearranged, sample } from './pictures';

/** Where the faces stand, so that they are not looked at. */
const FACES = { 'astronaut.png': handFace(177, 54, 93, 118), 'grace_hopper.jpg': handFace(190, 70, 170, 220) };
type Name = keyof typeof FACES;
const NAMES = Object.keys(FACES) as Name[];

const pictures = new Map<Name, RgbaImage>();
const picture = (name: Name): RgbaImage => pictures.get(name)!;

beforeAll(() => {
  for (const name of NAMES) pictures.set(name, sample(name));
});

const whole = ({ width, height }: RgbaImage) => ({ x: 0, y: 0, width, height });

/** How far the fit puts the picture's corners from where they are: in source pixels. */
async function cornerError(source: RgbaImage, result: RgbaImage, name: Name, dx: number, dy: number): Promise<number> {
  const fit = await align(source, result, [FACES[name]]);
  if (!fit.ok) throw new Error(fit.error);
  const { x, y, width, height } = inResult(fit.value, whole(source));
  const kx = result.width / source.width;
  const ky = result.height / source.height;
  return Math.max(
    Math.abs(x / kx + dx),
    Math.abs(y / ky + dy),
    Math.abs((x + width) / kx + dx - source.width),
    Math.abs((y + height) / ky + dy - source.height),
  );
}

describe.each(NAMES)('laying a result on %s', (name) => {
  it.each([
    [0, 0],
    [0.25, 0],
    [0.2, -0.3],
  ])('uses it as it is when it is off by %d, %d pixels', async (dx, dy) => {
    const source = picture(name);
    const fit = await align(source, await moved(source, dx, dy), [FACES[name]]);
    expect(fit).toEqual({ ok: true, value: { across: 1, down: 1, x: 0, y: 0 } });
  });

  it.each([
    [1, 0],
    [1, -1],
    [3, 2],
    [-7, 0.5],
  ])('corrects a shift of %d, %d pixels to a tenth of a pixel', async (dx, dy) => {
    const source = picture(name);
    expect(await cornerError(source, await moved(source, dx, dy), name, dx, dy)).toBeLessThan(0.1);
  });

  it('corrects a shift in a noisy scan, the result having less of the noise', async () => {
    const clean = picture(name);
    const source = noisy(clean, 25);
    expect(await cornerError(source, await moved(clean, 3, -2), name, 3, -2)).toBeLessThan(0.2);
  });

  it('corrects a shift though the result is brighter and has more contrast', async () => {
    const source = picture(name);
    const shifted = await moved(source, 2, 1);
    const graded = painted(shifted.width, shifted.height, (x, y) => {
      const at = (y * shifted.width + x) * 4;
      const grade = (c: number): number => shifted.data[at + c]! * 0.85 + 25;
      return [grade(0), grade(1), grade(2), 255];
    });
    expect(await cornerError(source, graded, name, 2, 1)).toBeLessThan(0.15);
  });

  it.each([2, 4, 1.5, 0.5])('takes a result of %d times the size as it is', async (scale) => {
    const source = picture(name);
    const size = { width: Math.round(source.width * scale), height: Math.round(source.height * scale) };
    const result = await resample(source, whole(source), size);
    const fit = await align(source, result, [FACES[name]]);
    expect(fit).toEqual({
      ok: true,
      value: { across: size.width / source.width, down: size.height / source.height, x: 0, y: 0 },
    });
  });

  it('corrects a shift in a result of twice the size', async () => {
    const source = picture(name);
    const frame = { x: 1.5, y: -1, width: source.width, height: source.height };
    const result = await resample(source, frame, { width: source.width * 2, height: source.height * 2 });
    expect(await cornerError(source, result, name, 1.5, -1)).toBeLessThan(0.15);
  });

  it('corrects a result whose rim was cropped away', async () => {
    const source = picture(name);
    const result = cut(source, { x: 4, y: 2, width: source.width - 8, height: source.height - 8 });
    const fit = await align(source, result, [FACES[name]]);
    if (!fit.ok) throw new Error(fit.error);
    const { x, y, width, height } = inResult(fit.value, whole(source));
    for (const [got, wanted] of [
      [x, -4],
      [y, -2],
      [width, source.width],
      [height, source.height],
    ] as const) {
      expect(Math.abs(got - wanted)).toBeLessThan(0.2);
    }
  });

  it.each([
    ['mirrored', (w: number, _h: number) => (x: number, y: number) => [w - 1 - x, y] as const],
    ['upside down', (w: number, h: number) => (x: number, y: number) => [w - 1 - x, h - 1 - y] as const],
    ['far off', () => (x: number, y: number) => [x + 90, y + 60] as const],
    ['shuffled', (w: number, h: number) => (x: number, y: number) => [(x * 7) % w, (y * 5) % h] as const],
  ])('refuses one that is %s', async (_what, from) => {
    const source = picture(name);
    const result = rearranged(source, source.width, source.height, from(source.width, source.height));
    expect(await align(source, result, [FACES[name]])).toEqual({ ok: false, error: 'other-picture' });
  });

  it.each([0.5, 1])('refuses one that is turned by %d degrees', async (degrees) => {
    const source = picture(name);
    const { width, height } = source;
    const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
    const result = rearranged(source, width, height, (x, y) => {
      const [u, v] = [x - width / 2, y - height / 2];
      return [width / 2 + u * cos - v * sin, height / 2 + u * sin + v * cos];
    });
    expect(await align(source, result, [FACES[name]])).toEqual({ ok: false, error: 'turned' });
  });

  it('refuses one of another shape', async () => {
    const source = picture(name);
    const result = cut(source, { x: 0, y: 0, width: source.width, height: Math.round(source.height * 0.8) });
    expect(await align(source, result, [FACES[name]])).toEqual({ ok: false, error: 'size' });
  });
});

describe('laying on what cannot be measured', () => {
  it.each([
    [200, 100],
    [1, 1],
    [3, 700],
  ])('goes by the frame alone on a flat picture of %i x %i', async (width, height) => {
    const flat = painted(width, height, () => [80, 90, 100, 255]);
    expect((await align(flat, flat, [])).ok).toBe(true);
  });

  it('looks at the face too when there is hardly anything else', async () => {
    const close = cut(sample('astronaut.png'), { x: 177, y: 54, width: 93, height: 118 });
    const mirrored = rearranged(close, close.width, close.height, (x, y) => [close.width - 1 - x, y]);
    const covering = handFace(-20, -30, 133, 178);
    expect((await align(close, close, [covering])).ok).toBe(true);
    expect(await align(close, mirrored, [covering])).toEqual({ ok: false, error: 'other-picture' });
  });

  it('is not moved by a face that was changed beyond recognition', async () => {
    const source = picture('astronaut.png');
    const { box } = FACES['astronaut.png'];
    const result = painted(source.width, source.height, (x, y) => {
      const inside = x > box.x && y > box.y && x < box.x + box.width && y < box.y + box.height;
      const at = (y * source.width + (inside ? Math.min(source.width - 1, x + 9) : x)) * 4;
      return [source.data[at]!, source.data[at + 1]!, source.data[at + 2]!, 255];
    });
    const fit = await align(source, result, [FACES['astronaut.png']]);
    expect(fit).toEqual({ ok: true, value: { across: 1, down: 1, x: 0, y: 0 } });
  });
});

describe('the small linear systems', () => {
  it('are inverted', () => {
    const matrix = Float64Array.from([4, 1, 0.5, 1, 3, 0.2, 0.5, 0.2, 2]);
    const back = times(inverse(matrix, 3)!, times(matrix, Float64Array.from([1, -2, 3]), 3), 3);
    [1, -2, 3].forEach((value, at) => {
      expect(back[at]).toBeCloseTo(value, 10);
    });
  });

  it('have no inverse when they are not positive definite', () => {
    expect(inverse(Float64Array.from([1, 2, 2, 1]), 2)).toBeNull();
  });
});
