/** A job from saved data. Anything that is not exactly a job of this version is null: the caller keeps it aside. */
import type { ErrorCode, PluginError } from '../errors';
import { batchId, fileId, imageHash, jobId, nodeId, processId } from '../ids';
import type { Size } from '../money/price';
import type { Target } from '../target';
import { ERRORS } from '../words/sentences';
import {
  type Acceptance,
  type Attempt,
  type Charge,
  type Completion,
  type FaceBox,
  type Job,
  type JobOrder,
  type JobState,
  MOST_BOXES,
  MOST_CHARGES,
} from './job';
import { parseLook } from './looks';
import { parseFaces, parseWork } from './work';

type Saved = Readonly<Record<string, unknown>>;

/** Thrown and caught in this file only: it ends the reading of a record at its first wrong field. */
class Unreadable extends Error {}

/** Never throws. Records of earlier builds of this version, which knew fewer kinds of work, are read too. */
export function parseJob(input: unknown): Job | null {
  try {
    const saved = record(input);
    if (saved['v'] !== 1) return null;
    const order = parseOrder(record(saved['order']));
    if (saved['id'] !== order.id) return null;
    return {
      v: 1,
      id: order.id,
      order,
      state: parseState(record(saved['state'])),
      attempts: count(saved['attempts']),
      resubmits: count(saved['resubmits']),
      ...parseTwins(saved['twins']),
      changedAt: time(saved['changedAt']),
    };
  } catch (thrown) {
    if (thrown instanceof Unreadable) return null;
    throw thrown;
  }
}

function parseOrder(saved: Saved): JobOrder {
  // Records of before there was other work than faces hold the parameters alone.
  const work = saved['work'] === undefined ? parseFaces(saved['parameters']) : parseWork(saved['work']);
  if (work === null) throw new Unreadable();
  return {
    id: jobId(text(saved['id'])),
    workKey: text(saved['workKey']),
    target: parseTarget(record(saved['target'])),
    layerName: text(saved['layerName']),
    fileName: text(saved['fileName']),
    work,
    preset: saved['preset'] === null ? null : text(saved['preset']),
    address: text(saved['address']),
    input: size(saved['input']),
    estimate: count(saved['estimate']),
    boxes: saved['boxes'] == null ? null : parseBoxes(saved['boxes']),
    batch: saved['batch'] == null ? null : batchId(text(saved['batch'])),
    reuses: saved['reuses'] == null ? null : jobId(text(saved['reuses'])),
    ...parseSet(saved['look']),
    createdAt: time(saved['createdAt']),
  };
}

/** A look that cannot be read belongs to no set: its job is worth more than its company. */
function parseSet(saved: unknown): Pick<JobOrder, 'look'> {
  const look = parseLook(saved);
  return look === null ? {} : { look };
}

function parseTwins(saved: unknown): { readonly twins?: readonly Charge[] } {
  if (saved == null) return {};
  if (!Array.isArray(saved) || saved.length > MOST_CHARGES) throw new Unreadable();
  return {
    twins: saved.map((entry: unknown) => {
      const charge = record(entry);
      return { processId: processId(text(charge['processId'])), credits: count(charge['credits']) };
    }),
  };
}

function parseBoxes(saved: unknown): readonly FaceBox[] {
  if (!Array.isArray(saved) || saved.length > MOST_BOXES) throw new Unreadable();
  return saved.map((box: unknown) => {
    if (!Array.isArray(box) || box.length !== 4) throw new Unreadable();
    return [count(box[0]), count(box[1]), count(box[2]), count(box[3])];
  });
}

function parseTarget(saved: Saved): Target {
  return {
    fileId: fileId(text(saved['fileId'])),
    nodeId: nodeId(text(saved['nodeId'])),
    paintIndex: count(saved['paintIndex']),
    imageHash: imageHash(text(saved['imageHash'])),
  };
}

