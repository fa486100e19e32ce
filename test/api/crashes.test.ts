/**
 * Crashes, enumerated: a first run writes down every moment at which a job waits for something outside (each request,
 * each save, each wait, before and after its effect); then the panel is killed at exactly each of them, and opened again.
 */
import { afterAll, describe, expect, it } from 'vitest';
import { SAFE_POLICY } from '../../src/api/policy';
import { resumeJob, startJob } from '../../src/api/restore';
import { createTraffic } from '../../src/api/traffic';
import type { World } from '../../src/api/world';
import { isOver, type Job } from '../../src/core/job/job';
import { parseJob } from '../../src/core/job/parseJob';
import { ok } from '../../src/core/result';
import { ENDPOINT, FILES, order, UPLOAD } from './jobs';
import { withLightSignals } from './schedules/lightSignals';
import { createService, type Fault, RESULT, reply, type Service } from './service';
import { type VirtualWorld, virtualWorld } from './virtualWorld';

interface Script {
  readonly name: string;
  readonly submits?: readonly (Fault | null)[];
  readonly duration?: number;
  /** Seconds after which the user cancels. */
  readonly cancelAt?: number;
  /** The first of these requests are answered 401; the user gives a good key and opens the panel again. */
  readonly refusals?: readonly RegExp[];
}

const busy = reply(429, {});
const SCRIPTS: readonly Script[] = [
  { name: 'plain' },
  { name: 'lost answer', submits: ['reset-after'] },
  { name: 'never arrived', submits: ['reset'] },
  { name: 'twin', submits: ['twice'], duration: 400 },
  { name: 'busy', submits: [busy, busy] },
  { name: 'parked before it was sent', refusals: [/^GET \/account/] },
  { name: 'parked while it ran', refusals: [/^GET \/image\/v1\/status\/\w/] },
  { name: 'cancel early', cancelAt: 0.13, duration: 60 },
  { name: 'cancel late', cancelAt: 5, duration: 60 },
  { name: 'two resets', submits: ['reset', 'reset'] },
  { name: 'accepted 45 s late', submits: [{ lateBy: 45 }] },
];

/** One machine: what is stored and what the service did outlive every panel. */
interface Machine {
  readonly world: VirtualWorld & { service: Service };
  readonly stored: Map<string, string>;
  delivered: number;
}

function machine(script: Script): Machine {
  const world = virtualWorld((clock) => createService(clock, FILES), 7);
  world.service.duration = script.duration ?? 10;
  if (script.submits !== undefined) world.service.script(/^POST/, ...script.submits);
  for (const request of script.refusals ?? []) world.service.script(request, reply(401, {}));
  return { world, stored: new Map(), delivered: 0 };
}

/** A panel's life: opened, and killed at moment `killAt` (counted from 1). Answers how many moments there were. */
async function live(it: Machine, script: Script, killAt: number): Promise<number> {
  const { world, stored } = it;
  let moments = 0;
  let dead = false;
  let died = (): void => undefined;
  const death = new Promise<void>((resolve) => {
    died = resolve;
  });
  /** True when it goes on. */
  const moment = (): boolean => {
    if (!dead && ++moments === killAt) {
      dead = true;
      died();
    }
    return !dead;
  };
  const never = (): Promise<never> => new Promise<never>(() => undefined);
  const around = async <Value>(act: () => Promise<Value>): Promise<Value> => {
    if (!moment()) return await never();
    try {
      const value = await act();
      return moment() ? value : await never();
    } catch (thrown) {
      if (!moment()) return await never();
      throw thrown;
    }
  };
  const watched: World = {
    ...world,
    fetch: (address, init) => around(() => world.fetch(address, init)),
    upload: (address, init, onSent) => around(() => world.upload(address, init, (sent) => void (dead || onSent(sent)))),
    // A wait has no effect: killed before or after it is the same.
    sleep: async (milliseconds, signal) => {
      if (!dead) await world.sleep(milliseconds, signal);
      if (dead) await never();
    },
  };
  const store = {
    save: (job: Job) =>
      around(async () => {
        stored.set(job.id, JSON.stringify(job));
        return ok(null);
      }),
  };
  const client = { world: watched, store, traffic: createTraffic(watched), policy: SAFE_POLICY };
  const watcher = { onProgress: () => undefined, onJob: () => undefined };
  const [text] = [...stored.values()];
  const saved = text === undefined ? null : parseJob(JSON.parse(text));
  const signal = new AbortController().signal;
  const source = async () => ok(UPLOAD);
  const running =
    saved === null
      ? startJob(client, ENDPOINT, order(world.random, world.clock), source, watcher, signal)
      : resumeJob(client, ENDPOINT, saved, source, watcher, signal);
  if (script.cancelAt !== undefined) world.after(script.cancelAt, () => dead || running.cancel());
  const end = running.outcome.then((outcome) => {
    if (!outcome.ok || dead) return;
    expect(outcome.value.bytes).toEqual(RESULT);
    it.delivered++;
  });
  await world.until(Promise.race([end, death]));
  return moments;
}

/** Opened again until the job is over or its result is there, as the user would. */
async function finish(it: Machine, script: Script): Promise<void> {
  const { cancelAt: _, ...reopened } = script;
  for (let openings = 0; openings < 6; openings++) {
    const job = jobOf(it);
    if (job !== null && (isOver(job.state) || it.delivered > 0)) break;
    await live(it, job === null ? script : reopened, Number.POSITIVE_INFINITY);
  }
  await it.world.pass(3_600);
}

function jobOf({ stored }: Machine): Job | null {
  const [text] = [...stored.values()];
  return text === undefined ? null : parseJob(JSON.parse(text));
}

function check(it: Machine, where: string): void {
  const { service } = it.world;
  expect(service.charged(), `charges ${where}`).toBeLessThanOrEqual(1);
  expect(it.delivered, `delivered ${where}`).toBe(service.charged());
}

/** Moments in a life that nobody cuts short. */
async function countMoments(script: Script): Promise<number> {
  const it = machine(script);
  return await live(it, script, Number.POSITIVE_INFINITY);
}

const enumerated = { moments: 0, pairs: 0 };

afterAll(() => {
  console.log(
    `Crashes: ${enumerated.moments} moments of ${SCRIPTS.length} runs, and ${enumerated.pairs} pairs of them.`,
  );
});

describe('a panel that is killed', () => {
  it.each(SCRIPTS)(
    'at every moment of a run ($name) and opened again: delivered once, paid once',
    async (script) => {
      await withLightSignals(async () => {
        const moments = await countMoments(script);
        expect(moments).toBeGreaterThan(3);
        enumerated.moments += moments;
        for (let killAt = 1; killAt <= moments; killAt++) {
          const it = machine(script);
          await live(it, script, killAt);
          await it.world.pass(1);
          await finish(it, script);
          check(it, `after a crash at moment ${killAt} of ${moments}`);
        }
      });
    },
    600_000,
  );

  it('at every moment of a run, and again at every moment of the next: delivered once, paid once', async () => {
    await withLightSignals(async () => {
      const script = SCRIPTS[0]!;
      const moments = await countMoments(script);
      let pairs = 0;
      for (let first = 1; first <= moments; first++) {
        for (let second = 1; ; second++) {
          const it = machine(script);
          await live(it, script, first);
          await it.world.pass(1);
          const lived = await live(it, script, second);
          await finish(it, script);
          check(it, `after crashes at moments ${first} and ${second}`);
          pairs++;
          if (lived < second) break;
        }
      }
      expect(pairs).toBeGreaterThan(moments);
      enumerated.pairs += pairs;
    });
  }, 600_000);
});
