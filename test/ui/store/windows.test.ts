/**
 * Two windows on one storage, whose reads and writes take any of three times, in every order: at no moment are both sure
 * of the lease, so only one of them can write an intent to send.
 */
import { describe, expect, test } from 'vitest';
import { EXPIRY, type Lease, SETTLE } from '../../../src/core/lease';
import { leaseKey } from '../../../src/core/records';
import type { Host } from '../../../src/protocol/connect';
import { createLease, type LeaseKeeper } from '../../../src/ui/store/lease/lease';
import { createStore } from '../../../src/ui/store/store';
import { FILES } from '../../api/jobs';
import { withLightSignals } from '../../api/schedules/lightSignals';
import { createService } from '../../api/service';
import { type VirtualWorld, virtualWorld } from '../../api/virtualWorld';
import { FILE, opening } from '../fakes/data';
import { fakeHost } from '../fakes/host';

const KEY = leaseKey(FILE);
/** Milliseconds that the storage takes: at once, long, and just less than what the lease reckons with. */
const LATENCIES = [1, 240, SETTLE - 10] as const;

interface Window {
  readonly lease: LeaseKeeper;
  readonly life: AbortController;
}

/** `latencies`: of its calls of the storage, one after the other; then all are quick. */
function open(world: VirtualWorld, saved: Map<string, unknown>, latencies: readonly number[], seed: number): Window {
  const life = new AbortController();
  const fake = fakeHost({}, saved);
  const store = createStore();
  store.dispatch({ type: 'opened', opening: opening() });
  const waits = [...latencies];
  const never = new AbortController().signal;
  // Half of it passes before the effect, half after.
  const host: Host = {
    ...fake.host,
    call: async (name, ask) => {
      const half = (waits.shift() ?? 1) / 2;
      await world.sleep(half, never);
      const answer = await fake.host.call(name, ask);
      await world.sleep(half, never);
      return answer;
    },
  };
  let chance = seed;
  const random = (): number => {
    chance = (chance * 9301 + 49297) % 233280;
    return chance / 233280;
  };
  const lease = createLease(host, store, { ...world, random }, life.signal);
  void lease.keep();
  return { lease, life };
}

/** Looks every few milliseconds; the moments at which both are sure. */
async function bothSure(world: VirtualWorld, windows: readonly Window[], seconds: number): Promise<number> {
  let both = 0;
  const end = world.now() + seconds * 1000;
  while (world.now() < end) {
    await world.pass(0.02);
    if (windows.filter(({ lease }) => lease.isSure()).length > 1) both++;
  }
  return both;
}

const triples = LATENCIES.flatMap((a) => LATENCIES.flatMap((b) => LATENCIES.map((c) => [a, b, c] as const)));
const newWorld = () => virtualWorld((clock) => createService(clock, FILES));

describe('two windows', () => {
  test('that open at any distance from one another, with any storage, are never both sure', async () => {
    await withLightSignals(async () => {
      const failures: unknown[] = [];
      let alone = 0;
      for (const first of triples) {
        for (const second of triples) {
          for (const apart of [0, 250, 600]) {
            const world = newWorld();
            const saved = new Map<string, unknown>();
            const one = open(world, saved, first, 1);
            await world.pass(apart / 1000);
            const other = open(world, saved, second, 2);
            if ((await bothSure(world, [one, other], 2.6)) > 0) failures.push({ first, second, apart });
            if (one.lease.isSure() !== other.lease.isSure()) alone++;
            one.life.abort();
            other.life.abort();
          }
        }
      }
      expect(failures).toEqual([]);
      expect(alone).toBeGreaterThan(0);
    });
  }, 300_000);

  test('of which one holds it, and is held up at any moment before its lease runs out, are never both sure', async () => {
    await withLightSignals(async () => {
      const failures: unknown[] = [];
      for (const [read, write, back] of triples) {
        // The holder's next heartbeat comes this late.
        for (let age = EXPIRY - 2 * SETTLE; age <= EXPIRY + SETTLE; age += 100) {
          const world = newWorld();
          const saved = new Map<string, unknown>();
          const holder = open(world, saved, [], 1);
          await world.pass(1);
          const held = saved.get(KEY) as Lease;
          expect(holder.lease.isSure()).toBe(true);
          // The machine runs on; this window's timers do not: its next heartbeat is due and rings at that age.
          const other = open(world, saved, [read, write, back], 2);
          world.suspend((held.at + age - world.clock()) / 1000);
          if ((await bothSure(world, [holder, other], 7)) > 0) failures.push({ read, write, back, age });
          holder.life.abort();
          other.life.abort();
        }
      }
      expect(failures).toEqual([]);
    });
  }, 300_000);
});
