/** Which of the saved jobs is taken up again at the opening: the newest of this document that still has something to come. */
import type { Job } from '../../core/job';
import { unfinished } from '../../core/nextAct';
import { endpoint } from '../../core/settings';
import type { Ready } from './state';

export function resumable({ settings, jobs: saved, fileId }: Ready): Job | null {
  const address = endpoint(settings)?.address;
  const jobs = unfinished([...saved.values()]).filter(
    (job) => isTaken(job) && job.order.target.fileId === fileId && job.order.address === address,
  );
  return jobs.reduce<Job | null>(
    (newest, job) => (newest === null || job.order.createdAt > newest.order.createdAt ? job : newest),
    null,
  );
}

/** Nothing of these has reached the service: to send them by itself would spend a credit that nobody pressed for today. */
function isTaken({ state }: Job): boolean {
  return state.name !== 'PREPARED' && !(state.name === 'PARKED' && state.accepted === null);
}
