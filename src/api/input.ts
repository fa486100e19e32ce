/**
 * The service's own copy of a picture that was sent: it proves whose a nameless job is, and shows the original of a
 * layer that is gone.
 */
import type { PluginError } from '../core/errors';
import type { ProcessId } from '../core/ids';
import { type CallFailure, errorOf } from '../core/job/failure';
import { contentOf } from '../core/job/workKey';
import { hashContent } from '../core/picture/contentHash';
import { failed, type Result } from '../core/result';
import type { Endpoint } from '../core/settings';
import { readBytes, readLink } from './download';
import { fetchBytes } from './fetchBytes';
import { createPatience } from './patience';
import type { World } from './world';

/**
 * The picture as the service received it, asked for as long as that makes sense. `workKey`: of the job; other bytes
 * than the ones it names are not handed over (error: result-damaged). Kept for 7 days there (after it: job-gone).
 */
export async function readInput(
  world: World,
  endpoint: Endpoint,
  id: ProcessId,
  workKey: string,
  signal: AbortSignal,
): Promise<Result<Uint8Array, PluginError>> {
  const patience = createPatience(world, () => undefined);
  const answer = await fetchBytes(world, endpoint, id, 'input', patience, () => undefined, signal);
  if (answer.ok) {
    const same = await isPictureOf(workKey, answer.value, world, signal);
    return same ? answer : failed({ code: 'result-damaged' });
  }
  return failed(answer.error.why === 'missing' ? { code: 'job-gone' } : errorOf(answer.error.failure));
}

/** The same with one try: null when it cannot be had or is another picture. */
export async function inputOf(
  world: World,
  endpoint: Endpoint,
  id: ProcessId,
  workKey: string,
  signal: AbortSignal,
): Promise<Uint8Array | null> {
  const input = await readOnce(world, endpoint, id, signal);
  return input.ok && (await isPictureOf(workKey, input.value, world, signal)) ? input.value : null;
}

async function readOnce(
  world: World,
  endpoint: Endpoint,
  id: ProcessId,
  signal: AbortSignal,
): Promise<Result<Uint8Array, CallFailure>> {
  const link = await readLink(world, endpoint, id, 'input', signal);
  return link.ok ? await readBytes(world, link.value, () => undefined, signal) : link;
}

async function isPictureOf(workKey: string, bytes: Uint8Array, world: World, signal: AbortSignal): Promise<boolean> {
  const content = contentOf(workKey);
  return content !== null && (await hashContent(bytes, () => world.sleep(0, signal))) === content;
}
