/** The pixel worker's script: acts on import. */
import { createLocalStudio } from '../localStudio';
import { serveStudio } from './serveStudio';
import type { FromWorker, ToWorker } from './wire';

// The DOM's types know a window here; in a worker `postMessage` takes the transfer list second.
const scope = self as unknown as {
  postMessage(message: FromWorker, transfer: Transferable[]): void;
  addEventListener(type: 'message', hear: (event: MessageEvent<ToWorker>) => void): void;
};

serveStudio(
  {
    post: (message, transfer) => scope.postMessage(message, transfer),
    listen: (hear) => scope.addEventListener('message', (event) => hear(event.data)),
  },
  createLocalStudio,
);
