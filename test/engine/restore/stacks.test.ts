import { describe, expect, it } from 'vitest';
import { grainAt } from '../../../engine/restore/grain';
import { newPlane, type Plane } from '../../../engine/restore/plane';
import { findStacks, gridOf, PATCH, STACK } from '../../../engine/restore/stacks';

function distance({ width, data }: Plane, a: number, b: number): number {
  let sum = 0;
  for (let y = 0; y < PATCH; y++)
    for (let x = 0; x < PATCH; x++) sum += (data[a + y * width + x]! - data[b + y * width + x]!) ** 2;
  return sum;
}

describe('the stack of each patch', () => {
  it.each([
    [31, 27, 3, 6, 1e9],
    [31, 27, 4, 5, 9000],
    [8, 40, 3, 10, 1e9],
    [40, 8, 5, 10, 1e9],
    [8, 8, 3, 10, 1e9],
  ])(
    'in %d x %d pixels every %d, reach %d, limit %d, holds the most alike ones, as comparing each by hand finds them',
    (width, height, step, reach, limit) => {
      const plane = newPlane(width, height).data.map(
        (_, at) => 100 + 10 * grainAt(9, at % width, Math.floor(at / width)),
      );
      const image = newPlane(width, height, plane);
      const grid = gridOf(image, step);
      const { places, counts } = findStacks(image, grid, reach, limit, () => undefined);
      let patch = 0;
      for (const y of grid.rows) {
        for (const x of grid.columns) {
          const own = y * width + x;
          const expected: number[] = [];
          for (let cy = Math.max(0, y - reach); cy <= Math.min(height - PATCH, y + reach); cy++) {
            for (let cx = Math.max(0, x - reach); cx <= Math.min(width - PATCH, x + reach); cx++) {
              const other = distance(image, own, cy * width + cx);
              if (cy * width + cx !== own && other < limit) expected.push(other);
            }
          }
          const nearest = expected.sort((a, b) => a - b).slice(0, STACK - 1);
          const found = [...places.subarray(patch * STACK, patch * STACK + counts[patch]!)];
          expect(found[0]).toBe(own);
          expect(new Set(found).size).toBe(found.length);
          expect(found.length).toBe(nearest.length + 1);
          found.slice(1).forEach((place, index) => {
            expect(Math.abs(distance(image, own, place) - nearest[index]!)).toBeLessThan(1);
          });
          patch += 1;
        }
      }
      expect(patch).toBe(counts.length);
    },
  );

  it('looks at patches up to the far edges', () => {
    expect(gridOf(newPlane(20, 9), 5)).toEqual({ columns: [0, 5, 10, 12], rows: [0, 1] });
    expect(gridOf(newPlane(8, 8), 5)).toEqual({ columns: [0], rows: [0] });
  });
});
