/** AMBIGUOUS, and CANCELLING without an answer: looks for the job in the service's list until it is found or surely absent. */
import { afterRead, errorOf } from '../core/job/failure';
import type { Job } from '../core/job/job';
import { type Finding, findJob, nextListing, wouldAsk } from '../core/job/reconcile';
import { SURELY_KEPT } from '../core/job/retention';
import type { JobStatus } from '../core/job/status';
import { attemptOf } from '../core/job/tag';
import { awakeSeconds } from './awake';
import { inputOf } from './input';
import { listJobs } from './list';
import type { PhaseEnd, Run } from './run';
import { cancelTwins } from './twins';
import { waitUntil } from './wait';

/** Seconds for which a list that cannot be read is tried again, counted from this opening. */
const PATIENCE = 10 * 60;

/** Seconds after which a job of an earlier opening is looked for at once. */
const OLD = 5;

/**
 * `grace`: seconds after which absence counts. They are counted from here on, and only while the machine is awake: a
 * request that was half out when the panel died or the machine fell asleep may arrive when it wakes.
 */
export async function findLost(run: Run, grace: number, signal: AbortSignal): Promise<PhaseEnd> {
  const { state } = run.job();
  if (state.name !== 'AMBIGUOUS' && !(state.name === 'CANCELLING' && state.acceptance === null)) return null;
  const { world } = run;
  const stage = state.name === 'AMBIGUOUS' ? 'looking' : 'cancelling';
  const since = state.name === 'AMBIGUOUS' ? state.since : run.job().changedAt;
  const opened = world.now();
  const before = (world.clock() - since) / 1000;
  const watched = (): number => (world.now() - opened) / 1000;
  const elapsed = awakeSeconds(world);
  const tell = (): void => {
    elapsed();
    run.tell({ stage, fraction: null, secondsLeft: null });
  };
  for (let first = true; ; first = false) {
    const wait = first && before > OLD ? 0 : nextListing(elapsed()) - elapsed();
    await waitUntil(world, world.now() + wait * 1000, signal, tell);
    tell();
    const asked = elapsed();
    const listing = await listJobs(world, run.endpoint, () => false, signal);
    if (!listing.ok) {
      const reaction = afterRead(listing.error);
      if (reaction === 'park' || reaction === 'final' || reaction === 'missing') return errorOf(listing.error);
    } else {
      const job = run.job();
      const { statuses, complete } = listing.value;
      const finding = findJob(statuses, job, attemptOf(state.attempt.tag), null, world.clock());
      // What only the user is asked about once more needs no second wait.
      const known = wouldAsk(job) && before >= grace;
      const counts = { absence: asked >= grace || known, death: asked >= Math.min(grace, run.policy.belief) };
      if (await conclude(run, finding, job, counts, complete, signal)) return null;
    }
    if (elapsed() > grace && watched() > PATIENCE) {
      await run.apply({ type: 'unknowable' });
      return null;
    }
  }
}

/** What has been waited for long enough to be believed. */
interface Counts {
  readonly absence: boolean;
  readonly death: boolean;
}

/** True when the job has left its state. */
async function conclude(
  run: Run,
  finding: Finding,
  job: Job,
  counts: Counts,
  complete: boolean,
  signal: AbortSignal,
): Promise<boolean> {
  switch (finding.kind) {
    case 'found':
      await accept(run, finding.status);
      await cancelTwins(
        run,
        finding.twins.map((twin) => twin.processId),
        signal,
      );
      return true;
    case 'dead': {
      // A living twin may show up in the list later than a dead one.
      if (!counts.death || !complete) return false;
      const failed = finding.status.phase === 'Failed';
      await run.apply(failed ? { type: 'failed', error: { code: 'job-failed', message: '' } } : { type: 'cancelled' });
      return true;
    }
    case 'perhaps': {
      const proven = await prove(run, finding.candidates, signal);
      if (proven !== null) await accept(run, proven);
      else if (counts.absence) await run.apply({ type: 'unknowable' });
      return proven !== null || counts.absence;
    }
    case 'absent': {
      if (!counts.absence || !complete) return false;
      // Beyond that absence proves nothing.
      const provable = run.world.clock() - job.order.createdAt < SURELY_KEPT;
      await run.apply({ type: provable ? 'absent' : 'unknowable' });
      return true;
    }
  }
}

async function accept(run: Run, status: JobStatus): Promise<void> {
  const { state } = run.job();
  const acceptedAt = 'attempt' in state ? state.attempt.submittedAt : run.world.clock();
  const { processId, duration } = status;
  await run.apply({ type: 'accepted', acceptance: { processId, acceptedAt, duration } });
}

/** The candidate whose input is, byte for byte, the picture that the work key names. */
async function prove(run: Run, candidates: readonly JobStatus[], signal: AbortSignal): Promise<JobStatus | null> {
  for (const candidate of candidates) {
    const input = await inputOf(run.world, run.endpoint, candidate.processId, run.job().order.workKey, signal);
    if (input !== null) return candidate;
  }
  return null;
}
