/**
 * Searches the list for twins of an accepted job. Chromium repeats a POST by itself when a reused connection drops
 * before the answer: the first job then runs, and is charged, unseen by everybody but the list.
 */
import { afterRead } from '../core/failure';
import type { ProcessId } from '../core/ids';
import { findJob } from '../core/reconcile';
import { listJobs } from './list';
import type { Run } from './run';
import { cancelTwins } from './twins';
import { waitUntil } from './wait';

/** Milliseconds after acceptance: soon, so that a twin is cancelled before it completes, and once more for a list that lags. */
const SOON = 2_500;
const LATER = 35_000;

export interface Audit {
  /** Has the first look taken now: the job is over sooner than the time for it. */
  readonly hurry: () => void;
  /** Resolves after the first look that worked; never rejects for anything but a bug. */
  readonly seen: Promise<void>;
}

/** Runs beside the polling until `signal` ends it. */
export function startAudit(run: Run, signal: AbortSignal): Audit {
  const begun = run.world.now();
  const haste = new AbortController();
  let first = (): void => undefined;
  const seen = new Promise<void>((resolve) => {
    first = resolve;
  });
  const looks = async (): Promise<void> => {
    for (const time of [SOON, LATER]) {
      await waitOrHurry(begun + time);
      for (let tries = 0; !(await look(run, signal)); tries++) {
        await waitUntil(run.world, run.world.now() + Math.min(60_000, 1_000 * 2 ** tries), signal);
      }
      first();
      // In a hurry there is no later: the job is over.
      if (haste.signal.aborted) return;
    }
  };
  const waitOrHurry = async (at: number): Promise<void> => {
    const either = AbortSignal.any([signal, haste.signal]);
    try {
      // A wake-up is no reason to look earlier than this.
      while (run.world.now() < at) await waitUntil(run.world, at, either);
    } catch (thrown) {
      signal.throwIfAborted();
      if (!haste.signal.aborted) throw thrown;
    }
  };
  looks().catch((thrown: unknown) => {
    first();
    if (!signal.aborted) throw thrown;
  });
  return { hurry: () => haste.abort(), seen };
}

/** True when the list could be read and every twin was dealt with, or when looking again is of no use. */
async function look(run: Run, signal: AbortSignal): Promise<boolean> {
  const { state } = run.job();
  if (state.name !== 'ACCEPTED' && state.name !== 'RUNNING' && state.name !== 'COMPLETED') return true;
  const ours = state.acceptance.processId;
  const listing = await listJobs(run.world, run.endpoint, () => false, signal);
  if (!listing.ok) {
    const reaction = afterRead(listing.error);
    return reaction !== 'retry' && reaction !== 'wait';
  }
  const finding = findJob(listing.value.statuses, run.job(), state.attempt.number, ours);
  if (finding.kind !== 'found') {
    // Not listed yet, or dead: the polling will tell. Nothing else of ours is there.
    await run.apply({ type: 'audited', duration: null });
    return true;
  }
  const { status, twins } = finding;
  if (status.processId === ours) run.see(status);
  const superfluous = new Set<ProcessId>(twins.map((twin) => twin.processId));
  if (status.processId !== ours) {
    // The twin is further on. Ours, which may not be listed yet, goes; were it completed, cancelling does nothing.
    if (state.name !== 'COMPLETED') {
      const acceptance = { ...state.acceptance, processId: status.processId, duration: status.duration };
      await run.apply({ type: 'accepted', acceptance });
      superfluous.add(ours);
    } else if (status.phase !== 'Completed') {
      superfluous.add(status.processId);
    }
  }
  const left = await cancelTwins(run, [...superfluous], signal);
  if (left > 0) return false;
  await run.apply({ type: 'audited', duration: status.duration });
  return true;
}
