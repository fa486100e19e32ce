import { describe, expect, it } from 'vitest';
import { inverse, moved } from '../../../engine/neural/similarity';
import { averaged, stretchFor, warped } from '../../../engine/neural/warp';
import { type RgbaImage, rgbaImage } from '../../../src/pixels/image';
import { placed } from './waves';

function painted(width: number, height: number, value: (x: number, y: number) => number): RgbaImage {
  const image = rgbaImage(width, height);
  for (let at = 0; at < image.data.length; at++) {
    image.data[at] = value((at >> 2) % width, Math.floor((at >> 2) / width));
  }
  return image;
}

const GOAL = { x: 0, y: 0, width: 40, height: 40 };

/** Onto a goal of 40 x 40 pixels: its middle from (200, 200), so many picture pixels for one of its own. */
const shrunk = (factor: number, tilt: number) => {
  const { a, b } = placed({ x: 200, y: 200 }, 512 * factor, tilt);
  return { a, b, dx: 20 - (a - b) * 200, dy: 20 - (b + a) * 200 };
};

describe('pixels on a turned grid', () => {
  it.each([
    [1.5, 0],
    [1.5, 25],
    [1.9, 45],
    [2, 10],
    [3.7, -30],
    [6.3, 20],
  ])('of %f picture pixels show nothing finer than themselves, turned by %i degrees', (factor, tilt) => {
    // Every second row is black: on a coarser grid that is grey, and never a pattern.
    const rows = painted(400, 400, (_, y) => (y % 2) * 255);
    const toGoal = shrunk(factor, tilt);
    const values = warped(stretchFor(rows, toGoal, GOAL), toGoal, GOAL);
    expect(Math.max(...values.map((value) => Math.abs(value - 127.5)))).toBeLessThan(16);
  });

  it.each([
    [0.3, 20],
    [1.7, -50],
    [6.3, 20],
    [9, 0],
  ])('of %f picture pixels lie where they lay, turned by %i degrees', (factor, tilt) => {
    const slope = painted(400, 400, (x, y) => 30 + x / 4 + y / 4);
    const toGoal = shrunk(factor, tilt);
    const values = warped(stretchFor(slope, toGoal, GOAL), toGoal, GOAL);
    const back = inverse(toGoal);
    for (let at = 0; at < 1600; at++) {
      const { x, y } = moved(back, { x: (at % 40) + 0.5, y: Math.floor(at / 40) + 0.5 });
      // The slope is stored in whole values; the mirrors at the edges are another story.
      if (Math.min(x, y) < 30 || Math.max(x, y) > 370) continue;
      expect(Math.abs(values[at]! - (30 + (x - 0.5) / 4 + (y - 0.5) / 4))).toBeLessThan(0.75);
    }
  });

  it('are the same pixels where it is the same grid', () => {
    const picture = painted(60, 60, (x, y) => (x * 37 + y * 91) % 256);
    const move = { a: 1, b: 0, dx: -7, dy: -11 };
    const values = warped(stretchFor(picture, move, GOAL), move, GOAL);
    for (let at = 0; at < values.length; at++) {
      const [x, y] = [(at % 40) + 7, (Math.floor(at / 40) % 40) + 11];
      expect(values[at]).toBeCloseTo(picture.data[(y * 60 + x) * 4]!, 4);
    }
  });

  it('see a mirror past each edge of the picture', () => {
    const picture = painted(20, 20, (x, y) => x * 5 + y * 7);
    const move = { a: 1, b: 0, dx: 10, dy: 10 };
    const values = warped(stretchFor(picture, move, GOAL), move, GOAL);
    const at = (x: number, y: number): number => values[(y + 10) * 40 + x + 10]!;
    for (const [outside, inside] of [
      [-1, 0],
      [-7, 6],
      [20, 19],
      [26, 13],
    ] as const) {
      expect(at(outside, 4)).toBeCloseTo(at(inside, 4), 3);
      expect(at(4, outside)).toBeCloseTo(at(4, inside), 3);
    }
  });
});

describe('averaged planes', () => {
  it('hold the means of whole blocks, the last of what there is', () => {
    const planes = Float32Array.from({ length: 3 * 5 * 2 }, (_, at) => at);
    const { data, width, height } = averaged(planes, { width: 5, height: 2 }, 2);
    expect([width, height]).toEqual([3, 1]);
    expect([...data]).toEqual([3, 5, 6.5, 13, 15, 16.5, 23, 25, 26.5]);
  });
});
