/** Seconds for which this machine was awake and the panel watched: what passes in a sleep proves nothing. */
import type { World } from './world';

/**
 * Milliseconds: more between two questions counts as no more than this. Longer than a request may take; a hidden page's
 * timers ring once a minute, so there the count is slow, not stopped.
 */
const MOST = 15_000;

/** Ask it at least as often as that. */
export function awakeSeconds(world: Pick<World, 'now'>): () => number {
  let counted = 0;
  let last = world.now();
  return () => {
    const now = world.now();
    counted += Math.min(MOST, now - last);
    last = now;
    return counted / 1000;
  };
}
