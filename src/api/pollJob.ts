/** ACCEPTED and RUNNING: looks at the right times until the job is over, beside an audit against twins. */
import { afterRead, errorOf } from '../core/failure';
import type { Acceptance } from '../core/job';
import { DENSITY, etaWindow, nextLook } from '../core/poll';
import type { JobStatus } from '../core/status';
import { type Link, readLink } from './download';
import { isGone } from './gone';
import type { PhaseEnd, Run } from './run';
import { readStatus } from './status';
import { waitUntil } from './wait';

/** Milliseconds of watching in one go; after that the job waits for the next opening. */
const ACTIVE = 65 * 60_000;
/** Near the end the download is asked for directly; every third look still reads the status. */
const STATUS_EVERY = 3;

export interface Polled {
  readonly end: PhaseEnd;
  /** When the download was there before the status was asked. */
  readonly link: Link | null;
}

export async function pollJob(run: Run, resumed: boolean, signal: AbortSignal): Promise<Polled> {
  const { world } = run;
  const begun = world.now();
  const begunByClock = world.clock();
  let looks = 0;
  for (;;) {
    const acceptance = current(run);
    if (acceptance === null) return { end: null, link: null };
    if (world.now() - begun > ACTIVE) return { end: { code: 'job-waiting' }, link: null };
    const accepted = begun - Math.max(0, begunByClock - acceptance.acceptedAt);
    let t = (world.now() - accepted) / 1000;
    const duration = run.seen()?.duration ?? acceptance.duration;
    if (!resumed || looks > 0) {
      const density = run.patience.pressed() ? DENSITY.gentle : duration === null ? DENSITY.status : DENSITY.probing;
      const due = nextLook(t, duration, density, world.random);
      await waitUntil(world, accepted + due * 1000, signal, () => {
        tellRunning(run, duration, (world.now() - accepted) / 1000);
      });
      t = (world.now() - accepted) / 1000;
    }
    const { processId } = acceptance;
    const probe = duration !== null && t >= etaWindow(duration).from && looks % STATUS_EVERY !== STATUS_EVERY - 1;
    looks++;
    if (probe) {
      const link = await run.patience.ask(
        (inner) => readLink(world, run.endpoint, processId, 'result', inner),
        afterRead,
        signal,
      );
      if (link.ok) return { end: null, link: link.value };
      // Not ready, or not known to this address: the status says which.
      if (link.error.why === 'not-ready') continue;
      if (link.error.why === 'given-up') return { end: { code: 'job-waiting' }, link: null };
      if (link.error.why === 'park') {
        await run.apply({ type: 'parked', error: errorOf(link.error.failure) });
        continue;
      }
    }
    const answer = await run.patience.ask(
      (inner) => readStatus(world, run.endpoint, processId, inner),
      afterRead,
      signal,
    );
    // The audit may have taken a twin in its place meanwhile: this answer is then of the other one.
    if (current(run)?.processId !== processId) continue;
    if (answer.ok) {
      run.see(answer.value);
      await report(run, answer.value);
      continue;
    }
    const { why, failure } = answer.error;
    if (why === 'given-up') return { end: { code: 'job-waiting' }, link: null };
    if (why === 'final') return { end: errorOf(failure), link: null };
    if (why === 'park') await run.apply({ type: 'parked', error: errorOf(failure) });
    if (why === 'missing' && (await isGone(run, processId, signal))) await run.apply({ type: 'vanished' });
  }
}

function current(run: Run): Acceptance | null {
  const { state } = run.job();
  return state.name === 'ACCEPTED' || state.name === 'RUNNING' ? state.acceptance : null;
}

/** Says to the state machine what a status means for a job that runs. */
export async function report(run: Run, status: JobStatus): Promise<void> {
  switch (status.phase) {
    case 'Completed': {
      const credits = status.credits ?? run.job().order.estimate;
      await run.apply({
        type: 'completed',
        completion: { credits, output: status.output, completedAt: run.world.clock() },
      });
      return;
    }
    case 'Failed':
      await run.apply({ type: 'failed', error: { code: 'job-failed', message: '' } });
      return;
    case 'Cancelled':
      await run.apply({ type: 'cancelled' });
      return;
    case 'Pending':
    case 'Processing':
    case 'Unknown':
      return;
  }
}

/** What nobody can claim before the service has said it. */
const NEARLY = 0.95;

/** Between two looks the time that has passed is the best guess, and never less than what was reported. */
function tellRunning(run: Run, duration: number | null, t: number): void {
  const status = run.seen();
  const left = duration === null ? null : duration - t;
  const restoring = status !== null && status.phase !== 'Pending';
  const guess = duration === null ? null : Math.min(NEARLY, t / duration);
  const reported = status?.fraction ?? null;
  run.tell({
    stage: restoring ? 'restoring' : 'queued',
    fraction: !restoring || (guess === null && reported === null) ? null : Math.max(guess ?? 0, reported ?? 0),
    secondsLeft: left !== null && left > 0 ? left : null,
  });
}
