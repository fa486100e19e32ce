import { describe, expect, test } from 'vitest';
import { fileId, jobId, processId } from '../../../src/core/ids';
import type { Job, JobState } from '../../../src/core/job/job';
import {
  type LedgerPage,
  pageOf,
  parseLedgerPage,
  type Spending,
  spendingOf,
  spendingsOf,
  withSpendings,
} from '../../../src/core/money/ledger';
import { ledgerCsv } from '../../../src/core/money/ledgerCsv';
import { byMonth, inFile, merged, total } from '../../../src/core/money/spendings';
import { COMPLETION, ORDER, STATES } from '../jobs';

const job = (state: JobState, change: Partial<Job['order']> = {}): Job => ({
  v: 1,
  id: ORDER.id,
  order: { ...ORDER, ...change },
  state,
  attempts: 1,
  resubmits: 0,
  changedAt: 1,
});

/** What a completed job leaves; the fakes make sure that there is a line. */
const LINE = spendingOf(job(STATES.COMPLETED)) as Spending;
const line = (name: string, change: Partial<Spending> = {}): Spending => ({ ...LINE, job: jobId(name), ...change });

describe('the line of a job', () => {
  test('is there when the service has said what it took, and in no other state', () => {
    const charged = Object.values(STATES).filter((state) => spendingOf(job(state)) !== null);
    expect(charged.map(({ name }) => name)).toEqual(['COMPLETED', 'DONE']);
  });

  test("says the service's own number, not our estimate", () => {
    const state = { ...STATES.COMPLETED, completion: { ...COMPLETION, credits: 3 } };
    expect(spendingOf(job(state, { estimate: 1 }))?.credits).toBe(3);
  });

  test('is missing where nothing was paid: nothing charged, or a result taken over from an earlier job', () => {
    expect(spendingOf(job({ ...STATES.COMPLETED, completion: { ...COMPLETION, credits: 0 } }))).toBeNull();
    expect(spendingOf(job(STATES.DONE, { reuses: jobId('earlier') }))).toBeNull();
  });

  test('stands on the page of its month, also at the end of time', () => {
    expect(pageOf(line('a', { at: Date.UTC(2026, 10, 30, 23, 59, 59, 999) }))).toBe('2026-11');
    const never = { ...STATES.COMPLETED, completion: { ...COMPLETION, completedAt: 1e300 } };
    expect(pageOf(spendingOf(job(never)) as Spending)).toMatch(/^\+275760/);
  });
});

describe('a job that the service charged twice', () => {
  const twins = [{ processId: processId('p-2'), credits: 2 }];
  const lines = spendingsOf({ ...job(STATES.DONE), twins });

  test('has a second line, with the name to ask the service about', () => {
    expect(lines).toEqual([LINE, { ...LINE, credits: 2, twin: 'p-2' }]);
    expect(spendingsOf({ ...job(STATES.RUNNING), twins })).toEqual([]);
  });

  test('keeps both through storage, once each', () => {
    const page = withSpendings(withSpendings({ v: 1, spendings: [] }, lines), lines);
    expect(parseLedgerPage(JSON.parse(JSON.stringify(page)))).toEqual({ kind: 'page', page });
    expect(total(merged([page.spendings, lines]))).toBe(3);
  });
});

describe('a page', () => {
  const page: LedgerPage = { v: 1, spendings: [line('a')] };

  test('takes a job once, however often it is handed in', () => {
    const more = withSpendings(page, [line('a', { credits: 9 }), line('b')]);
    expect(more.spendings.map(({ job, credits }) => [job, credits])).toEqual([
      ['a', 1],
      ['b', 1],
    ]);
    expect(withSpendings(more, [line('a'), line('b')])).toBe(more);
  });

  test('comes back from storage as it was', () => {
    expect(parseLedgerPage(JSON.parse(JSON.stringify(page)))).toEqual({ kind: 'page', page });
  });

  test.each([
    ['nothing', null, []],
    ['a text', 'ledger', []],
    ['no lines', { v: 1 }, []],
    ['another form of an older version', { v: 0, spendings: [] }, []],
    ['a line without a price', { v: 1, spendings: [{ ...line('a'), credits: '1' }, line('b')] }, ['b']],
    ['a line of no time', { v: 1, spendings: [{ ...line('a'), at: 1e300 }, line('b')] }, ['b']],
    ['a line that is no line', { v: 1, spendings: [null, line('b')] }, ['b']],
  ])('that holds %s is damaged, and keeps what can be read of it', (_, saved, left) => {
    const read = parseLedgerPage(saved);
    expect(read.kind === 'damaged' && read.left.map(({ job }) => job)).toEqual(left);
  });

  test('of a newer version is left to that version', () => {
    expect(parseLedgerPage({ v: 2, spendings: [line('a')] })).toEqual({ kind: 'newer' });
  });
});

describe('the sums', () => {
  const NOVEMBER = Date.UTC(2026, 10, 5);
  const lines = merged([
    [line('a', { at: NOVEMBER, credits: 2 }), line('b', { at: NOVEMBER + 1, credits: 3, file: fileId('other') })],
    [line('c', { at: Date.UTC(2026, 9, 1), credits: 5 }), line('a', { at: NOVEMBER, credits: 2 })],
  ]);

  test('run from the newest line to the oldest and count each job once', () => {
    expect(lines.map(({ job }) => job)).toEqual(['b', 'a', 'c']);
    expect(total(lines)).toBe(10);
  });

  test('tell this file from the others', () => {
    expect(total(inFile(lines, LINE.file))).toBe(7);
    expect(total(inFile(lines, fileId('a third')))).toBe(0);
  });

  test('go by the month', () => {
    const months = byMonth(lines, (at) => new Date(at).toISOString().slice(0, 7));
    expect(months.map(({ name, credits, lines: all }) => [name, credits, all.length])).toEqual([
      ['2026-11', 5, 2],
      ['2026-10', 5, 1],
    ]);
  });
});

test('the exported table says when, on what, how much and where', () => {
  const rows = ledgerCsv(
    [
      line('j1', { at: Date.UTC(2026, 10, 22, 14, 5, 9), layer: 'Hero, left', preset: 'Old scan', credits: 2 }),
      line('j1', { at: 1000, preset: null, twin: processId('p-2') }),
      line('j2', { at: 0, layer: '=cmd()', fileName: 'Größe' }),
    ],
    () => 'Topaz Labs',
  );
  expect(rows).toBe(
    [
      '\ufeffTime (UTC),Layer,File,Preset,Credits,Service,Address,Job,Charged twice as\r\n',
      '2026-11-22T14:05:09.000Z,"Hero, left",Landing page,Old scan,2,Topaz Labs,https://api.example,j1,\r\n',
      '1970-01-01T00:00:01.000Z,Portrait,Landing page,,1,Topaz Labs,https://api.example,j1,p-2\r\n',
      "1970-01-01T00:00:00.000Z,'=cmd(),Größe,,1,Topaz Labs,https://api.example,j2,\r\n",
    ].join(''),
  );
});
