/** What follows from the lease: the holder goes on with the saved jobs, everybody else sees in the records how they go on. */
import { BATCH_KEYS, JOB_KEYS } from '../../../core/records';
import { type Context, ready } from '../context';
import { parseJobs, parseRecords } from '../records/records';
import type { RunDeeds } from '../runs/runs';
import { toTakeUp } from '../runs/takeUp';
import type { LeaseState } from '../state';

/** Milliseconds between two looks at the records while another window works: with jobs to watch, and without. */
const BUSY = 3_000;
const IDLE = 12_000;

/** Call what comes back whenever the state has changed. */
export function followLease(context: Context, runs: Pick<RunDeeds, 'takeUp' | 'letGo'>): () => void {
  let before: LeaseState = 'asking';
  const takeOver = async (): Promise<void> => {
    // The window before may have written until now.
    await readJobs(context);
    runs.takeUp();
  };
  return () => {
    const lease = ready(context)?.lease ?? 'asking';
    if (lease === before) return;
    if (before === 'held' || lease === 'elsewhere') runs.letGo();
    before = lease;
    if (lease === 'held' || lease === 'vacant') void takeOver();
    if (lease === 'elsewhere') void watchJobs(context);
  };
}

async function watchJobs(context: Context): Promise<void> {
  const { world, life } = context;
  try {
    while (ready(context)?.lease === 'elsewhere') {
      await readJobs(context);
      const state = ready(context);
      await world.sleep(state !== null && toTakeUp(state).length > 0 ? BUSY : IDLE, life);
    }
  } catch (thrown) {
    if (!life.aborted) throw thrown;
  }
}

async function readJobs({ host, store, world }: Context): Promise<void> {
  const at = world.clock();
  // Before the jobs: one that belongs to a batch is gone on with by its batch.
  const batches = await host.call('record.read', { prefix: BATCH_KEYS });
  if (batches.ok) {
    for (const record of parseRecords(batches.value).batches.values()) store.dispatch({ type: 'batch-saved', record });
  }
  const records = await host.call('record.read', { prefix: JOB_KEYS });
  if (records.ok) store.dispatch({ type: 'jobs-read', jobs: parseJobs(records.value), at });
}
