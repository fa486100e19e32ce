/** CANCELLING with an id: asks the service to cancel, and finds out what became of it. */
import type { ProcessId } from '../core/ids';
import { afterCancel, afterRead, errorOf } from '../core/job/failure';
import type { Acceptance } from '../core/job/job';
import { findJob } from '../core/job/reconcile';
import { attemptOf } from '../core/job/tag';
import { cancelJob } from './cancel';
import { isGone } from './gone';
import { listJobs } from './list';
import { report } from './pollJob';
import type { PhaseEnd, Run } from './run';
import { readStatus } from './status';

/**
 * In any other state nothing is asked. Afterwards the job is CANCELLED, over in another way, runs on because it
 * cannot be stopped, or waits to be cancelled again; a twin that is found takes its place in CANCELLING.
 */
export async function cancelRunning(run: Run, signal: AbortSignal): Promise<PhaseEnd> {
  const { state } = run.job();
  if (state.name !== 'CANCELLING' || state.acceptance === null) return null;
  run.tell({ stage: 'cancelling', fraction: null, secondsLeft: null });
  const { processId } = state.acceptance;
  const answer = await run.patience.ask(
    (inner) => cancelJob(run.world, run.endpoint, processId, inner),
    afterCancel,
    signal,
  );
  if (answer.ok) {
    await endUnlessTwin(run, state.acceptance, signal);
    return null;
  }
  if (answer.error.why === 'given-up') return { code: 'job-waiting' };
  if (answer.error.why === 'park') return errorOf(answer.error.failure);
  return await whatBecameOfIt(run, state.acceptance, signal);
}

/** It is cancelled; a twin of it is cancelled next. */
async function endUnlessTwin(run: Run, acceptance: Acceptance, signal: AbortSignal): Promise<void> {
  const twin = await livingTwin(run, acceptance.processId, signal);
  if (twin === null) await run.apply({ type: 'cancelled' });
  else await run.apply({ type: 'accepted', acceptance: { ...acceptance, processId: twin } });
}

/** Readings of the list before a twin is taken not to be there. */
const LOOKS = 3;
/** Milliseconds between them. */
const APART = 1_000;

/** What the browser made beside the cancelled job by sending it again: it would run on, and be charged. */
async function livingTwin(run: Run, id: ProcessId, signal: AbortSignal): Promise<ProcessId | null> {
  const { state } = run.job();
  if (state.name !== 'CANCELLING') return null;
  for (let look = 1; look <= LOOKS; look++) {
    const listing = await listJobs(run.world, run.endpoint, () => false, signal);
    if (listing.ok) {
      const others = listing.value.statuses.filter((status) => status.processId !== id);
      const finding = findJob(others, run.job(), attemptOf(state.attempt.tag), null);
      return finding.kind === 'found' ? finding.status.processId : null;
    }
    if (look < LOOKS) await run.world.sleep(APART, signal);
  }
  return null;
}

async function whatBecameOfIt(run: Run, acceptance: Acceptance, signal: AbortSignal): Promise<PhaseEnd> {
  const id = acceptance.processId;
  const answer = await run.patience.ask((inner) => readStatus(run.world, run.endpoint, id, inner), afterRead, signal);
  if (answer.ok) {
    if (answer.value.phase === 'Cancelled') await endUnlessTwin(run, acceptance, signal);
    else await report(run, answer.value);
    // It runs on and cannot be stopped: then its result is at least delivered.
    if (run.job().state.name === 'CANCELLING') await run.apply({ type: 'cancel-refused' });
    return null;
  }
  const { why, failure } = answer.error;
  if (why === 'given-up') return { code: 'job-waiting' };
  if (why !== 'missing') return errorOf(failure);
  await run.apply((await isGone(run, id, signal)) ? { type: 'vanished' } : { type: 'cancel-refused' });
  return null;
}
