import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bake } from '../../src/pixels/bake';
import { changeMap } from '../../src/pixels/difference';
import type { Face } from '../../src/pixels/face';
import type { RgbaImage } from '../../src/pixels/image';
import { drawMatte, gridOver, type Matte } from '../../src/pixels/matte';
import { type Outline, outlines, ovalOutline } from '../../src/pixels/outline';
import { cut } from '../../src/pixels/region';
import { handFace, noise, painted } from './pictures';

const tilted = (x: number, y: number, size: number, angle: number): Face => {
  const centre = { x: x + size / 2, y: y + size / 2 };
  const at = (u: number, v: number) => ({
    x: centre.x + size * (u * Math.cos(angle) - v * Math.sin(angle)),
    y: centre.y + size * (u * Math.sin(angle) + v * Math.cos(angle)),
  });
  return {
    box: { x, y, width: size, height: size },
    score: 1,
    points: {
      rightEye: at(-0.2, -0.1),
      leftEye: at(0.2, -0.1),
      nose: at(0, 0.1),
      mouth: at(0, 0.25),
      rightEar: at(-0.45, 0),
      leftEar: at(0.45, 0),
    },
  };
};

const valueAt = ({ region, data }: Matte, x: number, y: number): number => {
  const u = Math.floor(x) - region.x;
  const v = Math.floor(y) - region.y;
  return u < 0 || v < 0 || u >= region.width || v >= region.height ? 0 : data[v * region.width + u]!;
};

/** Between the four nearest pixel centres: a ray that jumped from pixel to pixel would itself go up and down. */
const smoothAt = (matte: Matte, x: number, y: number): number => {
  const [left, top] = [Math.floor(x - 0.5), Math.floor(y - 0.5)];
  const [right, down] = [x - 0.5 - left, y - 0.5 - top];
  const row = (v: number): number => valueAt(matte, left, v) * (1 - right) + valueAt(matte, left + 1, v) * right;
  return row(top) * (1 - down) + row(top + 1) * down;
};

/** Levels by which the matte rises anywhere on a ray from the middle outwards, and what is left at the ray's end. */
function riseOutwards(outline: Outline, matte: Matte, scale: number): { rise: number; end: number } {
  const { centre } = outline.oval;
  let rise = 0;
  let end = 0;
  for (let ray = 0; ray < 90; ray++) {
    const angle = (ray / 90) * 2 * Math.PI;
    let before = 255;
    for (let step = 0; step < 200; step++) {
      const value = smoothAt(
        matte,
        (centre.x + step * Math.cos(angle)) * scale,
        (centre.y + step * Math.sin(angle)) * scale,
      );
      rise = Math.max(rise, value - before);
      before = Math.min(before, value);
    }
    end = Math.max(end, before);
  }
  return { rise, end };
}

/** Rounding to whole levels can look like a small rise on the steepest ramps. */
const ROUNDING = 3;

/** A picture of noise, and the same changed inside of what `where` says. */
function changed(
  width: number,
  height: number,
  where: (x: number, y: number) => number,
): { source: RgbaImage; result: RgbaImage } {
  const next = noise(7);
  const source = painted(width, height, () => {
    const value = 120 + 20 * next();
    return [value, value, value, 255];
  });
  const result = painted(width, height, (x, y) => {
    const value = source.data[(y * width + x) * 4]! + where(x, y);
    return [value, value, value, 255];
  });
  return { source, result };
}

