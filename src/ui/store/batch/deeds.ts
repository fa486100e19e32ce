/** Everything that can be done with several pictures at once. */
import type { BatchRecord } from '../../../core/batch';
import type { BatchId, ImageHash } from '../../../core/ids';
import { KEPT } from '../../../core/job/retention';
import { batchKey } from '../../../core/records';
import { endpoint } from '../../../core/settings';
import { type Context, ready } from '../context';
import type { ReadyRun } from '../runs/run';
import type { Ready } from '../state';
import { type BatchApplyDeeds, batchApplyDeeds } from './apply';
import { EVERY_FACE, rowOf } from './batch';
import { unapplied } from './begun';
import { keepBytes } from './bytes';
import { type BatchRunDeeds, batchRunDeeds } from './run';
import { surveyDeeds } from './survey';

export interface BatchDeeds extends Omit<BatchRunDeeds, 'goOn' | 'letGo' | 'bytesOf'>, Omit<BatchApplyDeeds, 'settle'> {
  /** Looks through every picture of the selection or of the page. */
  survey(scope: 'selection' | 'page'): void;
  /** Before it was sent: selects its layer. A result: opens it for the full review. */
  openRow(picture: ImageHash): void;
  /** Ends the batch: what was not applied is not offered again. Jobs that still run go on by themselves. */
  close(): Promise<void>;
}

export interface BatchSession extends BatchDeeds {
  /** Call it whenever the state may have changed. */
  follow(): void;
  /** This window goes on with the jobs of the document: the records have just been read. */
  takeUp(): void;
  /** Another window does. */
  letGo(): void;
}

/** `onCharged` is called when nothing of the batch runs any more, so that the balance is asked once. */
export function batchDeeds(context: Context, onCharged: () => void): BatchSession {
  const { store, host, world } = context;
  const kept = keepBytes();
  const surveying = surveyDeeds(context);
  const { goOn, letGo, bytesOf, ...runs } = batchRunDeeds(context, { look: surveying.look, kept, onCharged });
  const { settle, ...applying } = batchApplyDeeds(context, bytesOf);

  const review = (state: Ready, picture: ImageHash): void => {
    const row = state.batch === null ? undefined : rowOf(state.batch, picture);
    const [first] = row?.places ?? [];
    if (state.batch === null || row?.work.state !== 'ready' || first === undefined) return;
    const { order, completion, faces, choices, form } = row.work;
    const run: ReadyRun = {
      state: 'ready',
      id: order.id,
      order,
      job: state.jobs.get(order.id) ?? null,
      forms: first.forms,
      resumed: false,
      faces,
      standing: null,
      material: null,
      bytes: kept.get(order.id),
      completion,
      opening: false,
      chosen: {
        choices: faces.map((face, index) => ({ face, resultId: 0, ...(choices[index] ?? EVERY_FACE) })),
        form: form ?? state.batch.form,
      },
    };
    store.dispatch({ type: 'batch-touched', picture });
    store.dispatch({ type: 'run-started', run });
  };

  const close = async (): Promise<void> => {
    const batch = ready(context)?.batch ?? null;
    if (batch === null) return;
    store.dispatch({ type: 'batch-closed' });
    kept.clear();
    if (batch.start === null) return;
    await forget(batch.start.id);
    // What was not kept has been dealt with: it is not offered again, but the same work stays free.
    for (const { work } of batch.rows) if (work.state === 'ready') await settle(work);
  };

  const forget = async (id: BatchId): Promise<void> => {
    const forgotten = await host.call('record.forget', { key: batchKey(id) });
    if (forgotten.ok) store.dispatch({ type: 'batch-forgotten', id });
  };

  /** A batch of this document that an earlier opening left: the newest with something still to come. */
  const takeUp = (): void => {
    const state = ready(context);
    if (state?.lease !== 'held' || state.settings.service === null) return;
    if (state.batch?.phase === 'run') {
      goOn();
      return;
    }
    const at = world.clock();
    const address = endpoint(state.settings)?.address;
    const left = [...state.batches.values()]
      .filter((record) => isOwed(state, record, at))
      .sort((one, other) => other.createdAt - one.createdAt);
    const record = left.find(({ plan }) => plan.address === address) ?? left[0];
    for (const { id } of state.batches.values()) {
      if (!left.some((known) => known.id === id) && isOurs(state, id)) void forget(id);
    }
    if (record === undefined) return;
    store.dispatch({ type: 'batch-closed' });
    store.dispatch({ type: 'batch-found', record, at, shown: state.selection.pictures.length === 0 });
    goOn();
  };

  return {
    ...runs,
    ...applying,
    survey(scope) {
      store.dispatch({ type: 'batch-closed' });
      store.dispatch({ type: 'batch-opened', scope });
    },
    openRow(picture) {
      const state = ready(context);
      const row = state?.batch ? rowOf(state.batch, picture) : undefined;
      if (!state?.batch || row === undefined || state.batch.writing !== null) return;
      if (row.work.state === 'ready') return review(state, picture);
      const [first] = row.places;
      if (first === undefined) return;
      store.dispatch({ type: 'batch-touched', picture });
      if (state.batch.phase === 'survey') store.dispatch({ type: 'batch-shown', shown: false });
      void host.call('layer.show', { nodeId: first.target.nodeId });
    },
    close,
    follow: surveying.follow,
    takeUp,
    letGo,
  };
}

const isOurs = ({ batches, fileId }: Ready, id: BatchId): boolean => batches.get(id)?.fileId === fileId;

const isOwed = (state: Ready, record: BatchRecord, now: number): boolean =>
  record.fileId === state.fileId && now - record.createdAt < KEPT && unapplied(record, state.jobs).length > 0;
