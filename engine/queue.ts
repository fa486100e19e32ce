/**
 * Jobs in the order in which they came, one at a time unless told: a second one would only take the processor from the first.
 * Every change of a job goes through here, so that the status, the files and the ledger say the same.
 */
import { type EngineJob, isFinished } from './job';
import type { Ledger } from './ledger';
import type { Speeds } from './speed';
import type { Store } from './store';

export type Outcome =
  | { readonly kind: 'restored' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly message: string };

/** Does one job's work. `stop` makes the outcome 'cancelled' soon, unless it was there first. */
export type Work = (
  job: EngineJob,
  onProgress: (fraction: number) => void,
) => { readonly outcome: Promise<Outcome>; readonly stop: () => void };

/** What the time that a job takes depends on. */
export type Timed = Pick<EngineJob, 'work' | 'input' | 'output'>;

export interface Queue {
  add(job: EngineJob): void;
  /** False when the job is over already. */
  cancel(processId: string): boolean;
  /** Jobs that are pending or processing. */
  inFlight(): number;
  /** Unix seconds at which such a job would be ready if it were handed in now. */
  readyAt(job: Timed): number;
  /** Stops working; unfinished jobs are taken up again at the next start. */
  close(): Promise<void>;
}

interface Running {
  /** Unix milliseconds. */
  readonly since: number;
  readonly stop: () => void;
  readonly settled: Promise<void>;
}

const sizeOf = ({ work, input, output }: Timed) => (work.kind === 'faces' ? input : output);

/**
 * Idle until the first `add`, also for what the store holds from before. `parallel`: jobs at a time, from 1; `now`: unix
 * milliseconds; `say` hears a line for people.
 */
export function createQueue(
  store: Store,
  ledger: Ledger,
  speeds: Speeds,
  work: Work,
  now: () => number,
  say: (line: string) => void,
  parallel: number,
): Queue {
  const running = new Map<string, Running>();
  let closed = false;
  const seconds = (): number => Math.floor(now() / 1000);

  const waiting = (): readonly EngineJob[] =>
    store
      .list()
      .filter(({ status }) => status === 'Pending')
      .reverse();

  const expect = (job: Timed): number => speeds[job.work.kind].expect(sizeOf(job));
  const leftOf = (job: EngineJob, since: number, fraction: number): number =>
    speeds[job.work.kind].left(sizeOf(job), (now() - since) / 1000, fraction);

  const readyAt = (next: Timed): number => {
    const left = [...running].reduce((sum, [processId, { since }]) => {
      const job = store.get(processId);
      return job === null ? sum : sum + leftOf(job, since, job.progress / 100);
    }, 0);
    const before = waiting().reduce((sum, job) => sum + expect(job), 0);
    const wait = running.size < parallel ? 0 : (left + before) / parallel;
    return Math.ceil(now() / 1000 + wait + expect(next));
  };

  const finish = (processId: string, change: Partial<EngineJob>): void => {
    const job = store.get(processId);
    if (job === null || isFinished(job.status)) return;
    store.put({ ...job, ...change, eta: seconds(), modificationTime: seconds() });
  };

  const settle = (processId: string, since: number, outcome: Outcome): void => {
    const job = store.get(processId);
    // Cancelled or deleted meanwhile: the work is thrown away and nothing is charged.
    if (job === null || isFinished(job.status) || closed) return;
    switch (outcome.kind) {
      case 'restored':
        speeds[job.work.kind].measured(sizeOf(job), (now() - since) / 1000);
        // The charge first: a machine that stops between the two lines charges once all the same.
        ledger.charge({ at: seconds(), processId, filename: job.filename, credits: job.credits });
        finish(processId, { status: 'Completed', progress: 100 });
        return;
      case 'cancelled':
        ledger.release(processId);
        finish(processId, { status: 'Cancelled' });
        return;
      case 'failed':
        ledger.release(processId);
        say(`job ${processId} failed: ${outcome.message}`);
        finish(processId, { status: 'Failed', message: 'The picture could not be restored.' });
        return;
    }
  };

  const next = (): void => {
    const job = waiting()[0];
    if (job === undefined || running.size >= parallel || closed) return;
    const { processId } = job;
    const since = now();
    store.put({ ...job, status: 'Processing', progress: 0, modificationTime: seconds() });
    const { outcome, stop } = work(job, (fraction) => {
      const current = store.get(processId);
      if (current?.status !== 'Processing') return;
      const left = leftOf(current, since, fraction);
      // 100 is said only when the result is there.
      const progress = Math.max(current.progress, Math.min(99, Math.floor(fraction * 100)));
      store.note({ ...current, progress, eta: Math.ceil(now() / 1000 + left), modificationTime: seconds() });
    });
    const settled = outcome.then((reached) => {
      settle(processId, since, reached);
      running.delete(processId);
      next();
    });
    running.set(processId, { since, stop, settled });
  };

  return {
    add: (job) => {
      store.put(job);
      next();
    },
    cancel: (processId) => {
      const job = store.get(processId);
      if (job === null || isFinished(job.status)) return false;
      ledger.release(processId);
      finish(processId, { status: 'Cancelled' });
      running.get(processId)?.stop();
      return true;
    },
    inFlight: () => store.list().filter(({ status }) => !isFinished(status)).length,
    readyAt,
    close: async () => {
      closed = true;
      for (const { stop } of running.values()) stop();
      await Promise.all([...running.values()].map(({ settled }) => settled));
    },
  };
}
