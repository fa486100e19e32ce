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
  /** In the foreground, within the narrow window that a job's own progress gives. */
  close: 0.06,
  /** In the foreground, asking for the download directly. */
  probing: 0.08,
  /** In the foreground, reading the status. */
  status: 0.15,
  /** One reading of the list for several jobs: 100 jobs take 1.09 times the shortest time; 1.10 with 0.3 [simulated]. */
  shared: 0.2,
  /** After the service said that it is busy. */
  gentle: 0.3,
} as const;

/** Seconds. */
const SHORTEST = 0.15;
const LONGEST = 8;
/** Before the window: nothing is expected but a failure. */
const LONGEST_BEFORE = 20;
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

/** a and b of the formula. `duration`: D, the seconds from acceptance to the end by the service's estimate. */
export function etaWindow(duration: number): EtaWindow {
  return { from: Math.max(0, 0.77 * (duration - 0.5)), to: 1.43 * (duration + 0.5) };
}

/** What one look showed. */
export interface Sighting {
  /** Seconds since acceptance. */
  readonly t: number;
  /** 0..1, as the service reports it; null when it does not. */
  readonly fraction: number | null;
}

/** Progress by which two sightings must differ for their pace to say something. */
const PACE = 0.1;
/** Seconds: reported progress moves in steps. */
const STEP = 0.3;
/** Share of the time that is left by which a pace may be wrong. */
const UNEVEN = 0.2;
/** Services keep the last percents back until the result lies there: a job may be ready from here on. */
const NEARLY = 0.92;

/**
 * The window that a job's own pace gives, whatever time it waited before it was begun. Null while nothing, or too
 * little, of a pace was seen: a job that is said to be at 4 % from its beginning on says nothing by that.
 */
export function byPace(sightings: readonly Sighting[]): EtaWindow | null {
  const moving = sightings.flatMap(({ t, fraction }) =>
    fraction !== null && fraction > 0 && fraction < 1 ? [{ t, fraction }] : [],
  );
  const [first] = moving;
  const last = moving[moving.length - 1];
  if (first === undefined || last === undefined || last.fraction - first.fraction < PACE) return null;
  const seconds = (last.t - first.t) / (last.fraction - first.fraction);
  const soonest = Math.max(0, NEARLY - last.fraction) * seconds;
  const latest = (1 - last.fraction) * seconds;
  return { from: Math.max(0, last.t + (1 - UNEVEN) * soonest - STEP), to: last.t + (1 + UNEVEN) * latest + STEP };
}

/** The formula by itself: seconds since acceptance of the look after `t`. `window`: null without an estimate. */
export function byFormula(t: number, window: EtaWindow | null, c: number): number {
  if (window === null) return t + 2 * c * Math.sqrt(Math.max(1, t));
  const { from, to } = window;
  const bracket = Math.sqrt(Math.max(0, to - Math.max(t, from))) - c;
  if (bracket > 0) return to - bracket * bracket;
  const width = to - from;
  return t + 2 * c * Math.sqrt(width) * Math.sqrt(Math.max(0, 1 + (2 * (t - to)) / width));
}

/**
 * Seconds since acceptance at which to look, clamped and jittered. `t` is now, `random` gives 0 <= x < 1.
 * Absolute, so that a throttled timer makes one look late and not all that follow.
 */
export function nextLook(t: number, window: EtaWindow | null, c: number, random: () => number): number {
  if (t >= SLOW_AFTER) return t + SLOW * (1 + JITTER * (2 * random() - 1));
  const longest = window !== null && t < window.from ? LONGEST_BEFORE : LONGEST;
  const interval = Math.min(longest, Math.max(SHORTEST, byFormula(t, window, c) - t));
  return Math.max(FIRST, t + interval * (1 + JITTER * (2 * random() - 1)));
}

/** What the answer to a submit tells of the first look at the job. */
export interface Answered {
  /**
   * Seconds until the job is ready by the service's clock against ours, which may be wrong by any amount; null when it
   * did not say or it makes no sense.
   */
  readonly hint: number | null;
  /** Seconds that the body took, and that the answer took after its last byte. */
  readonly upload: number;
  readonly wait: number;
}

/** Seconds: a job that takes longer is looked at when its twins are looked for, and not before. */
const SOON = 2.5;
/** Share of a short job after which it is looked at for the first time. */
const EARLY = 0.35;
/** Seconds: an answer takes no longer than this, unless the body went out twice. */
const PROMPT = 1;

/**
 * Seconds after acceptance of the first look, which is at the list: at once where the browser may have sent the body
 * a second time (the answer took longer than the body), early in a short job, so that a twin is cancelled before it
 * is charged. The hint decides no more than this: it rests on two clocks.
 */
export function firstLook({ hint, upload, wait }: Answered): number {
  if (wait > Math.max(PROMPT, upload)) return 0;
  return hint === null ? FIRST : Math.min(SOON, Math.max(FIRST, EARLY * hint));
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
