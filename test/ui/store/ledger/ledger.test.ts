import { describe, expect, test } from 'vitest';
import { fileId } from '../../../../src/core/ids';
import type { Job, JobState } from '../../../../src/core/job/job';
import { parseLedgerPage } from '../../../../src/core/money/ledger';
import { ledgerKey } from '../../../../src/core/records';
import { failed } from '../../../../src/core/result';
import { createLedger, type Ledger } from '../../../../src/ui/store/ledger/ledger';
import { createJobs } from '../../../../src/ui/store/records/jobStore';
import { createStore, type Store } from '../../../../src/ui/store/store';
import { COMPLETION, job, opening } from '../../fakes/data';
import { type FakeHost, fakeHost } from '../../fakes/host';
import { completedJob } from '../../fakes/service';

interface Window {
  readonly ledger: Ledger;
  readonly host: FakeHost;
  readonly store: Store;
}

/** A panel that is open; panels that share `saved` are windows of one user. */
function panel(saved = new Map<string, unknown>()): Window {
  const host = fakeHost({}, saved);
  const store = createStore();
  store.dispatch({ type: 'opened', opening: opening() });
  const sleep = () => new Promise<void>((resolve) => setTimeout(resolve, 0));
  return { host, store, ledger: createLedger(host.host, store, { sleep }, new AbortController().signal) };
}

const charged = (name: string, completedAt: number, credits = 1): Job => {
  const { state } = completedJob(name);
  return job(name, { ...state, completion: { ...COMPLETION, completedAt, credits } } as JobState);
};

/** The layers on a page, as stored. */
function layersOn(saved: ReadonlyMap<string, unknown>, key: string): readonly string[] {
  const read = parseLedgerPage(saved.get(key));
  return read.kind === 'page' ? read.page.spendings.map(({ layer }) => layer) : [];
}

const shown = ({ store }: Window) => {
  const state = store.get();
  return state.phase === 'ready' && state.ledger.state === 'known' ? state.ledger : null;
};
const trouble = ({ store }: Window) => {
  const state = store.get();
  return state.phase === 'ready' ? state.trouble : null;
};

const NOVEMBER = Date.UTC(2026, 10, 5);
const OCTOBER = Date.UTC(2026, 9, 5);
const PAGE = ledgerKey('2026-11', 0);

describe('writing down what was spent', () => {
  test('each charge stands on the page of its month, once, however often it is reported', async () => {
    const window = panel();
    const jobs = [charged('a', NOVEMBER), charged('b', OCTOBER), charged('c', NOVEMBER)];
    await window.ledger.settle(jobs);
    await window.ledger.settle(jobs);
    expect(layersOn(window.host.saved, PAGE)).toEqual(['a', 'c']);
    expect(layersOn(window.host.saved, ledgerKey('2026-10', 0))).toEqual(['b']);
    const again = panel(window.host.saved);
    await again.ledger.settle(jobs);
    expect(layersOn(window.host.saved, PAGE)).toEqual(['a', 'c']);
    expect(again.host.asks('record.save')).toEqual([]);
  });

  test('jobs without a charge are not looked at further', async () => {
    const window = panel();
    expect(await window.ledger.settle([job('a', { name: 'CANCELLED' })])).toEqual({ ok: true, value: null });
    expect(window.host.calls).toEqual([]);
  });

  test('windows that write the same page at the same moment lose no line', async () => {
    const saved = new Map<string, unknown>();
    const windows = ['a', 'b', 'c', 'd'].map((name) => ({ name, ...panel(saved) }));
    const results = await Promise.all(
      windows.map(({ name, ledger }) => ledger.settle([charged(`${name}1`, NOVEMBER), charged(`${name}2`, NOVEMBER)])),
    );
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect([...layersOn(saved, PAGE)].sort()).toEqual(['a1', 'a2', 'b1', 'b2', 'c1', 'c2', 'd1', 'd2']);
  });

  test('what is reported while a page is being written is written together, after it', async () => {
    const window = panel();
    const turns = [window.ledger.settle([charged('a', NOVEMBER)])];
    while (window.host.asks('record.save').length === 0) await Promise.resolve();
    turns.push(...['b', 'c', 'd'].map((name) => window.ledger.settle([charged(name, NOVEMBER)])));
    await Promise.all(turns);
    expect(layersOn(window.host.saved, PAGE)).toEqual(['a', 'b', 'c', 'd']);
    const pages = window.host.calls.filter(
      ({ ask }) => 'prefix' in (ask as object) === false || (ask as { prefix: string }).prefix === PAGE,
    );
    // Read, write, read back: and only then the next.
    expect(pages.map(({ name }) => name.replace('record.', ''))).toEqual([
      'read',
      'save',
      'read',
      'read',
      'save',
      'read',
    ]);
  });
});

test('a job whose completion is stored is charged in the ledger, before anything is done with its result', async () => {
  const window = panel();
  const jobs = createJobs(window.host.host, window.store, window.ledger, { isSure: () => true }, { clock: () => 5000 });
  await jobs.save(job('a', { name: 'CANCELLED' }));
  await jobs.save(charged('b', NOVEMBER));
  await window.ledger.settle([]);
  expect(layersOn(window.host.saved, PAGE)).toEqual(['b']);
});

