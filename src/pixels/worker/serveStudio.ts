/** The worker's end: runs what is asked on a studio of its own and hands the bytes over without copying them. */
import type { OpenPicture, Studio } from '../studio';
import { type FromWorker, type Line, SIGNAL, type ToWorker } from './wire';

/**
 * `makeStudio` is called with the weights when the panel's end sends them; a call before that is a bug of that end.
 */
export function serveStudio(line: Line<ToWorker, FromWorker>, makeStudio: (weights: string) => Studio): void {
  let studio: Studio | null = null;
  const running = new Map<number, AbortController>();

  async function call(message: Extract<ToWorker, { kind: 'call' }>): Promise<void> {
    const abort = new AbortController();
    running.set(message.id, abort);
    const args = message.args.map((arg) => (arg === SIGNAL ? abort.signal : arg));
    try {
      // The panel's end has the same types: see `remoteStudio`.
      const method = studio![message.method] as (...values: unknown[]) => Promise<unknown>;
      const value = lean(await method(...args));
      line.post({ kind: 'answer', id: message.id, value }, owned(value));
    } catch (problem) {
      const error = problem instanceof Error ? problem : new Error(String(problem));
      line.post({ kind: 'thrown', id: message.id, name: error.name, message: error.message }, []);
    } finally {
      running.delete(message.id);
    }
  }

  line.listen((message) => {
    if (message.kind === 'start') {
      studio = makeStudio(message.weights);
      line.post({ kind: 'ready' }, []);
    } else if (message.kind === 'abort') running.get(message.id)?.abort();
    else if (message.kind === 'close') studio?.close(message.pictureId);
    else void call(message);
  });
}

type Answer = {
  readonly ok: true;
  readonly value: { readonly upload?: OpenPicture['upload']; readonly bytes?: Uint8Array };
};

const isAnswer = (value: unknown): value is Answer =>
  typeof value === 'object' && value !== null && 'ok' in value && value.ok === true;

/** Stored bytes that go out as they came are not sent back: the panel has them. */
function lean(value: unknown): unknown {
  if (!isAnswer(value) || value.value.upload?.converted !== false) return value;
  const upload = { ...value.value.upload, bytes: new Uint8Array(0) };
  return { ok: true, value: { ...value.value, upload } };
}

/** What can be handed over: a bitmap, or the bytes made for this answer. */
function owned(value: unknown): Transferable[] {
  if (typeof ImageBitmap === 'function' && value instanceof ImageBitmap) return [value];
  if (!isAnswer(value)) return [];
  const bytes = value.value.bytes ?? value.value.upload?.bytes;
  return bytes === undefined ? [] : [bytes.buffer as ArrayBuffer];
}
