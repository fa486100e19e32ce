/** What the user asks of the jobs of a batch: to start, to go on, to be cancelled or tried again. How they queue is the API client's matter. */
import type { Watcher } from '../../../api/running';
import type { PluginError } from '../../../core/errors';
import type { ImageHash } from '../../../core/ids';
import { isOver, type Job } from '../../../core/job/job';
import { reuseOf } from '../../../core/job/reuse';
import { step } from '../../../core/job/step';
import { mintBatchId, mintJobId } from '../../../core/mint';
import { failed, ok, type Result } from '../../../core/result';
import { type Endpoint, endpoint } from '../../../core/settings';
import { type Context, ready } from '../context';
import { isUnsent } from '../runs/takeUp';
import { isRunning, type ReadyWork, type Row, rowOf } from './batch';
import { orderOf, planOf, recordOf } from './orders';
import { writeDown } from './record';
import { quote, retryable, survey } from './sums';
import { type BatchWatchParts, batchWatch } from './watch';

export interface BatchRunDeeds {
  /** Sends what is checked. The batch is written down before. */
  start(): Promise<void>;
  /** Goes on with a batch of an earlier opening: asks for nothing that was not sent. */
  goOn(): void;
  /** Another window goes on with the jobs now: stops watching them. */
  letGo(): void;
  /** Null: all of them. */
  cancel(picture: ImageHash | null): void;
  /** Takes failed ones up again: those that may have been taken are looked for, not sent. Null: all that can be. */
  retry(picture: ImageHash | null): Promise<void>;
  /** Sends once more what may have been taken already: only on the user's word, for it may be charged twice. */
  sendAgain(picture: ImageHash): Promise<void>;
  /** The result's file, from memory or from the service. */
  bytesOf(work: ReadyWork): Promise<Result<Uint8Array, PluginError>>;
}

/**
 * What goes wrong with the batch as a whole is shown by its `problem`, what goes wrong with a picture by its row.
 */
