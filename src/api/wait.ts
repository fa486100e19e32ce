/** Waiting that ends at once when it is aborted, and early when the machine wakes up or comes back online. */
import type { World } from './world';

/** Milliseconds between two calls of `onTick`. */
const TICK = 1000;

/** Until `at` on the monotonic clock. `onTick` hears the milliseconds that are left, at the start and every second. */
export async function waitUntil(
  world: World,
  at: number,
  signal: AbortSignal,
  onTick: (left: number) => void = () => undefined,
): Promise<void> {
  const woken = new AbortController();
  const stop = world.onWake(() => woken.abort());
  const either = AbortSignal.any([signal, woken.signal]);
  try {
    for (let left = at - world.now(); left > 0; left = at - world.now()) {
      onTick(left);
      await world.sleep(Math.min(left, TICK), either);
    }
  } catch (thrown) {
    signal.throwIfAborted();
    if (!woken.signal.aborted) throw thrown;
  } finally {
    stop();
  }
  signal.throwIfAborted();
}
