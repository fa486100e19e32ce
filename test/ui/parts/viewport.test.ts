import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dividerKey } from '../../../src/ui/parts/compare/dividerKey';
import {
  corner,
  detail,
  fitted,
  inside,
  LARGEST_ZOOM,
  moved,
  pictureAt,
  pinched,
  revealed,
  seen,
  zoomed,
} from '../../../src/ui/parts/stage/viewport';

const picture = { width: 1200, height: 800 };
const stage = { width: 320, height: 240 };

test('the whole picture fits the stage', () => {
  expect(fitted(picture, stage)).toEqual({ zoom: 320 / 1200, x: 600, y: 400 });
});

test('zooming keeps the point under the pointer where it is', () => {
  const view = { zoom: 1, x: 600, y: 400 };
  const at = { x: 50, y: -30 };
  const after = zoomed(view, 2, at, picture, stage);
  const under = (seen: typeof view) => [seen.x + at.x / seen.zoom, seen.y + at.y / seen.zoom];
  expect(under(after)).toEqual(under(view));
});

test('two fingers keep what lies under them, wherever they go', () => {
  const view = { zoom: 1, x: 600, y: 400 };
  const from = [
    { x: -40, y: 0 },
    { x: 20, y: 10 },
  ] as const;
  const to = [
    { x: -100, y: 40 },
    { x: 20, y: 60 },
  ] as const;
  const after = pinched(view, from, to, picture, stage);
  expect(after.zoom).toBeCloseTo(2);
  const under = (seen: typeof view, { x, y }: { x: number; y: number }) => [
    seen.x + x / seen.zoom,
    seen.y + y / seen.zoom,
  ];
  for (const finger of [0, 1] as const) {
    const [x, y] = under(view, from[finger]) as [number, number];
    expect(under(after, to[finger])[0]).toBeCloseTo(x);
    expect(under(after, to[finger])[1]).toBeCloseTo(y);
  }
});

test('the picture follows the pointer', () => {
  expect(moved({ zoom: 2, x: 600, y: 400 }, 20, -10, picture, stage)).toEqual({ zoom: 2, x: 590, y: 405 });
});

test('whatever is done, the stage never looks past the picture, nor closer than 800 %', () => {
  const number = fc.double({ min: -5000, max: 5000, noNaN: true });
  fc.assert(
    fc.property(number, number, fc.double({ min: 0.01, max: 100, noNaN: true }), (right, down, factor) => {
      const view = moved(
        zoomed({ zoom: 1, x: 600, y: 400 }, factor, { x: 10, y: 10 }, picture, stage),
        right,
        down,
        picture,
        stage,
      );
      expect(view.zoom).toBeLessThanOrEqual(LARGEST_ZOOM);
      expect(view.zoom).toBeGreaterThanOrEqual(fitted(picture, stage).zoom);
      const [halfWidth, halfHeight] = [stage.width / view.zoom / 2, stage.height / view.zoom / 2];
      if (halfWidth * 2 < picture.width) {
        expect(view.x - halfWidth).toBeGreaterThanOrEqual(-1e-6);
        expect(view.x + halfWidth).toBeLessThanOrEqual(picture.width + 1e-6);
      }
      if (halfHeight * 2 < picture.height) {
        expect(view.y - halfHeight).toBeGreaterThanOrEqual(-1e-6);
        expect(view.y + halfHeight).toBeLessThanOrEqual(picture.height + 1e-6);
      }
    }),
  );
});

test('a picture smaller than the stage stands in its middle', () => {
  expect(inside({ zoom: 1, x: 3, y: 3 }, { width: 64, height: 80 }, stage)).toEqual({ zoom: 1, x: 32, y: 40 });
});

describe('the divider’s keys', () => {
  test.each([
    ['ArrowLeft', false, 0.48],
    ['ArrowRight', false, 0.52],
    ['ArrowRight', true, 0.6],
    ['PageUp', false, 0.6],
    ['Home', false, 0],
    ['End', false, 1],
    ['a', false, null],
  ])('%s (shift %s) goes to %s', (key, shift, expected) => {
    const next = dividerKey(0.5, key, shift);
    if (expected === null) expect(next).toBeNull();
    else expect(next).toBeCloseTo(expected);
  });

  test('it stops at the ends', () => {
    expect(dividerKey(0.01, 'ArrowLeft', false)).toBe(0);
    expect(dividerKey(0.99, 'ArrowRight', false)).toBe(1);
  });
});

describe('places on the stage', () => {
  test('the whole picture stands in the middle of the stage', () => {
    const view = fitted(picture, stage);
    expect(corner(view, stage)).toEqual({ x: 0, y: (240 - 640 / 3) / 2 });
    expect(pictureAt(view, stage, 160, 120)).toEqual({ x: 600, y: 400 });
    expect(seen(view, picture, stage)).toEqual({ x: 0, y: 0, ...picture });
  });

  test('zoomed in, a part of it is seen', () => {
    const view = { zoom: 2, x: 600, y: 400 };
    expect(seen(view, picture, stage)).toEqual({ x: 520, y: 340, width: 160, height: 120 });
    expect(pictureAt(view, stage, 0, 0)).toEqual({ x: 520, y: 340 });
  });

  test.each([
    ['already in sight: nothing moves', { x: 590, y: 390, width: 20, height: 20 }, { x: 600, y: 400 }],
    ['past the right edge: just into sight', { x: 700, y: 390, width: 20, height: 20 }, { x: 640, y: 400 }],
    ['past the upper left one', { x: 100, y: 100, width: 20, height: 20 }, { x: 180, y: 160 }],
    ['at the corner of the picture', { x: 0, y: 0, width: 20, height: 20 }, { x: 80, y: 60 }],
    ['larger than the stage: its middle', { x: 200, y: 390, width: 600, height: 20 }, { x: 500, y: 400 }],
  ])('a box that is %s', (_, box, middle) => {
    expect(revealed({ zoom: 2, x: 600, y: 400 }, box, picture, stage)).toEqual({ zoom: 2, ...middle });
  });

  test.each([
    [320 / 1200, 1, 512],
    [320 / 1200, 2, 1024],
    [0.1, 1, 256],
    [0.5, 1, 1024],
    [0.5, 4, 1200],
    [8, 1, 1200],
  ])('as many pixels are made as can be seen (zoom %f, density %i): %i', (zoom, density, expected) => {
    expect(detail(picture, zoom, density)).toBe(expected);
  });
});
