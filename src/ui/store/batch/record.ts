/** Writes a batch down before its first job goes out: stored and acknowledged, or nothing is sent. */
import type { BatchRecord } from '../../../core/batch';
import type { PluginError } from '../../../core/errors';
import { batchKey } from '../../../core/records';
import { failed, type Result } from '../../../core/result';
import type { Context } from '../context';

/** Milliseconds within which it must be acknowledged. */
const ACKNOWLEDGEMENT = 2_000;

/** Errors: storage-full, storage-silent. */
export async function writeDown(
  { host, store, world, life }: Context,
  record: BatchRecord,
): Promise<Result<null, PluginError>> {
  const over = new AbortController();
  const silent = (): Result<null, PluginError> => failed({ code: 'storage-silent' });
  const silence = world.sleep(ACKNOWLEDGEMENT, AbortSignal.any([over.signal, life])).then(silent, silent);
  // A document without a lasting id would not find its batch again.
  const stored = host
    .call('file.keep', {})
    .then((file) => (file.ok ? host.call('record.save', { key: batchKey(record.id), value: record }) : file));
  const saved = await Promise.race([stored, silence]);
  over.abort();
  if (saved.ok) store.dispatch({ type: 'batch-saved', record });
  return saved;
}