describe('a matte', () => {
  it('falls from the middle to the edge along every ray, for every face', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 20, max: 90 }),
        fc.integer({ min: 16, max: 70 }),
        fc.double({ min: -3.1, max: 3.1, noNaN: true }),
        fc.constantFrom(0.5, 1, 2),
        async (place, size, angle, scale) => {
          const outline = ovalOutline(tilted(place, place, size, angle));
          const grid = { width: 240 * scale, height: 240 * scale };
          const { rise, end } = riseOutwards(
            outline,
            (await drawMatte(outline, gridOver({ width: 240, height: 240 }, grid)))!,
            scale,
          );
          expect(rise).toBeLessThanOrEqual(ROUNDING);
          expect(end).toBe(0);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('is whole over the face and nothing at the corners of its region', async () => {
    const matte = (await drawMatte(
      ovalOutline(handFace(60, 50, 40, 50)),
      gridOver({ width: 200, height: 200 }, { width: 200, height: 200 }),
    ))!;
    expect(valueAt(matte, 80, 75)).toBe(255);
    expect(valueAt(matte, 62, 75)).toBe(255);
    expect(matte.data[0]).toBe(0);
    expect(matte.data.at(-1)).toBe(0);
  });

  it('has an edge in proportion to the face', async () => {
    const widths: number[] = [];
    for (const size of [40, 160]) {
      const matte = (await drawMatte(
        ovalOutline(handFace(300, 300, size, size)),
        gridOver({ width: 800, height: 800 }, { width: 800, height: 800 }),
      ))!;
      const row = Array.from({ length: matte.region.width }, (_, x) =>
        valueAt(matte, matte.region.x + x, 300 + size / 2),
      );
      widths.push(row.filter((value) => value > 0 && value < 255).length);
    }
    expect(widths[1]! / widths[0]!).toBeGreaterThan(3.5);
    expect(widths[1]! / widths[0]!).toBeLessThan(4.5);
  });

  it('covers the same place on a finer grid', async () => {
    const outline = ovalOutline(handFace(20, 20, 30, 40));
    const source = { width: 100, height: 100 };
    const coarse = (await drawMatte(outline, gridOver(source, source)))!;
    const fine = (await drawMatte(outline, gridOver(source, { width: 400, height: 400 })))!;
    for (let y = 5; y < 95; y += 3) {
      for (let x = 5; x < 95; x += 3) {
        expect(Math.abs(valueAt(coarse, x, y) - valueAt(fine, x * 4 + 2, y * 4 + 2))).toBeLessThan(24);
      }
    }
  });

  it("is cut at the picture's edge, and there is none for a face outside", async () => {
    const size = { width: 100, height: 80 };
    const matte = (await drawMatte(ovalOutline(handFace(-20, -20, 50, 50)), gridOver(size, size)))!;
    expect([matte.region.x, matte.region.y]).toEqual([0, 0]);
    expect(await drawMatte(ovalOutline(handFace(200, 20, 30, 30)), gridOver(size, size))).toBeNull();
  });

  it('fades over two pixels at least, even round the smallest face', async () => {
    const matte = (await drawMatte(
      ovalOutline(handFace(10, 10, 2, 2)),
      gridOver({ width: 30, height: 30 }, { width: 30, height: 30 }),
    ))!;
    expect(new Set(matte.data).size).toBeGreaterThan(3);
  });

  it.each([10, 40, 80])('shows no step where the service made the whole frame %i levels brighter', async (brighter) => {
    const source = painted(300, 300, () => [100, 100, 100, 255]);
    const result = painted(300, 300, () => [100 + brighter, 100 + brighter, 100 + brighter, 255]);
    const matte = (await drawMatte(ovalOutline(handFace(90, 80, 100, 130)), gridOver(source, source)))!;
    const baked = await bake(source, [{ matte, pixels: cut(result, matte.region), blend: 1 }]);
    let step = 0;
    for (let i = 0; i < baked.data.length - 1204; i += 4) {
      step = Math.max(
        step,
        Math.abs(baked.data[i]! - baked.data[i + 4]!),
        Math.abs(baked.data[i]! - baked.data[i + 1200]!),
      );
    }
    // The just visible step between neighbours is about 2 of 255 on a flat field; 80 levels are far more than a service changes.
    expect(step).toBeLessThanOrEqual(Math.max(1, Math.ceil(brighter / 10)));
  });
});

