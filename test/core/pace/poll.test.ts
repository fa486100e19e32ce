import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  byFormula,
  byPace,
  durationOf,
  type EtaWindow,
  etaWindow,
  firstLook,
  nextLook,
} from '../../../src/core/pace/poll';

const middle = () => 0.5;
const windowOf = (duration: number | null): EtaWindow | null => (duration === null ? null : etaWindow(duration));

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
    expect(byFormula(t, windowOf(duration), c)).toBeCloseTo(at, 9);
  });

  it('looks get denser towards the end of the window and thinner after it', () => {
    const gaps = (from: number, to: number): number[] => {
      const found: number[] = [];
      for (let t = from; t < to; ) {
        const at = byFormula(t, etaWindow(100), 0.15);
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

  it('the first look is not before 0.8 s, and no interval leaves 0.15 to 8 s, before the window 20 s', () => {
    expect(nextLook(0, null, 0.1, middle)).toBe(0.8);
    expect(nextLook(0, etaWindow(0.1), 0.1, middle)).toBe(0.8);
    expect(nextLook(0, etaWindow(1000), 0.1, middle)).toBe(20);
    expect(nextLook(800, etaWindow(1000), 0.3, middle) - 800).toBe(8);
    expect(nextLook(14.9, etaWindow(10), 0.1, middle) - 14.9).toBeCloseTo(0.15, 9);
  });

  it('after 25 minutes a look a minute is enough', () => {
    expect(nextLook(1500, etaWindow(10), 0.1, middle) - 1500).toBe(60);
    expect(nextLook(1499, etaWindow(10), 0.1, middle) - 1499).toBeLessThanOrEqual(8);
  });

  it('always moves on, by at most 20 s and 5 % of jitter, whatever the estimate', () => {
    const times = fc.double({ min: 0, max: 1499, noNaN: true });
    const durations = fc.option(fc.double({ min: 0.01, max: 7200, noNaN: true }));
    const chance = fc.double({ min: 0, max: 0.999999, noNaN: true });
    fc.assert(
      fc.property(times, durations, fc.constantFrom(0.1, 0.15, 0.3), chance, (t, duration, c, random) => {
        const gap = nextLook(t, windowOf(duration), c, () => random) - t;
        return gap >= 0.15 * 0.95 - 1e-9 && gap <= 20 * 1.05 + 1e-9;
      }),
    );
  });
});

describe("the window of a job's own pace", () => {
  const at = (t: number, fraction: number | null) => ({ t, fraction });

  it.each([
    ['nothing was seen', []],
    ['no progress is reported', [at(2, null), at(4, 0), at(6, 0)]],
    ['it is only said to be done', [at(9, 1)]],
    ['it was seen once', [at(4, 0.25)]],
    ['it says the same from the beginning on', [at(2, 0.04), at(8, 0.04)]],
    ['it goes backwards', [at(2, 0.6), at(8, 0.3)]],
  ])('is unknown when %s', (_, sightings) => {
    expect(byPace(sightings)).toBeNull();
  });

  it('goes by the progress between two sightings, however long the job waited before', () => {
    // 20 s in line, then 10 % a second: 92 % after 3.2 s more, all of it after 4 s.
    const window = byPace([at(22, 0.2), at(26, 0.6)])!;
    expect(window.from).toBeCloseTo(26 + 0.8 * 3.2 - 0.3, 9);
    expect(window.to).toBeCloseTo(26 + 1.2 * 4 + 0.3, 9);
  });

  it('holds the true end for any even pace and waiting time, also where the last percents come at once', () => {
    const seconds = fc.double({ min: 1, max: 100, noNaN: true });
    const share = fc.double({ min: 0.02, max: 0.98, noNaN: true });
    const kept = fc.double({ min: 0, max: 0.08, noNaN: true });
    fc.assert(
      fc.property(seconds, seconds, share, share, kept, (waited, actual, one, other, back) => {
        fc.pre(Math.abs(one - other) > 0.12);
        const sightings = [one, other]
          .sort((a, b) => a - b)
          .map((part) => at(waited + part * actual, part * (1 - back)));
        const window = byPace(sightings)!;
        return window.from <= waited + actual && waited + actual <= window.to;
      }),
    );
  });
});

describe('the first look', () => {
  it.each([
    ['when twins are looked for, at a job that takes longer', 60, 0.5, 0.3, 2.5],
    ['early, at a short one', 4, 0.5, 0.3, 1.4],
    ['not before 0.8 s', 1, 0.5, 0.3, 0.8],
    ['soon, where the service does not say', null, 0.5, 0.3, 0.8],
    ['at once, where the answer took longer than the body: it may have gone out twice', 60, 0.5, 1.1, 0],
    ['at once only then: a large body may take long', 60, 8, 5, 2.5],
  ])('is taken %s', (_, hint, upload, wait, seconds) => {
    expect(firstLook({ hint, upload, wait })).toBeCloseTo(seconds, 9);
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
