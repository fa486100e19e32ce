/**
 * ETA-Q: when to look next, so that a result is in hand soon after it is ready with few requests. The service's
 * estimate D is taken to be right within about 30 %; looks get denser towards the end of that window and thin out
 * after it like the square root of the time that has passed.
 *
 *   a = 0.77 (D - 0.5), b = 1.43 (D + 0.5), W = b - a
 *   next(t) = b - (sqrt(b - max(t, a)) - c)^2             while the bracket is positive
 *           = t + 2 c sqrt(W) sqrt(1 + 2 (t - b) / W)     overdue
 *           = t + 2 c sqrt(max(1, t))                     without an estimate
 */

/** Looks per root of a second, the smaller the denser. */
export const DENSITY = {
  /** In the foreground, asking for the download directly. */
  probing: 0.1,
  /** In the foreground, reading the status. */
  status: 0.15,
  /** One reading of the list for several jobs: 100 jobs take 1.09 times the shortest time; 1.10 with 0.3 [simulated]. */
  shared: 0.15,
  /** After the service said that it is busy. */
  gentle: 0.3,
} as const;

/** Seconds. */
const SHORTEST = 0.25;
const LONGEST = 8;
const FIRST = 0.8;
const JITTER = 0.05;
/** Seconds since acceptance after which a look a minute is enough. */
const SLOW_AFTER = 25 * 60;
const SLOW = 60;

export interface EtaWindow {
  /** Seconds since acceptance: nothing is expected before. */
  readonly from: number;
  /** Seconds since acceptance: overdue after it. */
  readonly to: number;
}

export function etaWindow(duration: number): EtaWindow {
  return { from: Math.max(0, 0.77 * (duration - 0.5)), to: 1.43 * (duration + 0.5) };
}

/** The formula by itself: seconds since acceptance of the look after `t`. `duration` is D, or null. */
export function byFormula(t: number, duration: number | null, c: number): number {
  if (duration === null) return t + 2 * c * Math.sqrt(Math.max(1, t));
  const { from, to } = etaWindow(duration);
  const bracket = Math.sqrt(Math.max(0, to - Math.max(t, from))) - c;
  if (bracket > 0) return to - bracket * bracket;
  const width = to - from;
  return t + 2 * c * Math.sqrt(width) * Math.sqrt(Math.max(0, 1 + (2 * (t - to)) / width));
}

/**
 * Seconds since acceptance at which to look, clamped and jittered. `t` is now, `random` gives 0 <= x < 1.
 * Absolute, so that a throttled timer makes one look late and not all that follow.
 */
export function nextLook(t: number, duration: number | null, c: number, random: () => number): number {
  if (t >= SLOW_AFTER) return t + SLOW * (1 + JITTER * (2 * random() - 1));
  const interval = Math.min(LONGEST, Math.max(SHORTEST, byFormula(t, duration, c) - t));
  return Math.max(FIRST, t + interval * (1 + JITTER * (2 * random() - 1)));
}

/** The most that is believed of an estimate, in seconds. */
const LONGEST_DURATION = 2 * 60 * 60;

/**
 * D from the service's two times, each in seconds (or, from a confused server, milliseconds). Null when they make no
 * sense together: missing, zero, in the past, far in the future. The client's own clock plays no part.
 */
export function durationOf(eta: number | null, creation: number | null): number | null {
  if (eta === null || creation === null) return null;
  const seconds = (time: number): number => (time > 1e11 ? time / 1000 : time);
  const duration = seconds(eta) - seconds(creation);
  return duration > 0 && duration <= LONGEST_DURATION ? duration : null;
}
