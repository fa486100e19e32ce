/**
 * What this machine remembers for this user: settings and job records, in Figma's client storage (5 MB in all, no
 * image bytes). The key lives here and nowhere else; nothing of this goes into a document.
 */
import type { PluginError } from '../core/errors';
import type { JobId } from '../core/ids';
import type { Job } from '../core/job';
import { parseJob } from '../core/parseJob';
import { failed, ok, type Result } from '../core/result';
import { parseSettings, type Settings } from '../core/settings';

/** Bytes. Figma refuses at 5 MB, counted in a way that it does not document. */
const SOFT_LIMIT = 4_000_000;
const SETTINGS = 'settings';
const JOB = 'job:';

export interface SavedJobs {
  readonly jobs: readonly Job[];
  /** Entries that cannot be read. They stay where they are: a newer version may have written them. */
  readonly unreadable: number;
}

export interface Storage {
  loadSettings(): Promise<Settings>;
  saveSettings(settings: Settings): Promise<Result<null, PluginError>>;
  loadJobs(): Promise<SavedJobs>;
  saveJob(job: Job): Promise<Result<null, PluginError>>;
  forgetJob(id: JobId): Promise<Result<null, PluginError>>;
}

export function createStorage(store: ClientStorageAPI): Storage {
  /** Bytes of every entry, learned from the first save on. */
  let sizes: Promise<Map<string, number>> | null = null;
  /** The last write of each entry: the next one of the same entry waits for it, so the newest wins. */
  const writes = new Map<string, Promise<unknown>>();

  const measure = async (): Promise<Map<string, number>> => {
    const keys = await store.keysAsync();
    const values = await Promise.all(keys.map((key) => store.getAsync(key)));
    return new Map(keys.map((key, index) => [key, entrySize(key, values[index])]));
  };

  const inTurn = <Value>(key: string, write: () => Promise<Value>): Promise<Value> => {
    const turn = (writes.get(key) ?? Promise.resolve()).then(write, write);
    writes.set(key, turn);
    return turn;
  };

  const save = (key: string, value: unknown): Promise<Result<null, PluginError>> =>
    inTurn(key, async () => {
      try {
        sizes ??= measure();
        const taken = await sizes;
        const size = entrySize(key, value);
        const others = [...taken].reduce((sum, [name, bytes]) => (name === key ? sum : sum + bytes), 0);
        if (others + size > SOFT_LIMIT) return failed({ code: 'storage-full' });
        await store.setAsync(key, value);
        taken.set(key, size);
        return ok(null);
      } catch {
        // Full is the only reason that Figma documents for refusing an entry.
        sizes = null;
        return failed({ code: 'storage-full' });
      }
    });

  return {
    async loadSettings() {
      try {
        return parseSettings(await store.getAsync(SETTINGS));
      } catch {
        // Storage that cannot be read must not keep the panel from opening.
        return parseSettings(undefined);
      }
    },
    saveSettings: (settings) => save(SETTINGS, settings),
    async loadJobs() {
      const keys = (await store.keysAsync()).filter((key) => key.startsWith(JOB));
      const saved = await Promise.all(keys.map((key) => store.getAsync(key)));
      const jobs = saved.map(parseJob).filter((job): job is Job => job !== null);
      return { jobs, unreadable: saved.length - jobs.length };
    },
    saveJob: (job) => save(JOB + job.id, job),
    forgetJob: (id) =>
      inTurn(JOB + id, async () => {
        await store.deleteAsync(JOB + id);
        (await sizes)?.delete(JOB + id);
        return ok(null);
      }),
  };
}

/** Bytes of an entry's key and value as JSON in UTF-8, at most: every character beyond ASCII is taken for the longest. */
export function entrySize(key: string, value: unknown): number {
  const text = key + (JSON.stringify(value) ?? '');
  // Counted by the engine itself: a loop here would hold Figma's own thread for seconds when the storage is full.
  const beyond = text.match(/[^\0-\x7f]/g);
  return text.length + 2 * (beyond === null ? 0 : beyond.length);
}
