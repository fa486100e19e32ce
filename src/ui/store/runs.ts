/** Starts, resumes, cancels and repeats runs. What they cost and how they are kept safe is the API client's matter. */
import type { Delivered, RunningJob, Source, Watcher } from '../../api/running';
import type { PluginError } from '../../core/errors';
import type { ContentHash, JobId } from '../../core/ids';
import type { Job, JobOrder } from '../../core/job';
import { mintJobId } from '../../core/mint';
import { reusable } from '../../core/nextAct';
import { credits } from '../../core/price';
import { failed, ok, type Result } from '../../core/result';
import { reuseOf } from '../../core/reuse';
import { type Endpoint, endpoint } from '../../core/settings';
import { step } from '../../core/step';
import { sameTarget } from '../../core/target';
import { workKey } from '../../core/workKey';
import type { SelectedPicture } from '../../protocol/selection';
import { type Context, ready } from './context';
import { isChanged, presetOf } from './draft';
import {
  freshRun,
  isFetchable,
  isUnfinished,
  type Material,
  type ProblemRun,
  type ReadyRun,
  type Run,
  type RunningRun,
  wholePicture,
} from './run';
import { underWay } from './sameWork';
import { savedBoxes } from './savedFaces';
import { endpointOf, sourceOf } from './sources';
import type { KnownSubject, Ready } from './state';
import type { SubjectDeeds } from './subject';
import { isUnsent, toTakeUp } from './takeUp';

