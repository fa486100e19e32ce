// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, within } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import { fileId } from '../../../src/core/ids';
import type { Job } from '../../../src/core/job/job';
import { spendingOf } from '../../../src/core/money/ledger';
import { ledgerKey } from '../../../src/core/records';
import { failed } from '../../../src/core/result';
import { STANDARD_SETTINGS, TOPAZ_ADDRESS } from '../../../src/core/settings';
import type { SavedRecord } from '../../../src/protocol/messages';
import { COMPLETION, report, selected } from '../fakes/data';
import { button, calm, shown, written } from '../fakes/screen';
import { completedJob } from '../fakes/service';

afterEach(cleanup);

const TOPAZ = { ...STANDARD_SETTINGS, service: 'topaz', key: 'sk-0123456789' } as const;

/** Noon, so that no time zone moves it into another month. */
const day = (month: number, date: number): number => Date.UTC(2026, month - 1, date, 12);

function line(layer: string, at: number, credits: number, order: Partial<Job['order']> = {}) {
  const made = completedJob(layer);
  const state = { ...made.state, completion: { ...COMPLETION, completedAt: at, credits } } as Job['state'];
  return spendingOf({ ...made, order: { ...made.order, address: TOPAZ_ADDRESS, ...order }, state });
}

const elsewhere = { target: { ...selected('x').target, fileId: fileId('other') }, fileName: 'Campaign' };

const page = (month: string, ...spendings: readonly unknown[]): SavedRecord => ({
  key: ledgerKey(month, 0),
  value: { v: 1, spendings },
});

const RECORDS = [
  page('2026-11', line('Portrait', day(11, 3), 1), line('Team', day(11, 20), 3, { ...elsewhere, preset: null })),
  page('2026-10', line('Scan', day(10, 9), 8)),
];

const open = async (records: readonly SavedRecord[]) => {
  const made = await shown({ command: 'settings', settings: TOPAZ, records });
  await calm(() => fireEvent.click(button('Show all')));
  return made;
};

