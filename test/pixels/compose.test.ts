import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bake } from '../../src/pixels/bake';
import { clusters, type Share } from '../../src/pixels/compose';
import type { Face } from '../../src/pixels/face';
import { type RgbaImage, rgbaImage } from '../../src/pixels/image';
import { drawMatte, gridOver } from '../../src/pixels/matte';
import { ovalOutline } from '../../src/pixels/outline';
import { overlay } from '../../src/pixels/overlay';
import { cut } from '../../src/pixels/region';
import { differences, handFace, largestDifference, painted } from './pictures';

const SIDE = 48;

interface Choice {
  readonly face: Face;
  readonly result: RgbaImage;
  readonly blend: number;
}

async function sharesOf(source: RgbaImage, choices: readonly Choice[]): Promise<Share[]> {
  const shares: Share[] = [];
  for (const { face, result, blend } of choices) {
    const matte = await drawMatte(ovalOutline(face), gridOver(source, source));
    if (matte !== null) shares.push({ matte, pixels: cut(result, matte.region), blend });
  }
  return shares;
}

/** Source-over of straight alpha on 8 bits, as a compositor does it. */
function over(source: RgbaImage, top: RgbaImage): RgbaImage {
  return painted(source.width, source.height, (x, y) => {
    const at = (y * source.width + x) * 4;
    const alpha = top.data[at + 3]! / 255;
    const mixed = [0, 1, 2].map((c) => Math.round(source.data[at + c]! * (1 - alpha) + top.data[at + c]! * alpha));
    return [mixed[0]!, mixed[1]!, mixed[2]!, source.data[at + 3]!];
  });
}

const random = (seed: number, opaque = true): RgbaImage => {
  let state = seed;
  const next = (): number => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return state >> 16;
  };
  return painted(SIDE, SIDE, () => [
    next() & 255,
    next() & 255,
    next() & 255,
    opaque ? 255 : next() % 3 === 0 ? 0 : next() & 255,
  ]);
};

const faces = fc
  .tuple(
    fc.integer({ min: -5, max: 40 }),
    fc.integer({ min: -5, max: 40 }),
    fc.integer({ min: 4, max: 24 }),
    fc.integer({ min: 4, max: 24 }),
  )
  .map(([x, y, width, height]) => handFace(x, y, width, height));
const choices = fc.array(
  fc.record({ face: faces, seed: fc.integer({ min: 1, max: 9 }), blend: fc.constantFrom(0, 0.3, 0.5, 1) }),
  { minLength: 1, maxLength: 4 },
);
const given = (list: readonly { face: Face; seed: number; blend: number }[]): Choice[] =>
  list.map(({ face, seed, blend }) => ({ face, blend, result: random(seed * 7 + 1) }));

