/** Puts a reviewed result onto the canvas, takes it back, and shows its layer. */
import type { PluginError } from '../../../core/errors';
import type { JobId, NodeId } from '../../../core/ids';
import { seedOf } from '../../../core/job/looks';
import { step } from '../../../core/job/step';
import type { PlacementForm } from '../../../core/target';
import { type Context, ready } from '../context';
import { serviceName } from '../serviceName';
import { spentOn, takenLooks } from './looks';
import type { ReviewingDeeds } from './reviewing';
import type { AppliedRun, ReadyRun, ReviewRun, Run } from './run';

export interface PlacingDeeds {
  /** Writes what the review shows, in the form it shows or in another one; opens a result that is only ready first. */
  apply(id: JobId, form?: PlacementForm): Promise<void>;
  revert(id: JobId): Promise<void>;
  /** Takes our result off a layer that carries one from before. */
  revertLayer(nodeId: NodeId): Promise<void>;
  /** Closes a result without applying it. It stays free for as long as the service keeps it. */
  discard(id: JobId): Promise<void>;
  show(nodeId: NodeId): Promise<void>;
}

/** What the host refuses is shown by the run, which stays in review: nothing paid is lost. */
export function placingDeeds(context: Context, { open, look }: Pick<ReviewingDeeds, 'open' | 'look'>): PlacingDeeds {
  const { store, host, studio, jobs, world, life } = context;
  const find = (id: JobId): Run | undefined => ready(context)?.runs.find((run) => run.id === id);
  const trouble = (error: PluginError): void => store.dispatch({ type: 'trouble', error });

  const place = async (run: ReviewRun, form: PlacementForm): Promise<void> => {
    const { id, order, material, review } = run;
    const failed = (error: PluginError): void => store.dispatch({ type: 'apply-failed', id, error });
    const whole = order.work.kind === 'enhance' ? review.choices[0] : undefined;
    const what = form === 'overlay' ? 'overlay' : 'baked';
    const encoded = await (whole === undefined
      ? studio.encode(material.picture.id, what, review.choices, life)
      : studio.encodeWhole(material.picture.id, whole, life));
    if (!encoded.ok) return failed(encoded.error);
    const { bytes, scale } = encoded.value;
    // Of several looks the recipe is that of the first that a face was taken from.
    const looks = takenLooks(run);
    const [taken = { order }] = looks;
    const seeds = looks.map((look) => seedOf(look.order.work)).filter((seed) => seed !== null);
    const recipe = {
      jobId: taken.order.id,
      work: taken.order.work,
      ...(seeds.length > 1 ? { seeds } : {}),
      preset: order.preset,
      faces: whole === undefined ? review.choices.filter(({ on }) => on).length : 0,
      credits: spentOn(run),
      service: serviceName(order.address),
      appliedAt: world.clock(),
    };
    const answer = await host.call('result.place', {
      target: order.target,
      layerName: order.layerName,
      form,
      bytes,
      scale,
      undo: 'own',
      recipe,
    });
    if (!answer.ok) {
      if (answer.error.code === 'layer-gone' || answer.error.code === 'layer-changed') await look(id);
      return failed(answer.error);
    }
    store.dispatch({ type: 'applied', id, placement: answer.value });
    const faces = facesOf(run);
    // At once: what is on the canvas is not offered while the records are being written.
    for (const job of faces) store.dispatch({ type: 'run-closed', id: job });
    await settleAll(run);
    await settleFaces(faces);
  };

  /** The record says that the result has been dealt with, so that it is not offered again at the next opening. */
  const settle = async (run: ReviewRun | ReadyRun, at: number): Promise<void> => {
    const job = run.job === null ? null : step(run.job, { type: 'placed', placedAt: at }, at);
    if (job === null || job === run.job) return;
    store.dispatch({ type: 'run-job', id: run.id, job });
    const saved = await jobs.save(job);
    if (!saved.ok) trouble(saved.error);
  };

  /** With every look that was open in it: one decision for all. */
  const settleAll = async (run: ReviewRun): Promise<void> => {
    const looks = run.review.others.map(({ order }) => find(order.id));
    await settle(run, world.clock());
    for (const look of looks) if (look?.state === 'ready') await settle(look, world.clock());
  };

  /** The restored faces came onto the canvas with the enhanced picture: they are not offered by themselves any more. */
  const settleFaces = async (faces: readonly JobId[]): Promise<void> => {
    const at = world.clock();
    for (const id of faces) {
      const known = ready(context)?.jobs.get(id);
      const job = known === undefined ? undefined : step(known, { type: 'placed', placedAt: at }, at);
      if (job === undefined || job === known) continue;
      const saved = await jobs.save(job);
      if (!saved.ok) trouble(saved.error);
    }
  };

  return {
    async apply(id, form) {
      const behind = find(id)?.state === 'ready';
      if (behind) await open(id);
      const run = find(id);
      if (run?.state !== 'review' || run.applying || !run.review.choices.some(({ on }) => on)) return;
      // What is not what it was is never written over: the review says so, and offers a new layer.
      const changed = run.standing !== null && run.standing.state !== 'same';
      if (changed && (behind || (form ?? run.review.form) !== 'layer')) {
        return store.dispatch({ type: 'run-shown', id });
      }
      if (form !== undefined) store.dispatch({ type: 'form', id, form });
      store.dispatch({ type: 'applying', id });
      try {
        await place(run, form ?? run.review.form);
        if (behind && find(id)?.state === 'review') store.dispatch({ type: 'run-shown', id });
      } catch (thrown) {
        if (life.aborted) return;
        store.dispatch({ type: 'apply-failed', id, error: { code: 'unexpected', detail: String(thrown) } });
      }
    },
    async revert(id) {
      const run = find(id);
      if (run?.state !== 'applied' || run.reverting) return;
      store.dispatch({ type: 'reverting', id });
      const answer = await host.call('result.revert', { nodeId: carrier(run), undo: 'own' });
      store.dispatch(answer.ok ? { type: 'reverted', id } : { type: 'revert-failed', id, error: answer.error });
    },
    async revertLayer(nodeId) {
      const answer = await host.call('result.revert', { nodeId, undo: 'own' });
      if (!answer.ok) trouble(answer.error);
    },
    async discard(id) {
      const run = find(id);
      const settling = run?.state === 'review' ? settleAll(run) : null;
      store.dispatch({ type: 'run-closed', id });
      await settling;
      if (run?.state === 'ready') await settle(run, world.clock());
    },
    async show(nodeId) {
      const answer = await host.call('layer.show', { nodeId });
      if (!answer.ok) trouble(answer.error);
    },
  };
}

/** The jobs that restored the faces which an enhanced picture was sent with. */
const facesOf = ({ order: { work } }: ReviewRun): readonly JobId[] =>
  work.kind === 'enhance' ? (work.after?.jobs ?? []) : [];

const carrier = (run: AppliedRun): NodeId => run.placement.nodeId;
