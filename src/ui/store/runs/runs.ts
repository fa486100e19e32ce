/** Sends, resumes, cancels and repeats runs. What they cost and how they are kept safe is the API client's matter. */
import type { Delivered, RunningJob, Source, Watcher } from '../../../api/running';
import type { PluginError } from '../../../core/errors';
import type { JobId } from '../../../core/ids';
import type { Job, JobOrder } from '../../../core/job/job';
import { placeOf, setOf } from '../../../core/job/looks';
import { step } from '../../../core/job/step';
import { mintJobId } from '../../../core/mint';
import { failed, ok, type Result } from '../../../core/result';
import type { Endpoint } from '../../../core/settings';
import { type Context, ready } from '../context';
import { type Composites, compositeOf } from '../enhance/composites';
import { lookAt, setIn } from './looks';
import { freshRun, isFetchable, isUnfinished, type ProblemRun, type ReadyRun, type Run, type RunningRun } from './run';
import { endpointOf, sourceOf } from './sources';
import { isOnlyAwaited, isUnsent, toTakeUp } from './takeUp';

export interface RunDeeds {
  /** Sends a new job, as soon as it is known that this window may. */
  send(run: RunningRun, at: Endpoint): Promise<void>;
  /** Goes on with a saved job. */
  resume(job: Job): Promise<void>;
  /** Fetches the result of a job that takes over an earlier one's. */
  takeOver(run: RunningRun, job: Job, at: Endpoint): Promise<void>;
  cancel(id: JobId): void;
  /** Goes on where the run stopped; sends again only what was never taken. */
  retry(id: JobId): Promise<void>;
  /** Sends once more what may have been taken already: only on the user's word, for it may be charged twice. */
  sendAgain(id: JobId): Promise<void>;
  /** Goes on with the saved jobs that nobody here goes on with yet. */
  takeUp(): void;
  /** Goes on with what only waited for the key or the credits. */
  unpark(): void;
  /** Another window has them: stops watching all of them. */
  letGo(): void;
  /** Fetches a result that has been paid for once more. */
  fetch(run: ReadyRun): Promise<Result<Delivered, PluginError>>;
  fail(id: JobId, error: PluginError): void;
}

