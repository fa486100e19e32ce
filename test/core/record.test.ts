import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SAFE_POLICY } from '../../src/api/policy';
import { ENHANCE_MODELS } from '../../src/core/enhance';
import { batchId, contentHash, fileId, imageHash, jobId, nodeId, processId } from '../../src/core/ids';
import { errorOf } from '../../src/core/job/failure';
import {
  type FaceBox,
  type Job,
  type JobOrder,
  type JobState,
  MOST_BOXES,
  MOST_CHARGES,
  newJob,
  RECORD_BYTES,
  RECORD_EXTRAS,
} from '../../src/core/job/job';
import { parseJob } from '../../src/core/job/parseJob';
import { reuseOf } from '../../src/core/job/reuse';
import { MOST_RESTORED, type Work } from '../../src/core/job/work';
import { workKey } from '../../src/core/job/workKey';
import { correctedReference, RANGES } from '../../src/core/parameters';
import { parseAddress } from '../../src/core/settings';
import { fitted, savedBytes } from '../../src/core/words/names';

const bytesOf = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length;

/** Any text, of any letters, up to a length that no user reaches. */
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 600 }), fc.string({ unit: 'grapheme', maxLength: 600 }));
const time = fc.integer({ min: 1_700_000_000_000, max: 9_999_999_999_999 });
const side = fc.integer({ min: 1, max: 32_000 });
const size = fc.record({ width: side, height: side });
const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
const id = fc.string({ unit: fc.constantFrom(...'0123456789abcdefghjkmnpqrstvwxyz'), minLength: 16, maxLength: 16 });
const process = fc.uuid().map(processId);
const share = fc.double({ min: 0, max: 1, noNaN: true }).map((value) => Math.round(value * 1000) / 1000);
const plainParameters = fc.record({
  strength: share,
  noiseSigma: fc.constantFrom(0.001, 0.0154, 0.1),
  blurSigma: fc.constantFrom(0.01, 0.415, 2),
  noiseSeed: fc.integer({ min: RANGES.noiseSeed.min, max: RANGES.noiseSeed.max }),
  referenceUri: fc.constant(null),
});
const address = text
  .map((path) => parseAddress(`https://relay.example.com:65535/${path.replace(/[\s?#]/g, '')}`))
  .filter((made) => made !== null);

const plainOrder: fc.Arbitrary<JobOrder> = fc
  .record({
    id: id.map(jobId),
    content: hex(64).map(contentHash),
    target: fc.record({
      fileId: id.map(fileId),
      nodeId: fc.constantFrom('1:2', 'I123456:123456;12345:12345').map(nodeId),
      paintIndex: fc.integer({ min: 0, max: 99 }),
      imageHash: hex(40).map(imageHash),
    }),
    layerName: text,
    fileName: text,
    parameters: plainParameters,
    preset: fc.option(text),
    address,
    input: size,
    estimate: fc.integer({ min: 1, max: 99 }),
    batch: fc.option(id.map(batchId)),
    createdAt: time,
  })
  .map(({ content, parameters, ...rest }) => {
    const work: Work = { kind: 'faces', parameters };
    return { ...rest, work, workKey: workKey(content, work), boxes: null, reuses: null };
  });

