/** Reads one picture of a batch from whichever of its layers still shows it. */
import type { Upload } from '../../../api/running';
import type { PluginError } from '../../../core/errors';
import type { JobId } from '../../../core/ids';
import { failed, ok, type Result } from '../../../core/result';
import { type Context, ready } from '../context';
import { originalFile, storedFile } from '../runs/sources';
import type { Row } from './batch';

/** To be paid for: a picture that no layer shows any more is of no use to anybody. */
export async function readShown(context: Context, { places }: Row): Promise<Result<Uint8Array, PluginError>> {
  let last: Result<Uint8Array, PluginError> = failed({ code: 'layer-gone' });
  for (const { target } of places) {
    last = await storedFile(context, target, false);
    if (last.ok) return last;
  }
  return last;
}

/** To lay a paid result on it: also from the document's store, or from the service, which keeps what it was sent. */
export async function readOriginal(context: Context, row: Row, id: JobId): Promise<Result<Uint8Array, PluginError>> {
  const shown = await readShown(context, row);
  const [first] = row.places;
  if (shown.ok || first === undefined) return shown;
  const job = ready(context)?.jobs.get(id);
  return job === undefined ? storedFile(context, first.target, true) : originalFile(context, job);
}

/** What goes to the service: the stored file, or what it has to be turned into first. */
export async function readUpload(
  context: Context,
  row: Row,
  signal: AbortSignal,
): Promise<Result<Upload, PluginError>> {
  const sendAs = row.found.state === 'known' ? row.found.sendAs : null;
  if (sendAs !== null) {
    const stored = await readShown(context, row);
    return stored.ok ? ok({ bytes: stored.value, format: sendAs }) : stored;
  }
  return context.desk.work(
    () => readShown(context, row),
    async ({ upload: { bytes, format } }) => ({ bytes, format }),
    signal,
  );
}