/** `onCharged` is called when the service has charged for a run. No job is gone on with twice in one window. */
export function runDeeds(context: Context, composites: Composites, onCharged: () => void): RunDeeds {
  const { store, world, service, client, jobs, lease, life } = context;
  const running = new Map<JobId, RunningJob>();
  /** Runs that somebody goes on with, from the first moment to the last: none is gone on with twice. */
  const active = new Map<JobId, symbol>();
  let watching = new AbortController();
  /** Results found at the opening are fetched one after the other. */
  let fetching: Promise<unknown> = Promise.resolve();

  const find = (id: JobId): Run | undefined => ready(context)?.runs.find((run) => run.id === id);

  const watcher = (id: JobId): Watcher => ({
    onProgress: (progress) => store.dispatch({ type: 'run-progress', id, progress }),
    onJob: (job) => store.dispatch({ type: 'run-job', id, job }),
  });

  const fail = (id: JobId, error: PluginError): void => {
    const reused = find(id)?.order.reuses ?? null;
    store.dispatch({ type: 'run-failed', id, error });
    // What was paid for before is not at the service any more: it is not offered again.
    if (error.code === 'job-gone' && reused !== null) void jobs.forget(reused);
    if (error.code === 'job-gone' && find(id)?.job?.state.name === 'DONE') void jobs.forget(id);
    if (error.code !== 'job-cancelled') return;
    const run = find(id);
    // Beside other looks it says so itself.
    if (run !== undefined && setIn(ready(context)?.runs ?? [], run.order).length > 1) return;
    // The user asked for it: back to the picture, with one sentence about the credit.
    store.dispatch({ type: 'run-closed', id });
    store.dispatch({ type: 'trouble', error });
  };

  const follow = async (id: JobId, start: (signal: AbortSignal) => RunningJob, free = false): Promise<void> => {
    if (active.has(id)) return;
    const own = Symbol();
    active.set(id, own);
    const signal = AbortSignal.any([life, watching.signal]);
    try {
      // What spends nothing need not wait until it is known which window works on this document.
      if (!free && !(await isOurs(id))) return;
      if (signal.aborted) return;
      const job = start(signal);
      running.set(id, job);
      const outcome = await job.outcome;
      if (outcome.ok) {
        const { bytes, completion } = outcome.value;
        store.dispatch({ type: 'run-ready', id, bytes, completion });
      } else fail(id, outcome.error);
    } catch (thrown) {
      // Whatever is thrown when nobody has gone away is a bug: the run says so instead of standing still.
      if (!signal.aborted) fail(id, { code: 'unexpected', detail: String(thrown) });
    } finally {
      if (active.get(id) === own) {
        active.delete(id);
        running.delete(id);
      }
      if (!life.aborted) onCharged();
    }
  };

  /** A picture that is still open is sent as it is there; one that was put away is read again. */
  const source =
    (order: JobOrder): Source =>
    async (signal) => {
      const { work } = order;
      if (work.kind === 'enhance' && work.after !== null) {
        return compositeOf(context, composites, order, work.after)(signal);
      }
      const material = setIn(ready(context)?.runs ?? [], order).find((run) => run.material !== null)?.material ?? null;
      if (material === null) return sourceOf(context, order.target)(signal);
      const { bytes, format } = material.picture.upload;
      return ok({ bytes, format });
    };

  /** Waits until it is known which window works on this document. */
  const isOurs = async (id: JobId): Promise<boolean> => {
    const held = await lease.held();
    const run = find(id);
    if (run?.state !== 'running' || life.aborted) return false;
    if (run.cancelling) fail(id, { code: 'job-cancelled', spent: false });
    else if (!held) fail(id, { code: 'window-elsewhere' });
    else return true;
    return false;
  };

  const send = async (run: RunningRun, at: Endpoint): Promise<void> => {
    const { id, order } = run;
    store.dispatch({ type: 'run-started', run });
    await follow(id, (signal) => service.startJob(client, at, order, source(order), watcher(id), signal));
  };

  const resume = async (job: Job, free = false): Promise<void> => {
    const { id, order } = job;
    const at = endpointOf(context, order.address);
    if (at === null || active.has(id)) return;
    const known = find(id);
    const run = freshRun(order, known?.material ?? null, known?.forms ?? null);
    store.dispatch({
      type: 'run-started',
      run: { ...run, faces: known?.faces ?? null, job, resumed: known?.resumed ?? true },
    });
    await follow(id, (signal) => service.resumeJob(client, at, job, source(order), watcher(id), signal), free);
  };

  /** Only says that it is there: nothing of it was ever sent, so it is sent on the user's word. */
  const name = (job: Job): void => {
    const error: PluginError = job.state.name === 'PARKED' ? job.state.error : { code: 'job-unsent' };
    store.dispatch({ type: 'run-started', run: { ...freshRun(job.order, null, null), job, resumed: true } });
    store.dispatch({ type: 'run-failed', id: job.id, error });
  };

  const takeUp = (): void => {
    const state = ready(context);
    if (state?.lease !== 'held' && state?.lease !== 'vacant') return;
    const held = state.lease === 'held';
    for (const { id, state: name } of held ? state.runs : []) {
      // It was in line when the lease was lost: nothing of it is written down, and nothing was sent.
      if (name === 'running' && !active.has(id) && !state.jobs.has(id)) fail(id, { code: 'job-unsent' });
    }
    for (const job of toTakeUp(state)) {
      const known = find(job.id);
      if (known !== undefined && (known.state !== 'running' || active.has(job.id))) continue;
      const free = isOnlyAwaited(job);
      if (!held && !free) continue;
      if (isUnsent(job)) name(job);
      else if (job.state.name !== 'COMPLETED') void resume(job, free);
      else fetching = fetching.then(() => (life.aborted ? undefined : resume(job, true)));
    }
  };

  /** Takes over what was paid for before: nothing is spent, so it need not be known which window works here. */
  const takeOver = async (run: RunningRun, job: Job, at: Endpoint): Promise<void> => {
    store.dispatch({ type: 'run-started', run: { ...run, job } });
    await follow(run.id, (signal) => service.resumeJob(client, at, job, null, watcher(run.id), signal), true);
  };

  /** A new job, for nothing was taken of the old one, or nothing of it is left: its tags are never used twice. */
  const renew = async (run: ProblemRun): Promise<void> => {
    const at = endpointOf(context, run.order.address);
    if (at === null) return;
    const id = mintJobId(world.random);
    const place = lookAt(setOf(run.order), placeOf(run.order), id);
    const order = { ...run.order, ...place, id, reuses: null, createdAt: world.clock() };
    const sending = send({ ...freshRun(order, run.material, run.forms), faces: run.faces }, at);
    // Closed only now that the new run holds the picture: it would be let go otherwise.
    store.dispatch({ type: 'run-closed', id: run.id });
    await sending;
  };

  /** Goes on in front of the view. */
  const goOn = (job: Job): Promise<void> => {
    const going = resume(job);
    store.dispatch({ type: 'run-shown', id: job.id });
    return going;
  };

  return {
    send,
    resume,
    takeOver,
    takeUp,
    fail,
    cancel(id) {
      store.dispatch({ type: 'run-cancelling', id });
      running.get(id)?.cancel();
    },
    async sendAgain(id) {
      const run = find(id);
      if (run?.state !== 'problem') return;
      if (isUnfinished(run.job)) return goOn(step(run.job, { type: 'consented' }, world.clock()));
      return renew(run);
    },
    async retry(id) {
      const run = find(id);
      if (run?.state !== 'problem') return;
      const goesOn = run.job !== null && (isUnfinished(run.job) || isFetchable(run.job));
      return goesOn && run.job !== null ? goOn(run.job) : renew(run);
    },
    unpark() {
      for (const run of ready(context)?.runs ?? []) {
        const { job } = run;
        if (run.state === 'problem' && job?.state.name === 'PARKED' && job.state.accepted !== null) void resume(job);
      }
      takeUp();
    },
    letGo() {
      watching.abort();
      watching = new AbortController();
      running.clear();
      active.clear();
    },
    async fetch({ id, order, job }) {
      const at = endpointOf(context, order.address);
      if (at === null) return failed({ code: 'job-elsewhere', address: order.address });
      if (job === null) return failed({ code: 'job-gone' });
      return service.resumeJob(client, at, job, null, watcher(id), life).outcome;
    },
  };
}
