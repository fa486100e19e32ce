import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Policy, SAFE_POLICY } from '../../src/api/policy';
import { withLightSignals } from './schedules/lightSignals';
import { play } from './schedules/play';
import { type Schedule, schedules } from './schedules/schedule';

/** Schedules that are looked through for one that a worse policy fails. */
const MOST = 3_000;
const SEED = 20_261_122;
const samples = fc.sample(schedules, { numRuns: MOST, seed: SEED });

/** Each takes away one rule of docs/reliability.md. `fails`: what a counterexample must say. */
const WORSE: readonly { readonly name: string; readonly policy: Policy; readonly fails: RegExp }[] = [
  { name: 'the audit off', policy: { ...SAFE_POLICY, audit: [] }, fails: /paid \d times/ },
  {
    name: 'a tag per job instead of per attempt',
    policy: { ...SAFE_POLICY, tag: (layer, id, _attempt, format) => SAFE_POLICY.tag(layer, id, 1, format) },
    // Money is kept by other rules as well: the living before the dead, and the grace. The record is not.
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
