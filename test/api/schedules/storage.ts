/** The host's storage of job records, with its troubles: full, slow, silent, or a step behind when it is read. */
import type { World } from '../../../src/api/world';
import type { PluginError } from '../../../src/core/errors';
import type { Job } from '../../../src/core/job/job';
import { parseJob } from '../../../src/core/job/parseJob';
import { failed, ok, type Result } from '../../../src/core/result';

export type SaveTrouble =
  | 'full'
  /** Stored and acknowledged after 5 s. */
  | 'slow'
  /** Stored, and never acknowledged. */
  | 'unacknowledged'
  /** Neither. */
  | 'lost';

export interface Storage {
  save(job: Job): Promise<Result<null, PluginError>>;
  /** Queues troubles for the next saves. null: goes well. */
  trouble(...troubles: readonly (SaveTrouble | null)[]): void;
  /** The records as a panel finds them that opens now. `stale`: without what was written within the last 2 s. */
  read(stale: boolean): readonly Job[];
  /** True when this tag is written down as being sent. */
  intends(tag: string): boolean;
  /** Bytes of the longest record that was ever saved. */
  readonly longest: () => number;
}

interface Slot {
  text: string;
  before: string | null;
  writtenAt: number;
}

/** Milliseconds. */
const LATENCY = 3;
const SLOW = 5_000;
const STALE = 2_000;

export function createStorage(world: Pick<World, 'sleep' | 'now'>, onTrouble: () => void): Storage {
  const slots = new Map<string, Slot>();
  const queues = new Map<string, Promise<void>>();
  const troubles: (SaveTrouble | null)[] = [];
  const never = new AbortController().signal;
  let longest = 0;

  const write = (key: string, text: string): void => {
    slots.set(key, { text, before: slots.get(key)?.text ?? null, writtenAt: world.now() });
  };
  return {
    longest: () => longest,
    trouble: (...more) => void troubles.push(...more),
    async save(job) {
      const text = JSON.stringify(job);
      longest = Math.max(longest, text.length);
      const trouble = troubles.shift() ?? null;
      if (trouble !== null) onTrouble();
      // A host writes in the order in which it was asked.
      const earlier = queues.get(job.id) ?? Promise.resolve();
      const done = earlier.then(async () => {
        await world.sleep(trouble === 'slow' ? SLOW : LATENCY, never);
        if (trouble !== 'full' && trouble !== 'lost') write(job.id, text);
      });
      queues.set(job.id, done);
      await done;
      if (trouble === 'full') return failed({ code: 'storage-full' });
      if (trouble === 'unacknowledged' || trouble === 'lost') return await new Promise<never>(() => undefined);
      return ok(null);
    },
    read: (stale) =>
      [...slots.values()].map(({ text, before, writtenAt }) => {
        const isBehind = stale && before !== null && world.now() - writtenAt < STALE;
        const job = parseJob(JSON.parse(isBehind ? before : text));
        if (job === null) throw new Error(`A record was saved that cannot be read: ${text}`);
        return job;
      }),
    intends: (tag) =>
      [...slots.values()].some(({ text }) => {
        const { state } = JSON.parse(text) as Job;
        return state.name === 'SUBMITTING' && state.attempt.tag === tag;
      }),
  };
}
