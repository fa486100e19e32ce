/** A world in which hours pass in milliseconds: timers fire in order as soon as nothing else is left to do. */
import type { World } from '../../src/api/world';
import type { Outgoing, Service } from './service';

export interface VirtualWorld extends World {
  /** Lets time pass until the promise settles. */
  until<Value>(promise: Promise<Value>): Promise<Value>;
  /** Lets this many seconds pass. */
  pass(seconds: number): Promise<void>;
  /** Does something when this many seconds from now have passed. */
  after(seconds: number, act: () => void): void;
  wake(): void;
  /** The machine sleeps for this many seconds: no timer rings, and all that were due ring late. */
  suspend(seconds: number): void;
  isOnline: boolean;
  readonly blockedHosts: Set<string>;
  /** The fractions of the body that `upload` tells of before the request goes on, and the seconds each takes. */
  uploadSteps: readonly { readonly fraction: number; readonly seconds: number }[];
  /** Timers that are still set. */
  readonly timers: () => number;
}

interface Timer {
  readonly at: number;
  readonly ring: () => void;
}

const START = Date.UTC(2026, 0, 1);

/** `service` is called as a function: no sockets, so that time can be virtual. */
export function virtualWorld(service: (clock: () => number) => Service, seed = 1): VirtualWorld & { service: Service } {
  let time = 0;
  /** Soonest first; of equals the one that was set first. */
  const timers: Timer[] = [];
  /** Requests that the service is just answering: it may read a body, which takes real turns. */
  let serving = 0;
  let chance = seed;
  const wakers = new Set<() => void>();
  const clock = (): number => START + time;
  const model = service(clock);

  const set = (milliseconds: number, ring: () => void): Timer => {
    const timer = { at: time + Math.max(0, milliseconds), ring };
    let place = timers.length;
    while (place > 0 && timers[place - 1]!.at > timer.at) place--;
    timers.splice(place, 0, timer);
    return timer;
  };
  const sleep: World['sleep'] = (milliseconds, signal) =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const timer = set(milliseconds, () => {
        signal.removeEventListener('abort', onAbort);
        resolve();
      });
      const onAbort = (): void => {
        const place = timers.indexOf(timer);
        if (place >= 0) timers.splice(place, 1);
        reject(signal.reason);
      };
      signal.addEventListener('abort', onAbort, { once: true });
    });
  /** Everything here is made of promises alone, so one turn of the event loop lets all of them run to their end. */
  const turn = async (): Promise<void> => {
    do await new Promise((resolve) => setImmediate(resolve));
    while (serving > 0);
  };
  const ringNext = (): boolean => {
    const first = timers.shift();
    if (first === undefined) return false;
    time = Math.max(time, first.at);
    first.ring();
    return true;
  };
  /** A request takes 100 ms there and back. */
  const send = async (address: string, init: RequestInit, form: FormData | null): Promise<Response> => {
    const signal = init.signal ?? new AbortController().signal;
    await sleep(50, signal);
    const url = new URL(address);
    serving++;
    const outgoing = await model
      .handle({
        method: init.method ?? 'GET',
        path: url.pathname + url.search,
        headers: new Headers(init.headers),
        form,
      })
      .finally(() => serving--);
    if (outgoing === 'silence') await sleep(1e12, signal);
    await sleep(50, signal);
    if (outgoing === 'reset' || outgoing === 'silence' || !world.isOnline) throw new TypeError('Failed to fetch');
    return answer(outgoing);
  };
  const world: VirtualWorld & { service: Service } = {
    service: model,
    isOnline: true,
    blockedHosts: new Set(),
    uploadSteps: [{ fraction: 1, seconds: 0.05 }],
    fetch: (address, init) => send(address, init, null),
    upload: async (address, { headers, body, signal }, onSent) => {
      for (const { fraction, seconds } of world.uploadSteps) {
        await sleep(seconds * 1000, signal);
        onSent(fraction);
      }
      return await send(address, { method: 'POST', headers, signal }, body);
    },
    now: () => time,
    clock,
    random: () => {
      // mulberry32
      chance = (chance + 0x6d2b79f5) | 0;
      let bits = Math.imul(chance ^ (chance >>> 15), 1 | chance);
      bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
      return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296;
    },
    sleep,
    online: () => world.isOnline,
    blocked: (host) => world.blockedHosts.has(host),
    onWake: (hear) => {
      wakers.add(hear);
      return () => wakers.delete(hear);
    },
    wake: () => {
      for (const hear of [...wakers]) hear();
    },
    suspend: (seconds) => {
      time += seconds * 1000;
      world.wake();
    },
    timers: () => timers.length,
    after: (seconds, act) => {
      set(seconds * 1000, act);
    },
    pass: async (seconds) => {
      let over = false;
      set(seconds * 1000, () => {
        over = true;
      });
      while (!over) {
        await turn();
        ringNext();
      }
      await turn();
    },
    until: async (promise) => {
      let settled = false;
      const mark = (): void => {
        settled = true;
      };
      promise.then(mark, mark);
      for (;;) {
        await turn();
        if (settled) return await promise;
        if (!ringNext()) throw new Error('Nothing is left that could happen, and the promise is still open');
      }
    },
  };
  return world;
}

/**
 * What `fetch` resolves with, as far as the client reads it: a real Response hands its body over in turns of the event
 * loop, which made a random schedule thirty times as slow.
 */
function answer({ status, headers = {}, body = '' }: Outgoing): Response {
  const bytes = typeof body === 'string' ? new TextEncoder().encode(body) : body;
  const parts = bytes.length === 0 ? [] : [bytes];
  const reader = {
    read: async () => {
      const value = parts.shift();
      return value === undefined ? { done: true, value } : { done: false, value };
    },
    cancel: async () => undefined,
  };
  const seen = { status, headers: new Headers(headers), body: status === 204 ? null : { getReader: () => reader } };
  // Only this much of it is ever read; what is not there would be a TypeError in the first test.
  return seen as unknown as Response;
}
