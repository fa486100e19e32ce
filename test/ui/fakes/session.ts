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
  /** The state after the opening. */
  state(): Ready;
}

/** Time stands at 5000; sleeping is one turn of the event loop. */
export function fakeWorld(): World {
  let seed = 0;
  return {
    fetch: async () => Response.error(),
    upload: async () => Response.error(),
    now: () => 0,
    clock: () => 5000,
    random: () => {
      seed = (seed * 9301 + 49297) % 233280;
      return seed / 233280;
    },
    sleep: async () => undefined,
    online: () => true,
    blocked: () => false,
    onWake: () => () => undefined,
  };
}

/** `saved`: the storage, when other windows share it. */
export function bench(given: Given = {}, saved?: Map<string, unknown>): Bench {
  const host = fakeHost(given, saved);
  const studio = fakeStudio();
  const service = fakeService();
  const session = createSession({ host: host.host, studio, world: fakeWorld(), service: service.service });
  return {
    session,
    host,
    studio,
    service,
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
