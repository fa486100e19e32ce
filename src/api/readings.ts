/**
 * Readings of the service's list that all running jobs share: whoever is due first reads, and everybody hears. From
 * three jobs on this is all the looking there is.
 */
import type { ProcessId } from '../core/ids';
import type { CallFailure } from '../core/job/failure';
import { ok, type Result } from '../core/result';
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
  join(reader: Reader): () => void;
  /** True when so many take part that a reading for all is cheaper than looks at each. */
  several(): boolean;
  /** Reads as far as those who take part need it; when a reading is under way, its end is waited for instead. */
  read(signal: AbortSignal): Promise<Result<Reading, CallFailure>>;
}

/** For one service. Nothing is read before somebody who takes part asks. */
export function createReadings(world: World, endpoint: Endpoint): Readings {
  const readers = new Set<Reader>();
  let underWay: { readonly answer: Promise<Result<Reading, CallFailure>>; readonly stop: AbortController } | null =
    null;
  const start = async (signal: AbortSignal): Promise<Result<Reading, CallFailure>> => {
    const askedAt = world.now();
    const ids = [...readers].flatMap((reader) => reader.id() ?? []);
    const listing = await listJobs(world, endpoint, reaches(ids), signal);
    if (!listing.ok) return listing;
    const reading: Reading = { ...listing.value, askedAt };
    for (const reader of [...readers]) reader.hear(reading);
    return ok(reading);
  };
  return {
    join(reader) {
      readers.add(reader);
      return () => {
        readers.delete(reader);
        if (readers.size > 0) return;
        underWay?.stop.abort();
        underWay = null;
      };
    },
    several: () => readers.size >= SEVERAL,
    async read(signal) {
      if (underWay === null) {
        const stop = new AbortController();
        const mine = { answer: start(stop.signal), stop };
        const over = (): void => {
          if (underWay === mine) underWay = null;
        };
        mine.answer.then(over, over);
        underWay = mine;
      }
      return await unlessAborted(underWay.answer, signal);
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
