/** How long a job will take, from how long the last ones took. */
import type { AskedWork } from '../src/core/job/work';
import { megapixels, type Size } from '../src/core/money/price';

/** A picture's cost: something for the job itself, the rest by its pixels. */
const units = (size: Size): number => 0.5 + megapixels(size);
/** Seconds a unit before anything has been measured. */
const FIRST_GUESS = 4;
/** Weight of the newest measurement. */
const NEWEST = 0.4;
export interface Speed {
  /** Seconds. */
  expect(input: Size): number;
  measured(input: Size, seconds: number): void;
  /** Seconds that a running job still needs. `fraction` 0..1. */
  left(input: Size, elapsed: number, fraction: number): number;
}

/** Seconds that a job still needs, from what was expected of it and what it says itself. `fraction` 0..1. */
export function timeLeft(expected: number, elapsed: number, fraction: number): number {
  const byOthers = Math.max(0, expected - elapsed);
  const byItself = fraction === 0 ? byOthers : (elapsed * (1 - fraction)) / fraction;
  // The further it is, the more its own progress says.
  return (1 - fraction) * byOthers + fraction * byItself;
}

/** Each kind of work by itself: faces take their time by the picture handed in, enlarging by the result. */
export type Speeds = { readonly [Kind in AskedWork['kind']]: Speed };

/** In memory only: after a restart both begin with the first guess. */
export function createSpeeds(): Speeds {
  return { faces: createSpeed(), enhance: createSpeed() };
}

/** Seconds for each (0.5 + megapixels), as a moving mean: the newest measurement has 40 % of the say. */
function createSpeed(): Speed {
  let secondsAUnit = FIRST_GUESS;
  const expect = (input: Size): number => secondsAUnit * units(input);
  return {
    expect,
    measured: (input, seconds) => {
      secondsAUnit += NEWEST * (seconds / units(input) - secondsAUnit);
    },
    left: (input, elapsed, fraction) => timeLeft(expect(input), elapsed, fraction),
  };
}
