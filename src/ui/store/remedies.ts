/** What can be done about an error, as the actions a view offers. The words of the error itself are core's. */
import type { PluginError } from '../../core/errors';
import type { Job } from '../../core/job/job';
import { spentIn } from '../../core/money/spent';

export type Remedy =
  /** The same once more. */
  | 'retry'
  /** Fetch what has been paid for once more: free. */
  | 'refetch'
  /** Look for the job at the service once more: free. */
  | 'look'
  /** A new job: may cost a credit. */
  | 'send-again'
  | 'settings'
  | 'new-layer';

/** Whether it can spend a credit: a job of which nothing was taken yet is sent, or one is sent on the user's word. */
export function mayCost(remedy: Remedy, job: Job | null): boolean {
  return remedy === 'send-again' || (remedy === 'retry' && (job === null || spentIn(job.state) === 'no'));
}

/** In the order in which they are offered; empty where nothing can be done here. */
export function remedies(error: PluginError): readonly Remedy[] {
  switch (error.code) {
    case 'key-missing':
    case 'key-refused':
    case 'key-not-permitted':
    case 'credits-missing':
    case 'plan-missing':
      return ['retry', 'settings'];
    case 'service-wrong-address':
    case 'host-blocked':
    case 'host-unreachable':
    case 'answer-unreadable':
    case 'timed-out':
      return ['retry', 'settings'];
    case 'offline':
    case 'service-busy':
    case 'service-failing':
    case 'storage-silent':
    case 'storage-full':
    case 'storage-unreadable':
    case 'picture-missing':
    case 'host-silent':
    case 'unexpected':
    case 'job-failed':
    case 'job-unsent':
    case 'window-elsewhere':
      return ['retry'];
    case 'job-waiting':
      return ['look'];
    case 'job-uncertain':
      return ['look', 'send-again'];
    case 'job-elsewhere':
      return ['settings'];
    case 'job-gone':
      return ['send-again'];
    case 'result-not-picture':
    case 'result-damaged':
      return ['refetch'];
    case 'layer-gone':
    case 'layer-changed':
      return ['new-layer'];
    case 'request-refused':
    case 'upload-too-large':
    case 'format-refused':
    case 'picture-refused':
    case 'job-cancelled':
    case 'result-wrong-size':
    case 'result-misaligned':
    case 'picture-empty':
    case 'picture-damaged':
    case 'picture-unsupported':
    case 'picture-too-large':
    case 'picture-too-small':
    case 'no-face':
    case 'work-under-way':
    case 'decision-needed':
    case 'layer-elsewhere':
    case 'layer-in-instance':
    case 'layer-read-only':
    case 'image-refused':
    case 'nothing-to-revert':
    case 'presets-newer':
    case 'shared-unwritten':
    case 'spending-unwritten':
    case 'charged-twice':
      return [];
  }
}
