/** Runs one job through the states of `core/job`, each step written down before the next, phase after phase. */
import type { PluginError } from '../core/errors';
import { isAtService, type Job } from '../core/job/job';
import { nextAct } from '../core/job/nextAct';
import type { JobStatus } from '../core/job/status';
import { type JobEvent, step } from '../core/job/step';
import type { Answered } from '../core/pace/poll';
import { failed, ok, type Result, unreachable } from '../core/result';
import type { Endpoint } from '../core/settings';
import { cancelRunning } from './cancelRunning';
import { type Fetched, fetchResult } from './fetchResult';
import { findLost } from './findLost';
import type { Place } from './gate';
import { createPatience } from './patience';
import { pollJob } from './pollJob';
import type { PhaseEnd, Run } from './run';
import type { Client, Delivered, JobStore, RunningJob, Source, Watcher } from './running';
import { startSearch } from './search';
import { sendJob } from './sendJob';
import type { World } from './world';

/** Milliseconds: a record that is not acknowledged by then counts as not written. */
const ACKNOWLEDGEMENT = 2_000;
/** Milliseconds that a result in hand waits for the search for twins to end. */
const AUDIT_GRACE = 1_000;
/** Seconds after which a job is taken to be absent when its upload was stopped before its last byte was out. */
const CUT_SHORT_GRACE = 20;

/**
 * Begins at once, from whatever state the job is in. `source` is needed for a job that was not sent yet; a job for
 * another address than the endpoint's ends in 'job-elsewhere' without a request.
 */
export function runJob(
  { world, store, traffic, policy }: Client,
  endpoint: Endpoint,
  saved: Job,
  source: Source | null,
  watcher: Watcher,
  signal: AbortSignal,
): RunningJob {
  let job = saved;
  const apply = async (event: JobEvent): Promise<Result<null, PluginError>> => {
    const after = step(job, event, world.clock());
    if (after === job) return ok(null);
    job = after;
    if (!isAtService(job.state)) leave();
    watcher.onJob(job);
    return acknowledged(world, store, job);
  };
  const leave = (): void => {
    place?.leave();
    place = null;
  };
  const tell: Run['tell'] = (progress) => watcher.onProgress(progress);
  const patience = createPatience(world, (left) =>
    tell({ stage: 'waiting', fraction: null, secondsLeft: left / 1000 }),
  );
  let place: Place | null = null;
  const take = (taken: Place | null): void => {
    place = taken;
  };
  let answer: Answered | null = null;
  let status: JobStatus | null = null;
  const see = (latest: JobStatus): void => {
    status = latest;
  };
  const run: Run = {
    world,
    endpoint,
    road: traffic.to(endpoint),
    policy,
    source,
    patience,
    place: () => place,
    take,
    job: () => job,
    apply,
    tell,
    seen: () => status,
    see,
    answer: () => answer,
    answered: (told) => {
      answer = told;
    },
  };
  let cancelled = new AbortController();
  const outcome = live(
    run,
    () => cancelled,
    () => {
      cancelled = new AbortController();
    },
    signal,
  );
  // Whoever stops watching need not listen to the outcome.
  outcome.then(leave, leave);
  return { outcome, cancel: () => cancelled.abort() };
}

/** The job's whole life, phase after phase, until there is a result, an error, or nobody who watches. */
async function live(
  run: Run,
  cancelled: () => AbortController,
  renew: () => void,
  signal: AbortSignal,
): Promise<Result<Delivered, PluginError>> {
  const { order } = run.job();
  if (order.address !== run.endpoint.address) return failed({ code: 'job-elsewhere', address: order.address });
  await run.apply({ type: 'reopened' });
  const resumed = run.job().state.name !== 'PREPARED';
  let sent = 1;
  for (;;) {
    signal.throwIfAborted();
    if (run.place() === null && isAtService(run.job().state)) run.take(run.road.gate.join());
    if (cancelled().signal.aborted) {
      renew();
      await run.apply({ type: 'cancel' });
    }
    const interrupt = cancelled().signal;
    const either = AbortSignal.any([signal, interrupt]);
    const act = nextAct(run.job(), run.source !== null);
    try {
      let end: PhaseEnd = null;
      switch (act.do) {
        case 'send': {
          const onSent = (fraction: number): void => {
            sent = fraction;
          };
          sent = 0;
          // The act says that the picture can be had.
          end = await sendJob(run, run.source as Source, { cancelled: interrupt, onSent }, signal);
          break;
        }
        case 'find': {
          const cutShort = run.job().state.name === 'CANCELLING' && sent < 1;
          end = await findLost(run, cutShort ? CUT_SHORT_GRACE : run.policy.grace, either);
          break;
        }
        case 'poll': {
          const polled = await watch(run, resumed, either, signal);
          if (polled !== null) return polled;
          break;
        }
        case 'fetch':
          return await deliver(run, await fetchResult(run, null, signal));
        case 'cancel':
          // A second press changes nothing.
          end = await cancelRunning(run, signal);
          break;
        case 'end':
          // Prepared, and nothing at hand to send: it is over, and not to be found again at every opening.
          if (run.job().state.name === 'PREPARED') await run.apply({ type: 'refused', error: act.error });
          return failed(act.error);
        default:
          return unreachable(act);
      }
      if (end !== null) return failed(end);
    } catch (thrown) {
      signal.throwIfAborted();
      if (!interrupt.aborted) throw thrown;
    }
  }
}

/** Polls until the job is over; fetches at once when the result is there. Null: the state says how it goes on. */
async function watch(
  run: Run,
  resumed: boolean,
  either: AbortSignal,
  signal: AbortSignal,
): Promise<Result<Delivered, PluginError> | null> {
  const search = startSearch(run);
  try {
    const polled = await pollJob(run, search, resumed, either);
    if (polled.end !== null) return failed(polled.end);
    if (polled.link === null && run.job().state.name !== 'COMPLETED') return null;
    const last = search.atLast(signal);
    const fetched = await fetchResult(run, polled.link, signal);
    await Promise.race([last, run.world.sleep(AUDIT_GRACE, signal)]);
    return await deliver(run, fetched);
  } finally {
    search.stop();
  }
}

async function deliver(run: Run, fetched: Result<Fetched, PluginError>): Promise<Result<Delivered, PluginError>> {
  return fetched.ok ? ok({ job: run.job(), ...fetched.value }) : fetched;
}

async function acknowledged(world: World, store: JobStore, job: Job): Promise<Result<null, PluginError>> {
  const over = new AbortController();
  const silence = world.sleep(ACKNOWLEDGEMENT, over.signal).then(
    () => failed({ code: 'storage-silent' } as const),
    () => ok(null),
  );
  const saved = await Promise.race([store.save(job), silence]);
  over.abort();
  return saved;
}
