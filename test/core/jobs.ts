/** One job in every state, for tables. */
import { contentHash, fileId, imageHash, jobId, nodeId, processId } from '../../src/core/ids';
import type { Acceptance, Attempt, Completion, Job, JobOrder, JobState } from '../../src/core/job/job';
import type { JobStatus } from '../../src/core/job/status';
import { workKey } from '../../src/core/job/workKey';
import { STANDARD_PARAMETERS } from '../../src/core/parameters';

export const ORDER: JobOrder = {
  id: jobId('0123456789abcdef'),
  workKey: workKey(contentHash('ab'.repeat(32)), { kind: 'faces', parameters: STANDARD_PARAMETERS }),
  target: { fileId: fileId('f'), nodeId: nodeId('1:2'), paintIndex: 0, imageHash: imageHash('h') },
  layerName: 'Portrait',
  fileName: 'Landing page',
  work: { kind: 'faces', parameters: STANDARD_PARAMETERS },
  preset: null,
  address: 'https://api.example',
  input: { width: 640, height: 480 },
  estimate: 1,
  boxes: null,
  batch: null,
  reuses: null,
  createdAt: 1_000_000,
};
export const ATTEMPT: Attempt = { number: 1, tag: 'Portrait~0123456789ab-1.png', submittedAt: 1_000_100 };
export const ACCEPTANCE: Acceptance = { processId: processId('p-1'), acceptedAt: 1_000_200, duration: null };
export const COMPLETION: Completion = { credits: 1, output: { width: 640, height: 480 }, completedAt: 1_010_000 };

export const STATES: { readonly [Name in JobState['name']]: Extract<JobState, { readonly name: Name }> } = {
  PREPARED: { name: 'PREPARED' },
  SUBMITTING: { name: 'SUBMITTING', attempt: ATTEMPT },
  AMBIGUOUS: { name: 'AMBIGUOUS', attempt: ATTEMPT, since: 1_000_300 },
  ACCEPTED: { name: 'ACCEPTED', attempt: ATTEMPT, acceptance: ACCEPTANCE },
  RUNNING: { name: 'RUNNING', attempt: ATTEMPT, acceptance: ACCEPTANCE },
  COMPLETED: { name: 'COMPLETED', attempt: ATTEMPT, acceptance: ACCEPTANCE, completion: COMPLETION },
  DONE: { name: 'DONE', attempt: ATTEMPT, acceptance: ACCEPTANCE, completion: COMPLETION, placedAt: 1_020_000 },
  REJECTED: { name: 'REJECTED', error: { code: 'format-refused' } },
  PARKED: { name: 'PARKED', error: { code: 'key-refused' }, accepted: { attempt: ATTEMPT, acceptance: ACCEPTANCE } },
  CANCELLING: { name: 'CANCELLING', attempt: ATTEMPT, acceptance: ACCEPTANCE },
  CANCELLED: { name: 'CANCELLED' },
  FAILED: { name: 'FAILED', error: { code: 'job-failed', message: 'No.' } },
  GONE: { name: 'GONE' },
  ASK: { name: 'ASK', attempt: ATTEMPT },
};

export function jobIn(state: JobState, resubmits = 0): Job {
  return { v: 1, id: ORDER.id, order: ORDER, state, attempts: 1, resubmits, changedAt: 1_000_000 };
}

export function status(changes: Partial<JobStatus>): JobStatus {
  return {
    processId: processId('p-1'),
    phase: 'Processing',
    fileName: ATTEMPT.tag,
    model: 'Faces',
    fraction: 0.5,
    input: ORDER.input,
    output: ORDER.input,
    createdAt: 1_000_150,
    duration: 10,
    credits: 1,
    ...changes,
  };
}
