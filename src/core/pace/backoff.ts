/** How long to wait before trying again: full jitter, so that clients that failed together do not return together. */

/** 'busy': 425 and 429. 'read': everything that may be asked again at once without harm. */
export type Pace = 'busy' | 'read';

const STEPS: { readonly [Kind in Pace]: { readonly first: number; readonly most: number } } = {
  busy: { first: 2_000, most: 60_000 },
  read: { first: 500, most: 30_000 },
};

/** A `Retry-After` longer than this is not believed. Milliseconds. */
const LONGEST_WAIT = 120_000;

/**
 * Milliseconds before try `count + 1` (count = failures so far after the first, from 0).
 * A readable `Retry-After` (milliseconds) wins, within [the wait by jitter, 120 s].
 */
export function backoff(pace: Pace, count: number, retryAfter: number | null, random: () => number): number {
  const { first, most } = STEPS[pace];
  const wait = random() * Math.min(most, first * 2 ** Math.min(count, 30));
  return retryAfter === null ? wait : Math.min(LONGEST_WAIT, Math.max(wait, retryAfter));
}

/** Milliseconds from a `Retry-After` header: seconds or an HTTP date. Null when it is absent or makes no sense. */
export function parseRetryAfter(text: string | null, clock: number): number | null {
  if (text === null) return null;
  const trimmed = text.trim();
  if (/^\d+(\.\d+)?$/.test(trimmed)) return Number(trimmed) * 1000;
  if (!/^[A-Za-z]{3}/.test(trimmed)) return null;
  const date = Date.parse(trimmed);
  return Number.isNaN(date) ? null : Math.max(0, date - clock);
}

/** Tries that are left: one less for each retry, a fifth more for each success, never more than at the start. */
export interface Budget {
  readonly left: number;
}

export const FULL_BUDGET: Budget = { left: 10 };

/** Five successes earn one retry. */
export const afterSuccess = (budget: Budget): Budget => ({ left: Math.min(FULL_BUDGET.left, budget.left + 0.2) });

/** What is left is never less than 0 where `mayRetry` was asked before. */
export const afterRetry = (budget: Budget): Budget => ({ left: budget.left - 1 });

/** False when less than one whole try is left. */
export const mayRetry = (budget: Budget): boolean => budget.left >= 1;
