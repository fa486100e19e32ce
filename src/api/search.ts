/**
 * Looks through each reading of the list for twins of an accepted job, and takes its status from it. Chromium repeats
 * a POST by itself when a reused connection drops before the answer: the first job then runs, and is charged, unseen
 * by everybody but the list.
 */
import type { ProcessId } from '../core/ids';
import { afterRead } from '../core/job/failure';
import { findJob } from '../core/job/reconcile';
import type { JobStatus } from '../core/job/status';
import { attemptOf } from '../core/job/tag';
import type { Reading } from './readings';
import type { Run } from './run';
import { cancelTwins } from './twins';

export interface Search {
  /** Monotonic milliseconds at which the list should be read for the job's own sake. */
  readonly due: () => number;
  /** Readings that came meanwhile, by whoever; the first of them that comes ends `signal`. */
  readonly news: () => AbortSignal;
  /**
   * Works through the newest reading that nobody has worked through yet. The job's status in it; null when there is
   * no new reading, or it does not show the job.
   */
  readonly digest: (signal: AbortSignal) => Promise<JobStatus | null>;
  /** Reads the list now. False when it could not be read, and by when to try again is in `due`. */
  readonly read: (signal: AbortSignal) => Promise<boolean>;
  /** A last look when there was none so far: the job was quicker than the first. Never rejects but for a bug. */
  readonly atLast: (signal: AbortSignal) => Promise<void>;
  readonly stop: () => void;
}

/** Milliseconds. */
const RETRY = 1_000;
/** A reading this little before its time is as good: the job's own first look comes a save before the search's. */
const NEARLY = 250;
const LONGEST_RETRY = 60_000;

/** Takes part in the readings at once and until it is stopped; the times of its own are the policy's `audit`. */
export function startSearch(run: Run): Search {
  const { world, policy } = run;
  const { readings } = run.road;
  const begun = world.now();
  let times = policy.audit.map((time) => begun + time);
  let retryAt: number | null = null;
  let failures = 0;
  let worked = false;
  let latest: Reading | null = null;
  let news = new AbortController();
  const stop = readings.join({
    id: () => idOf(run),
    hear: (reading) => {
      latest = reading;
      news.abort();
    },
  });
  const again = (): void => {
    retryAt = world.now() + Math.min(LONGEST_RETRY, RETRY * 2 ** failures);
    failures++;
  };
  const search: Search = {
    due: () => retryAt ?? times[0] ?? Number.POSITIVE_INFINITY,
    news: () => news.signal,
    async digest(signal) {
      const reading = latest;
      if (reading === null) return null;
      latest = null;
      news = new AbortController();
      retryAt = null;
      times = times.filter((time) => time - NEARLY > reading.askedAt);
      if (policy.audit.length === 0 || (await withoutTwins(run, reading.statuses, signal))) {
        worked = true;
        failures = 0;
      } else again();
      const id = idOf(run);
      return reading.statuses.find((status) => status.processId === id) ?? null;
    },
    async read(signal) {
      const answer = await readings.read(signal);
      if (answer.ok) return true;
      const reaction = afterRead(answer.error);
      if (reaction === 'retry' || reaction === 'wait') again();
      else {
        // Looking again is of no use: key, plan or address are wrong, and the looks at the job itself will tell.
        times = [];
        retryAt = null;
      }
      return false;
    },
    async atLast(signal) {
      if (worked || policy.audit.length === 0) return;
      try {
        if (await search.read(signal)) await search.digest(signal);
      } catch (thrown) {
        if (!signal.aborted) throw thrown;
      }
    },
    stop,
  };
  return search;
}

function idOf(run: Run): ProcessId | null {
  const { state } = run.job();
  return state.name === 'ACCEPTED' || state.name === 'RUNNING' || state.name === 'COMPLETED'
    ? state.acceptance.processId
    : null;
}

/** True when the job itself was there to be seen, and every twin was dealt with. */
async function withoutTwins(run: Run, statuses: readonly JobStatus[], signal: AbortSignal): Promise<boolean> {
  const { state } = run.job();
  if (state.name !== 'ACCEPTED' && state.name !== 'RUNNING' && state.name !== 'COMPLETED') return true;
  const ours = state.acceptance.processId;
  const finding = findJob(statuses, run.job(), attemptOf(state.attempt.tag), ours);
  if (finding.kind !== 'found') {
    // Not listed yet: a twin may not be either. Or dead: the polling will tell.
    return finding.kind === 'dead';
  }
  const { status, twins, paid } = finding;
  const overpaid = [...paid];
  const superfluous = new Set<ProcessId>(twins.map((twin) => twin.processId));
  if (status.processId !== ours) {
    // The twin is further on. Ours, which may not be listed yet, goes; were it completed, cancelling does nothing.
    if (state.name !== 'COMPLETED') {
      const acceptance = { ...state.acceptance, processId: status.processId, duration: status.duration };
      await run.apply({ type: 'accepted', acceptance });
      superfluous.add(ours);
    } else if (status.phase === 'Completed') {
      overpaid.push(status);
    } else {
      superfluous.add(status.processId);
    }
  }
  if (overpaid.length > 0) {
    const { estimate } = run.job().order;
    const charges = overpaid.map(({ processId, credits }) => ({ processId, credits: credits ?? estimate }));
    await run.apply({ type: 'charged-twice', charges });
  }
  if ((await cancelTwins(run, [...superfluous], signal)) > 0) return false;
  await run.apply({ type: 'audited', duration: status.duration });
  return true;
}
