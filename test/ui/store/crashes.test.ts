/**
 * The whole session is killed before and after every call to the host and to the service, and opened again: enumerated,
 * not sampled. Below it run the real client and a service that charges; the host, its storage and the pixels are fakes.
 */
import { afterAll, describe, expect, test } from 'vitest';
import { balance } from '../../../src/api/balance';
import { readInput } from '../../../src/api/input';
import { resumeJob, startJob } from '../../../src/api/restore';
import { createTraffic } from '../../../src/api/traffic';
import type { World } from '../../../src/api/world';
import { parseJob } from '../../../src/core/job/parseJob';
import { JOB_KEYS } from '../../../src/core/records';
import { ok } from '../../../src/core/result';
import type { Host } from '../../../src/protocol/connect';
import { isRunning } from '../../../src/ui/store/batch/batch';
import { createSession, type Session } from '../../../src/ui/store/session';
import type { Ready } from '../../../src/ui/store/state';
import { FILES } from '../../api/jobs';
import { withLightSignals } from '../../api/schedules/lightSignals';
import { createService, type Fault, type Service } from '../../api/service';
import { type VirtualWorld, virtualWorld } from '../../api/virtualWorld';
import { report, selected } from '../fakes/data';
import { fakeHost } from '../fakes/host';
import { fakeStudio } from '../fakes/studio';

interface Placed {
  readonly layer: string;
  readonly job: string;
}

/** What outlives every panel: the service, the storage and the document. */
interface Machine {
  readonly world: VirtualWorld & { readonly service: Service };
  readonly saved: Map<string, unknown>;
  readonly placed: Placed[];
  readonly layers: readonly string[];
}

/** A panel as its user sees it. */
interface Seen {
  readonly session: Session;
  readonly it: Machine;
  state(): Ready | null;
}

interface Script {
  readonly name: string;
  readonly layers: readonly string[];
  readonly submits?: readonly (Fault | null)[];
  /** Seconds a job takes. */
  readonly duration?: number;
  /** What the user does at each look, a fifth of a second after the last. True when all is done. */
  readonly act: (seen: Seen) => boolean;
}

const isPlaced = ({ placed }: Machine, layer: string): boolean => placed.some((one) => one.layer === layer);

/** Restores one picture, looks at the result and applies it; whatever is offered is taken. */
function one({ session, it, state }: Seen): boolean {
  const now = state();
  if (now === null || now.lease === 'asking') return false;
  const [run, ...others] = now.runs;
  expect(others).toEqual([]);
  if (run === undefined) {
    if (isPlaced(it, 'A')) return true;
    if (now.subject?.state === 'known') void session.deeds.restore();
    return false;
  }
  if (run.state === 'ready' || (run.state === 'review' && !run.applying)) void session.deeds.apply(run.id);
  if (run.state === 'problem') void session.deeds.retry(run.id);
  return run.state === 'applied' && now.jobs.get(run.id)?.state.name === 'DONE';
}

/** Restores all pictures of the selection and applies them together. */
function several({ session, it, state }: Seen): boolean {
  const now = state();
  const batch = now?.batch ?? null;
  if (now === null || now.lease !== 'held') return false;
  const { batch: deeds } = session.deeds;
  if (batch === null) return it.layers.every((layer) => isPlaced(it, layer));
  if (batch.phase === 'survey') {
    if (it.layers.every((layer) => isPlaced(it, layer))) return true;
    if (batch.rows.every(({ found }) => found.state === 'known')) void deeds.start();
    return false;
  }
  if (batch.phase !== 'run' || batch.rows.some(isRunning) || batch.writing !== null) return false;
  if (batch.rows.some(({ work }) => work.state === 'failed')) void deeds.retry(null);
  else if (batch.rows.some(({ work }) => work.state === 'ready' && work.placed.length === 0)) void deeds.applyAll();
  else void deeds.close();
  return false;
}

const SCRIPTS: readonly Script[] = [
  { name: 'one picture', layers: ['A'], act: one },
  { name: 'one picture, its answer lost', layers: ['A'], submits: ['reset-after'], act: one },
  // Long enough for the next panel to see the twin before it costs something.
  { name: 'one picture that the browser sends twice', layers: ['A'], submits: ['twice'], duration: 100, act: one },
  { name: 'three pictures together', layers: ['A', 'B', 'C'], act: several },
];

