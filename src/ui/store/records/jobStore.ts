/** Writes job records to the host's storage, and keeps the panel's own list of them in step with what is stored. */
import type { JobStore } from '../../../api/running';
import type { World } from '../../../api/world';
import type { PluginError } from '../../../core/errors';
import type { JobId } from '../../../core/ids';
import type { Job } from '../../../core/job/job';
import { sameWork } from '../../../core/job/nextAct';
import { jobKey } from '../../../core/records';
import { failed, ok, type Result } from '../../../core/result';
import type { Host } from '../../../protocol/connect';
import type { LeaseKeeper } from '../lease/lease';
import type { Ledger } from '../ledger/ledger';
import type { Store } from '../store';

export interface Jobs extends JobStore {
  forget(id: JobId): Promise<Result<null, PluginError>>;
}

/**
 * Saving fails with window-elsewhere or work-under-way before anything is spent, and with the storage's own errors.
 */
export function createJobs(
  host: Host,
  store: Store,
  ledger: Ledger,
  lease: Pick<LeaseKeeper, 'isSure'>,
  world: Pick<World, 'clock'>,
): Jobs {
  let kept = false;

  /** A document gets its lasting id with its first job: without one the job would not be found again. */
  const keepFile = async (): Promise<Result<null, PluginError>> => {
    if (kept) return ok(null);
    const answer = await host.call('file.keep', {});
    kept = answer.ok;
    return answer;
  };

  return {
    async save(job: Job) {
      // The last word before money is spent: after a sleep of the machine another window may have taken over.
      if (job.state.name === 'SUBMITTING' && !lease.isSure()) return failed({ code: 'window-elsewhere' });
      const other = job.state.name === 'SUBMITTING' ? elsewhere(store, job, world.clock()) : null;
      if (other !== null) return failed({ code: 'work-under-way', fileName: other.order.fileName });
      const file = await keepFile();
      if (!file.ok) return file;
      const saved = await host.call('record.save', { key: jobKey(job.id), value: job });
      if (!saved.ok) return saved;
      const known = chargesOf(store, job.id);
      store.dispatch({ type: 'job-saved', job });
      for (const { processId, credits } of job.twins?.slice(known) ?? []) {
        store.dispatch({ type: 'trouble', error: { code: 'charged-twice', credits, processId } });
      }
      // Not waited for: the job goes on, and what fails is said and tried again at the next opening.
      void ledger.settle([job]);
      return saved;
    },
    async forget(id) {
      const forgotten = await host.call('record.forget', { key: jobKey(id) });
      if (forgotten.ok) store.dispatch({ type: 'job-forgotten', id });
      return forgotten;
    },
  };
}

/** What has become of the same work meanwhile: a record of an intent may have been stored after it was given up. */
function elsewhere(store: Store, job: Job, now: number): Job | null {
  const state = store.get();
  if (state.phase !== 'ready') return null;
  const others = [...state.jobs.values()].filter(({ id }) => id !== job.id);
  return sameWork(others, job.order, now);
}

/** Charges too many of this job that the user was told of already. */
function chargesOf(store: Store, id: JobId): number {
  const state = store.get();
  return state.phase === 'ready' ? (state.jobs.get(id)?.twins?.length ?? 0) : 0;
}
