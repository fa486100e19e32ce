/** A line of those who wait for something of which there is only so much. First come, first served. */
import type { PluginError } from '../core/errors';
import { failed, ok, type Result } from '../core/result';

export interface Line<Thing> {
  /** Waits for a thing. `first`: before everybody else who waits. `onWait` is called once when it is not there at once. */
  turn(signal: AbortSignal, first: boolean, onWait: () => void): Promise<Result<Thing, PluginError>>;
  /** To be called whenever there may be more of it. */
  move(): void;
  /** Sends everybody who waits away; whoever comes later waits as usual. */
  close(error: PluginError): void;
}

/** `take` gives one, or null when there is none just now. */
export function createLine<Thing>(take: () => Thing | null): Line<Thing> {
  type Hear = (answer: Result<Thing, PluginError>) => void;
  let waiting: readonly Hear[] = [];
  return {
    move() {
      for (let [next] = waiting; next !== undefined; [next] = waiting) {
        const thing = take();
        if (thing === null) return;
        waiting = waiting.slice(1);
        next(ok(thing));
      }
    },
    close(error) {
      const all = waiting;
      waiting = [];
      for (const hear of all) hear(failed(error));
    },
    async turn(signal, first, onWait) {
      signal.throwIfAborted();
      const now = waiting.length === 0 || first ? take() : null;
      if (now !== null) return ok(now);
      onWait();
      return await new Promise((resolve, reject) => {
        const leave = (): void => {
          waiting = waiting.filter((other) => other !== hear);
          reject(signal.reason);
        };
        const hear: Hear = (answer) => {
          signal.removeEventListener('abort', leave);
          resolve(answer);
        };
        signal.addEventListener('abort', leave, { once: true });
        waiting = first ? [hear, ...waiting] : [...waiting, hear];
      });
    },
  };
}
