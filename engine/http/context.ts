/** What the request handlers share. */
import type { Result } from '../../src/core/result';
import type { FaultMachine } from '../faults/machine';
import type { EngineJob } from '../job';
import type { Ledger } from '../ledger';
import type { EngineOptions } from '../options';
import type { DecodeFault } from '../picture/decode';
import type { Queue } from '../queue';
import type { Speeds } from '../speed';
import type { Store } from '../store';
import type { Inspected } from '../worker/messages';
import { Refusal } from './refusal';

export interface Context {
  readonly options: EngineOptions;
  readonly store: Store;
  readonly ledger: Ledger;
  readonly queue: Queue;
  readonly speeds: Speeds;
  /** What the engine's restorer is: the `model_type` of every job. */
  readonly kind: string;
  /** Decodes an upload, off the thread that answers requests. */
  readonly inspect: (file: string) => Promise<Result<Inspected, DecodeFault>>;
  /** Unix seconds, whole. */
  readonly seconds: () => number;
  readonly machine: FaultMachine;
  /** Both servers refuse connections for so many seconds. */
  readonly goDown: (seconds: number) => void;
  /** Aborted when the engine closes. */
  readonly closing: AbortSignal;
  /** Origin of the links, without a trailing slash. */
  readonly filesAddress: () => string;
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The job of a path such as `/status/:id`; 400 for what is no id, 404 for one that is not ours. */
export function jobOf({ store, seconds }: Context, params: unknown): EngineJob {
  const { id } = params as { readonly id: string };
  if (!UUID.test(id)) throw new Refusal(400, 'Invalid process ID. It must be a UUID.');
  store.expire(seconds());
  const job = store.get(id.toLowerCase());
  if (job === null) throw new Refusal(404, 'There is no process with this ID.');
  return job;
}
