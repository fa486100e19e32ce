/**
 * Writes the kept results of a batch onto all their layers, as one undo step, and takes them off again. What one layer
 * refuses is collected and named; the rest is applied.
 */
import type { PluginError } from '../../../core/errors';
import type { ImageHash } from '../../../core/ids';
import { step } from '../../../core/job/step';
import { ok, type Result } from '../../../core/result';
import type { PlacementForm } from '../../../core/target';
import type { EncodedResult, FaceChoice, OpenPicture } from '../../../pixels/studio';
import { type Context, ready } from '../context';
import { remedies } from '../remedies';
import { possibleForm } from '../runs/run';
import { serviceName } from '../serviceName';
import { EVERY_FACE, isWaiting, type Placed, type ReadyWork, type Row, rowOf } from './batch';
import { readOriginal } from './material';
import type { BatchRunDeeds } from './run';

export interface BatchApplyDeeds {
  /** Every kept result onto every layer that shows its picture. */
  applyAll(): Promise<void>;
  /** What was refused because its layer is gone or changed: onto new layers. */
  placeAsNewLayers(): Promise<void>;
  revertAll(): Promise<void>;
  /** The record says that a result has been dealt with. */
  settle(work: ReadyWork): Promise<void>;
}

/** Which layers of a row are to be written, and in which form; null: as the batch and the layer allow. */
interface Wish {
  readonly row: Row & { readonly work: ReadyWork };
  readonly places: readonly number[];
  readonly form: PlacementForm | null;
}

