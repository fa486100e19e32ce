/** Cancels what a browser's own re-send, or a late acceptance, has made twice. */
import type { ProcessId } from '../core/ids';
import { cancelJob } from './cancel';
import type { Run } from './run';

/** One try each; what could not be cancelled now is seen again by the next audit. Answers how many are left. */
export async function cancelTwins(run: Run, ids: readonly ProcessId[], signal: AbortSignal): Promise<number> {
  const answers = await Promise.all(ids.map((id) => cancelJob(run.world, run.endpoint, id, signal)));
  // 404 and 409: there is nothing left to cancel.
  const settled = answers.filter(
    (answer) => answer.ok || (answer.error.kind === 'status' && [404, 409].includes(answer.error.status)),
  );
  return ids.length - settled.length;
}