export interface RunDeeds {
  /** Sends the picture in hand, or brings what was paid for before. Does nothing while it is not ready to be sent. */
  restore(): Promise<void>;
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

export function runDeeds(context: Context, hashOf: SubjectDeeds['hashOf'], onCharged: () => void): RunDeeds {
  const { store, world, service, client, jobs, lease, life } = context;
  const running = new Map<JobId, RunningJob>();
  /** Runs that somebody goes on with, from the first moment to the last: none is gone on with twice. */
  const active = new Map<JobId, symbol>();
  let watching = new AbortController();
  let starting = false;
  /** Results found at the opening are fetched one after the other. */
  let fetching: Promise<unknown> = Promise.resolve();

  const find = (id: JobId): Run | undefined => ready(context)?.runs.find((run) => run.id === id);
  const trouble = (error: PluginError | null): void => store.dispatch({ type: 'trouble', error });
  const show = (id: JobId): void => store.dispatch({ type: 'run-shown', id });

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
    // The user asked for it: back to the picture, with one sentence about the credit.
    store.dispatch({ type: 'run-closed', id });
    trouble(error);
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
    (id: JobId, order: JobOrder): Source =>
    async (signal) => {
      const material = find(id)?.material ?? null;
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
    await follow(id, (signal) => service.startJob(client, at, order, source(id, order), watcher(id), signal));
  };

  const resume = async (job: Job): Promise<void> => {
    const { id, order } = job;
    const at = endpointOf(context, order.address);
    if (at === null || active.has(id)) return;
    const known = find(id);
    const run = freshRun(order, known?.material ?? null, known?.forms ?? null);
    store.dispatch({
      type: 'run-started',
      run: { ...run, faces: known?.faces ?? null, job, resumed: known?.resumed ?? true },
    });
    await follow(id, (signal) => service.resumeJob(client, at, job, source(id, order), watcher(id), signal));
  };

  /** Only says that it is there: nothing of it was ever sent, so it is sent on the user's word. */
  const name = (job: Job): void => {
    const error: PluginError = job.state.name === 'PARKED' ? job.state.error : { code: 'job-unsent' };
    store.dispatch({ type: 'run-started', run: { ...freshRun(job.order, null, null), job, resumed: true } });
    store.dispatch({ type: 'run-failed', id: job.id, error });
  };

  const takeUp = (): void => {
    const state = ready(context);
    if (state?.lease !== 'held') return;
    for (const { id, state: name } of state.runs) {
      // It was in line when the lease was lost: nothing of it is written down, and nothing was sent.
      if (name === 'running' && !active.has(id) && !state.jobs.has(id)) fail(id, { code: 'job-unsent' });
    }
    for (const job of toTakeUp(state)) {
      const known = find(job.id);
      if (known !== undefined && (known.state !== 'running' || active.has(job.id))) continue;
      if (isUnsent(job)) name(job);
      else if (job.state.name !== 'COMPLETED') void resume(job);
      else fetching = fetching.then(() => (life.aborted ? undefined : resume(job)));
    }
  };

  /** What the user would pay for, as it would be written down. */
  const orderOf = (
    state: Ready,
    subject: KnownSubject,
    selected: SelectedPicture,
    key: string,
    address: string,
  ): JobOrder => ({
    id: mintJobId(world.random),
    workKey: key,
    target: subject.target,
    layerName: selected.layerName,
    fileName: state.fileName,
    parameters: state.draft.parameters,
    preset: isChanged(state.draft) ? null : presetOf(state.draft).name,
    address,
    input: subject.picture.size,
    estimate: credits(subject.picture.size),
    boxes: savedBoxes(state.faceEdits.get(subject.target.imageHash), subject.picture.size),
    batch: null,
    reuses: null,
    createdAt: world.clock(),
  });

  /** True when the work needs no new job: it is under way, waits to be sent, or lies ready in this panel. */
  const isKnown = (state: Ready, subject: KnownSubject, key: string, address: string): boolean => {
    const own = state.runs.find(
      ({ order, state: name }) =>
        order.workKey === key &&
        order.address === address &&
        sameTarget(order.target, subject.target) &&
        name !== 'applied',
    );
    if (own !== undefined && !(own.state === 'problem' && !isUnfinished(own.job) && !isFetchable(own.job))) {
      show(own.id);
      if (own.state === 'problem' && own.job !== null && isUnsent(own.job)) void resume(own.job);
      return true;
    }
    const other = underWay(state.jobs.values(), key, address, world.clock());
    if (other === null) return false;
    if (state.runs.some(({ id }) => id === other.id)) show(other.id);
    else trouble({ code: 'work-under-way', fileName: other.order.fileName });
    return true;
  };

  const begin = async (subject: KnownSubject, content: ContentHash, at: Endpoint): Promise<void> => {
    const state = ready(context);
    const selected = state?.selection.pictures.find(({ target }) => sameTarget(target, subject.target));
    if (!state || selected === undefined) return;
    const { picture } = subject;
    const key = workKey(content, state.draft.parameters);
    trouble(null);
    if (isKnown(state, subject, key, at.address)) return;
    const faces = subject.faces.length > 0 ? subject.faces : [wholePicture(picture)];
    const material: Material = { picture, faces };
    const order = orderOf(state, subject, selected, key, at.address);
    const paid = reusable([...state.jobs.values()], key, at.address, world.clock());
    if (paid === null) return send(freshRun(order, material, selected.forms), at);
    const job = reuseOf(paid, order, world.clock());
    const { id } = job;
    store.dispatch({ type: 'run-started', run: { ...freshRun(job.order, material, selected.forms), job } });
    await follow(id, (signal) => service.resumeJob(client, at, job, null, watcher(id), signal), true);
  };

  const restore = async (): Promise<void> => {
    const state = ready(context);
    const subject = state?.subject;
    const at = state ? endpoint(state.settings) : null;
    if (!state || subject?.state !== 'known' || starting) return;
    if (at === null) return trouble({ code: 'key-missing' });
    if (state.lease === 'elsewhere') return trouble({ code: 'window-elsewhere' });
    starting = true;
    const content = await hashOf(subject.picture)
      .catch((thrown: unknown) => {
        if (!life.aborted) throw thrown;
        return null;
      })
      .finally(() => {
        starting = false;
      });
    const now = ready(context)?.subject;
    // The selection went on while the picture was being hashed: what was pressed is no longer what is shown.
    const isSame = now?.state === 'known' && now.picture === subject.picture && now.faces === subject.faces;
    if (content !== null && isSame) await begin(subject, content, at);
  };

  /** A new job, for nothing was taken of the old one, or nothing of it is left: its tags are never used twice. */
  const renew = async (run: ProblemRun): Promise<void> => {
    const at = endpointOf(context, run.order.address);
    if (at === null) return;
    const order = { ...run.order, id: mintJobId(world.random), reuses: null, createdAt: world.clock() };
    const sending = send({ ...freshRun(order, run.material, run.forms), faces: run.faces }, at);
    // Closed only now that the new run holds the picture: it would be let go otherwise.
    store.dispatch({ type: 'run-closed', id: run.id });
    await sending;
  };

  /** Goes on in front of the view. */
  const goOn = (job: Job): Promise<void> => {
    const going = resume(job);
    show(job.id);
    return going;
  };

  return {
    restore,
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