/** `bytesOf` gets a result's file. A second press while something is being written does nothing. */
export function batchApplyDeeds(context: Context, bytesOf: BatchRunDeeds['bytesOf']): BatchApplyDeeds {
  const { store, host, studio, world, client, desk, life } = context;
  let writing = false;

  const find = (picture: ImageHash): ReadyWork | null => {
    const batch = ready(context)?.batch ?? null;
    const row = batch === null ? undefined : rowOf(batch, picture);
    return row?.work.state === 'ready' ? row.work : null;
  };

  /** One undo step round everything that `write` does. `of`: layers. */
  const asOneStep = async (
    what: 'applying' | 'reverting',
    of: number,
    write: (done: () => void) => Promise<void>,
  ): Promise<void> => {
    if (writing || of === 0) return;
    writing = true;
    let done = 0;
    const tell = (): void => store.dispatch({ type: 'batch-writing', writing: { what, done, of } });
    tell();
    try {
      await host.call('undo.split', {});
      await write(() => {
        done++;
        tell();
      });
      await host.call('undo.split', {});
    } catch (thrown) {
      if (!life.aborted) {
        store.dispatch({ type: 'batch-problem', error: { code: 'unexpected', detail: String(thrown) } });
      }
    } finally {
      writing = false;
      if (!life.aborted) store.dispatch({ type: 'batch-writing', writing: null });
    }
  };

  /** Opens the picture, lays the result on it once more, and encodes each kind once for all layers that need it. */
  const writeRow = async ({ row, places, form }: Wish, done: () => void): Promise<void> => {
    const { work, picture: hash } = row;
    const fail = (error: PluginError): void => {
      for (const _ of places) done();
      store.dispatch({ type: 'batch-row-problem', picture: hash, error });
    };
    const file = await bytesOf(work);
    if (!file.ok) return fail(file.error);
    const written = await desk.work(
      () => readOriginal(context, row, work.order.id),
      async (picture): Promise<Result<readonly Placed[], PluginError>> => {
        const result = await studio.addResult(picture.id, file.value, work.faces, life);
        if (!result.ok) return result;
        const choices = work.faces.map((face, index) => ({
          face,
          resultId: result.value.id,
          ...(work.choices[index] ?? EVERY_FACE),
        }));
        const encode = encoder(picture, choices);
        const all: Placed[] = row.places.map((_, index) => work.placed[index] ?? { state: 'reverted' });
        for (const index of places) {
          all[index] = await place(row, index, form, choices, encode);
          done();
        }
        return ok(all);
      },
      life,
    );
    const placed = written.ok ? written.value : written;
    if (!placed.ok) return fail(placed.error);
    store.dispatch({ type: 'batch-placed', picture: hash, placed: placed.value });
    if (placed.value.some(({ state }) => state === 'on')) await settle(work);
  };

  const encoder = (picture: OpenPicture, choices: readonly FaceChoice[]) => {
    const made = new Map<'overlay' | 'baked', Promise<Result<EncodedResult, PluginError>>>();
    return (form: PlacementForm): Promise<Result<EncodedResult, PluginError>> => {
      const what = form === 'overlay' ? 'overlay' : 'baked';
      const known = made.get(what) ?? studio.encode(picture.id, what, choices, life);
      made.set(what, known);
      return known;
    };
  };

  const place = async (
    row: Wish['row'],
    index: number,
    form: PlacementForm | null,
    choices: readonly FaceChoice[],
    encode: (form: PlacementForm) => Promise<Result<EncodedResult, PluginError>>,
  ): Promise<Placed> => {
    const at = row.places[index];
    if (at === undefined) throw new Error(`The picture has no place ${index}.`);
    const { work } = row;
    const wish = form ?? work.form ?? ready(context)?.batch?.form ?? 'overlay';
    const chosen = form ?? possibleForm(wish, at.forms ?? (await formsOf(at.target)));
    const encoded = await encode(chosen);
    if (!encoded.ok) return { state: 'refused', error: encoded.error };
    const { bytes, scale } = encoded.value;
    const { order, completion } = work;
    const answer = await host.call('result.place', {
      target: at.target,
      layerName: at.layerName,
      form: chosen,
      bytes,
      scale,
      undo: 'joined',
      recipe: {
        jobId: order.id,
        work: order.work,
        preset: order.preset,
        faces: choices.filter(({ on }) => on).length,
        credits: completion.credits,
        service: serviceName(order.address),
        appliedAt: world.clock(),
      },
    });
    return answer.ok
      ? { state: 'on', nodeId: answer.value.nodeId, form: answer.value.form }
      : { state: 'refused', error: answer.error };
  };

  /** What the layer allows now: of a batch that was begun in an earlier opening nobody knows it. */
  const formsOf = async (target: Row['places'][number]['target']) => {
    const standing = await host.call('target.look', { target });
    return standing.ok ? (standing.value.now?.forms ?? null) : null;
  };

  /** The record says that the result has been dealt with, so that it is not offered again at the next opening. */
  const settle = async ({ order }: ReadyWork): Promise<void> => {
    const saved = ready(context)?.jobs.get(order.id);
    const at = world.clock();
    const job = saved === undefined ? undefined : step(saved, { type: 'placed', placedAt: at }, at);
    if (job === undefined || job === saved) return;
    const answer = await client.store.save(job);
    if (!answer.ok) store.dispatch({ type: 'batch-problem', error: answer.error });
  };

  const write = async (wishes: readonly Wish[]): Promise<void> => {
    const layers = wishes.reduce((sum, { places }) => sum + places.length, 0);
    await asOneStep('applying', layers, async (done) => {
      for (const wish of wishes) {
        life.throwIfAborted();
        await writeRow(wish, done);
      }
    });
  };

  const rows = (): readonly Row[] => ready(context)?.batch?.rows ?? [];

  return {
    settle,
    async applyAll() {
      const kept = rows().filter(isWaiting);
      await write(
        kept
          .filter(({ work }) => work.choices.some(({ on }) => on))
          .map((row) => ({ row, places: row.places.map((_, index) => index), form: null })),
      );
    },
    async placeAsNewLayers() {
      const wishes = rows().flatMap((row): readonly Wish[] => {
        const { work } = row;
        if (work.state !== 'ready') return [];
        const places = work.placed.flatMap((placed, index) =>
          placed.state === 'refused' && remedies(placed.error).includes('new-layer') ? [index] : [],
        );
        return places.length === 0 ? [] : [{ row: { ...row, work }, places, form: 'layer' }];
      });
      await write(wishes);
    },
    async revertAll() {
      const applied = rows().flatMap(({ picture, work }) =>
        work.state === 'ready'
          ? work.placed.flatMap((placed, index) => (placed.state === 'on' ? [{ picture, index, placed }] : []))
          : [],
      );
      await asOneStep('reverting', applied.length, async (done) => {
        for (const { picture, index, placed } of applied) {
          life.throwIfAborted();
          const answer = await host.call('result.revert', { nodeId: placed.nodeId, undo: 'joined' });
          const work = find(picture);
          if (work !== null && answer.ok) {
            const all = work.placed.map((one, at): Placed => (at === index ? { state: 'reverted' } : one));
            store.dispatch({ type: 'batch-placed', picture, placed: all });
          } else if (!answer.ok) store.dispatch({ type: 'batch-row-problem', picture, error: answer.error });
          done();
        }
      });
    },
  };
}
