/** Starts the studio in a worker, and on this thread where no worker starts or answers: the same code either way. */
import type { Studio } from './studio';
import { remoteStudio } from './worker/remoteStudio';
import type { FromWorker, ToWorker } from './worker/wire';

export interface StudioOptions {
  /** The text of the built `worker/main.ts`; null: no worker. */
  readonly workerSource: string | null;
  /** The packed face network, as the build inlines it. */
  readonly weights: Uint8Array;
}

/** Milliseconds within which a worker has to say that it is there. */
const PATIENCE = 3000;

export function createStudio({ workerSource, weights }: StudioOptions): Studio {
  const started: Promise<Studio> =
    workerSource === null
      ? startHere(weights)
      : startWorker(workerSource, weights).then((remote) => remote ?? startHere(weights));
  return {
    open: async (...given) => (await started).open(...given),
    faces: async (...given) => (await started).faces(...given),
    bitmap: async (...given) => (await started).bitmap(...given),
    crop: async (...given) => (await started).crop(...given),
    addResult: async (...given) => (await started).addResult(...given),
    preview: async (...given) => (await started).preview(...given),
    encode: async (...given) => (await started).encode(...given),
    wholePreview: async (...given) => (await started).wholePreview(...given),
    encodeWhole: async (...given) => (await started).encodeWhole(...given),
    close: (pictureId) => void started.then((studio) => studio.close(pictureId)),
  };
}

/** Imported when it is needed: its tables are built nowhere where a worker builds them. */
async function startHere(weights: Uint8Array): Promise<Studio> {
  const { createLocalStudio } = await import('./localStudio');
  return createLocalStudio(weights);
}

/** Null when the host forbids workers, when the script does not run, or when nothing is heard of it. */
function startWorker(source: string, weights: Uint8Array): Promise<Studio | null> {
  return new Promise((resolve) => {
    let worker: Worker;
    try {
      // A data: address, because blob: workers are reported to fail in Figma's frame.
      worker = new Worker(`data:text/javascript;charset=utf-8,${encodeURIComponent(source)}`);
    } catch {
      resolve(null);
      return;
    }
    const { studio, lost } = remoteStudio({
      post: (message, transfer) => worker.postMessage(message, transfer),
      listen: (hear) => worker.addEventListener('message', (event: MessageEvent<FromWorker>) => hear(event.data)),
    });
    const giveUp = (): void => {
      worker.terminate();
      resolve(null);
    };
    const timer = setTimeout(giveUp, PATIENCE);
    worker.addEventListener('message', (event: MessageEvent<FromWorker>) => {
      if (event.data.kind !== 'ready') return;
      clearTimeout(timer);
      resolve(studio);
    });
    worker.addEventListener('error', (event) => {
      clearTimeout(timer);
      lost(event.message);
      giveUp();
    });
    const start: ToWorker = { kind: 'start', weights };
    worker.postMessage(start);
  });
}
