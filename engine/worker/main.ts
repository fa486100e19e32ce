/** The thread in which pictures are decoded and restored, so that the engine answers meanwhile. */
import { parentPort } from 'node:worker_threads';
import type { Restorer } from '../restorer';
import type { FromThread, ToThread } from './messages';
import { inspectFile, runTask } from './task';

const port = parentPort!;
const send = (message: FromThread): void => port.postMessage(message);

/** Loaded with the first job: the thread that only looks at uploads never needs it. */
let restorer: Promise<Restorer> | null = null;

function loadRestorer(): Promise<Restorer> {
  restorer ??= import('../restore/enhancer').then(({ loadEnhancer }) => loadEnhancer());
  return restorer;
}

async function answer(message: ToThread): Promise<FromThread> {
  const { id } = message;
  if (message.kind === 'inspect') {
    const picture = await inspectFile(message.file);
    if (!picture.ok) return { kind: 'unreadable', id, fault: picture.error };
    return { kind: 'inspected', id, picture: picture.value };
  }
  const stop = new Int32Array(message.stop);
  const outcome = await runTask(await loadRestorer(), message.task, {
    onProgress: (fraction) => send({ kind: 'progress', id, fraction }),
    isCancelled: () => Atomics.load(stop, 0) !== 0,
  });
  if (outcome.ok) return { kind: 'restored', id, faces: outcome.value.faces };
  return outcome.error === 'cancelled' ? { kind: 'cancelled', id } : { kind: 'unreadable', id, fault: outcome.error };
}

port.on('message', (message: ToThread) => {
  answer(message).then(send, (error: unknown) => {
    send({
      kind: 'broken',
      id: message.id,
      detail: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  });
});
