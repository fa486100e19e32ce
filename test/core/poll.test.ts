import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byFormula, durationOf, etaWindow, nextLook } from '../../src/core/poll';

const middle = () => 0.5;

describe('ETA-Q', () => {
  it('the window of 10 s is 7.315 to 15.015 s', () => {
    expect(etaWindow(10).from).toBeCloseTo(7.315, 9);
    expect(etaWindow(10).to).toBeCloseTo(15.015, 9);
  });

  // Worked by hand from the formula in the module's comment.
  const values: readonly (readonly [number, number | null, number, number])[] = [
    [0, 10, 0.1, 15.015 - (Math.sqrt(7.7) - 0.1) ** 2],
    [5, 10, 0.1, 15.015 - (Math.sqrt(7.7) - 0.1) ** 2],
    [10, 10, 0.1, 15.015 - (Math.sqrt(5.015) - 0.1) ** 2],
    [14, 10, 0.15, 15.015 - (Math.sqrt(1.015) - 0.15) ** 2],
    [20, 10, 0.1, 20 + 0.2 * Math.sqrt(7.7) * Math.sqrt(1 + (2 * 4.985) / 7.7)],
    [0.2, null, 0.15, 0.5],
    [16, null, 0.15, 17.2],
  ];
  it.each(values)('after %d s, with %s s expected and c = %d, the next look is at %d s', (t, duration, c, at) => {
    expect(byFormula(t, duration, c)).toBeCloseTo(at, 9);
  });

  it('looks get denser towards the end of the window and thinner after it', () => {
    const gaps = (from: number, to: number): number[] => {
      const found: number[] = [];
      for (let t = from; t < to; ) {
        const at = byFormula(t, 100, 0.15);
        found.push(at - t);
        t = at;
      }
      return found;
    };
    const { from, to } = etaWindow(100);
    const before = gaps(from, to - 1);
    const after = gaps(to + 1, to + 200);
    expect(before).toEqual([...before].sort((one, other) => other - one));
    expect(after).toEqual([...after].sort((one, other) => one - other));
  });

  it('the first look is not before 0.8 s, and no interval leaves 0.25 to 8 s', () => {
    expect(nextLook(0, null, 0.1, middle)).toBe(0.8);
    expect(nextLook(0, 0.1, 0.1, middle)).toBe(0.8);
    expect(nextLook(0, 1000, 0.1, middle)).toBe(8);
    expect(nextLook(14.9, 10, 0.1, middle) - 14.9).toBeCloseTo(0.25, 9);
  });

  it('after 25 minutes a look a minute is enough', () => {
    expect(nextLook(1500, 10, 0.1, middle) - 1500).toBe(60);
    expect(nextLook(1499, 10, 0.1, middle) - 1499).toBeLessThanOrEqual(8);
  });

  it('always moves on, by at most 8 s and 5 % of jitter, whatever the estimate', () => {
    const times = fc.double({ min: 0, max: 1499, noNaN: true });
    const durations = fc.option(fc.double({ min: 0.01, max: 7200, noNaN: true }));
    const chance = fc.double({ min: 0, max: 0.999999, noNaN: true });
    fc.assert(
      fc.property(times, durations, fc.constantFrom(0.1, 0.15, 0.3), chance, (t, duration, c, random) => {
        const gap = nextLook(t, duration, c, () => random) - t;
        return gap >= 0.25 * 0.95 - 1e-9 && gap <= 8 * 1.05 + 1e-9;
      }),
    );
  });
});

describe('the duration from the times of the service', () => {
  it.each([
    [1_770_000_010, 1_770_000_000, 10],
    [1_770_000_010_000, 1_770_000_000_000, 10],
    [1_770_000_010_000, 1_770_000_000, 10],
    [null, 1_770_000_000, null],
    [1_770_000_010, null, null],
    [0, 1_770_000_000, null],
    [1_770_000_000, 1_770_000_000, null],
    [1_769_999_000, 1_770_000_000, null],
    [1_770_100_000, 1_770_000_000, null],
  ])('eta %s, creation %s: %s s', (eta, creation, duration) => {
    expect(durationOf(eta, creation)).toBe(duration);
  });
});
