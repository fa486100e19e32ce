/** The thread in which pictures are decoded and restored, so that the engine answers meanwhile. */
import { parentPort, workerData } from 'node:worker_threads';
import { ok, type Result } from '../../src/core/result';
import { type ModelFault, sayModelFault } from '../neural/fault';
import type { Restorer } from '../restorer';
import type { FromThread, ThreadOptions, ToThread } from './messages';
import { inspectFile, runTask } from './task';

const port = parentPort!;
// True for every thread that `startThread` starts.
const { model } = workerData as ThreadOptions;
const send = (message: FromThread): void => port.postMessage(message);

/** Loaded with the first job: the thread that only looks at uploads never needs it. */
let restorer: Promise<Result<Restorer, ModelFault>> | null = null;

function loadRestorer(): Promise<Result<Restorer, ModelFault>> {
  restorer ??=
    model === null
      ? import('../restore/enhancer').then(async ({ loadEnhancer }) => ok(await loadEnhancer()))
      : import('../neural/neuralRestorer').then(({ loadNeuralRestorer }) => loadNeuralRestorer(model));
  return restorer;
}

async function answer(message: ToThread): Promise<FromThread> {
  const { id } = message;
  if (message.kind === 'inspect') {
    const picture = await inspectFile(message.file);
    if (!picture.ok) return { kind: 'unreadable', id, fault: picture.error };
    return { kind: 'inspected', id, picture: picture.value };
  }
  const loaded = await loadRestorer();
  if (message.kind === 'prepare') {
    return loaded.ok
      ? { kind: 'prepared', id, restorer: loaded.value.kind }
      : { kind: 'refused', id, fault: loaded.error };
  }
  // The file was whole when the engine started, but this thread is a later one.
  if (!loaded.ok) return { kind: 'broken', id, detail: sayModelFault(loaded.error) };
  const stop = new Int32Array(message.stop);
  const outcome = await runTask(loaded.value, message.task, {
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
