/** Sends the pictures of a batch, watches them, and checks what comes back. How they queue is the API client's matter. */
import type { Delivered, RunningJob, Watcher } from '../../api/running';
import type { PluginError } from '../../core/errors';
import type { ImageHash } from '../../core/ids';
import { isOver, type Job, type JobOrder } from '../../core/job';
import { mintBatchId, mintJobId } from '../../core/mint';
import type { Progress } from '../../core/progress';
import { failed, ok, type Result } from '../../core/result';
import { reuseOf } from '../../core/reuse';
import { type Endpoint, endpoint } from '../../core/settings';
import { step } from '../../core/step';
import { isRunning, type ReadyWork, type Row, rowOf } from './batch';
import type { KeptBytes } from './batchBytes';
import { checkDelivered } from './batchCheck';
import { readUpload } from './batchMaterial';
import { orderOf, planOf, recordOf } from './batchOrders';
import { writeDown } from './batchRecord';
import { quote, retryable, survey } from './batchSums';
import type { SurveyDeeds } from './batchSurvey';
import { type Context, ready } from './context';
import { isUnsent } from './takeUp';

/** Milliseconds between two drawings of the progress of all rows. */
const DRAWN_EVERY = 100;

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

export interface BatchRunParts {
  readonly look: SurveyDeeds['look'];
  readonly kept: KeptBytes;
  readonly onCharged: () => void;
}

export function batchRunDeeds(context: Context, parts: BatchRunParts): BatchRunDeeds {
  const { store, world, service, client, lease, life } = context;
  const { kept } = parts;
  const running = new Map<ImageHash, RunningJob>();
  let news = new Map<ImageHash, Progress>();
  let starting = false;
  /** Ends when another window works on this document. */
  let watching = new AbortController();

  const batchNow = () => ready(context)?.batch ?? null;
  const problem = (error: PluginError): void => store.dispatch({ type: 'batch-problem', error });

  /** Thirty jobs tell of themselves many times a second: they are drawn together. */
  const tell = (picture: ImageHash, progress: Progress): void => {
    const first = news.size === 0;
    news.set(picture, progress);
    if (!first) return;
    const flush = (): void => {
      const progressed = news;
      news = new Map();
      if (!life.aborted) store.dispatch({ type: 'batch-progress', progress: progressed, at: world.clock() });
    };
    world.sleep(DRAWN_EVERY, life).then(flush, () => undefined);
  };

  const watcher = (picture: ImageHash): Watcher => ({
    onProgress: (progress) => tell(picture, progress),
    // What the record says is in the panel's list of jobs as soon as it is stored.
    onJob: () => undefined,
  });

  const fail = (picture: ImageHash, error: PluginError): void => {
    news.delete(picture);
    store.dispatch({ type: 'batch-failed', picture, error });
  };

  const deliver = async (row: Row, order: JobOrder, delivered: Delivered): Promise<void> => {
    const { picture } = row;
    tell(picture, { stage: 'checking', fraction: null, secondsLeft: null });
    const checked = await checkDelivered(context, parts.look, row, order, delivered);
    if (!checked.ok) return fail(picture, checked.error);
    const { found, ready: result } = checked.value;
    kept.put(order.id, delivered.bytes);
    news.delete(picture);
    if (found !== null) store.dispatch({ type: 'batch-read', picture, found });
    store.dispatch({ type: 'batch-delivered', picture, delivered: result });
  };

  const follow = async (row: Row, order: JobOrder, begin: (signal: AbortSignal) => RunningJob): Promise<void> => {
    const { picture } = row;
    const signal = AbortSignal.any([life, watching.signal]);
    store.dispatch({ type: 'batch-sent', picture, order });
    let job: RunningJob | null = null;
    try {
      job = begin(signal);
      running.set(picture, job);
      const outcome = await job.outcome;
      if (outcome.ok) await deliver(row, order, outcome.value);
      else await over(row, order, outcome.error);
    } catch (thrown) {
      if (!signal.aborted) fail(picture, { code: 'unexpected', detail: String(thrown) });
    } finally {
      // Another may watch it by now: it was let go and taken up again.
      if (running.get(picture) === job) running.delete(picture);
      if (!life.aborted && running.size === 0) parts.onCharged();
    }
  };

  const over = async ({ picture }: Row, order: JobOrder, error: PluginError): Promise<void> => {
    fail(picture, error);
    // The earlier result is no longer there to be taken over: the next try pays for a new one, and says so before.
    if (error.code === 'job-gone' && order.reuses !== null) await context.jobs.forget(order.reuses);
  };

  const sourceOf = (row: Row) => (signal: AbortSignal) => readUpload(context, row, signal);

  const send = (at: Endpoint, row: Row, order: JobOrder): Promise<void> =>
    follow(row, order, (signal) => service.startJob(client, at, order, sourceOf(row), watcher(row.picture), signal));

  const goOnWith = (at: Endpoint, row: Row, job: Job): Promise<void> =>
    follow(row, job.order, (signal) => service.resumeJob(client, at, job, sourceOf(row), watcher(row.picture), signal));

  /** Takes over the result of an earlier job. The new record is stored first, so that it is found again. */
  const takeOver = async (at: Endpoint, row: Row, job: Job): Promise<void> => {
    const saved = await client.store.save(job);
    if (saved.ok) return goOnWith(at, row, job);
    store.dispatch({ type: 'batch-sent', picture: row.picture, order: job.order });
    fail(row.picture, saved.error);
  };

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
      if (reuses === null) void send(at, row, order);
      else void takeOver(at, row, reuseOf(reuses, order, now));
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
        void goOnWith(at, row, job);
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
        const rows = batch.rows.filter((row) => isRunning(row) && !running.has(row.picture));
        if (at === null) {
          const error = batch.problem ?? ({ code: 'key-missing' } as const);
          for (const { picture } of rows) fail(picture, error);
          return;
        }
        const jobs = rows.flatMap((row) => {
          const job = row.work.state === 'running' ? state.jobs.get(row.work.order.id) : undefined;
          // It was in line: nothing of it was written down, and nothing was sent.
          if (job === undefined) fail(row.picture, { code: 'job-unsent' });
          return job === undefined ? [] : [{ row, job }];
        });
        const finished = jobs.filter(({ job }) => job.state.name === 'COMPLETED');
        for (const { row, job } of jobs) {
          // It would spend a credit that nobody has pressed for today.
          if (isUnsent(job)) fail(row.picture, job.state.name === 'PARKED' ? job.state.error : { code: 'job-unsent' });
          else if (job.state.name !== 'COMPLETED') void goOnWith(at, row, job);
        }
        // What only has to be fetched comes one after the other: its files are not held before they are needed.
        void oneByOne(finished, ({ row, job }) => goOnWith(at, row, job));
      });
    },
    letGo() {
      watching.abort();
      watching = new AbortController();
      running.clear();
    },
    cancel(picture) {
      const batch = batchNow();
      if (batch === null) return;
      store.dispatch({ type: 'batch-cancelling', picture });
      for (const [key, job] of running) if (picture === null || key === picture) job.cancel();
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
          return void goOnWith(at, row, step(job, { type: 'consented' }, world.clock()));
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
