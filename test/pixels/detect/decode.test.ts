import { expect, it } from 'vitest';
import { decode } from '../../../src/pixels/detect/decode';
import { fullFace, upwards } from '../../../src/pixels/detect/fullFace';

it('a cell says where the face is from its own middle, in input pixels', () => {
  const data = new Float32Array(2 * 2 * 20).fill(-50);
  // Cell (1, 0): raw score 0 is a half; box 3 right of and 1 above the middle (6, 2); points numbered.
  data.set([0, 3, -1, 40, 42, ...Array.from({ length: 12 }, (_, i) => i)], 20);
  const [face, ...others] = decode({ width: 2, height: 2, channels: 20, data }, 0.5);
  expect(others).toEqual([]);
  expect(face).toEqual({
    score: 0.5,
    x: 9,
    y: 1,
    width: 40,
    height: 42,
    points: [6, 3, 8, 5, 10, 7, 12, 9, 14, 11, 16, 13],
  });
});

it.each([
  [1e30, 1],
  [-1e30, 0],
])('a raw score of %d is %d, not something that is no number', (raw, score) => {
  const data = new Float32Array(20);
  data[0] = raw;
  expect(decode({ width: 1, height: 1, channels: 20, data }, 0)[0]!.score).toBe(score);
});

// Eyes, nose, mouth and ears of a face of side 100 round (0, 0), turned clockwise.
const turned = (degrees: number): number[] => {
  const [cos, sin] = [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
  const upright = [-20, -20, 20, -20, 0, 5, 0, 25, -45, -10, 45, -10];
  return upright.map((value, i) =>
    i % 2 === 0 ? value * cos - upright[i + 1]! * sin : upright[i - 1]! * sin + value * cos,
  );
};

it.each([
  [0, 0, -1],
  [90, 1, 0],
  [180, 0, 1],
  [270, -1, 0],
])('a face turned by %i degrees points up to (%i, %i)', (degrees, x, y) => {
  const up = upwards(turned(degrees));
  expect(up.x).toBeCloseTo(x, 9);
  expect(up.y).toBeCloseTo(y, 9);
});

it('the full box is longer than wide along the face, whichever way that lies, and reaches further up than down', () => {
  const face = (degrees: number) =>
    fullFace({ score: 1, x: 0, y: 0, width: 100, height: 100, points: turned(degrees) }).box;
  const upright = face(0);
  expect(upright.height).toBeGreaterThan(upright.width);
  expect(-upright.y).toBeGreaterThan(upright.y + upright.height);
  const lying = face(90);
  expect(lying.width).toBeCloseTo(upright.height, 9);
  expect(lying.x + lying.width).toBeCloseTo(-upright.y, 9);
});
