/**
 * The pictures that are sent after a face recovery: the layer's picture with the restored faces laid in. The latest is
 * kept; any other is made once more from what the service keeps, with the same choices.
 */
import type { Source } from '../../../api/running';
import type { PluginError } from '../../../core/errors';
import type { JobId } from '../../../core/ids';
import type { JobOrder } from '../../../core/job/job';
import type { RestoredFaces } from '../../../core/job/work';
import { failed, ok, type Result } from '../../../core/result';
import type { FaceChoice, OpenPicture } from '../../../pixels/studio';
import { type Context, ready } from '../context';
import { facesOf } from '../faces/saved';
import { wholePicture } from '../runs/run';
import { endpointOf, storedFile } from '../runs/sources';

export interface Composites {
  latest: { readonly id: JobId; readonly bytes: Uint8Array } | null;
}

/** Nothing is kept yet. One for each panel. */
export function createComposites(): Composites {
  return { latest: null };
}

/** In place of the one before: a composite is as large as the picture, so there is never more than one. */
export function keepComposite(composites: Composites, id: JobId, bytes: Uint8Array): void {
  composites.latest = { id, bytes };
}

/** The picture of an order that enhances after a recovery. Making it once more costs nothing. */
export function compositeOf(context: Context, composites: Composites, order: JobOrder, after: RestoredFaces): Source {
  return async (signal) => {
    const { latest } = composites;
    if (latest?.id === order.id) return ok({ bytes: latest.bytes, format: 'png' });
    const results = await resultsOf(context, after.jobs, signal);
    if (!results.ok) return results;
    const made = await context.desk.work(
      () => storedFile(context, order.target, true),
      (picture) => composed(context, order, after, picture, results.value, signal),
      signal,
    );
    return made.ok ? made.value : made;
  };
}

async function composed(
  { studio }: Context,
  order: JobOrder,
  after: RestoredFaces,
  picture: OpenPicture,
  results: readonly Uint8Array[],
  signal: AbortSignal,
): Promise<Result<{ readonly bytes: Uint8Array; readonly format: 'png' }, PluginError>> {
  const found = await studio.faces(picture.id, signal);
  const meant = order.boxes === null ? found : facesOf(order.boxes, found);
  const faces = meant.length > 0 ? meant : [wholePicture(picture)];
  // Found differently than then: better not sent than with other faces than were chosen.
  if (faces.length !== after.faces.length) return failed({ code: 'job-unsent' });
  const ids: number[] = [];
  for (const bytes of results) {
    const added = await studio.addResult(picture.id, bytes, faces, signal);
    if (!added.ok) return added;
    ids.push(added.value.id);
  }
  const choices = faces.map((face, index): FaceChoice => {
    const [job, blend] = after.faces[index] ?? [0, 0];
    return { face, resultId: ids[job] ?? ids[0] ?? 0, on: blend > 0, blend };
  });
  const baked = await studio.encode(picture.id, 'baked', choices, signal);
  return baked.ok ? ok({ bytes: baked.value.bytes, format: 'png' }) : baked;
}

/** The results of paid jobs: as they lie here, or fetched anew. */
async function resultsOf(
  context: Context,
  ids: readonly JobId[],
  signal: AbortSignal,
): Promise<Result<readonly Uint8Array[], PluginError>> {
  const results: Uint8Array[] = [];
  const watcher = { onProgress: () => undefined, onJob: () => undefined };
  for (const id of ids) {
    const state = ready(context);
    const run = state?.runs.find((known) => known.id === id);
    if (run !== undefined && 'bytes' in run && run.bytes !== null) {
      results.push(run.bytes);
      continue;
    }
    const job = state?.jobs.get(id);
    if (job === undefined) return failed({ code: 'job-gone' });
    const at = endpointOf(context, job.order.address);
    if (at === null) return failed({ code: 'job-elsewhere', address: job.order.address });
    const { outcome } = context.service.resumeJob(context.client, at, job, null, watcher, signal);
    const delivered = await outcome;
    if (!delivered.ok) return delivered;
    results.push(delivered.value.bytes);
  }
  return ok(results);
}