function parseState(saved: Saved): JobState {
  const name = saved['name'];
  const attempt = () => parseAttempt(record(saved['attempt']));
  const acceptance = () => parseAcceptance(record(saved['acceptance']));
  const completion = () => parseCompletion(record(saved['completion']));
  switch (name) {
    case 'PREPARED':
    case 'CANCELLED':
    case 'GONE':
      return { name };
    case 'SUBMITTING':
    case 'ASK':
      return { name, attempt: attempt() };
    case 'AMBIGUOUS':
      return { name, attempt: attempt(), since: time(saved['since']) };
    case 'ACCEPTED':
    case 'RUNNING':
      return { name, attempt: attempt(), acceptance: acceptance() };
    case 'COMPLETED':
      return { name, attempt: attempt(), acceptance: acceptance(), completion: completion() };
    case 'DONE':
      return {
        name,
        attempt: attempt(),
        acceptance: acceptance(),
        completion: completion(),
        placedAt: time(saved['placedAt']),
      };
    case 'REJECTED':
    case 'FAILED':
      return { name, error: parseError(record(saved['error'])) };
    case 'PARKED': {
      const accepted = saved['accepted'] === null ? null : record(saved['accepted']);
      return {
        name,
        error: parseError(record(saved['error'])),
        accepted:
          accepted === null
            ? null
            : {
                attempt: parseAttempt(record(accepted['attempt'])),
                acceptance: parseAcceptance(record(accepted['acceptance'])),
              },
      };
    }
    case 'CANCELLING':
      return { name, attempt: attempt(), acceptance: saved['acceptance'] === null ? null : acceptance() };
    default:
      throw new Unreadable();
  }
}

function parseAttempt(saved: Saved): Attempt {
  return { number: count(saved['number']), tag: text(saved['tag']), submittedAt: time(saved['submittedAt']) };
}

function parseAcceptance(saved: Saved): Acceptance {
  return {
    processId: processId(text(saved['processId'])),
    acceptedAt: time(saved['acceptedAt']),
    duration: saved['duration'] === null ? null : time(saved['duration']),
  };
}

function parseCompletion(saved: Saved): Completion {
  const output = saved['output'] === null ? null : size(saved['output']);
  return { credits: count(saved['credits']), output, completedAt: time(saved['completedAt']) };
}

/** The codes that a saved state can carry, with what they say. Facts that only help a sentence may be missing. */
function parseError(saved: Saved): PluginError {
  const code = text(saved['code']);
  if (!(code in ERRORS)) throw new Unreadable();
  const message = typeof saved['message'] === 'string' ? saved['message'] : '';
  const host = typeof saved['host'] === 'string' ? saved['host'] : '';
  switch (code as ErrorCode) {
    case 'request-refused':
      return { code: 'request-refused', message };
    case 'picture-refused':
      return { code: 'picture-refused', message };
    case 'job-failed':
      return { code: 'job-failed', message };
    case 'service-wrong-address':
      return { code: 'service-wrong-address', host };
    case 'host-blocked':
      return { code: 'host-blocked', host };
    case 'host-unreachable':
      return { code: 'host-unreachable', host, local: saved['local'] === true };
    case 'timed-out':
      return { code: 'timed-out', host };
    case 'answer-unreadable':
      return { code: 'answer-unreadable', host };
    case 'service-busy':
      return { code: 'service-busy', seconds: null };
    case 'service-failing':
      return { code: 'service-failing', status: typeof saved['status'] === 'number' ? saved['status'] : 500 };
    case 'key-missing':
    case 'key-refused':
    case 'key-not-permitted':
    case 'credits-missing':
    case 'plan-missing':
    case 'upload-too-large':
    case 'format-refused':
    case 'offline':
    case 'job-unsent':
    case 'storage-full':
    case 'storage-silent':
    case 'host-silent':
    case 'window-elsewhere':
    case 'picture-missing':
    case 'picture-empty':
    case 'layer-elsewhere':
    case 'layer-gone':
    case 'layer-changed':
      return { code: code as 'key-missing' };
    case 'picture-damaged':
      return { code: 'picture-damaged', format: null };
    default:
      // Its facts are not kept; that the job ended, and that nothing was spent, says the state.
      return { code: 'unexpected', detail: code };
  }
}

function record(value: unknown): Saved {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Unreadable();
  return value as Saved;
}

function text(value: unknown): string {
  if (typeof value !== 'string' || value.length > 4000) throw new Unreadable();
  return value;
}

/** A finite number from 0: unix milliseconds or seconds. */
function time(value: unknown): number {
  if (typeof value !== 'number' || !Number.isFinite(value) || value < 0) throw new Unreadable();
  return value;
}

function count(value: unknown): number {
  const number = time(value);
  if (!Number.isInteger(number)) throw new Unreadable();
  return number;
}

function size(value: unknown): Size {
  const saved = record(value);
  const side = (name: string): number => {
    const pixels = count(saved[name]);
    if (pixels < 1) throw new Unreadable();
    return pixels;
  };
  return { width: side('width'), height: side('height') };
}
