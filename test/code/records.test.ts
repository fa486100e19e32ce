/** Records in a client storage that keeps what it is given, refuses when full, can be slow, and can break. */
import type { ClientStorageAPI } from '@figma/plugin-typings/plugin-api-standalone';
import { describe, expect, it } from 'vitest';
import { createRecords, entrySize } from '../../src/code/records';

interface FakeStore extends ClientStorageAPI {
  readonly entries: Map<string, unknown>;
  /** Called before an entry is read or written; may wait or throw. */
  before: (what: 'get' | 'set' | 'delete' | 'keys', key: string) => Promise<void> | void;
}

function fakeStore(first: Record<string, unknown> = {}): FakeStore {
  const entries = new Map<string, unknown>(Object.entries(first));
  const copy = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));
  const store: FakeStore = {
    entries,
    before: () => undefined,
    getAsync: async (key) => {
      await store.before('get', key);
      return copy(entries.get(key));
    },
    setAsync: async (key, value) => {
      await store.before('set', key);
      entries.set(key, copy(value));
    },
    deleteAsync: async (key) => {
      await store.before('delete', key);
      entries.delete(key);
    },
    keysAsync: async () => {
      await store.before('keys', '');
      return [...entries.keys()];
    },
  };
  return store;
}

const SAVED = { ok: true, value: null };
const FULL = { ok: false, error: { code: 'storage-full' } };
const UNREADABLE = { ok: false, error: { code: 'storage-unreadable' } };

describe('records', () => {
  it('come back as they were saved, by the beginning of their key', async () => {
    const store = fakeStore();
    const records = createRecords(store);
    for (const [key, value] of [
      ['job:1', { v: 1 }],
      ['job:2', [null, 'a']],
      ['ledger:2026-11', 7],
      ['settings', {}],
    ] as const) {
      expect(await records.save({ key, value })).toEqual(SAVED);
    }
    expect(await createRecords(store).read(['job:'])).toEqual({
      ok: true,
      value: [
        { key: 'job:1', value: { v: 1 } },
        { key: 'job:2', value: [null, 'a'] },
      ],
    });
  });

  it.each([
    [[], []],
    [
      ['job:', 'settings'],
      ['settings', 'job:1'],
    ],
    [['job:', 'job:1'], ['job:1']],
    [[''], ['settings', 'job:1', 'other']],
    [['nothing:'], []],
  ])('asked for by %j are %j, each once', async (prefixes, keys) => {
    const read = await createRecords(fakeStore({ settings: 1, 'job:1': 2, other: 3 })).read(prefixes);
    expect(read.ok && read.value.map(({ key }) => key)).toEqual(keys);
  });

  it('that mean nothing to anybody come as they are', async () => {
    const value = { odd: [1, 'x', null] };
    const read = await createRecords(fakeStore({ 'job:x': value })).read(['job:']);
    expect(read).toEqual({ ok: true, value: [{ key: 'job:x', value }] });
  });

  it('that another window has forgotten meanwhile are no records any more', async () => {
    const store = fakeStore({ 'job:1': 1, 'job:2': 2 });
    store.before = (what, key) => {
      if (what === 'get' && key === 'job:1') store.entries.delete('job:1');
    };
    expect(await createRecords(store).read(['job:'])).toEqual({ ok: true, value: [{ key: 'job:2', value: 2 }] });
  });

  it.each(['keys', 'get'] as const)(
    'are reported, not taken for missing, when the storage breaks at %s',
    async (at) => {
      const store = fakeStore({ 'job:1': 1 });
      store.before = (what) => {
        if (what === at) throw new Error('broken');
      };
      expect(await createRecords(store).read(['job:'])).toEqual(UNREADABLE);
    },
  );

  it('are refused before the storage is full, with the old ones untouched', async () => {
    const store = fakeStore({ ballast: 'x'.repeat(3_999_900) });
    const value = 'y'.repeat(200);
    expect(await createRecords(store).save({ key: 'job:one', value })).toEqual(FULL);
    expect([...store.entries.keys()]).toEqual(['ballast']);
  });

  it('replace their own old value in a storage that is nearly full', async () => {
    const store = fakeStore({ ballast: 'x'.repeat(3_990_000), 'job:one': 'y'.repeat(5_000) });
    const value = 'z'.repeat(6_000);
    expect(await createRecords(store).save({ key: 'job:one', value })).toEqual(SAVED);
  });

  it.each(['this', 'another'])('fit again after %s window has forgotten others', async (window) => {
    const store = fakeStore({ 'job:old': 'x'.repeat(3_999_900) });
    const records = createRecords(store);
    const record = { key: 'job:one', value: 'y'.repeat(200) };
    expect(await records.save(record)).toEqual(FULL);
    await (window === 'this' ? records : createRecords(store)).forget('job:old');
    expect(await records.save(record)).toEqual(SAVED);
  });

  it('are reported as not stored when the host refuses them', async () => {
    const store = fakeStore();
    store.before = (what) => {
      if (what === 'set') throw new Error('QuotaExceeded');
    };
    expect(await createRecords(store).save({ key: 'job:one', value: 1 })).toEqual(FULL);
  });

  it('are reported as still there when the host does not delete them', async () => {
    const store = fakeStore({ 'job:one': 1 });
    store.before = (what) => {
      if (what === 'delete') throw new Error('broken');
    };
    expect(await createRecords(store).forget('job:one')).toEqual(UNREADABLE);
  });

  it('of one key are written in the order they were saved and forgotten, however slow the first is', async () => {
    const store = fakeStore();
    const held: (() => void)[] = [];
    store.before = (what) => (what === 'set' && held.length === 0 ? new Promise((go) => held.push(go)) : undefined);
    const records = createRecords(store);
    const writes = [
      records.save({ key: 'job:one', value: 1 }),
      records.forget('job:one'),
      records.save({ key: 'job:one', value: 2 }),
    ];
    await expect.poll(() => held).toHaveLength(1);
    held[0]!();
    await Promise.all(writes);
    expect(store.entries.get('job:one')).toBe(2);
  });

  it('of another key do not wait for a slow one', async () => {
    const store = fakeStore();
    store.before = (what, key) => (what === 'set' && key === 'slow' ? new Promise<void>(() => undefined) : undefined);
    const records = createRecords(store);
    void records.save({ key: 'slow', value: 1 });
    expect(await records.save({ key: 'quick', value: 1 })).toEqual(SAVED);
  });

  it('can be saved after one that failed', async () => {
    const store = fakeStore();
    let failing = true;
    store.before = (what) => {
      if (failing && what === 'set') throw new Error('refused');
    };
    const records = createRecords(store);
    expect(await records.save({ key: 'a', value: 1 })).toEqual(FULL);
    failing = false;
    expect(await records.save({ key: 'a', value: 2 })).toEqual(SAVED);
    expect(store.entries.get('a')).toBe(2);
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
