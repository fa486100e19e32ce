/** The jobs of a batch on their way: each is sent or gone on with, watched, and its result checked and put into its row. */
import type { Delivered, RunningJob, Watcher } from '../../../api/running';
import type { PluginError } from '../../../core/errors';
import type { ImageHash } from '../../../core/ids';
import type { Job, JobOrder } from '../../../core/job/job';
import type { Progress } from '../../../core/job/progress';
import type { Endpoint } from '../../../core/settings';
import type { Context } from '../context';
import type { Row } from './batch';
import type { KeptBytes } from './bytes';
import { checkDelivered } from './check';
import { readUpload } from './material';
import type { SurveyDeeds } from './survey';

/** Milliseconds between two drawings of the progress of all rows. */
const DRAWN_EVERY = 100;

export interface BatchWatch {
  send(at: Endpoint, row: Row, order: JobOrder): Promise<void>;
  goOnWith(at: Endpoint, row: Row, job: Job): Promise<void>;
  /** Takes over the result of an earlier job. */
  takeOver(at: Endpoint, row: Row, job: Job): Promise<void>;
  fail(picture: ImageHash, error: PluginError): void;
  isWatched(picture: ImageHash): boolean;
  /** Asks the service to cancel; null: all of them. */
  cancel(picture: ImageHash | null): void;
  /** Another window goes on with the jobs now. */
  letGo(): void;
}

export interface BatchWatchParts {
  readonly look: SurveyDeeds['look'];
  readonly kept: KeptBytes;
  readonly onCharged: () => void;
}

/** Forgets a row's job when it has ended, however it ends; `letGo` only stops watching. */
export function batchWatch(context: Context, parts: BatchWatchParts): BatchWatch {
  const { store, world, service, client, life } = context;
  const { kept } = parts;
  const running = new Map<ImageHash, RunningJob>();
  let news = new Map<ImageHash, Progress>();
  /** Ends when another window works on this document. */
  let watching = new AbortController();

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

  return {
    send,
    goOnWith,
    takeOver,
    fail,
    isWatched: (picture) => running.has(picture),
    cancel(picture) {
      for (const [key, job] of running) if (picture === null || key === picture) job.cancel();
    },
    letGo() {
      watching.abort();
      watching = new AbortController();
      running.clear();
    },
  };
}
