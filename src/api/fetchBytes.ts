/** A fresh link and the bytes behind it, as often as it takes. One try is both: a link that fails is not used again. */
import type { ProcessId } from '../core/ids';
import { afterRead, type CallFailure } from '../core/job/failure';
import { failed, type Result } from '../core/result';
import type { Endpoint } from '../core/settings';
import { readBytes, readLink } from './download';
import type { Patience, Refusal } from './patience';
import type { World } from './world';

export type BytesReaction = ReturnType<typeof afterRead>;

/**
 * `onFraction`: 0..1 of the bytes, null where the length is not told; each try begins anew. Throws the signal's
 * reason only.
 */
export async function fetchBytes(
  world: World,
  endpoint: Endpoint,
  id: ProcessId,
  what: 'result' | 'input',
  patience: Patience,
  onFraction: (fraction: number | null) => void,
  signal: AbortSignal,
): Promise<Result<Uint8Array, Refusal<BytesReaction>>> {
  let react = afterLink;
  return await patience.ask(
    async (inner): Promise<Result<Uint8Array, CallFailure>> => {
      react = afterLink;
      const link = await readLink(world, endpoint, id, what, inner);
      if (!link.ok) return failed(link.error);
      react = afterBytes;
      return await readBytes(world, link.value, onFraction, inner);
    },
    (failure) => react(failure),
    signal,
  );
}

/** Completed, and yet not ready: the service's parts disagree for a moment. */
function afterLink(failure: CallFailure): BytesReaction {
  const reaction = afterRead(failure);
  return reaction === 'not-ready' ? 'retry' : reaction;
}

/** Whatever is wrong with a link, a new one is the answer. */
export function afterBytes(failure: CallFailure): BytesReaction {
  if (failure.kind === 'lost' && failure.error.code === 'host-blocked') return 'final';
  return failure.kind === 'status' && failure.status === 429 ? 'wait' : 'retry';
}
