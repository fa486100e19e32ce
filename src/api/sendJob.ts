/** PREPARED: takes a place in line, writes the intent down, sends, and puts what the answer means into the state. */
import type { PluginError } from '../core/errors';
import { type CallFailure, errorOf } from '../core/job/failure';
import type { Attempt } from '../core/job/job';
import { ok, type Result } from '../core/result';
import type { Place } from './gate';
import type { PhaseEnd, Run } from './run';
import type { Source, Upload } from './running';
import { form, submit } from './submit';
import { isTurnedAway } from './turnedAway';

/** Milliseconds for which a service that refuses everything is tried again. */
const BUSY_LIMIT = 10 * 60_000;

export interface Sending {
  /** Aborted when the user cancels: ends the wait, and the upload while it is not wholly out. */
  readonly cancelled: AbortSignal;
  /** Hears 0..1 of the body. */
  readonly onSent: (fraction: number) => void;
}

/**
 * Null always: what the service made of it is in the state, ACCEPTED at best. Throws the signal's reason, and that
 * of `sending.cancelled` while nothing was sent.
 */
export async function sendJob(run: Run, source: Source, sending: Sending, signal: AbortSignal): Promise<PhaseEnd> {
  const either = AbortSignal.any([signal, sending.cancelled]);
  run.tell({ stage: 'preparing', fraction: null, secondsLeft: null });
  let upload: Upload | null = null;
  for (;;) {
    const place = await placeOf(run, either);
    if (!place.ok) return await turnAway(run, place.error);
    const refusal = await isTurnedAway(run, either);
    if (refusal !== null) {
      // The others in line would all meet the same.
      run.road.gate.close(refusal);
      return await turnAway(run, refusal);
    }
    if (upload === null) {
      const picture = await source(either);
      either.throwIfAborted();
      if (!picture.ok) return await turnAway(run, picture.error);
      upload = picture.value;
    }
    const bytes = upload;
    const at = place.value;
    const sent = await at.send(
      () => attempt(run, bytes, at, sending, signal),
      either,
      (left) => run.tell({ stage: left === null ? 'in-line' : 'waiting', fraction: null, secondsLeft: seconds(left) }),
    );
    if (!sent.ok) return await turnAway(run, sent.error);
    if (sent.value === 'over') return null;
    const failure = sent.value;
    run.road.account.doubt(failure);
    const reaction = run.policy.afterSubmit(failure);
    if (reaction === 'reconcile') await run.apply({ type: 'lost' });
    if (reaction === 'park') {
      await run.apply({ type: 'parked', error: errorOf(failure) });
      run.road.gate.close(errorOf(failure));
    }
    if (reaction === 'final') await run.apply({ type: 'refused', error: errorOf(failure) });
    if (reaction !== 'wait') return null;
    // Before anything that takes time: the others hear of the pause, and nobody comes before this one.
    const refusedFor = at.refused(failure);
    await run.apply({ type: 'postponed' });
    if (refusedFor > BUSY_LIMIT) {
      await run.apply({ type: 'refused', error: errorOf(failure) });
      return null;
    }
  }
}

const seconds = (left: number | null): number | null => (left === null ? null : left / 1000);

/** The place that it has, or the next that is free. Whoever had one before comes first. */
async function placeOf(run: Run, signal: AbortSignal): Promise<Result<Place, PluginError>> {
  const has = run.place();
  if (has !== null) return ok(has);
  const again = run.job().attempts > 0;
  const place = await run.road.gate.enter(signal, again, () =>
    run.tell({ stage: 'in-line', fraction: null, secondsLeft: null }),
  );
  if (place.ok) run.take(place.value);
  return place;
}

/** Nothing was sent: what can be cured by key, credits or plan waits for it, everything else is over. */
async function turnAway(run: Run, error: PluginError): Promise<PhaseEnd> {
  const curable = ['key-refused', 'key-not-permitted', 'credits-missing', 'plan-missing'].includes(error.code);
  await run.apply({ type: curable ? 'parked' : 'refused', error });
  return null;
}

/** 'over': the state says how it goes on. Otherwise why the service did not take it. */
async function attempt(
  run: Run,
  upload: Upload,
  place: Place,
  sending: Sending,
  signal: AbortSignal,
): Promise<CallFailure | 'over'> {
  const next = nextAttempt(run, upload);
  const written = await run.apply({ type: 'submit', attempt: next });
  const either = AbortSignal.any([signal, sending.cancelled]);
  if (either.aborted) {
    // Nothing was sent yet, and nothing will be.
    await run.apply({ type: 'postponed' });
    either.throwIfAborted();
  }
  if (!written.ok) {
    // Nothing was sent. The record may still arrive late: the next opening then finds that the service never had it.
    void run.apply({ type: 'refused', error: written.error });
    return 'over';
  }
  const failure = await post(run, upload, next, sending, signal);
  if (failure !== null) return failure;
  place.taken();
  return 'over';
}

function nextAttempt(run: Run, upload: Upload): Attempt {
  const { id, order, attempts } = run.job();
  const number = attempts + 1;
  return { number, tag: run.policy.tag(order.layerName, id, number, upload.format), submittedAt: run.world.clock() };
}

/** Null when the service has it; the job is then ACCEPTED. */
async function post(
  run: Run,
  upload: Upload,
  attempt: Attempt,
  sending: Sending,
  signal: AbortSignal,
): Promise<CallFailure | null> {
  // Once the body is out the answer is worth waiting for: it names the job that is then cancelled.
  const interrupt = new AbortController();
  let fraction = 0;
  const { work } = run.job().order;
  const onCancel = (): void => {
    if (fraction < 1) interrupt.abort();
  };
  sending.cancelled.addEventListener('abort', onCancel);
  try {
    run.tell({ stage: 'uploading', fraction: 0, secondsLeft: null });
    const answer = await submit(
      run.world,
      run.endpoint,
      work.kind,
      form(upload, attempt.tag, work),
      (sent) => {
        fraction = sent;
        sending.onSent(sent);
        run.tell({ stage: 'uploading', fraction: sent, secondsLeft: null });
      },
      AbortSignal.any([signal, interrupt.signal]),
    );
    if (!answer.ok) return answer.error;
    run.answered(answer.value.answered);
    const acceptance = { processId: answer.value.id, acceptedAt: run.world.clock(), duration: null };
    await run.apply({ type: 'accepted', acceptance });
    return null;
  } catch (thrown) {
    signal.throwIfAborted();
    if (!interrupt.signal.aborted) throw thrown;
    return { kind: 'lost', error: { code: 'timed-out', host: new URL(run.endpoint.address).host } };
  } finally {
    sending.cancelled.removeEventListener('abort', onCancel);
  }
}
