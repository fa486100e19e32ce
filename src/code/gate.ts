/** Lets a few tasks run at a time and the others wait their turn. */
export type Gate = <Value>(task: () => Promise<Value>) => Promise<Value>;

/** Figma runs out of memory when many pictures are read at once: three at a time are known to be safe. */
export const PICTURES_AT_ONCE = 3;

/** First come, first served. A task that rejects gives its place back too. */
export function createGate(limit: number): Gate {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (task) => {
    if (running >= limit) await new Promise<void>((go) => waiting.push(go));
    else running += 1;
    try {
      return await task();
    } finally {
      // The place goes straight to the next one, so that nobody slips in between.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
