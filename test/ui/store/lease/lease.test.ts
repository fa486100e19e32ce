import { describe, expect, test } from 'vitest';
import { EXPIRY, HEARTBEAT } from '../../../../src/core/lease';
import { leaseKey } from '../../../../src/core/records';
import { failed } from '../../../../src/core/result';
import { FILE, report, selected } from '../../fakes/data';
import { askJob, completedJob, runningJob } from '../../fakes/service';
import { type Bench, bench, settled } from '../../fakes/session';

const KEY = leaseKey(FILE);
const A = selected('A');

async function window_(saved: Map<string, unknown>, seed: number, given: Parameters<typeof bench>[0] = {}) {
  const made = bench(given, saved, seed);
  await made.session.deeds.open();
  await settled();
  return made;
}

/** Time passes for all of them, a second at a time. */
async function pass(milliseconds: number, ...windows: readonly Bench[]): Promise<void> {
  for (let left = milliseconds; left > 0; left -= 1000) {
    await Promise.all(windows.map(({ world }) => world.pass(Math.min(1000, left))));
  }
}

describe('two windows on one document', () => {
  test('the first holds the lease, the second sees it at work and watches', async () => {
    const saved = new Map<string, unknown>();
    const first = await window_(saved, 1, { jobs: [runningJob('A')] });
    const second = await window_(saved, 2);
    expect(first.state().lease).toBe('held');
    expect(second.state().lease).toBe('asking');
    await pass(2 * HEARTBEAT, first, second);
    expect(second.state().lease).toBe('elsewhere');
    expect(first.service.sent).toHaveLength(1);
    expect(second.service.sent).toEqual([]);
    expect(second.state().jobs.size).toBe(1);
  });

  test('the watching one sees in the records how the other one goes on, and sends nothing itself', async () => {
    const saved = new Map<string, unknown>();
    const first = await window_(saved, 1, { selection: report(A) });
    const second = await window_(saved, 2, { selection: report(A) });
    await pass(2 * HEARTBEAT, first, second);
    saved.set('job:job of A', runningJob('A'));
    await pass(15_000, first, second);
    expect([...second.state().jobs.values()]).toEqual([runningJob('A')]);
    await second.session.deeds.restore();
    expect(second.service.sent).toEqual([]);
    expect(second.state().trouble).toEqual({ code: 'window-elsewhere' });
  });

  test('when the holder closes, the other takes over and goes on with its jobs', async () => {
    const saved = new Map<string, unknown>();
    const first = await window_(saved, 1, { jobs: [runningJob('A')] });
    const second = await window_(saved, 2);
    await pass(2 * HEARTBEAT, first, second);
    first.session.close();
    await settled();
    expect(saved.has(KEY)).toBe(false);
    await pass(3000, second);
    expect(second.state().lease).toBe('held');
    expect(second.service.sent).toMatchObject([{ resumed: { id: 'job of A' } }]);
  });

  test('a holder that was in this very window is gone: nobody waits for it', async () => {
    const gone = { v: 1, holder: 'gone', window: '7', at: 4900 };
    const again = await window_(new Map<string, unknown>([[KEY, gone]]), 2, { window: '7', jobs: [runningJob('A')] });
    await pass(2000, again);
    expect(again.state().lease).toBe('held');
    const other = await window_(new Map<string, unknown>([[KEY, gone]]), 3, { window: '8', jobs: [runningJob('A')] });
    await pass(2000, other);
    expect(other.state().lease).not.toBe('held');
    const unknown = { ...gone, window: null };
    const same = await window_(new Map<string, unknown>([[KEY, unknown]]), 4, { jobs: [runningJob('A')] });
    await pass(2000, same);
    expect(same.state().lease).not.toBe('held');
  });

  test('a holder that is gone without a word is waited for, and not for ever', async () => {
    const saved = new Map<string, unknown>([[KEY, { v: 1, holder: 'gone', at: 4000 }]]);
    const second = await window_(saved, 2, { jobs: [runningJob('A')] });
    await pass(EXPIRY - 2000, second);
    expect(second.state().lease).not.toBe('held');
    await pass(4000, second);
    expect(second.state().lease).toBe('held');
    expect(second.service.sent).toHaveLength(1);
  });

  test('as soon as it has missed a heartbeat, what costs nothing is gone on with: its results are there', async () => {
    const saved = new Map<string, unknown>([[KEY, { v: 1, holder: 'gone', at: 4000 }]]);
    const made = await window_(saved, 2, { jobs: [runningJob('A'), askJob('B'), completedJob('C')] });
    await pass(HEARTBEAT - 1000, made);
    expect(made.service.sent).toEqual([]);
    await pass(3000, made);
    expect(made.state().lease).toBe('vacant');
    expect(made.service.sent.map(({ order }) => order.layerName)).toEqual(['A', 'C']);
    await pass(EXPIRY, made);
    expect(made.service.sent.map(({ order }) => order.layerName)).toEqual(['A', 'C', 'B']);
  });

  test('what was brought back before it was known that another window works is that window’s to offer', async () => {
    const saved = new Map<string, unknown>([[KEY, { v: 1, holder: 'other', at: 5000 }]]);
    const made = await window_(saved, 2, { jobs: [runningJob('A'), runningJob('B')] });
    await pass(HEARTBEAT + 3000, made);
    made.service.sent[0]?.deliver();
    await settled();
    expect(made.state().runs.map(({ state }) => state)).toEqual(['ready', 'running']);
    saved.set(KEY, { v: 1, holder: 'other', at: 5000 + HEARTBEAT + 3000 });
    await pass(2000, made);
    expect(made.state()).toMatchObject({ lease: 'elsewhere', runs: [] });
  });

  test('pressing Restore waits until it is known which window works', async () => {
    const saved = new Map<string, unknown>([[KEY, { v: 1, holder: 'gone', at: 4000 }]]);
    const made = await window_(saved, 2, { selection: report(A) });
    void made.session.deeds.restore();
    await settled();
    expect(made.service.sent).toEqual([]);
    expect(made.state().runs).toMatchObject([{ state: 'running' }]);
    await pass(EXPIRY + 3000, made);
    expect(made.service.sent).toHaveLength(1);
  });

  test('what is cancelled while it waits is not sent', async () => {
    const saved = new Map<string, unknown>([[KEY, { v: 1, holder: 'gone', at: 4000 }]]);
    const made = await window_(saved, 2, { selection: report(A) });
    void made.session.deeds.restore();
    await settled();
    made.session.deeds.cancel(made.state().runs[0]!.id);
    await pass(EXPIRY + 3000, made);
    expect(made.service.sent).toEqual([]);
    expect(made.state()).toMatchObject({ runs: [], trouble: { code: 'job-cancelled', spent: false } });
  });

  test('two that ask at once do not both get it', async () => {
    const saved = new Map<string, unknown>();
    const [first, second] = [bench({}, saved, 1), bench({}, saved, 2)];
    await Promise.all([first.session.deeds.open(), second.session.deeds.open()]);
    await settled();
    await pass(2 * HEARTBEAT, first, second);
    expect([first.state().lease, second.state().lease].sort()).toEqual(['elsewhere', 'held']);
  });

  test('a window that slept and lost it lets its jobs go, and writes no intent any more', async () => {
    const saved = new Map<string, unknown>();
    const first = await window_(saved, 1, { jobs: [runningJob('A')], selection: report(A) });
    const second = await window_(saved, 2);
    // The first window's timers stand still.
    first.world.sleepThrough(EXPIRY + 5000);
    await pass(EXPIRY + 5000, second);
    expect(second.state().lease).toBe('held');
    expect(second.service.sent).toHaveLength(1);
    await pass(2 * HEARTBEAT, first, second);
    expect(first.state().lease).toBe('elsewhere');
    expect(first.state().runs).toEqual([]);
  });

  test('the holder itself notices that it slept and asks anew before it goes on', async () => {
    const saved = new Map<string, unknown>();
    const made = await window_(saved, 1, { jobs: [runningJob('A')] });
    expect(made.service.sent).toHaveLength(1);
    saved.set(KEY, { v: 1, holder: 'another', at: 5000 + HEARTBEAT });
    await pass(HEARTBEAT, made);
    expect(made.state().lease).not.toBe('held');
    await pass(2 * EXPIRY, made);
    expect(made.state().lease).toBe('held');
    expect(made.service.sent).toHaveLength(2);
    expect(made.service.sent[1]?.resumed?.id).toBe('job of A');
  });
});

test('a storage that cannot be written holds nobody back from what is paid for', async () => {
  const made = bench({ jobs: [runningJob('A')] });
  made.host.answer('record.save', failed({ code: 'storage-full' }));
  await made.session.deeds.open();
  await settled();
  expect(made.state().lease).toBe('held');
  expect(made.service.sent).toHaveLength(1);
  await pass(3 * HEARTBEAT, made);
  expect(made.state().lease).toBe('held');
  expect(made.service.sent).toHaveLength(1);
});
