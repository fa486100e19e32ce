/**
 * Readings of the service's list that all running jobs share: whoever is due first reads, and everybody hears. From
 * three jobs on this is all the looking there is.
 */
import type { CallFailure } from '../core/failure';
import type { ProcessId } from '../core/ids';
import type { Result } from '../core/result';
import type { Endpoint } from '../core/settings';
import { type Listing, listJobs, reaches } from './list';
import type { World } from './world';

/** Running jobs from which on the list is read instead of each status. */
const SEVERAL = 3;

export interface Reading extends Listing {
  /** Monotonic milliseconds at which it was asked for: it shows nothing later than that for certain. */
  readonly askedAt: number;
}

export interface Reader {
  /** The job as the service calls it; null while that is not known. */
  readonly id: () => ProcessId | null;
  readonly hear: (reading: Reading) => void;
}

export interface Readings {
  /** Takes part until the function that comes back is called. */
  join(endpoint: Endpoint, reader: Reader): () => void;
  /** True when so many take part that a reading for all is cheaper than looks at each. */
  several(endpoint: Endpoint): boolean;
  /** Reads as far as those who take part need it; when a reading is under way, its end is waited for instead. */
  read(endpoint: Endpoint, signal: AbortSignal): Promise<Result<Reading, CallFailure>>;
}

interface Circle {
  readonly readers: Set<Reader>;
  underWay: { readonly answer: Promise<Result<Reading, CallFailure>>; readonly stop: AbortController } | null;
}

export function createReadings(world: World): Readings {
  const circles = new Map<string, Circle>();
  const circleOf = ({ address, key }: Endpoint): Circle => {
    const name = `${address} ${key}`;
    const circle = circles.get(name) ?? { readers: new Set<Reader>(), underWay: null };
    circles.set(name, circle);
    return circle;
  };
  const start = async (endpoint: Endpoint, circle: Circle, signal: AbortSignal) => {
    const askedAt = world.now();
    const ids = [...circle.readers].flatMap((reader) => reader.id() ?? []);
    const listing = await listJobs(world, endpoint, reaches(ids), signal);
    if (!listing.ok) return listing;
    const reading: Reading = { ...listing.value, askedAt };
    for (const reader of [...circle.readers]) reader.hear(reading);
    return { ok: true, value: reading } as const;
  };
  return {
    join(endpoint, reader) {
      const circle = circleOf(endpoint);
      circle.readers.add(reader);
      return () => {
        circle.readers.delete(reader);
        if (circle.readers.size > 0) return;
        circle.underWay?.stop.abort();
        circle.underWay = null;
      };
    },
    several: (endpoint) => circleOf(endpoint).readers.size >= SEVERAL,
    async read(endpoint, signal) {
      const circle = circleOf(endpoint);
      if (circle.underWay === null) {
        const stop = new AbortController();
        const reading = start(endpoint, circle, stop.signal);
        const underWay = { answer: reading, stop };
        const over = (): void => {
          if (circle.underWay === underWay) circle.underWay = null;
        };
        reading.then(over, over);
        circle.underWay = underWay;
      }
      return await unlessAborted(circle.underWay.answer, signal);
    },
  };
}

/** One who stops listening does not stop the reading for the others. */
function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(signal.reason);
    if (signal.aborted) return leave();
    signal.addEventListener('abort', leave, { once: true });
    const over = (): void => signal.removeEventListener('abort', leave);
    promise.then(
      (value) => {
        over();
        resolve(value);
      },
      (thrown: unknown) => {
        over();
        reject(thrown);
      },
    );
  });
}
