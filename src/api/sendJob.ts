/** PREPARED: sees that the service is there, writes the next attempt down, sends it, and says what came of it. */
import { backoff } from '../core/backoff';
import { afterSubmit, type CallFailure, errorOf } from '../core/failure';
import type { Attempt } from '../core/job';
import { makeTag } from '../core/tag';
import { readBalance } from './balance';
import type { PhaseEnd, Run } from './run';
import type { Upload } from './running';
import { form, submit } from './submit';
import { waitUntil } from './wait';

/** Milliseconds for which a busy service is tried again. */
const BUSY_LIMIT = 10 * 60_000;

export interface Sending {
  /** Aborted when the user cancels: ends the wait, and the upload while it is not wholly out. */
  readonly cancelled: AbortSignal;
  /** Hears 0..1 of the body. */
  readonly onSent: (fraction: number) => void;
}

export async function sendJob(run: Run, upload: Upload, sending: Sending, signal: AbortSignal): Promise<PhaseEnd> {
  const either = AbortSignal.any([signal, sending.cancelled]);
  run.tell({ stage: 'preparing', fraction: null, secondsLeft: null });
  if (await turnedAway(run, either)) return null;
  const begun = run.world.now();
  for (let count = 0; ; count++) {
    const attempt = nextAttempt(run, upload);
    const written = await run.apply({ type: 'submit', attempt });
    if (either.aborted) {
      // Nothing was sent yet, and nothing will be.
      await run.apply({ type: 'postponed' });
      either.throwIfAborted();
    }
    if (!written.ok) {
      // Nothing was sent. The record may still arrive late: the next opening then finds that the service never had it.
      void run.apply({ type: 'refused', error: written.error });
      return null;
    }
    const failure = await post(run, upload, attempt, sending, signal);
    if (failure === null) return null;
    const reaction = afterSubmit(failure);
    if (reaction === 'reconcile') await run.apply({ type: 'lost' });
    if (reaction === 'park') await run.apply({ type: 'parked', error: errorOf(failure) });
    if (reaction === 'final') await run.apply({ type: 'refused', error: errorOf(failure) });
    if (reaction !== 'wait') return null;
    await run.apply({ type: 'postponed' });
    if (run.world.now() - begun > BUSY_LIMIT) {
      await run.apply({ type: 'refused', error: errorOf(failure) });
      return null;
    }
    const retryAfter = failure.kind === 'status' ? failure.retryAfter : null;
    const pause = backoff('busy', count, retryAfter, run.world.random);
    await waitUntil(run.world, run.world.now() + pause, either, (left) =>
      run.tell({ stage: 'waiting', fraction: null, secondsLeft: left / 1000 }),
    );
  }
}

function nextAttempt(run: Run, upload: Upload): Attempt {
  const { id, order, attempts } = run.job();
  const number = attempts + 1;
  return { number, tag: makeTag(order.layerName, id, number, upload.format), submittedAt: run.world.clock() };
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
  const onCancel = (): void => {
    if (fraction < 1) interrupt.abort();
  };
  sending.cancelled.addEventListener('abort', onCancel);
  try {
    run.tell({ stage: 'uploading', fraction: 0, secondsLeft: null });
    const answer = await submit(
      run.world,
      run.endpoint,
      form(upload, attempt.tag, run.job().order.parameters),
      (sent) => {
        fraction = sent;
        sending.onSent(sent);
        run.tell({ stage: 'uploading', fraction: sent, secondsLeft: null });
      },
      AbortSignal.any([signal, interrupt.signal]),
    );
    if (!answer.ok) return answer.error;
    const acceptance = { processId: answer.value, acceptedAt: run.world.clock(), duration: null };
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

/**
 * A free request first: when the service cannot be reached at all, the user hears it at once and for certain, instead
 * of a paid request being lost and looked for. It also keeps a wrong key from costing the time of an upload.
 */
async function turnedAway(run: Run, signal: AbortSignal): Promise<boolean> {
  const retries = 2;
  for (let count = 0; ; count++) {
    const answer = await readBalance(run.world, run.endpoint, signal);
    if (answer.ok) return false;
    const failure = answer.error;
    if (failure.kind === 'status') {
      if (failure.status !== 401) return false;
      await run.apply({ type: 'parked', error: errorOf(failure) });
      return true;
    }
    if (failure.error.code === 'answer-unreadable') return false;
    if (count === retries || failure.error.code === 'host-blocked' || failure.error.code === 'offline') {
      await run.apply({ type: 'refused', error: failure.error });
      return true;
    }
    const pause = backoff('read', count, null, run.world.random);
    await waitUntil(run.world, run.world.now() + pause, signal);
  }
}
