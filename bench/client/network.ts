/** A line to the service with a random round trip, half of it on the way there and half on the way back. */
import { randomOf } from './plan';

export type Fetch = (address: string, init?: RequestInit) => Promise<Response>;

/** Spread of the logarithm: 95 % of the round trips lie between 0.55 and 1.8 times the median. */
const SPREAD = 0.3;

/** `median` of the round trip in milliseconds. */
export function farAway(median: number, seed: number): Fetch {
  const random = randomOf(seed);
  const roundTrip = (): number => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return median * Math.exp(SPREAD * normal);
  };
  return async (address, init) => {
    const half = roundTrip() / 2;
    await sleep(half, init?.signal ?? null);
    const response = await fetch(address, init);
    await sleep(half, init?.signal ?? null);
    return response;
  };
}

export function sleep(milliseconds: number, signal: AbortSignal | null): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}
