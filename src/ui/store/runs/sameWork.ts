/** Work that was paid for before, or is under way: it is never paid a second time by accident. Pure. */
import { isOver, type Job } from '../../../core/job/job';
import { reusable } from '../../../core/job/nextAct';
import { KEPT } from '../../../core/job/retention';
import { workKey } from '../../../core/job/workKey';
import { endpoint } from '../../../core/settings';
import { enhanceParameters } from '../enhance/enhance';
import type { Ready } from '../state';
import { isUnsent } from './takeUp';

/** The finished job whose result the next press of Restore brings for nothing; null when it would be paid for. */
export function paidBefore(state: Ready): Job | null {
  const { subject, draft, settings } = state;
  const at = endpoint(settings);
  if (at === null || subject?.state !== 'known' || subject.hashed === null) return null;
  const { content, at: now } = subject.hashed;
  return reusable(
    [...state.jobs.values()],
    workKey(content, { kind: 'faces', parameters: draft.parameters }),
    at.address,
    now,
  );
}

/** The same for the next press of Enhance, while the picture goes out as it is in the layer. */
export function enhancedBefore(state: Ready): Job | null {
  const { subject, enhance, settings } = state;
  const at = endpoint(settings);
  if (at === null || subject?.state !== 'known' || subject.hashed === null) return null;
  const { content, at: now } = subject.hashed;
  const parameters = enhanceParameters(enhance.draft, subject.picture.size, false);
  return reusable([...state.jobs.values()], workKey(content, { kind: 'enhance', parameters }), at.address, now);
}

/** The job that is doing this work right now, in whatever document or window. `now`: unix milliseconds. */
export function underWay(jobs: Iterable<Job>, key: string, address: string, now: number): Job | null {
  for (const job of jobs) {
    const { order, state } = job;
    if (order.workKey !== key || order.address !== address || now - job.changedAt >= KEPT) continue;
    if (!isOver(state) && state.name !== 'COMPLETED' && !isUnsent(job)) return job;
  }
  return null;
}
