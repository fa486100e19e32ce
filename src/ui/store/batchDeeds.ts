/** Everything that can be done with several pictures at once. */
import type { ImageHash } from '../../core/ids';
import { batchKey } from '../../core/records';
import { endpoint } from '../../core/settings';
import { EVERY_FACE, isWaiting, rowOf } from './batch';
import { type BatchApplyDeeds, batchApplyDeeds } from './batchApply';
import { keepBytes } from './batchBytes';
import { type BatchRunDeeds, batchRunDeeds } from './batchRun';
import { surveyDeeds } from './batchSurvey';
import { type Context, ready } from './context';
import type { ReadyRun } from './run';
import type { Ready } from './state';
import { unapplied } from './updateBatch';

export interface BatchDeeds extends Omit<BatchRunDeeds, 'goOn' | 'bytesOf'>, BatchApplyDeeds {
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
}

export function batchDeeds(context: Context, onCharged: () => void): BatchSession {
  const { store, host, world } = context;
  const kept = keepBytes();
  const surveying = surveyDeeds(context);
  const { goOn, bytesOf, ...runs } = batchRunDeeds(context, { look: surveying.look, kept, onCharged });
  const applying = batchApplyDeeds(context, bytesOf);
  let takenUp = false;

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
    const { id } = batch.start;
    const forgotten = await host.call('record.forget', { key: batchKey(id) });
    if (forgotten.ok) store.dispatch({ type: 'batch-forgotten', id });
  };

  /** A batch of this document that an earlier opening left: the newest with something still to come. */
  const takeUp = (): void => {
    const state = ready(context);
    if (takenUp || state === null || state.lease !== 'held' || state.settings.service === null) return;
    takenUp = true;
    if (state.batch !== null && state.batch.phase === 'run') return;
    const at = world.clock();
    const address = endpoint(state.settings)?.address;
    const left = [...state.batches.values()]
      .filter((record) => record.fileId === state.fileId && unapplied(record, state.jobs).length > 0)
      .sort((one, other) => other.createdAt - one.createdAt);
    const record = left.find(({ plan }) => plan.address === address) ?? left[0];
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
    follow() {
      surveying.follow();
      takeUp();
    },
  };
}

export const isDone = (state: Ready): boolean =>
  state.batch !== null && !state.batch.rows.some((row) => isWaiting(row) || row.work.state === 'running');