function machine({ layers, submits = [], duration = 12 }: Script): Machine {
  const world = virtualWorld((clock) => createService(clock, FILES), 3);
  world.service.duration = duration;
  world.service.script(/^POST/, ...submits);
  return { world, saved: new Map(), placed: [], layers };
}

/** Opened, and killed at moment `killAt`, counted from 1. Answers the moments there were, and whether all is done. */
async function live(it: Machine, script: Script, killAt: number): Promise<{ moments: number; done: boolean }> {
  const { world } = it;
  let moments = 0;
  let dead = false;
  const moment = (): boolean => {
    if (!dead && ++moments === killAt) dead = true;
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
  const guarded: World = {
    ...world,
    fetch: (address, init) => around(() => world.fetch(address, init)),
    upload: (address, init, onSent) => around(() => world.upload(address, init, (sent) => void (dead || onSent(sent)))),
    sleep: async (milliseconds, signal) => {
      if (!dead) await world.sleep(milliseconds, signal);
      if (dead) await never();
    },
  };
  const given = { selection: report(...it.layers.map((layer) => selected(layer))) };
  const fake = fakeHost(given, it.saved);
  fake.answer('result.place', ({ target, form, recipe }) => {
    it.placed.push({ layer: target.nodeId, job: recipe.jobId });
    return ok({ nodeId: target.nodeId, form, resultHash: target.imageHash, notes: [] });
  });
  const host: Host = { ...fake.host, call: (name, ask) => around(() => fake.host.call(name, ask)) };
  const service = { balance, startJob, resumeJob, readInput, traffic: createTraffic };
  const session = createSession({ host, studio: fakeStudio(), world: guarded, service });
  const state = (): Ready | null => {
    const now = session.store.get();
    return now.phase === 'ready' ? now : null;
  };
  void session.deeds.open();
  let done = false;
  const user = async (): Promise<void> => {
    const open = new AbortController().signal;
    for (let looks = 0; looks < 5_000 && !dead && !done; looks++) {
      await world.sleep(200, open);
      if (!dead) done = script.act({ session, it, state });
    }
  };
  await world.until(user());
  if (!dead) session.close();
  await world.pass(1);
  return { moments, done };
}

function check(it: Machine, where: string): void {
  const { service } = it.world;
  expect(service.charged(), `charges ${where}`).toBe(it.layers.length);
  for (const layer of it.layers) {
    const placements = it.placed.filter((placed) => placed.layer === layer);
    // The second lies in the first one's place: the panel died before it could write down that it had been applied.
    expect(placements.length, `${layer} applied ${where}`).toBeLessThanOrEqual(2);
    expect(new Set(placements.map(({ job }) => job)).size, `results for ${layer} ${where}`).toBe(1);
  }
  const jobs = [...it.saved].filter(([key]) => key.startsWith(JOB_KEYS)).map(([, value]) => parseJob(value));
  for (const job of jobs) expect(['DONE', 'REJECTED', 'CANCELLED'], where).toContain(job?.state.name);
}

const enumerated = new Map<string, number>();
afterAll(() => {
  console.log([...enumerated].map(([name, moments]) => `${name}: killed at ${moments} moments`).join('\n'));
});

describe('a session that is killed at any moment and opened again', () => {
  test.each(SCRIPTS)(
    '$name: paid once, and applied or offered once',
    async (script) => {
      await withLightSignals(async () => {
        const whole = machine(script);
        const { moments, done } = await live(whole, script, Number.POSITIVE_INFINITY);
        expect(done).toBe(true);
        check(whole, 'without a crash');
        expect(whole.placed).toHaveLength(script.layers.length);
        enumerated.set(script.name, moments);
        for (let killAt = 1; killAt <= moments; killAt++) {
          const it = machine(script);
          const where = `after a crash at moment ${killAt} of ${moments}`;
          const first = await live(it, script, killAt);
          if (!first.done) {
            const second = await live(it, script, Number.POSITIVE_INFINITY);
            expect(second.done, `done ${where}`).toBe(true);
          }
          await it.world.pass(3_600);
          check(it, where);
        }
      });
    },
    600_000,
  );
});
