import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Policy, SAFE_POLICY } from '../../src/api/policy';
import { withLightSignals } from './schedules/lightSignals';
import { play } from './schedules/play';
import { type Schedule, schedules } from './schedules/schedule';
import { PLAIN } from './schedules/wire';

/** Schedules that are looked through for one that a worse policy fails. */
const MOST = 3_000;
const SEED = 20_261_122;
const samples = fc.sample(schedules, { numRuns: MOST, seed: SEED });

const ONE_TAG_A_JOB: Policy['tag'] = (layer, id, _attempt, format) => SAFE_POLICY.tag(layer, id, 1, format);

/** Each takes away one rule of docs/reliability.md. `fails`: what a counterexample must say. */
const WORSE: readonly { readonly name: string; readonly policy: Policy; readonly fails: RegExp }[] = [
  { name: 'the audit off', policy: { ...SAFE_POLICY, audit: [] }, fails: /paid \d times/ },
  {
    name: 'a tag per job instead of per attempt',
    policy: { ...SAFE_POLICY, tag: ONE_TAG_A_JOB },
    // Money is kept by another rule as well: see the last test. The record is not.
    fails: /two submits under one intent/,
  },
  { name: '10 s of grace', policy: { ...SAFE_POLICY, grace: 10 }, fails: /paid \d times/ },
  {
    name: 'naive retry of submits',
    policy: {
      ...SAFE_POLICY,
      afterSubmit: (failure) => {
        const reaction = SAFE_POLICY.afterSubmit(failure);
        return reaction === 'reconcile' ? 'wait' : reaction;
      },
    },
    fails: /paid \d times/,
  },
];

async function firstCaught(policy: Policy, fails: RegExp): Promise<Schedule | null> {
  for (const schedule of samples) {
    const { violations } = await play(schedule, policy);
    if (violations.some((violation) => fails.test(violation))) return schedule;
  }
  return null;
}

describe('the net of random schedules', () => {
  it.each(WORSE)(
    'catches $name, and the safe policy passes the very schedule that caught it',
    async (worse) => {
      await withLightSignals(async () => {
        const caught = await firstCaught(worse.policy, worse.fails);
        expect(caught).not.toBeNull();
        expect((await play(caught!)).violations).toEqual([]);
      });
    },
    900_000,
  );
});

/**
 * The first attempt fails at the service, unseen; the user has it sent again, and that answer is lost as well. The list
 * lags: at first it shows the failed one alone.
 */
const OLD_FAILED: Schedule = {
  seed: 0,
  duration: 60,
  lag: 10,
  quirks: PLAIN,
  upload: 0.1,
  commands: [
    { do: 'open', stale: false },
    { do: 'trouble', kind: 'submit', faults: ['fails-unseen', 'reset-after'] },
    { do: 'outage', kind: 'list', seconds: 740, status: 500 },
    { do: 'start', work: 0 },
    { do: 'wait', seconds: 750 },
    { do: 'consent', work: 0 },
    { do: 'wait', seconds: 300 },
  ],
};

describe('an old failed attempt is not taken for the new one', () => {
  const belief = 0;
  it.each([
    ['one tag a job, and a dead job is believed at once: paid work is lost', { tag: ONE_TAG_A_JOB, belief }, true],
    ['a tag for each attempt keeps it', { belief }, false],
    ['so does waiting before a dead job is believed', { tag: ONE_TAG_A_JOB }, false],
    ['the client does both', {}, false],
  ] as const)('%s', async (_, change, lost) => {
    const { violations, log } = await play(OLD_FAILED, { ...SAFE_POLICY, ...change });
    expect(log.filter((line) => line.includes('POST'))).toHaveLength(2);
    expect(violations.includes('picture 0 was paid and not delivered')).toBe(lost);
  });
});
