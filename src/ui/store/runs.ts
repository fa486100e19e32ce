/** Starts, resumes, cancels and repeats runs. What they cost and how they are kept safe is the API client's matter. */
import type { Delivered, RunningJob, Upload, Watcher } from '../../api/running';
import type { PluginError } from '../../core/errors';
import type { JobId } from '../../core/ids';
import type { Job, JobOrder } from '../../core/job';
import { mintJobId } from '../../core/mint';
import { credits } from '../../core/price';
import { ok, type Result } from '../../core/result';
import { type Endpoint, endpoint } from '../../core/settings';
import { step } from '../../core/step';
import { sameTarget } from '../../core/target';
import { workKey } from '../../core/workKey';
import { type Context, ready } from './context';
import { isChanged, presetOf } from './draft';
import { readMaterial } from './material';
import type { Pictures } from './pictures';
import { isUnfinished, type Material, type ProblemRun, type Run, type RunningRun, wholePicture } from './run';
import type { SubjectDeeds } from './subject';

export interface RunDeeds {
  /** Sends the picture in hand. Does nothing while it is not ready to be sent. */
  restore(): Promise<void>;
  cancel(id: JobId): void;
  /** Goes on where the run stopped; sends again only what was never taken. */
  retry(id: JobId): Promise<void>;
  /** Sends once more what may have been taken already: only on the user's word, for it may be charged twice. */
  sendAgain(id: JobId): Promise<void>;
  /** Takes up a job that was found at the opening. */
  resume(job: Job): Promise<void>;
}

const PREPARING = { stage: 'preparing', fraction: null, secondsLeft: null } as const;

