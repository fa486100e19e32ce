import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allowed, between, grown, meet, middleBox, SMALLEST_BOX, shifted, stretched } from '../../src/ui/boxes';

const PICTURE = { width: 200, height: 100 };
const box = (x: number, y: number, width: number, height: number) => ({ x, y, width, height });

describe('drawing', () => {
  test.each([
    ['to the right and down', { x: 10, y: 20 }, { x: 60, y: 80 }, box(10, 20, 50, 60)],
    ['to the left and up', { x: 60, y: 80 }, { x: 10, y: 20 }, box(10, 20, 50, 60)],
    ['past the edges', { x: 150, y: 50 }, { x: 900, y: 900 }, box(150, 50, 50, 50)],
    ['from outside', { x: -40, y: -40 }, { x: 30, y: 40 }, box(0, 0, 30, 40)],
    ['too little: it is grown', { x: 50, y: 50 }, { x: 51, y: 51 }, box(50, 50, SMALLEST_BOX, SMALLEST_BOX)],
    ['in fractions: whole pixels come of it', { x: 10.4, y: 20.4 }, { x: 60.2, y: 80.3 }, box(10, 20, 50, 60)],
  ])('%s', (_, from, to, expected) => {
    expect(between(from, to, PICTURE)).toEqual(expected);
  });
});

describe('moving', () => {
  test('a box keeps its size and stops at the edge', () => {
    expect(shifted(box(10, 10, 40, 50), 7, -3, PICTURE)).toEqual(box(17, 7, 40, 50));
    expect(shifted(box(10, 10, 40, 50), 900, -900, PICTURE)).toEqual(box(160, 0, 40, 50));
  });
});

describe('resizing', () => {
  const held = box(50, 30, 40, 40);
  test.each([
    [1, 1, { x: 120, y: 90 }, box(50, 30, 70, 60)],
    [-1, -1, { x: 20, y: 10 }, box(20, 10, 70, 60)],
    [1, -1, { x: 100, y: 20 }, box(50, 20, 50, 50)],
    [1, 1, { x: 900, y: 900 }, box(50, 30, 150, 70)],
    [1, 1, { x: 0, y: 0 }, box(50, 30, SMALLEST_BOX, SMALLEST_BOX)],
    [-1, -1, { x: 199, y: 99 }, box(90 - SMALLEST_BOX, 70 - SMALLEST_BOX, SMALLEST_BOX, SMALLEST_BOX)],
  ] as const)('the corner %i, %i goes to %o and the opposite one stays', (across, down, to, expected) => {
    expect(stretched(held, { across, down }, to, PICTURE)).toEqual(expected);
  });

  test('by keys the right and the lower edge move', () => {
    expect(grown(held, 5, -5, PICTURE)).toEqual(box(50, 30, 45, 35));
  });
});

test('whatever is asked for, the box is whole, inside, and large enough', () => {
  const number = fc.double({ min: -1e5, max: 1e5, noNaN: true });
  const wish = fc.record({ x: number, y: number, width: number, height: number });
  const size = fc.record({ width: fc.integer({ min: 1, max: 4096 }), height: fc.integer({ min: 1, max: 4096 }) });
  const side = fc.constantFrom(-1 as const, 1 as const);
  fc.assert(
    fc.property(wish, size, side, side, number, number, (asked, picture, across, down, x, y) => {
      const start = allowed(asked, picture);
      const made = [
        start,
        between({ x: asked.x, y: asked.y }, { x, y }, picture),
        shifted(start, x, y, picture),
        stretched(start, { across, down }, { x, y }, picture),
        middleBox({ x: 0, y: 0, ...picture }, [start], picture),
      ];
      for (const it of made) {
        expect(Object.values(it).every(Number.isInteger)).toBe(true);
        expect(it.width).toBeGreaterThanOrEqual(Math.min(SMALLEST_BOX, picture.width));
        expect(it.height).toBeGreaterThanOrEqual(Math.min(SMALLEST_BOX, picture.height));
        expect(it.x >= 0 && it.y >= 0 && it.x + it.width <= picture.width).toBe(true);
        expect(it.y + it.height).toBeLessThanOrEqual(picture.height);
      }
    }),
  );
});

describe('a box that nobody drew', () => {
  test('lies in the middle of what is seen, in the shape of a face', () => {
    expect(middleBox(box(100, 0, 100, 100), [], PICTURE)).toEqual(box(138, 35, 24, 30));
  });

  test('never lies exactly on another one', () => {
    const first = middleBox(box(0, 0, 200, 100), [], PICTURE);
    const second = middleBox(box(0, 0, 200, 100), [first], PICTURE);
    const third = middleBox(box(0, 0, 200, 100), [first, second], PICTURE);
    expect(new Set([first, second, third].map((one) => JSON.stringify(one))).size).toBe(3);
  });
});

test.each([
  ['the same place', box(0, 0, 20, 20), true],
  ['a larger one round it', box(-10, -10, 60, 60), true],
  ['a neighbour that overlaps a little', box(15, 0, 20, 20), false],
  ['far away', box(100, 0, 20, 20), false],
])('two boxes mean one face when the middle of one lies in the other: %s', (_, other, expected) => {
  expect(meet(box(0, 0, 20, 20), other)).toBe(expected);
  expect(meet(other, box(0, 0, 20, 20))).toBe(expected);
});
