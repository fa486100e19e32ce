/**
 * A free request before the first paid one: when the service cannot be reached at all, the user hears it at once and
 * for certain, instead of a paid request being lost and looked for. It also keeps a wrong key, or an account that was
 * just found empty, from costing the time of an upload.
 */
import type { PluginError } from '../core/errors';
import { errorOf } from '../core/job/failure';
import { backoff } from '../core/pace/backoff';
import type { Run } from './run';
import { waitUntil } from './wait';

/** Tries after the first, by somebody who looks on. */
const RETRIES = 2;
/** Milliseconds for which a job waits for a service that holds others of ours: it was there a moment ago. */
const PATIENCE = 10 * 60_000;

/** Why nothing should be sent now, or null. */
export async function isTurnedAway(run: Run, signal: AbortSignal): Promise<PluginError | null> {
  const { world, road } = run;
  const begun = world.now();
  for (let count = 0; ; count++) {
    const answer = await road.account.ask(signal);
    if (answer.ok) {
      return road.account.isShort(answer.value, run.job().order.estimate) ? { code: 'credits-missing' } : null;
    }
    const failure = answer.error;
    if (failure.kind === 'status') return failure.status === 401 ? errorOf(failure) : null;
    const { code } = failure.error;
    if (code === 'answer-unreadable') return null;
    if (code === 'host-blocked') return failure.error;
    const patient = road.gate.atService() > 0 && world.now() - begun < PATIENCE;
    if (!patient && (count >= RETRIES || code === 'offline')) return failure.error;
    await waitUntil(world, world.now() + backoff('read', count, null, world.random), signal, (left) => {
      if (patient) run.tell({ stage: 'waiting', fraction: null, secondsLeft: left / 1000 });
    });
  }
}