export function batchRunDeeds(context: Context, parts: BatchWatchParts): BatchRunDeeds {
  const { store, world, service, client, lease, life } = context;
  const { kept } = parts;
  const watch = batchWatch(context, parts);
  let starting = false;

  const batchNow = () => ready(context)?.batch ?? null;
  const problem = (error: PluginError): void => store.dispatch({ type: 'batch-problem', error });

  /** The chosen service, when it is the one that the batch is for; and only in the window that may send. */
  const permit = async (): Promise<Endpoint | null> => {
    if (!(await lease.held())) {
      problem({ code: 'window-elsewhere' });
      return null;
    }
    const state = ready(context);
    const at = state === null ? null : endpoint(state.settings);
    if (at === null) {
      problem({ code: 'key-missing' });
      return null;
    }
    const plan = state?.batch?.start?.plan;
    if (plan !== undefined && plan.address !== at.address) {
      problem({ code: 'job-elsewhere', address: plan.address });
      return null;
    }
    return at;
  };

  /** Sends new jobs for these rows: written down together before the first of them goes out. */
  const sendNew = async (at: Endpoint, rows: readonly Row[]): Promise<void> => {
    const state = ready(context);
    const batch = state?.batch;
    if (!state || !batch) return;
    const now = world.clock();
    const { id, plan } = batch.start ?? { id: mintBatchId(world.random), plan: planOf(state, batch, at.address) };
    const orders = rows.flatMap((row) => {
      const { found } = row;
      const jobId = mintJobId(world.random);
      if (found.state === 'known') {
        const { reuses } = quote(state, batch, found);
        const order = orderOf({ state, batch: id, plan, row: { ...row, found }, reuses, id: jobId, at: now });
        return [{ row, order, reuses }];
      }
      // From an earlier opening: the same order again.
      const before = row.work.state === 'failed' ? row.work.order : null;
      return before === null
        ? []
        : [{ row, order: { ...before, id: jobId, reuses: null, createdAt: now }, reuses: null }];
    });
    if (orders.length === 0) return;
    const jobs = new Map(orders.map(({ row, order }) => [row.picture, order.id]));
    const saved = await writeDown(context, recordOf(state, batch, id, plan, jobs, now));
    if (!saved.ok) return problem(saved.error);
    if (batch.start === null) store.dispatch({ type: 'batch-started', id, plan, at: world.clock() });
    for (const { row, order, reuses } of orders) {
      if (reuses === null) void watch.send(at, row, order);
      else void watch.takeOver(at, row, reuseOf(reuses, order, now));
    }
  };

  const jobOf = (row: Row): Job | null => {
    const order = row.work.state === 'failed' ? row.work.order : null;
    return order === null ? null : (ready(context)?.jobs.get(order.id) ?? null);
  };

  const again = async (rows: readonly Row[]): Promise<void> => {
    const at = await permit();
    if (at === null) return;
    store.dispatch({ type: 'batch-problem', error: null });
    const unsent: Row[] = [];
    for (const row of rows) {
      const job = jobOf(row);
      // What was paid for, or may have been, is gone on with; everything else begins anew.
      if (job !== null && (!isOver(job.state) || job.state.name === 'DONE')) {
        void watch.goOnWith(at, row, job);
      } else unsent.push(row);
    }
    if (unsent.length > 0) await sendNew(at, unsent);
  };

  /** One piece of it at a time: a second press changes nothing. */
  const once = async (deed: () => Promise<void>): Promise<void> => {
    if (starting) return;
    starting = true;
    try {
      await deed();
    } finally {
      starting = false;
    }
  };

  return {
    start: () =>
      once(async () => {
        const at = await permit();
        const state = ready(context);
        const batch = state?.batch;
        if (at === null || !state || batch?.phase !== 'survey') return;
        const { chosen } = survey(state, batch);
        if (chosen.length === 0) return;
        await sendNew(at, chosen);
      }),
    goOn() {
      void once(async () => {
        const at = await permit();
        const state = ready(context);
        const batch = state?.batch;
        if (!state || !batch) return;
        const rows = batch.rows.filter((row) => isRunning(row) && !watch.isWatched(row.picture));
        if (at === null) {
          const error = batch.problem ?? ({ code: 'key-missing' } as const);
          for (const { picture } of rows) watch.fail(picture, error);
          return;
        }
        const jobs = rows.flatMap((row) => {
          const job = row.work.state === 'running' ? state.jobs.get(row.work.order.id) : undefined;
          // It was in line: nothing of it was written down, and nothing was sent.
          if (job === undefined) watch.fail(row.picture, { code: 'job-unsent' });
          return job === undefined ? [] : [{ row, job }];
        });
        const finished = jobs.filter(({ job }) => job.state.name === 'COMPLETED');
        for (const { row, job } of jobs) {
          // It would spend a credit that nobody has pressed for today.
          if (isUnsent(job))
            watch.fail(row.picture, job.state.name === 'PARKED' ? job.state.error : { code: 'job-unsent' });
          else if (job.state.name !== 'COMPLETED') void watch.goOnWith(at, row, job);
        }
        // What only has to be fetched comes one after the other: its files are not held before they are needed.
        void oneByOne(finished, ({ row, job }) => watch.goOnWith(at, row, job));
      });
    },
    letGo: watch.letGo,
    cancel(picture) {
      const batch = batchNow();
      if (batch === null) return;
      store.dispatch({ type: 'batch-cancelling', picture });
      watch.cancel(picture);
    },
    retry: (picture) =>
      once(async () => {
        const state = ready(context);
        const batch = state?.batch;
        if (!state || !batch) return;
        const { rows } = retryable(state, batch);
        await again(rows.filter((row) => picture === null || row.picture === picture));
      }),
    sendAgain: (picture) =>
      once(async () => {
        const batch = batchNow();
        const row = batch === null ? undefined : rowOf(batch, picture);
        const at = row?.work.state === 'failed' ? await permit() : null;
        if (row === undefined || at === null) return;
        const job = jobOf(row);
        if (job !== null && !isOver(job.state)) {
          return void watch.goOnWith(at, row, step(job, { type: 'consented' }, world.clock()));
        }
        await sendNew(at, [row]);
      }),
    async bytesOf({ order }) {
      const there = kept.get(order.id);
      if (there !== null) return ok(there);
      const state = ready(context);
      const job = state?.jobs.get(order.id);
      const at = state === null ? null : endpoint(state.settings);
      if (job === undefined || at === null) return failed({ code: 'job-gone' });
      const idle: Watcher = { onProgress: () => undefined, onJob: () => undefined };
      const outcome = await service.resumeJob(client, at, job, null, idle, life).outcome;
      if (!outcome.ok) return outcome;
      kept.put(order.id, outcome.value.bytes);
      return ok(outcome.value.bytes);
    },
  };
}

async function oneByOne<Item>(items: readonly Item[], deed: (item: Item) => Promise<void>): Promise<void> {
  for (const item of items) await deed(item);
}
