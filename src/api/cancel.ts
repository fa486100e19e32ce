/** Asks the service to cancel a job. */
import type { CallFailure } from '../core/failure';
import type { ProcessId } from '../core/ids';
import { ok, type Result } from '../core/result';
import type { Endpoint } from '../core/settings';
import { call, JSON_LIMIT, READ_PATIENCE } from './http';
import type { World } from './world';

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
  return reply.ok ? ok(null) : reply;
}
