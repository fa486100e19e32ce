/** A thread and the questions put to it. It is started with the first question and again after it has died. */
import { Worker } from 'node:worker_threads';
import type { FromThread, ThreadOptions, ToThread } from './messages';

type Question = ToThread extends infer Kind ? (Kind extends ToThread ? Omit<Kind, 'id'> : never) : never;
type Answer = Exclude<FromThread, { readonly kind: 'progress' }>;

export interface Thread {
  /** A thread that dies answers 'broken'. */
  ask(question: Question, onProgress?: (fraction: number) => void): Promise<Answer>;
  /** Starts the thread before the first question, which then need not wait for it. */
  warm(): void;
  close(): Promise<void>;
}

interface Waiting {
  readonly settle: (answer: Answer) => void;
  readonly onProgress: (fraction: number) => void;
}

/** No thread runs before the first question or `warm`. After `close` a question would start it anew. */
export function startThread(options: ThreadOptions = { model: null }): Thread {
  const waiting = new Map<number, Waiting>();
  let last = 0;
  let worker: Worker | null = null;
  const lose = (detail: string): void => {
    worker = null;
    const lost = [...waiting];
    waiting.clear();
    for (const [id, { settle }] of lost) settle({ kind: 'broken', id, detail });
  };
  const start = (): Worker => {
    const started = new Worker(new URL('./boot.mjs', import.meta.url), { workerData: options });
    started.on('message', (message: FromThread) => {
      const asked = waiting.get(message.id);
      if (message.kind === 'progress') return asked?.onProgress(message.fraction);
      waiting.delete(message.id);
      asked?.settle(message);
    });
    started.on('error', (error) => lose(error instanceof Error ? error.message : String(error)));
    started.on('exit', () => {
      if (worker === started) lose('The thread ended.');
    });
    return started;
  };
  return {
    ask: (question, onProgress = () => undefined) =>
      new Promise((settle) => {
        last += 1;
        waiting.set(last, { settle, onProgress });
        worker ??= start();
        worker.postMessage({ ...question, id: last });
      }),
    warm: () => {
      worker ??= start();
    },
    close: async () => {
      const closing = worker;
      if (closing === null) return;
      lose('The engine is closing.');
      await closing.terminate();
    },
  };
}
