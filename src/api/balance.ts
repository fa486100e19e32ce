/** The account's credits: free to ask, so it also tests a key. */
import type { PluginError } from '../core/errors';
import { type CallFailure, errorOf } from '../core/job/failure';
import { failed, ok, type Result } from '../core/result';
import type { Endpoint } from '../core/settings';
import { call, JSON_LIMIT, json, READ_PATIENCE } from './http';
import { type Balance, parseBalance } from './parse';
import type { World } from './world';

/** As the user reads it. Throws the signal's reason when it is aborted, and nothing else. */
export async function balance(
  world: World,
  endpoint: Endpoint,
  signal: AbortSignal,
): Promise<Result<Balance, PluginError>> {
  const answer = await readBalance(world, endpoint, signal);
  return answer.ok ? answer : failed(errorOf(answer.error));
}

/** As the client judges it: with the status that `core/failure` decides by. */
export async function readBalance(
  world: World,
  endpoint: Endpoint,
  signal: AbortSignal,
): Promise<Result<Balance, CallFailure>> {
  const address = `${endpoint.address}/account/v1/credits/balance`;
  const reply = await call(
    world,
    { method: 'GET', address, key: endpoint.key, patience: READ_PATIENCE, limit: JSON_LIMIT },
    signal,
  );
  if (!reply.ok) return reply;
  const parsed = parseBalance(json(reply.value));
  if (parsed !== null) return ok(parsed);
  return failed({ kind: 'lost', error: { code: 'answer-unreadable', host: reply.value.host } });
}