const state = (order: JobOrder): fc.Arbitrary<JobState> => {
  const attempt = fc.record({ number: fc.integer({ min: 1, max: 99 }), submittedAt: time }).map((rest) => ({
    ...rest,
    tag: SAFE_POLICY.tag(order.layerName, order.id, rest.number, 'png'),
  }));
  const acceptance = fc.record({
    processId: process,
    acceptedAt: time,
    duration: fc.option(fc.integer({ min: 1, max: 7200 })),
  });
  const completion = fc.record({
    credits: fc.integer({ min: 0, max: 99 }),
    output: fc.option(size),
    completedAt: time,
  });
  const refusal = fc
    .record({ status: fc.constantFrom(400, 413, 422), message: text })
    .map(({ status, message }) => errorOf({ kind: 'status', status, host: 'h', message, retryAfter: null }));
  return fc.oneof(
    fc.record({ name: fc.constant('AMBIGUOUS' as const), attempt, since: time }),
    fc.record({ name: fc.constant('RUNNING' as const), attempt, acceptance }),
    fc.record({ name: fc.constant('DONE' as const), attempt, acceptance, completion, placedAt: time }),
    fc.record({ name: fc.constant('REJECTED' as const), error: refusal }),
    fc.record({
      name: fc.constant('PARKED' as const),
      error: fc.constant({ code: 'key-not-permitted' as const }),
      accepted: fc.record({ attempt, acceptance }),
    }),
  );
};

const jobs: fc.Arbitrary<Job> = plainOrder.chain((order) =>
  fc.record({ state: state(order), changedAt: time }).map((rest) => ({ ...newJob(order), attempts: 99, ...rest })),
);

describe('the record of a job', () => {
  it('stays within its bytes whatever its names, its service and its words of refusal are, and is read back', () => {
    fc.assert(
      fc.property(jobs, (job) => {
        expect(bytesOf(job)).toBeLessThanOrEqual(RECORD_BYTES);
        expect(parseJob(JSON.parse(JSON.stringify(job)))).toEqual(job);
      }),
      { numRuns: 2_000, seed: 1 },
    );
  });

  const box: FaceBox = [31_999, 31_999, 31_999, 31_999];
  const restored = {
    jobs: Array.from({ length: 6 }, () => jobId('0123456789abcdef')),
    faces: Array.from({ length: MOST_RESTORED }, () => [5, 0.123] as const),
  };
  const reference = correctedReference(`https://example.com/${'é'.repeat(990)}`);
  const twin = { processId: processId('8d1c3c1e-9f4a-4f9c-b7c5-0b9b0d7f1a11'), credits: 99 };

  it('takes more for what a user or the service adds to it: no more than is said', () => {
    expect(reference).toHaveLength(1010);
    const extras = {
      boxes: bytesOf(Array.from({ length: MOST_BOXES }, () => box)),
      // Once among the parameters, and once in the name of the work.
      reference: 2 * savedBytes(reference ?? ''),
      restored: bytesOf(restored) + bytesOf(ENHANCE_MODELS),
      twins: bytesOf(Array.from({ length: MOST_CHARGES }, () => twin)),
    };
    for (const [name, most] of Object.entries(RECORD_EXTRAS)) {
      expect([name, extras[name as keyof typeof extras] <= most]).toEqual([name, true]);
    }
  });

  it('of a result that is taken over has the same bounds', () => {
    fc.assert(
      fc.property(jobs, plainOrder, (job, order) => {
        fc.pre(job.state.name === 'DONE');
        expect(bytesOf(reuseOf(job, order, job.changedAt))).toBeLessThanOrEqual(RECORD_BYTES);
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});

describe('a name that is too long', () => {
  it('is cut between letters and ends in an ellipsis; one that fits is kept', () => {
    expect(fitted('Portrait', 8)).toBe('Portrait');
    expect(fitted('Portrait of Ann', 12)).toBe('Portrait\u2026');
    expect(fitted('👩‍🚀👩‍🚀', 12)).toBe('👩\u200d\u2026');
    expect(fitted('"quoted" and more', 10)).toBe('"quote\u2026');
  });

  it('never takes more than its bytes, and is the beginning of what it was', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: 3, max: 300 }), (name, bytes) => {
        const short = fitted(name, bytes);
        expect(savedBytes(short)).toBeLessThanOrEqual(bytes);
        expect(savedBytes(short)).toBe(bytesOf(short) - 2);
        expect(short === name || name.startsWith(short.slice(0, -1))).toBe(true);
      }),
      { numRuns: 1_000, seed: 1 },
    );
  });
});
