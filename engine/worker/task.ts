/** Looking at an upload, and one restoration from file to file: in the engine's thread, or in its process for tests. */
import { readFile, rename, writeFile } from 'node:fs/promises';
import { failed, ok, type Result } from '../../src/core/result';
import { enhancePicture } from '../enhance/enhancePicture';
import { type DecodedPicture, type DecodeFault, decodePicture } from '../picture/decode';
import { encodePicture } from '../picture/encode';
import { Cancelled, type Restored, type Restorer, type RestoreWatcher } from '../restorer';
import type { Inspected, RestoreTask, TaskWork } from './messages';

/** Decodes the whole file: a header alone says nothing of damage further on. */
export async function inspectFile(file: string): Promise<Result<Inspected, DecodeFault>> {
  const picture = await decodePicture(new Uint8Array(await readFile(file)));
  if (!picture.ok) return picture;
  const { format, image } = picture.value;
  return ok({ format, width: image.width, height: image.height });
}

/** The shares of decoding and encoding in the progress that is shown. */
const DECODED = 0.04;
const RESTORED = 0.95;

/**
 * Progress 0..1, decoding and encoding included. A cancelled or failed task leaves no result. Throws what the
 * restorer throws, other than `Cancelled`.
 */
export async function runTask(
  restorer: Restorer,
  task: RestoreTask,
  watcher: RestoreWatcher,
): Promise<Result<{ readonly faces: number }, DecodeFault | 'cancelled'>> {
  const picture = await decodePicture(new Uint8Array(await readFile(task.source)));
  if (!picture.ok) return picture;
  watcher.onProgress(DECODED);
  try {
    const { image, faces } = await worked(restorer, picture.value, task.work, {
      ...watcher,
      onProgress: (fraction) => watcher.onProgress(DECODED + fraction * (RESTORED - DECODED)),
    });
    const bytes = await encodePicture(image, task.format, picture.value.profile);
    if (watcher.isCancelled()) return failed('cancelled');
    // Written aside: a result is whole or not there.
    await writeFile(`${task.result}.new`, bytes);
    await rename(`${task.result}.new`, task.result);
    return ok({ faces });
  } catch (error) {
    if (error instanceof Cancelled) return failed('cancelled');
    throw error;
  }
}

function worked(
  restorer: Restorer,
  picture: DecodedPicture,
  work: TaskWork,
  watcher: RestoreWatcher,
): Promise<Restored> {
  if (work.kind === 'enhance') return enhancePicture(picture, work.parameters, restorer, watcher);
  return restorer.restore({ picture, parameters: work.parameters, scale: work.scale }, watcher);
}
