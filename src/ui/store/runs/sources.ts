/** A job's picture by its order: to be sent, or to be opened beside the result. Nothing of it is kept here. */
import type { Source } from '../../../api/running';
import type { PluginError } from '../../../core/errors';
import type { Job } from '../../../core/job/job';
import { failed, ok, type Result } from '../../../core/result';
import { type Endpoint, endpoint } from '../../../core/settings';
import type { Target } from '../../../core/target';
import { type Context, ready } from '../context';

/** Reads the picture when it is its turn to be sent: what the layer shows now, or nothing. */
export function sourceOf(context: Context, target: Target): Source {
  return (signal) =>
    context.desk.work(
      () => storedFile(context, target, false),
      async ({ upload: { bytes, format } }) => ({ bytes, format }),
      signal,
    );
}

/**
 * The file that the layer showed when it was read. `anyway`: also when the layer is gone or shows something else, as
 * long as the document holds the file.
 */
export async function storedFile(
  { host }: Context,
  target: Target,
  anyway: boolean,
): Promise<Result<Uint8Array, PluginError>> {
  const stored = await host.call('picture.read', { target, anyway });
  if (!stored.ok) return stored;
  return stored.value.imageHash === target.imageHash ? ok(stored.value.bytes) : failed({ code: 'layer-changed' });
}

/** From the document, or from the service, which keeps what it was sent. */
export async function originalFile(context: Context, job: Job): Promise<Result<Uint8Array, PluginError>> {
  const { order, state } = job;
  const stored = await storedFile(context, order.target, true);
  if (stored.ok || !('acceptance' in state) || state.acceptance === null) return stored;
  const at = endpointOf(context, order.address);
  if (at === null) return stored;
  const { service, world, life } = context;
  const copy = await service.readInput(world, at, state.acceptance.processId, order.workKey, life);
  return copy.ok ? copy : stored;
}

/** The chosen service, when it is the one the job is for. */
export function endpointOf(context: Context, address: string): Endpoint | null {
  const state = ready(context);
  const at = state === null ? null : endpoint(state.settings);
  return at?.address === address ? at : null;
}
