/** One job's status. */
import type { ProcessId } from '../core/ids';
import type { CallFailure } from '../core/job/failure';
import type { JobStatus } from '../core/job/status';
import { failed, ok, type Result } from '../core/result';
import type { Endpoint } from '../core/settings';
import { call, JSON_LIMIT, json, READ_PATIENCE } from './http';
import { parseStatus } from './parse';
import type { World } from './world';

/** An answer about another job than the one asked for counts as unreadable. */
export async function readStatus(
  world: World,
  endpoint: Endpoint,
  id: ProcessId,
  signal: AbortSignal,
): Promise<Result<JobStatus, CallFailure>> {
  const address = `${endpoint.address}/image/v1/status/${id}`;
  const reply = await call(
    world,
    { method: 'GET', address, key: endpoint.key, patience: READ_PATIENCE, limit: JSON_LIMIT },
    signal,
  );
  if (!reply.ok) return reply;
  const status = parseStatus(json(reply.value));
  if (status !== null && status.processId === id) return ok(status);
  return failed({ kind: 'lost', error: { code: 'answer-unreadable', host: reply.value.host } });
}