describe('when storage is not as it should be', () => {
  test('full: the job is answered as missing, it is said, and the next report writes it', async () => {
    const window = panel();
    window.host.answer('record.save', failed({ code: 'storage-full' }));
    expect(await window.ledger.settle([charged('a', NOVEMBER)])).toEqual(failed({ code: 'spending-unwritten' }));
    expect(trouble(window)).toEqual({ code: 'spending-unwritten' });
    const later = panel(window.host.saved);
    expect((await later.ledger.settle([charged('a', NOVEMBER)])).ok).toBe(true);
    expect(layersOn(window.host.saved, PAGE)).toEqual(['a']);
  });

  test('one page that fails does not keep the others from being written', async () => {
    const window = panel();
    const save = (key: string) => {
      if (key === PAGE) return failed({ code: 'storage-full' } as const);
      window.host.saved.set(key, window.host.asks('record.save').at(-1)?.value);
      return { ok: true, value: null } as const;
    };
    window.host.answer('record.save', ({ key }) => save(key));
    expect((await window.ledger.settle([charged('a', NOVEMBER), charged('b', OCTOBER)])).ok).toBe(false);
    expect(layersOn(window.host.saved, ledgerKey('2026-10', 0))).toEqual(['b']);
  });

  test('a write that storage takes and forgets is no success', async () => {
    const window = panel();
    window.host.answer('record.save', { ok: true, value: null });
    expect(await window.ledger.settle([charged('a', NOVEMBER)])).toEqual(failed({ code: 'spending-unwritten' }));
    expect(window.host.asks('record.save').length).toBeLessThan(10);
  });

  test('damaged: the page is put aside first, and what can be read of it goes on', async () => {
    const window = panel();
    await window.ledger.settle([charged('a', NOVEMBER)]);
    const [line] = (window.host.saved.get(PAGE) as { spendings: object[] }).spendings;
    const damaged = { v: 1, spendings: [line, { job: 'half' }] };
    window.host.saved.set(PAGE, damaged);
    const later = panel(window.host.saved);
    await later.ledger.settle([charged('b', NOVEMBER)]);
    expect(layersOn(later.host.saved, PAGE)).toEqual(['a', 'b']);
    expect(later.host.saved.get(`unreadable:${PAGE}`)).toEqual(damaged);
    expect(later.host.asks('record.save').map(({ key }) => key)).toEqual([`unreadable:${PAGE}`, PAGE]);
    await later.ledger.read();
    expect(shown(later)).toMatchObject({ damaged: 1, newer: 0 });
    expect(
      shown(later)
        ?.lines.map(({ layer }) => layer)
        .sort(),
    ).toEqual(['a', 'b']);
  });

  test('damaged twice: what was put aside before is not written over', async () => {
    const saved = new Map<string, unknown>([
      [`unreadable:${PAGE}`, 'first'],
      [PAGE, 'second'],
    ]);
    await panel(saved).ledger.settle([charged('a', NOVEMBER)]);
    expect(saved.get(`unreadable:${PAGE}`)).toBe('first');
    expect(saved.get(`unreadable:${PAGE} 2`)).toBe('second');
  });

  test('damaged and full: nothing is written over', async () => {
    const saved = new Map<string, unknown>([[PAGE, 'damaged']]);
    const window = panel(saved);
    window.host.answer('record.save', failed({ code: 'storage-full' }));
    expect((await window.ledger.settle([charged('a', NOVEMBER)])).ok).toBe(false);
    expect(window.host.asks('record.save').map(({ key }) => key)).toEqual([`unreadable:${PAGE}`]);
    expect(saved.get(PAGE)).toBe('damaged');
  });

  test("a newer version's page stays as it is, and the month goes on beside it", async () => {
    const newer = { v: 2, months: 'another form' };
    const saved = new Map<string, unknown>([[PAGE, newer]]);
    const window = panel(saved);
    await window.ledger.settle([charged('a', NOVEMBER)]);
    await window.ledger.settle([charged('b', NOVEMBER)]);
    expect(saved.get(PAGE)).toEqual(newer);
    expect(layersOn(saved, ledgerKey('2026-11', 1))).toEqual(['a', 'b']);
    await window.ledger.read();
    expect(shown(window)).toMatchObject({ damaged: 0, newer: 1 });
    expect(shown(window)?.lines).toHaveLength(2);
  });

  test('unreadable: it is said in place of the lines, and can be read again', async () => {
    const window = panel();
    window.host.answer('record.read', failed({ code: 'storage-unreadable' }));
    await window.ledger.read();
    const state = window.store.get();
    expect(state.phase === 'ready' && state.ledger).toEqual({ state: 'failed', error: { code: 'storage-unreadable' } });
  });
});

describe('reading it back', () => {
  test('lines of all months and files come newest first, with what they are about', async () => {
    const window = panel();
    const other = { ...charged('c', NOVEMBER + 5, 3) };
    const elsewhere: Job = {
      ...other,
      order: { ...other.order, target: { ...other.order.target, fileId: fileId('other') }, fileName: 'Campaign' },
    };
    await window.ledger.settle([charged('a', OCTOBER), charged('b', NOVEMBER), elsewhere]);
    await window.ledger.read();
    expect(shown(window)?.lines.map(({ layer, fileName, credits }) => [layer, fileName, credits])).toEqual([
      ['c', 'Campaign', 3],
      ['b', 'Annual report', 1],
      ['a', 'Annual report', 1],
    ]);
  });

  test('a charge that comes while it is looked at is shown at once', async () => {
    const window = panel();
    await window.ledger.read();
    await window.ledger.settle([charged('a', NOVEMBER)]);
    expect(shown(window)?.lines).toHaveLength(1);
  });
});
