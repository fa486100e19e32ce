/** ACCEPTED and RUNNING: looks at the right times until the job is over: at the list, at the job, at its download. */
import type { ProcessId } from '../core/ids';
import { afterRead, errorOf } from '../core/job/failure';
import type { Acceptance } from '../core/job/job';
import type { JobStatus } from '../core/job/status';
import { DENSITY, firstLook, nextLook } from '../core/pace/poll';
import { type Link, readLink } from './download';
import { isGone } from './gone';
import { createOutlook } from './outlook';
import type { PhaseEnd, Run } from './run';
import type { Search } from './search';
import { readStatus } from './status';
import { waitUntil } from './wait';

/** Milliseconds of watching in one go; after that the job waits for the next opening. */
const ACTIVE = 65 * 60_000;
export interface Polled {
  readonly end: PhaseEnd;
  /** When the download was there before the status was asked. */
  readonly link: Link | null;
}

/**
 * `resumed`: looks at once instead of at the first expected moment. Ends with 'job-waiting' after 65 minutes or
 * when the service cannot be reached for too long; whatever else the service said is in the job's state. Throws the
 * signal's reason.
 */
export async function pollJob(run: Run, search: Search, resumed: boolean, signal: AbortSignal): Promise<Polled> {
  const { world } = run;
  const begun = world.now();
  const begunByClock = world.clock();
  const outlook = createOutlook();
  const note = (status: JobStatus, t: number): void => {
    outlook.see(t, status.fraction);
    run.see(status);
  };
  let due: number | null = null;
  for (let looks = 0; ; looks++) {
    const acceptance = current(run);
    if (acceptance === null) return { end: null, link: null };
    if (world.now() - begun > ACTIVE) return { end: { code: 'job-waiting' }, link: null };
    const accepted = begun - Math.max(0, begunByClock - acceptance.acceptedAt);
    const elapsed = (): number => (world.now() - accepted) / 1000;
    const duration = run.seen()?.duration ?? acceptance.duration;
    const window = outlook.window(duration);
    const several = run.road.readings.several();
    let mayLook = true;
    if (!resumed || looks > 0) {
      const density = several ? DENSITY.shared : outlook.density(elapsed(), duration);
      const answer = looks === 0 ? run.answer() : null;
      const pressed = run.patience.pressed() ? DENSITY.gentle : density;
      const look = answer === null ? nextLook(elapsed(), window, pressed, world.random) : firstLook(answer);
      // A reading that did not show this job does not put its look off.
      due ??= accepted + look * 1000;
      const heard = search.news();
      const next = Math.min(due, search.due());
      const tell = (): void => tellRunning(run, duration, elapsed());
      await orHeard(waitUntil(world, next, AbortSignal.any([signal, heard]), tell), heard, signal);
      // Woken early it looks too; a reading by another, or the search for twins, is no look of its own.
      mayLook = !heard.aborted && (world.now() < next || world.now() >= due);
    }
    const t = elapsed();
    // A list that lags must not hold up a job that is overdue.
    const overdue = window !== null && t > window.to;
    // The first look is at the list, because it shows twins too.
    const byList = mayLook && (looks === 0 || (several && !(overdue && looks % 2 === 0)));
    let status = await search.digest(signal);
    if (status === null && (byList || world.now() >= search.due()) && (await search.read(signal))) {
      status = await search.digest(signal);
    }
    if (current(run)?.processId !== acceptance.processId) continue;
    if (status !== null) {
      due = null;
      note(status, elapsed());
      await report(run, status);
    } else if (mayLook) {
      due = null;
      const probe = !several && outlook.question(t, window) === 'download';
      const polled = await lookAt(run, acceptance.processId, probe, (seen) => note(seen, elapsed()), signal);
      if (polled !== null) return polled;
    }
  }
}

/** One look at the job itself. Null: it goes on as the state says. */
async function lookAt(
  run: Run,
  id: ProcessId,
  probe: boolean,
  note: (status: JobStatus) => void,
  signal: AbortSignal,
): Promise<Polled | null> {
  const { world, endpoint } = run;
  if (probe) {
    const link = await run.patience.ask((inner) => readLink(world, endpoint, id, 'result', inner), afterRead, signal);
    if (link.ok) return { end: null, link: link.value };
    // Not ready, or not known to this address: the status says which.
    if (link.error.why === 'not-ready') return null;
    if (link.error.why === 'given-up') return { end: { code: 'job-waiting' }, link: null };
    if (link.error.why === 'park') {
      await run.apply({ type: 'parked', error: errorOf(link.error.failure) });
      return null;
    }
  }
  const answer = await run.patience.ask((inner) => readStatus(world, endpoint, id, inner), afterRead, signal);
  if (answer.ok) {
    note(answer.value);
    await report(run, answer.value);
    return null;
  }
  const { why, failure } = answer.error;
  if (why === 'given-up') return { end: { code: 'job-waiting' }, link: null };
  if (why === 'final') return { end: errorOf(failure), link: null };
  if (why === 'park') await run.apply({ type: 'parked', error: errorOf(failure) });
  if (why === 'missing' && (await isGone(run, id, signal))) await run.apply({ type: 'vanished' });
  return null;
}

/** A wait that also ends, without an error, when a reading of the list was heard of. */
async function orHeard(waiting: Promise<void>, heard: AbortSignal, signal: AbortSignal): Promise<void> {
  try {
    await waiting;
  } catch (thrown) {
    signal.throwIfAborted();
    if (!heard.aborted) throw thrown;
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
