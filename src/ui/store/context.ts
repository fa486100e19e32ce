/** What the deeds act with: the host, the pictures, the service and the world, all handed in. */
import type { balance } from '../../api/balance';
import type { readInput } from '../../api/input';
import type { resumeJob, startJob } from '../../api/restore';
import type { Client } from '../../api/running';
import type { Traffic } from '../../api/traffic';
import type { World } from '../../api/world';
import type { Studio } from '../../pixels/studio';
import type { Host } from '../../protocol/connect';
import type { Desk } from './desk/desk';
import type { LeaseKeeper } from './lease/lease';
import type { Ledger } from './ledger/ledger';
import type { Jobs } from './records/jobStore';
import type { Ready } from './state';
import type { Store } from './store';

/** The API client's functions, as src/api has them. */
export interface Service {
  readonly balance: typeof balance;
  readonly startJob: typeof startJob;
  readonly resumeJob: typeof resumeJob;
  readonly readInput: typeof readInput;
  /** What all jobs of one panel share towards the service. */
  readonly traffic: (world: World) => Traffic;
}

export interface Surroundings {
  readonly host: Host;
  readonly studio: Studio;
  readonly world: World;
  readonly service: Service;
}

export interface Context extends Surroundings {
  readonly store: Store;
  readonly jobs: Jobs;
  readonly client: Client;
  /** What was spent; see `settle` for what has to happen before a job's record is dropped. */
  readonly ledger: Ledger;
  readonly desk: Desk;
  readonly lease: LeaseKeeper;
  /** Aborted when the panel goes away: what waits then stops. */
  readonly life: AbortSignal;
}

/** The state once the host has answered; null before. */
export function ready(context: Context): Ready | null {
  const state = context.store.get();
  return state.phase === 'ready' ? state : null;
}