describe('composing faces', () => {
  it('overlay over source equals bake within 1/255', async () => {
    await fc.assert(
      fc.asyncProperty(choices, fc.nat(99), async (list, seed) => {
        const source = random(seed + 100);
        const shares = await sharesOf(source, given(list));
        expect(
          largestDifference(over(source, (await overlay(source, shares, null)).image), await bake(source, shares)),
        ).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('changes nothing with every blend at 0 or every face off, byte for byte', async () => {
    await fc.assert(
      fc.asyncProperty(choices, async (list) => {
        const source = random(5, false);
        const shares = await sharesOf(
          source,
          given(list).map((choice) => ({ ...choice, blend: 0 })),
        );
        expect(differences(await bake(source, shares), source)).toBe(0);
        expect((await overlay(source, shares, null)).image.data.some((value) => value !== 0)).toBe(false);
      }),
    );
  });

  it('takes the result whole in the middle of a face with blend 1', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 8, max: 20 }), fc.nat(50), async (size, seed) => {
        const source = random(seed + 1);
        const result = random(seed + 2);
        const shares = await sharesOf(source, [{ face: handFace(14, 12, size, size), result, blend: 1 }]);
        const baked = await bake(source, shares);
        const { region, data } = shares[0]!.matte;
        let core = 0;
        for (let i = 0; i < data.length; i++) {
          if (data[i] !== 255) continue;
          core += 1;
          const at = ((region.y + Math.floor(i / region.width)) * SIDE + region.x + (i % region.width)) * 4;
          expect(baked.data.subarray(at, at + 4)).toEqual(result.data.subarray(at, at + 4));
        }
        expect(core).toBeGreaterThan(size * size * 0.5);
      }),
    );
  });

  it('leaves every byte outside the mattes as it was', async () => {
    await fc.assert(
      fc.asyncProperty(choices, async (list) => {
        const source = random(3, false);
        const shares = await sharesOf(source, given(list));
        const baked = await bake(source, shares);
        const { image } = await overlay(source, shares, null);
        let touched = 0;
        for (let y = 0; y < SIDE; y++) {
          for (let x = 0; x < SIDE; x++) {
            const inside = shares.some(({ matte: { region, data } }) => {
              const [u, v] = [x - region.x, y - region.y];
              return u >= 0 && v >= 0 && u < region.width && v < region.height && data[v * region.width + u]! > 0;
            });
            if (inside) continue;
            const at = (y * SIDE + x) * 4;
            for (let c = at; c < at + 4; c++) if (baked.data[c] !== source.data[c] || image.data[c] !== 0) touched += 1;
          }
        }
        expect(touched).toBe(0);
      }),
    );
  });

  it('does not depend on the order of the faces', async () => {
    await fc.assert(
      fc.asyncProperty(choices, async (list) => {
        const source = random(11);
        const shares = await sharesOf(source, given(list));
        expect(
          largestDifference(await bake(source, shares), await bake(source, [...shares].reverse())),
        ).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('face by face comes to the same as all at once', async () => {
    await fc.assert(
      fc.asyncProperty(choices, async (list) => {
        const source = random(11);
        const all = given(list);
        const once = await bake(source, await sharesOf(source, all));
        // Each face alone, the others off; what each adds to the source is added up.
        const sums = Float64Array.from(source.data);
        for (let only = 0; only < all.length; only++) {
          const shares = await sharesOf(
            source,
            all.map((choice, at) => ({ ...choice, blend: at === only ? choice.blend : 0 })),
          );
          const alone = await bake(source, shares);
          for (let i = 0; i < sums.length; i++) sums[i] = sums[i]! + alone.data[i]! - source.data[i]!;
        }
        let worst = 0;
        for (let i = 0; i < sums.length; i++) worst = Math.max(worst, Math.abs(sums[i]! - once.data[i]!));
        // Each of at most four faces rounds its colour and its weight.
        expect(worst).toBeLessThanOrEqual(all.length === 1 ? 0 : 2 * all.length);
      }),
    );
  });

  it('switching one face off and on again is exact, and far faces do not notice', async () => {
    const source = random(1);
    const near: Choice = { face: handFace(2, 2, 10, 10), result: random(2), blend: 1 };
    const far: Choice = { face: handFace(34, 34, 10, 10), result: random(3), blend: 1 };
    const both = await bake(source, await sharesOf(source, [near, far]));
    const without = await bake(source, await sharesOf(source, [near, { ...far, blend: 0 }]));
    expect(
      differences(
        cut(both, { x: 0, y: 0, width: 24, height: 24 }),
        cut(without, { x: 0, y: 0, width: 24, height: 24 }),
      ),
    ).toBe(0);
    expect(
      differences(
        cut(without, { x: 24, y: 24, width: 24, height: 24 }),
        cut(source, { x: 24, y: 24, width: 24, height: 24 }),
      ),
    ).toBe(0);
    expect(differences(await bake(source, await sharesOf(source, [near, far])), both)).toBe(0);
  });

  it('mixes faces of different results', async () => {
    const source = painted(SIDE, SIDE, () => [0, 0, 0, 255]);
    const red = painted(SIDE, SIDE, () => [200, 0, 0, 255]);
    const blue = painted(SIDE, SIDE, () => [0, 0, 200, 255]);
    const baked = await bake(
      source,
      await sharesOf(source, [
        { face: handFace(4, 4, 12, 12), result: red, blend: 1 },
        { face: handFace(30, 30, 12, 12), result: blue, blend: 0.5 },
      ]),
    );
    expect([...baked.data.subarray((10 * SIDE + 10) * 4, (10 * SIDE + 10) * 4 + 3)]).toEqual([200, 0, 0]);
    expect([...baked.data.subarray((36 * SIDE + 36) * 4, (36 * SIDE + 36) * 4 + 3)]).toEqual([0, 0, 100]);
  });

  it("keeps the source's alpha, and shows nothing where the source is invisible", async () => {
    const source = random(21, false);
    const shares = await sharesOf(source, [{ face: handFace(10, 10, 28, 28), result: random(4), blend: 1 }]);
    const baked = await bake(source, shares);
    const top = (await overlay(source, shares, (x, y) => source.data[(y * SIDE + x) * 4 + 3]!)).image;
    for (let i = 0; i < source.data.length; i += 4) {
      expect(baked.data[i + 3]).toBe(source.data[i + 3]);
      expect(top.data[i + 3]!).toBeLessThanOrEqual(source.data[i + 3]!);
      if (source.data[i + 3] === 0) expect(baked.data.subarray(i, i + 4)).toEqual(source.data.subarray(i, i + 4));
    }
  });
});

describe('clusters', () => {
  it('join what overlaps, also by way of a third, and keep the rest apart', async () => {
    const joined = clusters([
      { x: 0, y: 0, width: 10, height: 10 },
      { x: 30, y: 0, width: 5, height: 5 },
      { x: 18, y: 0, width: 10, height: 10 },
      { x: 8, y: 8, width: 12, height: 4 },
    ]);
    expect(joined).toHaveLength(2);
    expect(joined).toContainEqual({ x: 0, y: 0, width: 28, height: 12 });
    expect(clusters([])).toEqual([]);
    expect(rgbaImage(1, 1).data).toHaveLength(4);
  });
});
