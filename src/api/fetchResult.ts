/** COMPLETED: a fresh link, the bytes, and the proof that they are whole. Free, however often it is repeated. */
import type { PluginError } from '../core/errors';
import type { ProcessId } from '../core/ids';
import { afterRead, type CallFailure, errorOf } from '../core/job/failure';
import type { Completion } from '../core/job/job';
import { failed, ok, type Result } from '../core/result';
import { type Link, readBytes } from './download';
import { afterBytes, fetchBytes } from './fetchBytes';
import { isGone } from './gone';
import { report } from './pollJob';
import type { Run } from './run';
import { readStatus } from './status';
import { verifyResult } from './verify';

export interface Fetched {
  readonly bytes: Uint8Array;
  readonly completion: Completion;
}

/** Downloads of a result that arrives damaged. */
const TRIES = 3;

/** `link`: from the polling, when it got one before the job was known to be completed. */
export async function fetchResult(
  run: Run,
  link: Link | null,
  signal: AbortSignal,
): Promise<Result<Fetched, PluginError>> {
  const completing = readCompletion(run, signal);
  const first = link === null ? null : readBytes(run.world, link, downloading(run), signal);
  // Both are awaited below; while the one is, the other's abort must not count as nobody's.
  first?.catch(() => undefined);
  const completion = await completing;
  if (!completion.ok) return completion;
  let early = first;
  for (let tries = 1; ; tries++) {
    const bytes = early === null ? await anew(run, signal) : await orAnew(run, await early, signal);
    early = null;
    if (!bytes.ok) return bytes;
    run.tell({ stage: 'checking', fraction: null, secondsLeft: null });
    const verified = verifyResult(bytes.value, completion.value.output);
    if (verified.ok) return ok({ bytes: bytes.value, completion: completion.value });
    if (tries === TRIES) return verified;
  }
}

/** The service's own word on credits and size; the state becomes COMPLETED by it. */
async function readCompletion(run: Run, signal: AbortSignal): Promise<Result<Completion, PluginError>> {
  for (let tries = 0; ; tries++) {
    const { state } = run.job();
    if (state.name === 'COMPLETED' || state.name === 'DONE') return ok(state.completion);
    if (state.name !== 'ACCEPTED' && state.name !== 'RUNNING') return failed({ code: 'job-waiting' });
    const id = state.acceptance.processId;
    const answer = await run.patience.ask((inner) => readStatus(run.world, run.endpoint, id, inner), afterRead, signal);
    if (answer.ok) {
      await report(run, answer.value);
      if (run.job().state.name === 'COMPLETED') continue;
    }
    if (!answer.ok && answer.error.why === 'missing') return await missing(run, id, signal);
    // The download is there: whatever the status says meanwhile, the job is completed.
    const known = answer.ok ? answer.value : run.seen();
    const enough = tries >= 2 && known !== null;
    if (enough) await report(run, { ...known, phase: 'Completed' });
    else if (!answer.ok && answer.error.why === 'given-up') return failed({ code: 'job-waiting' });
    else if (!answer.ok && tries >= 2) return failed(errorOf(answer.error.failure));
    else await run.world.sleep(500, signal);
  }
}

/** A new link, and the bytes behind it. */
async function anew(run: Run, signal: AbortSignal): Promise<Result<Uint8Array, PluginError>> {
  const { state } = run.job();
  if (state.name !== 'COMPLETED' && state.name !== 'DONE') return failed({ code: 'job-waiting' });
  const id = state.acceptance.processId;
  const onFraction = downloading(run);
  const answer = await fetchBytes(run.world, run.endpoint, id, 'result', run.patience, onFraction, signal);
  if (answer.ok) return answer;
  const { why, failure } = answer.error;
  if (why === 'given-up') return failed({ code: 'job-waiting' });
  return why === 'missing' ? await missing(run, id, signal) : failed(errorOf(failure));
}

async function missing(run: Run, id: ProcessId, signal: AbortSignal): Promise<Result<never, PluginError>> {
  if (!(await isGone(run, id, signal))) return failed({ code: 'job-waiting' });
  await run.apply({ type: 'vanished' });
  return failed({ code: 'job-gone' });
}

async function orAnew(
  run: Run,
  first: Result<Uint8Array, CallFailure>,
  signal: AbortSignal,
): Promise<Result<Uint8Array, PluginError>> {
  if (first.ok) return first;
  return afterBytes(first.error) === 'final' ? failed(errorOf(first.error)) : anew(run, signal);
}

function downloading(run: Run): (fraction: number | null) => void {
  run.tell({ stage: 'downloading', fraction: null, secondsLeft: null });
  return (fraction) => run.tell({ stage: 'downloading', fraction, secondsLeft: null });
}
