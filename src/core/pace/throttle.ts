/**
 * How many jobs may be at the service at once: additive increase, multiplicative decrease, as TCP does it. Until the
 * first refusal each job that is taken allows one more; what the service held when it refused is remembered: the way
 * back up to there is quick, every further try to pass it is put off longer. 30 jobs of 10 s under a hidden limit of 3:
 * 3.4 refusals, 1.08 of the shortest time [simulated]; one more only after as many as are allowed: 3.9, and a batch of
 * 100 without a limit takes 1.14 instead of 1.08 of the shortest time.
 */

export interface Throttle {
  /** Jobs at once, 1..MOST. */
  readonly limit: number;
  /** Jobs taken since the limit last changed. */
  readonly taken: number;
  /** How many the service held when it refused one more; null before the first refusal. */
  readonly ceiling: number | null;
  /** Jobs that are to be taken at the ceiling before one more is tried. */
  readonly hold: number;
}

export const MOST_IN_FLIGHT = 6;
/** The ceiling may have moved, so it is tried again after this many jobs at the latest. */
const LONGEST_HOLD = 64;

export const START: Throttle = { limit: 2, taken: 0, ceiling: null, hold: 0 };

/** The service took a job while as many as allowed were in flight. */
export function afterTaken(throttle: Throttle): Throttle {
  const taken = throttle.taken + 1;
  if (throttle.limit >= MOST_IN_FLIGHT || taken < patience(throttle)) return { ...throttle, taken };
  return { ...throttle, limit: throttle.limit + 1, taken: 0 };
}

/** Jobs that are to be taken before one more is tried. */
function patience({ limit, ceiling, hold }: Throttle): number {
  if (ceiling === null) return 1;
  if (limit > ceiling) return limit;
  return limit < ceiling ? 1 : hold;
}

/** The service refused a job while it held `held` others. */
export function afterRefusal(throttle: Throttle, held: number): Throttle {
  const ceiling = Math.min(MOST_IN_FLIGHT, Math.max(1, held));
  const again = ceiling === throttle.ceiling ? 2 * throttle.hold : 2 * ceiling;
  return { limit: Math.max(1, Math.floor(throttle.limit / 2)), taken: 0, ceiling, hold: Math.min(LONGEST_HOLD, again) };
}
