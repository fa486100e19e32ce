/** Long work in slices: the caller's own pause between them, and an abort that is heard at once. */

/** Milliseconds of work between two pauses: half a frame, so that a UI thread stays fluent. */
const SLICE = 8;

/** Awaited often (every millisecond or so of work): pauses when a slice is over, throws when aborted. */
export type Pace = () => Promise<void>;

export function pace(signal: AbortSignal | undefined, pause: (() => Promise<void>) | undefined): Pace {
  let began = performance.now();
  return async () => {
    signal?.throwIfAborted();
    if (pause === undefined || performance.now() - began < SLICE) return;
    await pause();
    signal?.throwIfAborted();
    began = performance.now();
  };
}