describe('the outline of what changed', () => {
  const face = handFace(80, 80, 60, 80);

  it('follows a region that reaches past the face on one side', async () => {
    const { source, result } = changed(260, 260, (x, y) => {
      const rx = x < 110 ? 55 : 38;
      const distance = Math.hypot((x - 110) / rx, (y - 120) / 50);
      return distance < 1 ? 40 * (1 - distance) : 0;
    });
    const [outline] = await outlines([face], await changeMap(source, result, 1));
    const matte = (await drawMatte(outline!, gridOver(source, source)))!;
    expect(valueAt(matte, 60, 120)).toBe(255);
    expect(valueAt(matte, 160, 120)).toBe(0);
    const { rise, end } = riseOutwards(outline!, matte, 1);
    expect(rise).toBeLessThanOrEqual(ROUNDING);
    expect(end).toBe(0);
  });

  it('takes over nearly all of a softly bounded change', async () => {
    const { source, result } = changed(
      260,
      260,
      (x, y) => 60 * Math.max(0, 1 - Math.hypot((x - 110) / 48, (y - 120) / 60)),
    );
    const [outline] = await outlines([face], await changeMap(source, result, 1));
    const matte = (await drawMatte(outline!, gridOver(source, source)))!;
    const baked = await bake(source, [{ matte, pixels: cut(result, matte.region), blend: 1 }]);
    let largest = 0;
    for (let i = 0; i < baked.data.length; i += 4)
      largest = Math.max(largest, Math.abs(baked.data[i]! - result.data[i]!));
    expect(largest).toBeLessThanOrEqual(4);
  });

  it('fades a change that the service cut off hard, inside its edge', async () => {
    const { source, result } = changed(260, 260, (x, y) => (Math.hypot((x - 110) / 48, (y - 120) / 60) < 1 ? 50 : 0));
    const [outline] = await outlines([face], await changeMap(source, result, 1));
    const matte = (await drawMatte(outline!, gridOver(source, source)))!;
    const jumps = (image: RgbaImage): number => {
      let most = 0;
      for (let x = 0; x < 259; x++) {
        const at = (120 * 260 + x) * 4;
        most = Math.max(
          most,
          Math.abs(image.data[at]! - source.data[at]! - (image.data[at + 4]! - source.data[at + 4]!)),
        );
      }
      return most;
    };
    const baked = await bake(source, [{ matte, pixels: cut(result, matte.region), blend: 1 }]);
    expect(jumps(result)).toBe(50);
    expect(jumps(baked)).toBeLessThan(15);
    expect(valueAt(matte, 110, 120)).toBe(255);
  });

  it('keeps to the oval when everything changed', async () => {
    const { source, result } = changed(260, 260, () => 20);
    const [outline] = await outlines([face], await changeMap(source, result, 1));
    expect(outline).toEqual(ovalOutline(face));
  });

  it('keeps to the oval when nothing changed', async () => {
    const { source } = changed(260, 260, () => 0);
    const [outline] = await outlines([face], await changeMap(source, source, 1));
    expect(outline).toEqual(ovalOutline(face));
  });

  it('does not reach for a change elsewhere in the picture', async () => {
    const { source, result } = changed(400, 260, (x, y) => {
      const own = Math.hypot((x - 110) / 36, (y - 120) / 48) < 1;
      return own || (x > 180 && x < 200 && y > 100 && y < 140) ? 20 : 0;
    });
    const [outline] = await outlines([face], await changeMap(source, result, 1));
    expect(valueAt((await drawMatte(outline!, gridOver(source, source)))!, 190, 120)).toBe(0);
  });

  it('shares a region that two faces have in common out between them', async () => {
    const left = handFace(60, 80, 60, 80);
    const right = handFace(150, 80, 60, 80);
    const { source, result } = changed(300, 260, (x, y) => (x > 40 && x < 230 && y > 60 && y < 180 ? 20 : 0));
    const lines = await outlines([left, right], await changeMap(source, result, 1));
    const [first, second] = await Promise.all(lines.map((line) => drawMatte(line, gridOver(source, source))));
    expect(valueAt(first!, 90, 120)).toBe(255);
    expect(valueAt(first!, 180, 120)).toBe(0);
    expect(valueAt(second!, 180, 120)).toBe(255);
    expect(valueAt(second!, 90, 120)).toBe(0);
  });
});

describe('the change map', () => {
  it('gives each cell the largest difference of any of its pixels', async () => {
    const a = painted(6, 4, () => [100, 100, 100, 255]);
    const b = painted(6, 4, (x, y) =>
      x === 4 && y === 1 ? [100, 90, 100, 255] : x === 0 && y === 3 ? [103, 100, 100, 255] : [100, 100, 100, 255],
    );
    const map = await changeMap(a, b, 2, { pixel: 3 });
    expect([...map.largest]).toEqual([0, 0, 10, 3, 0, 0]);
    expect(map.cell).toBe(6);
  });

  it('does not count what is invisible in the source', async () => {
    const a = painted(2, 2, () => [0, 0, 0, 0]);
    const b = painted(2, 2, () => [255, 255, 255, 255]);
    expect([...(await changeMap(a, b, 1)).largest]).toEqual([0, 0, 0, 0]);
  });

  it('refuses pictures of two sizes', async () => {
    await expect(
      changeMap(
        painted(2, 2, () => [0, 0, 0, 0]),
        painted(3, 2, () => [0, 0, 0, 0]),
        1,
      ),
    ).rejects.toThrow(/2 x 2 and 3 x 2/);
  });
});