export function runDeeds(
  context: Context,
  pictures: Pictures,
  hashOf: SubjectDeeds['hashOf'],
  onCharged: () => void,
): RunDeeds {
  const { store, studio, world, service, client, life } = context;
  const running = new Map<JobId, RunningJob>();
  let starting = false;

  const find = (id: JobId): Run | undefined => ready(context)?.runs.find((run) => run.id === id);

  const watcher = (id: JobId): Watcher => ({
    onProgress: (progress) => store.dispatch({ type: 'run-progress', id, progress }),
    onJob: (job) => store.dispatch({ type: 'run-job', id, job }),
  });

  const fail = (id: JobId, error: PluginError): void => {
    store.dispatch({ type: 'run-failed', id, error });
    if (error.code !== 'job-cancelled') return;
    // The user asked for it: back to the picture, with one sentence about the credit.
    store.dispatch({ type: 'run-closed', id });
    store.dispatch({ type: 'trouble', error });
  };

  /** Whatever is thrown when nobody has gone away is a bug: the run says so instead of standing still. */
  const bug =
    (id: JobId) =>
    (thrown: unknown): null => {
      if (!life.aborted) fail(id, { code: 'unexpected', detail: String(thrown) });
      return null;
    };

  const deliver = async (id: JobId, { bytes, completion }: Delivered): Promise<void> => {
    const material = find(id)?.material;
    if (!material) return;
    store.dispatch({ type: 'run-progress', id, progress: { stage: 'checking', fraction: null, secondsLeft: null } });
    const result = await studio.addResult(material.picture.id, bytes, material.faces, life);
    if (!result.ok) return fail(id, result.error);
    store.dispatch({ type: 'run-delivered', id, material, result: result.value, completion });
  };

  const follow = async (id: JobId, start: () => RunningJob): Promise<void> => {
    try {
      const job = start();
      running.set(id, job);
      const outcome: Result<Delivered, PluginError> = await job.outcome;
      if (outcome.ok) await deliver(id, outcome.value);
      else fail(id, outcome.error);
    } catch (thrown) {
      bug(id)(thrown);
    } finally {
      running.delete(id);
      if (!life.aborted) onCharged();
    }
  };

  const send = async (run: RunningRun, material: Material, at: Endpoint): Promise<void> => {
    store.dispatch({ type: 'run-started', run });
    const { bytes, format } = material.picture.upload;
    const upload: Upload = { bytes, format };
    await follow(run.id, () => service.startJob(client, at, run.order, async () => ok(upload), watcher(run.id), life));
  };

  const restore = async (): Promise<void> => {
    const state = ready(context);
    const subject = state?.subject;
    const at = state ? endpoint(state.settings) : null;
    if (!state || subject?.state !== 'known' || starting) return;
    if (at === null) {
      store.dispatch({ type: 'trouble', error: { code: 'key-missing' } });
      return;
    }
    const selected = state.selection.pictures.find(({ target }) => sameTarget(target, subject.target));
    if (selected === undefined) return;
    starting = true;
    const { picture } = subject;
    const content = await hashOf(picture)
      .catch((thrown: unknown) => {
        if (!life.aborted) throw thrown;
        return null;
      })
      .finally(() => {
        starting = false;
      });
    if (content === null) return;
    // The selection went on while the picture was being hashed: what was pressed is no longer what is shown.
    if (ready(context)?.subject !== subject) return;
    const { draft } = state;
    const order: JobOrder = {
      id: mintJobId(world.random),
      workKey: workKey(content, draft.parameters),
      target: subject.target,
      layerName: selected.layerName,
      fileName: state.fileName,
      parameters: draft.parameters,
      preset: isChanged(draft) ? null : presetOf(draft).name,
      address: at.address,
      input: picture.size,
      estimate: credits(picture.size),
      boxes: null,
      batch: null,
      reuses: null,
      createdAt: world.clock(),
    };
    const faces = subject.faces.length > 0 ? subject.faces : [wholePicture(picture)];
    store.dispatch({ type: 'trouble', error: null });
    await send(fresh(order, { picture, faces }, selected.forms), { picture, faces }, at);
  };

  const resume = async (job: Job): Promise<void> => {
    const at = endpointOf(context, job.order.address);
    if (at === null) return;
    const { id, order } = job;
    const known = find(id);
    const before = known?.material ?? null;
    store.dispatch({
      type: 'run-started',
      run: { ...fresh(order, before, known?.forms ?? null), job, resumed: known === undefined },
    });
    if (known !== undefined) store.dispatch({ type: 'run-shown', id });
    const material = before ?? (await readMaterial(context, pictures, id, order).catch(bug(id)));
    if (material === null) return;
    const { bytes, format } = material.picture.upload;
    await follow(id, () => service.resumeJob(client, at, job, async () => ok({ bytes, format }), watcher(id), life));
  };

  /** A new job, for nothing was taken of the old one: its tags are never used twice. */
  const renew = async (run: ProblemRun): Promise<void> => {
    const at = endpointOf(context, run.order.address);
    if (at === null || run.material === null) return;
    const order = { ...run.order, id: mintJobId(world.random), createdAt: world.clock() };
    const sending = send(fresh(order, run.material, run.forms), run.material, at);
    // Closed only now that the new run holds the picture: it would be let go otherwise.
    store.dispatch({ type: 'run-closed', id: run.id });
    await sending;
  };

  return {
    restore,
    resume,
    cancel(id) {
      store.dispatch({ type: 'run-cancelling', id });
      running.get(id)?.cancel();
    },
    async sendAgain(id) {
      const run = find(id);
      if (run?.state !== 'problem') return;
      if (isUnfinished(run.job)) return resume(step(run.job, { type: 'consented' }, world.clock()));
      return renew(run);
    },
    async retry(id) {
      const run = find(id);
      if (run?.state !== 'problem') return;
      return isUnfinished(run.job) ? resume(run.job) : renew(run);
    },
  };
}
const fresh = (order: JobOrder, material: Material | null, forms: RunningRun['forms']): RunningRun => ({
  state: 'running',
  id: order.id,
  order,
  job: null,
  forms,
  resumed: false,
  material,
  progress: PREPARING,
  cancelling: false,
});

/** The chosen service, when it is the one the job is for. */
function endpointOf(context: Context, address: string): Endpoint | null {
  const state = ready(context);
  const at = state === null ? null : endpoint(state.settings);
  return at?.address === address ? at : null;
}
