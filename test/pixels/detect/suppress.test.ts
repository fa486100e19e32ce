import { expect, it } from 'vitest';
import type { Candidate } from '../../../src/pixels/detect/decode';
import { overlap, suppress } from '../../../src/pixels/detect/suppress';

const square = (x: number, y: number, side: number, score: number): Candidate => ({
  score,
  x,
  y,
  width: side,
  height: side,
  points: [x, y],
});

it.each([
  ['the same square', square(5, 5, 10, 1), 1],
  ['half of it beside', square(10, 5, 10, 1), 50 / 150],
  ['one that only touches', square(15, 5, 10, 1), 0],
  ['a quarter inside', square(5, 5, 5, 1), 0.25],
])('overlap with %s', (_, other, expected) => {
  expect(overlap(square(5, 5, 10, 1), other)).toBeCloseTo(expected, 9);
});

it('candidates of one face become their mean by score, with the best score', () => {
  const [face, ...others] = suppress([square(4, 0, 20, 0.3), square(0, 0, 20, 0.9), square(100, 0, 20, 0.5)]);
  expect(face).toEqual({ score: 0.9, x: 1, y: 0, width: 20, height: 20, points: [1, 0] });
  expect(others.map(({ x }) => x)).toEqual([100]);
});

it('nothing comes of nothing', () => {
  expect(suppress([])).toEqual([]);
});
