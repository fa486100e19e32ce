/**
 * The jobs of the benchmark, the same for every client: how long the service says that each takes, how long it really
 * takes, and in which steps it gets on.
 */
export interface PlannedJob {
  readonly number: number;
  /** Seconds that it takes. */
  readonly actual: number;
  /** Seconds that the service expects at first: right within 30 %. */
  readonly expected: number;
  /** Shares of the time that its steps take, one after another; their sum is 1. */
  readonly steps: readonly number[];
}

const ERROR = 0.3;
/** A restoration is made of this many steps, as a diffusion model's is: nearly even ones, within 25 %. */
const STEPS = 40;
const UNEVEN = 0.25;

/** `shortest`, `longest`: seconds that a job takes, any in between as often as any other. */
export function planJobs(count: number, shortest: number, longest: number, seed: number): readonly PlannedJob[] {
  const random = randomOf(seed);
  return Array.from({ length: count }, (_, number) => {
    const actual = shortest + (longest - shortest) * random();
    const expected = actual * (1 - ERROR + 2 * ERROR * random());
    const times = Array.from({ length: STEPS }, () => 1 - UNEVEN + 2 * UNEVEN * random());
    const sum = times.reduce((total, time) => total + time, 0);
    return { number, expected, actual, steps: times.map((time) => time / sum) };
  });
}

/** mulberry32: the same seed gives the same numbers, 0 <= x < 1. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
