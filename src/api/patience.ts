/** Asks again what may be asked again: backoff, `Retry-After`, one budget a job, and a pause while offline. */
import type { CallFailure } from '../core/job/failure';
import { afterRetry, afterSuccess, backoff, FULL_BUDGET, mayRetry } from '../core/pace/backoff';
import { failed, ok, type Result } from '../core/result';
import { waitUntil } from './wait';
import type { World } from './world';

/** A failure that asking again does not cure. `given-up`: it was asked again for long enough. */
export interface Refusal<Why extends string> {
  readonly why: Exclude<Why, 'retry' | 'wait'> | 'given-up';
  readonly failure: CallFailure;
}

export interface Patience {
  ask<Value, Why extends string>(
    send: (signal: AbortSignal) => Promise<Result<Value, CallFailure>>,
    react: (failure: CallFailure) => Why,
    signal: AbortSignal,
  ): Promise<Result<Value, Refusal<Why>>>;
  /** True after the service said that it is busy: look less often. */
  readonly pressed: () => boolean;
}

/** Milliseconds between tries when the budget is used up, and without any success before giving up. */
const SLOW = 60_000;
const LONG_ENOUGH = 10 * 60_000;

/** `onWait` hears the milliseconds until the next try. */
export function createPatience(world: World, onWait: (left: number) => void): Patience {
  let budget = FULL_BUDGET;
  let lastSuccess = world.now();
  let pressed = false;
  return {
    pressed: () => pressed,
    async ask(send, react, signal) {
      const begun = world.now();
      for (let count = 0; ; count++) {
        const answer = await send(signal);
        if (answer.ok) {
          budget = afterSuccess(budget);
          lastSuccess = world.now();
          return ok(answer.value);
        }
        const failure = answer.error;
        const why = react(failure);
        if (why !== 'retry' && why !== 'wait') {
          // A clear no is an answer too: the service is there.
          lastSuccess = world.now();
          return failed({ why: why as Exclude<typeof why, 'retry' | 'wait'>, failure });
        }
        if (why === 'wait') pressed = true;
        if (world.now() - Math.max(begun, lastSuccess) > LONG_ENOUGH) return failed({ why: 'given-up', failure });
        await waitUntil(world, world.now() + pause(failure, why === 'wait', count), signal, onWait);
      }
    },
  };

  function pause(failure: CallFailure, busy: boolean, count: number): number {
    // Coming back online ends the wait early, so being offline costs no tries.
    if (failure.kind === 'lost' && failure.error.code === 'offline') return SLOW;
    if (!mayRetry(budget)) return SLOW;
    budget = afterRetry(budget);
    const retryAfter = failure.kind === 'status' ? failure.retryAfter : null;
    return backoff(busy ? 'busy' : 'read', count, retryAfter, world.random);
  }
}
