/** A service whose jobs go on only when the test says so. */
import type { Balance } from '../../../src/api/parse';
import type { Client, Delivered, Source, Watcher } from '../../../src/api/running';
import { createTraffic } from '../../../src/api/traffic';
import type { PluginError } from '../../../src/core/errors';
import { type Job, type JobOrder, newJob } from '../../../src/core/job/job';
import { failed, ok, type Result } from '../../../src/core/result';
import type { Endpoint } from '../../../src/core/settings';
import type { Service } from '../../../src/ui/store/context';
import { COMPLETION, job } from './data';

export interface Sent {
  readonly order: JobOrder;
  readonly endpoint: Endpoint;
  /** Null when a job is resumed without one. */
  readonly source: Source | null;
  /** The job that was resumed, or null for a new one. */
  readonly resumed: Job | null;
  readonly watcher: Watcher;
  readonly cancels: number;
  deliver(): void;
  fail(error: PluginError, last?: Job): void;
}

export interface FakeService {
  readonly service: Service;
  readonly sent: readonly Sent[];
  /** The endpoints whose balance was asked. */
  readonly asked: readonly Endpoint[];
  balanceIs(answer: Result<Balance, PluginError>): void;
  /** What the service says when it is asked for its copy of a picture. */
  inputIs(answer: Result<Uint8Array, PluginError>): void;
}

export function fakeService(): FakeService {
  const sent: Sent[] = [];
  const asked: Endpoint[] = [];
  let balance: Result<Balance, PluginError> = ok({ available: 12, reserved: 0, total: 12 });
  let input: Result<Uint8Array, PluginError> = failed({ code: 'job-gone' });
  const run = (
    client: Client,
    endpoint: Endpoint,
    at: Job,
    resumed: Job | null,
    source: Source | null,
    watcher: Watcher,
  ) => {
    let settle: (outcome: Result<Delivered, PluginError>) => void = () => undefined;
    const outcome = new Promise<Result<Delivered, PluginError>>((resolve) => {
      settle = resolve;
    });
    let cancels = 0;
    sent.push({
      order: at.order,
      endpoint,
      source,
      resumed,
      watcher,
      get cancels() {
        return cancels;
      },
      deliver() {
        const done = { ...completedJob(at.order.layerName), id: at.id, order: at.order };
        watcher.onJob(done);
        // As the client does: what is told is stored.
        void client.store.save(done);
        settle(ok({ job: done, bytes: new Uint8Array([5]), completion: COMPLETION }));
      },
      fail(error, last) {
        if (last !== undefined) watcher.onJob(last);
        settle(failed(error));
      },
    });
    return {
      outcome,
      cancel: () => {
        cancels++;
      },
    };
  };
  return {
    sent,
    asked,
    inputIs(answer) {
      input = answer;
    },
    balanceIs(answer) {
      balance = answer;
    },
    service: {
      async balance(_, endpoint) {
        asked.push(endpoint);
        return balance;
      },
      startJob: (client, endpoint, order, source, watcher) =>
        run(client, endpoint, newJob(order), null, source, watcher),
      resumeJob: (client, endpoint, at, source, watcher) => run(client, endpoint, at, at, source, watcher),
      readInput: async () => input,
      traffic: createTraffic,
    },
  };
}

const attempt = { number: 1, tag: 'tag', submittedAt: 1000 } as const;
const acceptance = { processId: 'p', acceptedAt: 1000, duration: 8 } as never;

export const completedJob = (name: string): Job =>
  job(name, { name: 'COMPLETED', attempt, acceptance, completion: COMPLETION });
export const runningJob = (name: string): Job => job(name, { name: 'RUNNING', attempt, acceptance });
export const askJob = (name: string): Job => job(name, { name: 'ASK', attempt });
