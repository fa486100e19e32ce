/** Asks the service to cancel a job. Only 204 says that it did: a login page of the network answers 200 to anything. */
import type { ProcessId } from '../core/ids';
import type { CallFailure } from '../core/job/failure';
import { failed, ok, type Result } from '../core/result';
import type { Endpoint } from '../core/settings';
import { call, JSON_LIMIT, READ_PATIENCE } from './http';
import type { World } from './world';

/** 409, when the job is over already, is a failure here: `afterCancel` says what to look at next. */
export async function cancelJob(
  world: World,
  endpoint: Endpoint,
  id: ProcessId,
  signal: AbortSignal,
): Promise<Result<null, CallFailure>> {
  const address = `${endpoint.address}/image/v1/cancel/${id}`;
  const reply = await call(
    world,
    { method: 'DELETE', address, key: endpoint.key, patience: READ_PATIENCE, limit: JSON_LIMIT },
    signal,
  );
  if (!reply.ok) return reply;
  const { status, host } = reply.value;
  return status === 204 ? ok(null) : failed({ kind: 'lost', error: { code: 'answer-unreadable', host } });
}
