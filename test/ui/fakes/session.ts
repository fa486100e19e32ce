/** A whole session on fakes, and a wait for what comes of it. */
import type { World } from '../../../src/api/world';
import { createSession, type Session } from '../../../src/ui/store/session';
import type { Ready } from '../../../src/ui/store/state';
import type { Given } from './data';
import { type FakeHost, fakeHost } from './host';
import { type FakeService, fakeService } from './service';
import { type FakeStudio, fakeStudio } from './studio';

export interface Bench {
  readonly session: Session;
  readonly host: FakeHost;
  readonly studio: FakeStudio;
  readonly service: FakeService;
  readonly world: FakeWorld;
  /** The state after the opening. */
  state(): Ready;
}

export interface FakeWorld extends World {
  /** Lets this many milliseconds pass: who slept until then wakes. */
  pass(milliseconds: number): Promise<void>;
  /** The machine sleeps: the clock goes on, and nobody wakes before time passes again. */
  sleepThrough(milliseconds: number): void;
}

/** Shorter sleeps are over at once: what waits for a moment only is not what a test is about. */
const NOTICEABLE = 1_000;

/** Time stands at 5000 until the test lets it pass. */
export function fakeWorld(first = 0): FakeWorld {
  let seed = first;
  let passed = 0;
  const sleepers = new Set<{ readonly until: number; readonly wake: () => void }>();
  return {
    fetch: async () => Response.error(),
    upload: async () => Response.error(),
    now: () => passed,
    clock: () => 5000 + passed,
    random: () => {
      seed = (seed * 9301 + 49297) % 233280;
      return seed / 233280;
    },
    sleep: (milliseconds, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        if (milliseconds < NOTICEABLE) return resolve();
        const sleeper = {
          until: passed + milliseconds,
          wake: () => {
            sleepers.delete(sleeper);
            resolve();
          },
        };
        sleepers.add(sleeper);
        signal.addEventListener('abort', () => {
          sleepers.delete(sleeper);
          reject(signal.reason);
        });
      }),
    sleepThrough(milliseconds) {
      passed += milliseconds;
    },
    async pass(milliseconds) {
      const end = passed + milliseconds;
      for (;;) {
        const next = [...sleepers].sort((one, other) => one.until - other.until)[0];
        if (next === undefined || next.until > end) break;
        passed = Math.max(passed, next.until);
        next.wake();
        await settled();
      }
      passed = end;
      await settled();
    },
    online: () => true,
    blocked: () => false,
    onWake: () => () => undefined,
  };
}

/** `saved`: the storage, when other windows share it; `seed`: their chance is another one. */
export function bench(given: Given = {}, saved?: Map<string, unknown>, seed = 0): Bench {
  const host = fakeHost(given, saved);
  const studio = fakeStudio();
  const service = fakeService();
  const world = fakeWorld(seed);
  const session = createSession({ host: host.host, studio, world, service: service.service });
  return {
    session,
    host,
    studio,
    service,
    world,
    state() {
      const state = session.store.get();
      if (state.phase !== 'ready') throw new Error(`The panel is ${state.phase}`);
      return state;
    },
  };
}

/** Lets everything that is under way come to rest. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
}
