import { expect, test } from 'vitest';
import { jobId, processId } from '../../../../src/core/ids';
import { jobKey } from '../../../../src/core/records';
import { failed, ok } from '../../../../src/core/result';
import { createJobs } from '../../../../src/ui/store/records/jobStore';
import { createStore } from '../../../../src/ui/store/store';
import { job, opening } from '../../fakes/data';
import { fakeHost } from '../../fakes/host';
import { completedJob, runningJob } from '../../fakes/service';

const submitting = job('A', { name: 'SUBMITTING', attempt: { number: 1, tag: 'tag', submittedAt: 1 } });

function jobs(isSure = true) {
  const host = fakeHost();
  const store = createStore();
  store.dispatch({ type: 'opened', opening: opening() });
  const settled: unknown[] = [];
  const ledger = {
    read: async () => undefined,
    settle: async (some: readonly unknown[]) => {
      settled.push(...some);
      return ok(null);
    },
  };
  const state = () => {
    const now = store.get();
    if (now.phase !== 'ready') throw new Error(now.phase);
    return now;
  };
  const dismiss = (): void => store.dispatch({ type: 'trouble', error: null });
  return {
    host,
    state,
    settled,
    dismiss,
    jobs: createJobs(host.host, store, ledger, { isSure: () => isSure }, { clock: () => 5000 }),
  };
}

test('a record is kept where the next opening finds it, and the panel knows of it', async () => {
  const made = jobs();
  expect(await made.jobs.save(runningJob('A'))).toEqual(ok(null));
  expect(made.host.saved.get(jobKey(jobId('job of A')))).toEqual(runningJob('A'));
  expect([...made.state().jobs.values()]).toEqual([runningJob('A')]);
});

test('the document gets its lasting id before the first record, once', async () => {
  const made = jobs();
  await made.jobs.save(runningJob('A'));
  await made.jobs.save(runningJob('B'));
  expect(made.host.calls.map(({ name }) => name)).toEqual(['file.keep', 'record.save', 'record.save']);
});

test('without a lasting id nothing is written: the job would not be found again', async () => {
  const made = jobs();
  made.host.answer('file.keep', failed({ code: 'layer-read-only' }));
  expect(await made.jobs.save(submitting)).toEqual(failed({ code: 'layer-read-only' }));
  expect(made.host.asks('record.save')).toEqual([]);
});

test('no intent to send is written while another window may have taken over; what is known of a job is', async () => {
  const made = jobs(false);
  expect(await made.jobs.save(submitting)).toEqual(failed({ code: 'window-elsewhere' }));
  expect(made.host.asks('record.save')).toEqual([]);
  expect(await made.jobs.save(completedJob('A'))).toEqual(ok(null));
});

test('a record that could not be stored is not taken for stored', async () => {
  const made = jobs();
  made.host.answer('record.save', failed({ code: 'storage-full' }));
  expect(await made.jobs.save(runningJob('A'))).toEqual(failed({ code: 'storage-full' }));
  expect(made.state().jobs.size).toBe(0);
  expect(made.settled).toEqual([]);
});

test('what it cost goes to the ledger, and a dropped record is forgotten by the panel too', async () => {
  const made = jobs();
  await made.jobs.save(completedJob('A'));
  expect(made.settled).toEqual([completedJob('A')]);
  await made.jobs.forget(jobId('job of A'));
  expect(made.state().jobs.size).toBe(0);
  expect(made.host.saved.has(jobKey(jobId('job of A')))).toBe(false);
});

test.each([
  ['is at the service', runningJob('B')],
  ['is there to be fetched', completedJob('B')],
])('no intent is written for work that another job does: it %s', async (_, other) => {
  const made = jobs();
  await made.jobs.save(other);
  expect(await made.jobs.save(submitting)).toEqual(failed({ code: 'work-under-way', fileName: 'Annual report' }));
  expect(made.host.saved.has(jobKey(submitting.id))).toBe(false);
  expect(await made.jobs.save({ ...submitting, order: { ...submitting.order, workKey: 'other work' } })).toEqual(
    ok(null),
  );
});

test('what failed, was never sent or is the job itself stands in nobody’s way', async () => {
  const made = jobs();
  await made.jobs.save(job('B', { name: 'FAILED', error: { code: 'job-failed', message: '' } }));
  await made.jobs.save(job('C', { name: 'PREPARED' }));
  await made.jobs.save(submitting);
  expect(await made.jobs.save(submitting)).toEqual(ok(null));
});

test('a charge too many is said once, with the name to ask the service about', async () => {
  const made = jobs();
  const twins = [{ processId: processId('p-9'), credits: 1 }];
  await made.jobs.save({ ...completedJob('A'), twins });
  expect(made.state().trouble).toEqual({ code: 'charged-twice', credits: 1, processId: 'p-9' });
  made.dismiss();
  await made.jobs.save({ ...completedJob('A'), twins, changedAt: 2000 });
  expect(made.state().trouble).toBeNull();
});
