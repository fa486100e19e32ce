/** Starts the studio in a worker, and on this thread where no worker starts or answers: the same text either way. */
import type { Studio } from './studio';
import { type RemoteStudio, remoteStudio } from './worker/remoteStudio';
import type { FromWorker, ToWorker } from './worker/wire';

export interface StudioOptions {
  /** The text of the built `worker/main.ts`. Nothing of it is parsed before it is run. */
  readonly source: string;
  /** The packed face network in base64, as the build inlines it. */
  readonly weights: string;
  /** Throws where the host forbids workers. */
  readonly makeWorker?: (source: string) => Worker;
}

/** Milliseconds within which a worker has to say that it is there. */
const PATIENCE = 3000;

/**
 * Answers at once; what is asked waits until the studio runs, 3 s at most before this thread takes over. Nothing
 * that is asked later moves back to a worker.
 */
export function createStudio({ source, weights, makeWorker = dataWorker }: StudioOptions): Studio {
  const started = startWorker(() => makeWorker(source), weights).then((remote) => remote ?? startHere(source, weights));
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

/** A data: address, because blob: workers are reported to fail in Figma's frame. */
function dataWorker(source: string): Worker {
  return new Worker(`data:text/javascript;charset=utf-8,${encodeURIComponent(source)}`);
}

/** Null when the host forbids workers, when the script does not run, or when nothing is heard of it. */
function startWorker(make: () => Worker, weights: string): Promise<Studio | null> {
  return new Promise((resolve) => {
    let worker: Worker;
    try {
      worker = make();
    } catch {
      resolve(null);
      return;
    }
    const { studio, lost } = joined(worker);
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
    start(worker, weights);
  });
}

/**
 * The worker's text as a script of this page, with a port in place of the worker's global object. A page whose own
 * script stands in it may always have another one; to evaluate a text as a function may be forbidden.
 */
function startHere(source: string, weights: string): Studio {
  const { port1, port2 } = new MessageChannel();
  const script = Object.assign(document.createElement('script'), { port: port2 });
  script.textContent = `(function(self){${source}\n})(document.currentScript.port)`;
  document.head.append(script);
  script.remove();
  const { studio } = joined(port1);
  port1.start();
  port2.start();
  start(port1, weights);
  return studio;
}

function joined(end: Worker | MessagePort): RemoteStudio {
  return remoteStudio({
    post: (message, transfer) => end.postMessage(message, transfer),
    // Both have it; only their types differ.
    listen: (hear) =>
      end.addEventListener('message', ((event: MessageEvent<FromWorker>) => hear(event.data)) as EventListener),
  });
}

function start(end: Worker | MessagePort, weights: string): void {
  const message: ToWorker = { kind: 'start', weights };
  end.postMessage(message);
}
