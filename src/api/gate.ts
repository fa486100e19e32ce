/**
 * The jobs of a panel before the service: who may be there, who uploads, and until when nobody sends because the
 * service said that it is busy. Whoever was refused comes first again.
 */
import type { PluginError } from '../core/errors';
import type { CallFailure } from '../core/job/failure';
import { backoff } from '../core/pace/backoff';
import { afterRefusal, afterTaken, START, type Throttle } from '../core/pace/throttle';
import { ok, type Result } from '../core/result';
import { createLine } from './line';
import { waitUntil } from './wait';
import type { World } from './world';

export interface Gate {
  /** Waits for a place. `again`: it had one and was refused. */
  enter(signal: AbortSignal, again: boolean, onWait: () => void): Promise<Result<Place, PluginError>>;
  /** A place at once, for a job that is at the service already. */
  join(): Place;
  /** Jobs that the service has. */
  atService(): number;
  /** Everybody who waits is sent away with this error: they would all meet it. */
  close(error: PluginError): void;
}

/** Held from before a job's submit until the job is over at the service. */
export interface Place {
  /**
   * Sends when the pause is over and at most one other upload is under way; until then nothing is called.
   * `onWait` hears the milliseconds of the pause that are left, or null while others upload.
   */
  send<Value>(
    request: () => Promise<Value>,
    signal: AbortSignal,
    onWait: (left: number | null) => void,
  ): Promise<Result<Value, PluginError>>;
  /** The service took the job. */
  taken(): void;
  /**
   * The service said: later. The place is lost, and nobody sends for a while.
   * Answers the milliseconds for which the service has been refusing everything.
   */
  refused(failure: CallFailure): number;
  /** The job is over at the service, or never went there. Calling it again does nothing. */
  leave(): void;
}

/** Uploads at once: more only make each slower. */
const UPLOADS = 2;

/**
 * For one service. How many places there are is learned: the limit falls when the service refuses and grows again
 * (`core/throttle`).
 */
export function createGate(world: World): Gate {
  let throttle: Throttle = START;
  const places = new Set<Place>();
  /** Those whose job the service has. */
  const there = new Set<Place>();
  let uploads = 0;
  /** Monotonic milliseconds. */
  let pausedUntil = 0;
  let refusals = 0;
  let refusedSince: number | null = null;
  let lastRefusal = Number.NEGATIVE_INFINITY;
  const line = createLine(() => (places.size < throttle.limit ? makePlace() : null));
  const slots = createLine(() => {
    if (uploads >= UPLOADS) return null;
    uploads++;
    return () => {
      uploads--;
      slots.move();
    };
  });

  return {
    enter: (signal, again, onWait) => line.turn(signal, again, onWait),
    join() {
      const place = makePlace();
      there.add(place);
      return place;
    },
    atService: () => there.size,
    close(error) {
      line.close(error);
      slots.close(error);
    },
  };

  function makePlace(): Place {
    let sentAt = world.now();
    const place: Place = {
      async send(request, signal, onWait) {
        const slot = await slots.turn(signal, false, () => onWait(null));
        if (!slot.ok) return slot;
        try {
          // Waking up is no reason to come before the time.
          while (world.now() < pausedUntil) await waitUntil(world, pausedUntil, signal, onWait);
          signal.throwIfAborted();
          sentAt = world.now();
          return ok(await request());
        } finally {
          slot.value();
        }
      },
      taken() {
        refusals = 0;
        refusedSince = null;
        if (places.size >= throttle.limit) throttle = afterTaken(throttle);
        there.add(place);
        line.move();
      },
      refused(failure) {
        const now = world.now();
        const { status, retryAfter } = failure.kind === 'status' ? failure : { status: 0, retryAfter: null };
        refusedSince ??= now;
        pausedUntil = Math.max(pausedUntil, now + backoff('busy', refusals, retryAfter, world.random));
        refusals++;
        // What was in the air when the service refused another tells nothing new.
        if (status === 429 && sentAt >= lastRefusal) {
          throttle = afterRefusal(throttle, there.size);
          lastRefusal = now;
        }
        place.leave();
        return now - refusedSince;
      },
      leave() {
        places.delete(place);
        if (there.delete(place)) refusedSince = null;
        line.move();
      },
    };
    places.add(place);
    return place;
  }
}
