import { describe, expect, it } from 'vitest';
import {
  afterRetry,
  afterSuccess,
  backoff,
  FULL_BUDGET,
  mayRetry,
  parseRetryAfter,
} from '../../../src/core/pace/backoff';

const most = () => 1;
const least = () => 0;

describe('waiting before another try', () => {
  it.each([
    ['read', 0, 500],
    ['read', 3, 4000],
    ['read', 6, 30_000],
    ['read', 500, 30_000],
    ['busy', 0, 2000],
    ['busy', 4, 32_000],
    ['busy', 5, 60_000],
  ] as const)('%s, try %d: anywhere from nothing to %d ms', (pace, count, longest) => {
    expect(backoff(pace, count, null, most)).toBe(longest);
    expect(backoff(pace, count, null, least)).toBe(0);
  });

  it.each([
    [7_000, 7_000],
    [100, 2_000],
    [0, 2_000],
    [1e12, 120_000],
  ])('a Retry-After of %d ms gives %d ms', (retryAfter, wait) => {
    expect(backoff('busy', 0, retryAfter, most)).toBe(wait);
  });
});

describe('Retry-After', () => {
  const clock = Date.UTC(2026, 0, 1, 12, 0, 0);
  it.each([
    [null, null],
    ['7', 7_000],
    [' 7 ', 7_000],
    ['0', 0],
    ['1000000000', 1e12],
    ['-5', null],
    ['soon', null],
    ['', null],
    ['Thu, 01 Jan 2026 12:00:30 GMT', 30_000],
    ['Thu, 01 Jan 2026 11:00:00 GMT', 0],
  ])('%j is %s ms', (text, milliseconds) => {
    expect(parseRetryAfter(text, clock)).toBe(milliseconds);
  });
});

describe('the budget', () => {
  it('allows ten retries, and five successes earn one more', () => {
    let budget = FULL_BUDGET;
    let retries = 0;
    for (; mayRetry(budget); retries++) budget = afterRetry(budget);
    expect(retries).toBe(10);
    for (let success = 0; success < 5; success++) budget = afterSuccess(budget);
    expect(mayRetry(budget)).toBe(true);
    expect(mayRetry(afterRetry(budget))).toBe(false);
  });

  it('never grows beyond its start', () => {
    expect(afterSuccess(FULL_BUDGET)).toEqual(FULL_BUDGET);
  });
});