describe('what was spent', () => {
  test('is summed up in the settings, for this file and for all', async () => {
    await shown({ command: 'settings', settings: TOPAZ, records: RECORDS });
    await calm();
    expect(written()).toContain('This file: 9 credits · All files: 12 credits');
  });

  test('is listed newest first, month by month, with the preset and the other file', async () => {
    await open(RECORDS);
    expect(written()).toContain('This file: 9 credits · All files: 12 credits');
    expect(screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent)).toEqual([
      'November 2026',
      'October 2026',
    ]);
    const rows = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
    expect(rows).toHaveLength(3);
    expect(rows[0]).toMatch(/^Team20 Nov, \d\d:00 · Set by hand · Campaign3 credits$/);
    expect(rows[1]).toMatch(/^Portrait3 Nov, \d\d:00 · Balanced1 credit$/);
    expect(rows[2]).toMatch(/^Scan9 Oct, \d\d:00 · Balanced8 credits$/);
  });

  test('names a charge too many with the job to ask the service about', async () => {
    const own = line('Portrait', day(11, 3), 1);
    await open([page('2026-11', own, { ...own, twin: 'p-2' })]);
    expect(written()).toContain('Charged twice by the service. Ask it to give this back, for its job p-2.');
    expect(written()).toContain('All files: 2 credits');
  });

  test('shows the layer of a line of this file, and offers that for no other file', async () => {
    const made = await open(RECORDS);
    const [team, portrait] = screen.getAllByRole('listitem');
    expect(within(team as HTMLElement).queryByRole('button')).toBeNull();
    await calm(() =>
      fireEvent.click(within(portrait as HTMLElement).getByRole('button', { name: 'Show layer Portrait' })),
    );
    expect(made.host.asks('layer.show')).toEqual([{ nodeId: 'Portrait' }]);
  });

  test('a layer that is gone is said there and then', async () => {
    const made = await open(RECORDS);
    made.host.answer('layer.show', failed({ code: 'layer-gone' }));
    await calm(() => fireEvent.click(button('Show layer Portrait')));
    expect(screen.getByRole('alert').textContent).toContain('The layer is no longer in the document.');
    await calm(() => fireEvent.click(button('Dismiss')));
    expect(screen.queryByRole('alert')).toBeNull();
  });

  test('never adds up the credits of two services', async () => {
    const local = { address: STANDARD_SETTINGS.localAddress };
    await open([...RECORDS, page('2026-09', line('Try', day(9, 1), 40, local))]);
    expect(written()).toContain('All files: 12 credits');
    expect(written()).not.toContain('Try');
    await calm(() => fireEvent.change(screen.getByLabelText('Service'), { target: { value: 'Local engine' } }));
    expect(written()).toContain('All files: 40 credits');
    expect(written()).toContain('Credits of the local engine cost nothing.');
    expect(written()).not.toContain('Portrait');
  });

  test('of many hundred lines the newest are drawn, the month is whole, and the others can be asked for', async () => {
    const many = Array.from({ length: 250 }, (_, index) => line(`Layer ${index}`, day(11, 20) - index * 1000, 1));
    await open([page('2026-11', ...many)]);
    expect(screen.getAllByRole('listitem')).toHaveLength(100);
    expect(written()).toContain('November 2026250 credits');
    await calm(() => fireEvent.click(button('Show older (150)')));
    await calm(() => fireEvent.click(button('Show older (50)')));
    expect(screen.getAllByRole('listitem')).toHaveLength(250);
    expect(screen.queryByRole('button', { name: /Show older/ })).toBeNull();
  });

  test('nothing yet: it is said, and there is nothing to export', async () => {
    await open([]);
    expect(written()).toContain('Nothing was spent yet.');
    expect(screen.queryByRole('button', { name: 'Export CSV' })).toBeNull();
  });

  test('what cannot be read is said, and the rest is listed', async () => {
    const [november, october] = RECORDS as [SavedRecord, SavedRecord];
    await open([november, { ...october, value: 'scratched' }, { key: ledgerKey('2027-01', 0), value: { v: 2 } }]);
    expect(written()).toContain('1 saved month could not be read whole.');
    expect(written()).toContain('1 month was saved by a newer version');
    expect(screen.getAllByRole('listitem')).toHaveLength(2);
  });

  test('a storage that cannot be read is said, and can be read again', async () => {
    const made = await shown({ command: 'settings', settings: TOPAZ, records: RECORDS });
    made.host.answer('record.read', failed({ code: 'storage-unreadable' }));
    await calm(() => fireEvent.click(button('Show all')));
    expect(screen.getByRole('alert').textContent).toContain('Figma could not read');
    made.host.answer('record.read', ({ prefix }) => ({
      ok: true,
      value: RECORDS.filter(({ key }) => key.startsWith(prefix)),
    }));
    await calm(() => fireEvent.click(button('Try again')));
    expect(screen.getAllByRole('listitem')).toHaveLength(3);
  });

  test('Esc goes back to the settings, and from there to the work', async () => {
    await open(RECORDS);
    await calm(() => fireEvent.keyDown(window, { key: 'Escape' }));
    expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('Settings');
    await calm(() => fireEvent.keyDown(window, { key: 'Escape' }));
    expect(screen.queryByRole('heading', { name: 'Settings' })).toBeNull();
  });

  test('a result that is applied is on the list, with what the service took', async () => {
    const made = await shown({ selection: report(selected('Portrait')) });
    await calm(() => fireEvent.click(button(/^Restore 3 faces/)));
    await calm(() => made.service.sent[0]?.deliver());
    await calm(() => fireEvent.click(button('Apply')));
    await calm(() => made.session.store.dispatch({ type: 'page', page: 'spending' }));
    await calm();
    expect(screen.getAllByRole('listitem').map(({ textContent }) => textContent)).toEqual([
      expect.stringMatching(/^Portrait1 Jan, .*Balanced1 credit$/),
    ]);
  });

  test('what was paid before the panel went away is added at the next opening', async () => {
    await shown({ command: 'settings', jobs: [completedJob('Portrait')] });
    await calm();
    expect(written()).toContain('This file: 1 credit · All files: 1 credit');
  });
});
