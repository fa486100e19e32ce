/**
 * Long work in slices: on the panel's own thread so that it never blocks, in a worker so that an abort is heard.
 * Knows nothing of pictures; time and the way to give up a turn are handed in.
 */
export interface Pace {
  /** True when the slice is used up. Cheap: ask it once a row. */
  readonly due: () => boolean;
  /** Gives up the turn. Rejects with the signal's reason once it is aborted. */
  readonly rest: () => Promise<void>;
}

/** Milliseconds a slice may last: far under the 50 ms at which a person feels a page hang. */
const SLICE = 12;

/** `now` in milliseconds; `turn` resolves after the event loop has had a turn. */
export function createPace(signal: AbortSignal | null, now: () => number, turn: () => Promise<void>): Pace {
  let until = now() + SLICE;
  return {
    due: () => now() >= until,
    rest: async () => {
      signal?.throwIfAborted();
      await turn();
      signal?.throwIfAborted();
      until = now() + SLICE;
    },
  };
}

/** Never rests: for small work, and for Node. */
export const NO_PACE: Pace = { due: () => false, rest: async () => {} };
