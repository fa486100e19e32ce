/**
 * Whether the service is there and takes the key: a free request before the first paid one, asked once for all jobs
 * that start within a minute.
 */
import type { CallFailure } from '../core/job/failure';
import type { Result } from '../core/result';
import type { Endpoint } from '../core/settings';
import { readBalance } from './balance';
import type { Balance } from './parse';
import type { World } from './world';

/** Milliseconds for which an answer counts. */
const FRESH = 60_000;

export interface Account {
  /** The last good answer of the minute, or a new one. */
  ask(signal: AbortSignal): Promise<Result<Balance, CallFailure>>;
  /** A submit did not succeed: what is known may no longer be so, and the next one asks anew. */
  doubt(failure: CallFailure): void;
  /**
   * True when a job was refused for want of credits a moment ago, and the balance says the same for this price. Without
   * such a refusal a balance proves nothing: there may be plans that have none.
   */
  isShort(balance: Balance, credits: number): boolean;
}

/** For one address and key. Nothing is asked before the first `ask`. */
export function createAccount(world: World, endpoint: Endpoint): Account {
  let known: { readonly at: number; readonly answer: Result<Balance, CallFailure> } | null = null;
  /** Monotonic milliseconds of the last refusal for want of credits. */
  let refusedAt = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | null = null;
  const fresh = () => (known !== null && world.now() - known.at < FRESH ? known.answer : null);
  return {
    async ask(signal) {
      // Whoever asked may have been stopped: then the next one asks.
      while (fresh() === null && asking !== null) {
        await asking;
        signal.throwIfAborted();
      }
      const answered = fresh();
      if (answered !== null) return answered;
      const answer = readBalance(world, endpoint, signal);
      const nothing = (): void => undefined;
      const mine = answer.then(nothing, nothing);
      asking = mine;
      try {
        const balance = await answer;
        if (balance.ok) known = { at: world.now(), answer: balance };
        return balance;
      } finally {
        if (asking === mine) asking = null;
      }
    },
    doubt(failure) {
      known = null;
      if (failure.kind === 'status' && failure.status === 402) refusedAt = world.now();
    },
    isShort: (balance, credits) => world.now() - refusedAt < FRESH && balance.available < credits,
  };
}
