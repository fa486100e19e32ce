import fc from 'fast-check';
import { expect, test } from 'vitest';
import { RANGES } from '../../../src/core/parameters';
import { fromTrack, stepOf, TRACK, toTrack } from '../../../src/ui/parts/track';

const noise = { ...RANGES.noiseSigma, logarithmic: true };
const strength = { ...RANGES.strength, logarithmic: false };
const seed = { ...RANGES.noiseSeed, logarithmic: false };

test.each([noise, strength, seed])('the ends of the slider are exactly the ends of the range', (scale) => {
  expect(fromTrack(0, scale)).toBe(scale.min);
  expect(fromTrack(TRACK, scale)).toBe(scale.max);
  expect(toTrack(scale.min, scale)).toBe(0);
  expect(toTrack(scale.max, scale)).toBe(TRACK);
});

test('the middle of a logarithmic slider is the geometric mean', () => {
  expect(fromTrack(TRACK / 2, noise)).toBeCloseTo(Math.sqrt(0.001 * 0.1), 3);
});

test('a whole number stays whole', () => {
  expect(fromTrack(333, seed)).toBe(667);
});

test.each([noise, strength, seed])('each press of an arrow key changes the value, all the way', (scale) => {
  const step = stepOf(scale);
  let value = scale.min;
  for (let presses = 0; value < scale.max; presses++) {
    // As a range input does: the place is brought to the nearest step before the key moves it.
    const next = fromTrack(Math.round(toTrack(value, scale) / step) * step + step, scale);
    expect(next).toBeGreaterThan(value);
    value = next;
    expect(presses).toBeLessThan(2000);
  }
});

test('every place gives a value in range whose place is near by', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: TRACK }), fc.constantFrom(noise, strength, seed), (place, scale) => {
      const value = fromTrack(place, scale);
      expect(value).toBeGreaterThanOrEqual(scale.min);
      expect(value).toBeLessThanOrEqual(scale.max);
      expect(Math.abs(toTrack(value, scale) - place)).toBeLessThanOrEqual(1.1);
    }),
  );
});
