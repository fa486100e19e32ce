/**
 * One window sends and goes on with a document's jobs: takes the lease, keeps it alive, notices when it is gone, and
 * takes it over when its holder is. Every other window watches.
 */
import type { World } from '../../../api/world';
import { EXPIRY, HEARTBEAT, isFree, type Lease, parseLease, SETTLE } from '../../../core/lease';
import { mint } from '../../../core/mint';
import { leaseKey } from '../../../core/records';
import type { Host } from '../../../protocol/connect';
import type { LeaseState } from '../state';
import type { Store } from '../store';

/** Milliseconds between two looks at a lease that another window holds. */
const LOOK = 1_000;
/** Milliseconds before the expiry from which on it is not relied on: another's read, and a write of ours, take time. */
const MARGIN = 2 * SETTLE;
/** Milliseconds after a heartbeat from which on its window is likely to be gone: the next one is due before. */
const MISSED = HEARTBEAT + 1_500;

export interface LeaseKeeper {
  /** Goes on until `life` ends. Call it once, after the opening. */
  keep(): Promise<void>;
  /** Waits until it is known whether this window holds it. */
  held(): Promise<boolean>;
  /** True while nobody else can have taken it over: asked before anything is spent or cancelled. */
  isSure(): boolean;
  /** Lets another window take it at once, for good: this one works no more. */
  release(): Promise<void>;
}

/** Takes a new name at each opening. Nothing is read or written before `keep`. */
export function createLease(host: Host, store: Store, world: World, life: AbortSignal): LeaseKeeper {
  const holder = mint(world.random, 12);
  /** Unix milliseconds of the last heartbeat that is known to be stored; null while it is not ours. */
  let beat: number | null = null;
  let released = false;

  const key = (): string | null => {
    const state = store.get();
    return state.phase === 'ready' ? leaseKey(state.fileId) : null;
  };
  const me = (): Pick<Lease, 'holder' | 'window'> => {
    const state = store.get();
    return { holder, window: state.phase === 'ready' ? state.window : null };
  };
  const known = (): LeaseState => {
    const state = store.get();
    return state.phase === 'ready' ? state.lease : 'asking';
  };
  const tell = (lease: LeaseState): void => store.dispatch({ type: 'lease', lease });
  const isFresh = (): boolean => beat !== null && Math.abs(world.clock() - beat) < EXPIRY - MARGIN;

  const read = async (at: string): Promise<Lease | null | 'unreadable'> => {
    const answer = await host.call('record.read', { prefix: at });
    if (!answer.ok) return 'unreadable';
    return parseLease(answer.value.find((saved) => saved.key === at)?.value);
  };

  /** Unix milliseconds of the heartbeat; null when it was not stored. */
  const write = async (at: string): Promise<number | null> => {
    const lease: Lease = { v: 1, ...me(), at: world.clock() };
    const saved = await host.call('record.save', { key: at, value: lease });
    return saved.ok ? lease.at : null;
  };

  /** True when it is ours now. A storage that does not work cannot hold anybody back: nothing is sent without it anyway. */
  const take = async (at: string): Promise<boolean> => {
    beat = null;
    const asked = world.now();
    const before = await read(at);
    if (before !== 'unreadable' && !isFree(before, me(), world.clock())) return false;
    const written = await write(at);
    if (written !== null && before !== 'unreadable') {
      // A late write may have taken it from one who had read himself back: he notices at his next heartbeat.
      const late = world.now() - asked > SETTLE;
      await world.sleep(late ? HEARTBEAT + MARGIN : SETTLE, life);
      const after = await read(at);
      if (after !== 'unreadable' && after?.holder !== holder) return false;
    }
    beat = written;
    return true;
  };

  /** Waits while another window holds it. Only a heartbeat that was seen to change proves that somebody is there. */
  const watch = async (at: string): Promise<void> => {
    let seen: Lease | null = null;
    for (;;) {
      const lease = await read(at);
      if (lease === 'unreadable' || isFree(lease, me(), world.clock())) return;
      if (lease === null) return;
      if (seen !== null && (lease.at !== seen.at || lease.holder !== seen.holder)) tell('elsewhere');
      else if (known() === 'asking' && world.clock() - lease.at > MISSED) tell('vacant');
      seen = lease;
      await world.sleep(LOOK, life);
    }
  };

  /** Keeps it alive until it has to be taken anew. */
  const hold = async (at: string): Promise<void> => {
    for (;;) {
      await world.sleep(HEARTBEAT, life);
      // It could not be written, or the machine slept: another window may have it.
      if (!isFresh()) return;
      const asked = world.now();
      const now = await read(at);
      const isOthers = now !== 'unreadable' && now !== null && now.holder !== holder;
      if (isOthers || !isFresh()) {
        beat = null;
        return;
      }
      const written = await write(at);
      // A late one may lie over another's.
      if (world.now() - asked > MARGIN) return;
      beat = written ?? beat;
    }
  };

  return {
    async keep() {
      try {
        for (;;) {
          const at = key();
          if (at === null || released) return;
          if (await take(at)) {
            tell('held');
            await hold(at);
          } else {
            if (known() === 'held') tell('asking');
            await watch(at);
          }
        }
      } catch (thrown) {
        if (!life.aborted) throw thrown;
      }
    },
    held() {
      return new Promise((resolve) => {
        const look = (): boolean => {
          const lease = known();
          if (!life.aborted && lease !== 'held' && lease !== 'elsewhere') return false;
          resolve(!life.aborted && lease === 'held');
          return true;
        };
        if (look()) return;
        const stop = store.subscribe(() => {
          if (look()) stop();
        });
        life.addEventListener('abort', () => resolve(false), { once: true });
      });
    },
    isSure: isFresh,
    async release() {
      const at = key();
      const isOurs = isFresh();
      released = true;
      beat = null;
      if (at !== null && isOurs) await host.call('record.forget', { key: at });
    },
  };
}
