// @vitest-environment happy-dom
import { cleanup, fireEvent, screen, within } from '@testing-library/preact';
import { afterEach, describe, expect, test } from 'vitest';
import { fileId } from '../../../src/core/ids';
import { leaseKey } from '../../../src/core/records';
import { TOPAZ_ADDRESS } from '../../../src/core/settings';
import { FILE, job, report, selected } from '../fakes/data';
import { button, calm, shown, written } from '../fakes/screen';
import { runningJob } from '../fakes/service';
import type { Bench } from '../fakes/session';

afterEach(cleanup);
const A = selected('Portrait');
const { state: RUNNING } = runningJob('any');

async function ready(...layers: readonly string[]): Promise<Bench> {
  const made = await shown({ jobs: layers.map(runningJob) });
  for (const sent of made.service.sent) await calm(() => sent.deliver());
  return made;
}

describe('results that are ready', () => {
  test('one can be applied at once, its layer shown, or it is reviewed', async () => {
    const made = await ready('Portrait');
    expect(written()).toContain('1 result is ready');
    await calm(() => fireEvent.click(button('Show layer')));
    expect(made.host.asks('layer.show')).toEqual([{ nodeId: A.target.nodeId }]);
    await calm(() => fireEvent.click(button('Apply')));
    expect(made.host.asks('result.place')).toHaveLength(1);
    expect(written()).toContain('Applied: Portrait');
    await calm(() => fireEvent.click(button('Done')));
    expect(written()).not.toContain('Portrait');
  });

  test('several are listed, and each button says by its description which one it is about', async () => {
    const made = await ready('Portrait', 'Lake', 'Scan');
    expect(written()).toContain('3 results are ready');
    const row = screen.getByText('Lake').closest('li');
    if (row === null) throw new Error('Lake has no row');
    const review = within(row).getByRole('button', { name: 'Review', description: 'Lake' });
    await calm(() => fireEvent.click(review));
    expect(made.state().runs.find(({ id }) => id === made.state().front)?.order.layerName).toBe('Lake');
    expect(screen.getByRole('button', { name: /^Apply/ })).toBeTruthy();
  });
});

describe('jobs that cannot be gone on with here', () => {
  test('of other documents are named, and offer nothing', async () => {
    const other = (name: string) => ({ target: { ...A.target, fileId: fileId(name) }, fileName: name });
    await shown({
      jobs: [
        job('A', RUNNING, other('Campaign')),
        job('B', RUNNING, other('Campaign')),
        job('C', RUNNING, other('Old')),
      ],
    });
    expect(written()).toContain('2 results wait in “Campaign”.');
    expect(written()).toContain('1 result waits in “Old”.');
    expect(screen.queryByRole('button', { name: 'Apply' })).toBeNull();
  });

  test('of another service are named, with the way to the settings', async () => {
    const made = await shown({ jobs: [job('A', RUNNING, { address: TOPAZ_ADDRESS })] });
    expect(written()).toContain('1 job of this file is at another service: Topaz Labs.');
    const notice = screen.getByText(/at another service/).closest('div')?.parentElement;
    if (!notice) throw new Error('There is no notice');
    await calm(() => fireEvent.click(within(notice).getByRole('button', { name: 'Settings' })));
    expect(made.state().page).toBe('settings');
  });

  test('that the service has forgotten are not promised', async () => {
    const made = await shown();
    made.world.sleepThrough(8 * 24 * 60 * 60_000);
    const late = job('A', RUNNING, { target: { ...A.target, fileId: fileId('other') }, fileName: 'Campaign' });
    const at = made.world.clock();
    await calm(() => made.session.store.dispatch({ type: 'jobs-read', jobs: new Map([[late.id, late]]), at }));
    expect(written()).not.toContain('Campaign');
  });
});

test('a window that watches says so, and how the jobs go on', async () => {
  const other = { v: 1, holder: 'other', at: 5000 };
  const made = await shown({
    jobs: [runningJob('Portrait')],
    records: [{ key: leaseKey(FILE), value: other }],
  });
  expect(written()).not.toContain('Another window');
  made.host.saved.set(leaseKey(FILE), { ...other, at: 6000 });
  await calm(() => void made.world.pass(2000));
  expect(written()).toContain('Another window is working on this file.');
  expect(written()).toContain('Restoring: Portrait');
});

test('a picture that was paid for before is free, without a coin, and says since when', async () => {
  const made = await shown({ selection: report(A) });
  const press = () => calm(() => fireEvent.click(button(/^Restore 3 faces/)));
  expect(button(/^Restore 3 faces/).querySelector('svg')).not.toBeNull();
  await press();
  await calm(() => made.service.sent[0]?.deliver());
  await calm(() => fireEvent.click(button('Discard')));
  const free = button('Restore 3 faces · free');
  expect(free.querySelector('svg')).toBeNull();
  expect(written()).toContain('Already restored on 1 Jan: free.');
  await press();
  expect(made.service.sent[1]?.order.reuses).toBe(made.service.sent[0]?.order.id);
});
