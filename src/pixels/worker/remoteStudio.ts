/** The panel's end: a studio whose every question is answered by the worker. */
import type { PluginError } from '../../core/errors';
import type { Result } from '../../core/result';
import type { OpenPicture, Studio } from '../studio';
import { type FromWorker, type Line, type Method, SIGNAL, type ToWorker } from './wire';

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (reason: unknown) => void;
}

export interface RemoteStudio {
  readonly studio: Studio;
  /** The worker has died: everything that waits is rejected. */
  readonly lost: (reason: string) => void;
}

/**
 * An aborted call rejects at once, whatever the worker still does. What the worker throws is thrown here, with its
 * name and message.
 */
export function remoteStudio(line: Line<FromWorker, ToWorker>): RemoteStudio {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let death: Error | null = null;

  function ask<Name extends Method>(method: Name, ...given: Parameters<Studio[Name]>): ReturnType<Studio[Name]> {
    lastId += 1;
    const id = lastId;
    const signal = given.find((arg): arg is AbortSignal => arg instanceof AbortSignal);
    const answer = new Promise<unknown>((resolve, reject) => {
      if (death !== null) throw death;
      signal?.throwIfAborted();
      const stop = (): void => {
        waiting.delete(id);
        line.post({ kind: 'abort', id }, []);
        reject(signal!.reason);
      };
      const done = (): void => signal?.removeEventListener('abort', stop);
      signal?.addEventListener('abort', stop, { once: true });
      waiting.set(id, {
        resolve: (value) => {
          done();
          resolve(value);
        },
        reject: (reason) => {
          done();
          reject(reason);
        },
      });
      // Bytes are copied, not handed over: the caller goes on using them.
      line.post({ kind: 'call', id, method, args: given.map((arg) => (arg === signal && signal ? SIGNAL : arg)) }, []);
    });
    // Both ends come from one build; `serveStudio` calls the very method of this name.
    return answer as ReturnType<Studio[Name]>;
  }

  line.listen((message) => {
    if (message.kind === 'ready') return;
    const one = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'answer') {
      // Nobody waits for an aborted call's picture any more.
      if (one === undefined && typeof ImageBitmap === 'function' && message.value instanceof ImageBitmap) {
        message.value.close();
      }
      one?.resolve(message.value as never);
    } else {
      one?.reject(Object.assign(new Error(message.message), { name: message.name }));
    }
  });

  const studio: Studio = {
    open: async (bytes, signal) => withOwnBytes(await ask('open', bytes, signal), bytes),
    faces: (...given) => ask('faces', ...given),
    bitmap: (...given) => ask('bitmap', ...given),
    crop: (...given) => ask('crop', ...given),
    addResult: (...given) => ask('addResult', ...given),
    preview: (...given) => ask('preview', ...given),
    encode: (...given) => ask('encode', ...given),
    wholePreview: (...given) => ask('wholePreview', ...given),
    encodeWhole: (...given) => ask('encodeWhole', ...given),
    close: (pictureId) => line.post({ kind: 'close', pictureId }, []),
  };
  const lost = (reason: string): void => {
    death = new Error(`The pixel worker stopped: ${reason}`);
    for (const one of waiting.values()) one.reject(death);
    waiting.clear();
  };
  return { studio, lost };
}

/** Bytes that go to the service as they are stored did not cross back. */
function withOwnBytes(answer: Result<OpenPicture, PluginError>, bytes: Uint8Array): Result<OpenPicture, PluginError> {
  if (!answer.ok || answer.value.upload.converted) return answer;
  return { ok: true, value: { ...answer.value, upload: { ...answer.value.upload, bytes } } };
}
