/** Settings and job records in a client storage that keeps what it is given, refuses when full, and can be slow. */
import type { ClientStorageAPI } from '@figma/plugin-typings/plugin-api-standalone';
import { describe, expect, it } from 'vitest';
import { createStorage, entrySize } from '../../src/code/storage';
import { fileId, imageHash, type JobId, jobId, nodeId } from '../../src/core/ids';
import { type Job, newJob } from '../../src/core/job';
import { STANDARD_PARAMETERS } from '../../src/core/parameters';
import { STANDARD_SETTINGS } from '../../src/core/settings';

interface FakeStore extends ClientStorageAPI {
  readonly entries: Map<string, unknown>;
  /** Called before an entry is written; may wait or throw. */
  beforeSet: (key: string) => Promise<void> | void;
}

function fakeStore(first: Record<string, unknown> = {}): FakeStore {
  const entries = new Map<string, unknown>(Object.entries(first));
  const copy = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));
  const store: FakeStore = {
    entries,
    beforeSet: () => undefined,
    getAsync: async (key) => copy(entries.get(key)),
    setAsync: async (key, value) => {
      await store.beforeSet(key);
      entries.set(key, copy(value));
    },
    deleteAsync: async (key) => {
      entries.delete(key);
    },
    keysAsync: async () => [...entries.keys()],
  };
  return store;
}

function job(id: string): Job {
  return newJob({
    id: jobId(id),
    workKey: 'work',
    target: { fileId: fileId('f'), nodeId: nodeId('1:2'), paintIndex: 0, imageHash: imageHash('a') },
    layerName: 'Portrait',
    fileName: 'Portrait.png',
    parameters: STANDARD_PARAMETERS,
    preset: null,
    address: 'http://localhost:4141',
    input: { width: 64, height: 64 },
    estimate: 1,
    createdAt: 1,
  });
}

describe('job records', () => {
  it('come back as they were saved, one entry a job', async () => {
    const store = fakeStore();
    expect(await createStorage(store).saveJob(job('one'))).toEqual({ ok: true, value: null });
    expect([...store.entries.keys()]).toEqual(['job:one']);
    expect(await createStorage(store).loadJobs()).toEqual({ jobs: [job('one')], unreadable: 0 });
  });

  it('that cannot be read are counted and stay where they are', async () => {
    const store = fakeStore({ 'job:x': 'nonsense', 'job:y': { v: 99 }, 'job:z': null, settings: {}, other: 1 });
    const storage = createStorage(store);
    await storage.saveJob(job('good'));
    expect(await storage.loadJobs()).toEqual({ jobs: [job('good')], unreadable: 3 });
    expect([...store.entries.keys()]).toEqual(['job:x', 'job:y', 'job:z', 'settings', 'other', 'job:good']);
  });

  it('are refused before the storage is full, with the old ones untouched', async () => {
    const store = fakeStore({ ballast: 'x'.repeat(3_999_900) });
    const storage = createStorage(store);
    expect(await storage.saveJob(job('one'))).toEqual({ ok: false, error: { code: 'storage-full' } });
    expect([...store.entries.keys()]).toEqual(['ballast']);
  });

  it('fit again after others were forgotten', async () => {
    const store = fakeStore({ 'job:old': 'x'.repeat(3_999_900) });
    const storage = createStorage(store);
    await storage.saveJob(job('one'));
    await storage.forgetJob('old' as JobId);
    expect(await storage.saveJob(job('one'))).toEqual({ ok: true, value: null });
  });

  it('are reported as not stored when the host refuses them', async () => {
    const store = fakeStore();
    store.beforeSet = () => {
      throw new Error('QuotaExceeded');
    };
    expect(await createStorage(store).saveJob(job('one'))).toEqual({ ok: false, error: { code: 'storage-full' } });
  });

  it('of one job are written in the order they were saved, however slow the first is', async () => {
    const store = fakeStore();
    let release = (): void => undefined;
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    let first = true;
    store.beforeSet = async () => {
      if (!first) return;
      first = false;
      await slow;
    };
    const storage = createStorage(store);
    const older = storage.saveJob(job('one'));
    const newer = storage.saveJob({ ...job('one'), changedAt: 2 });
    release();
    await Promise.all([older, newer]);
    expect((store.entries.get('job:one') as Job).changedAt).toBe(2);
  });

  it('of another job do not wait for a slow one', async () => {
    const store = fakeStore();
    store.beforeSet = (key) => (key === 'job:slow' ? new Promise<void>(() => undefined) : undefined);
    const storage = createStorage(store);
    void storage.saveJob(job('slow'));
    expect(await storage.saveJob(job('quick'))).toEqual({ ok: true, value: null });
  });

  it('take at most 1 kB each', () => {
    expect(entrySize('job:one', job('0123456789abcdef'))).toBeLessThan(1000);
  });
});

describe('settings', () => {
  it('come back as they were saved', async () => {
    const store = fakeStore();
    const settings = { ...STANDARD_SETTINGS, service: 'topaz', key: 'k' } as const;
    await createStorage(store).saveSettings(settings);
    expect(await createStorage(store).loadSettings()).toEqual(settings);
  });

  it.each([[undefined], ['nonsense'], [42], [{ panel: 'wide' }]])(
    'are the standard ones when %j was saved',
    async (saved) => {
      const storage = createStorage(fakeStore(saved === undefined ? {} : { settings: saved }));
      expect(await storage.loadSettings()).toEqual(STANDARD_SETTINGS);
    },
  );

  it('are the standard ones when the storage cannot be read', async () => {
    const store = fakeStore();
    store.getAsync = async () => {
      throw new Error('broken');
    };
    expect(await createStorage(store).loadSettings()).toEqual(STANDARD_SETTINGS);
  });
});

describe('the size of an entry', () => {
  it.each([
    ['a', 'b', 4],
    ['a', 'ä', 6],
    ['a', '€', 6],
    ['a', '😀', 9],
    ['a', undefined, 1],
  ])('counts key %s and value %s as at most %i bytes of UTF-8', (key, value, bytes) => {
    expect(entrySize(key, value)).toBe(bytes);
  });
});
