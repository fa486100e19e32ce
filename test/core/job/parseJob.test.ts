import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EnhanceParameters } from '../../../src/core/enhance';
import { jobId } from '../../../src/core/ids';
import type { Job, JobState } from '../../../src/core/job/job';
import { reusable, unfinished } from '../../../src/core/job/nextAct';
import { parseJob } from '../../../src/core/job/parseJob';
import type { RestoredFaces, Work } from '../../../src/core/job/work';
import { ATTEMPT, jobIn, ORDER, STATES } from '../jobs';

const ENHANCE: EnhanceParameters = {
  model: 'High Fidelity V2',
  faceEnhancement: true,
  faceStrength: 0.8,
  faceCreativity: 0.25,
  output: { width: 1280, height: 960 },
};

const throughStorage = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('a saved job', () => {
  it.each(Object.values(STATES).map((state) => [state.name, state] as const))(
    'in %s is read back as it was',
    (_, state) => {
      const job = jobIn(state);
      expect(parseJob(throughStorage(job))).toEqual(job);
    },
  );

  it.each<readonly [string, JobState]>([
    ['parked before it was sent', { name: 'PARKED', error: { code: 'credits-missing' }, accepted: null }],
    ['cancelling without an answer', { name: 'CANCELLING', attempt: ATTEMPT, acceptance: null }],
    ['rejected with words', { name: 'REJECTED', error: { code: 'picture-refused', message: 'Odd size.' } }],
    ['rejected for a host', { name: 'REJECTED', error: { code: 'host-unreachable', host: 'h', local: true } }],
    ['rejected as busy', { name: 'REJECTED', error: { code: 'service-busy', seconds: null } }],
    [
      'with a size that nobody told',
      {
        ...STATES.COMPLETED,
        completion: { ...STATES.COMPLETED.completion, output: null },
      },
    ],
  ])('%s is read back as it was', (_, state) => {
    expect(parseJob(throughStorage(jobIn(state)))).toEqual(jobIn(state));
  });

  it('of before there was other work than faces is one of faces', () => {
    const job = jobIn(STATES.RUNNING);
    const { work, ...order } = ORDER;
    const old = { ...job, order: { ...order, parameters: work.parameters } };
    expect(parseJob(throughStorage(old))).toEqual(job);
  });

  it.each<readonly [string, RestoredFaces | null]>([
    ['the picture as it is', null],
    [
      'the picture with restored faces',
      {
        jobs: [jobId('a'), jobId('b')],
        faces: [
          [1, 0.5],
          [0, 0],
        ],
      },
    ],
  ])('that enhances %s is read back as it was', (_, after) => {
    const work: Work = { kind: 'enhance', parameters: ENHANCE, after };
    const job = { ...jobIn(STATES.RUNNING), order: { ...ORDER, work } };
    expect(parseJob(throughStorage(job))).toEqual(job);
  });

  it.each([
    { kind: 'paint' },
    { model: 'Faces' },
    { faceStrength: 1.1 },
    { faceEnhancement: 'true' },
    { output: { width: 4097, height: 10 } },
    { output: { width: 0, height: 10 } },
    { after: undefined },
    { after: { jobs: [], faces: [] } },
    { after: { jobs: ['a'], faces: [[1, 1]] } },
    { after: { jobs: ['a'], faces: [[0, 1.5]] } },
  ])('whose enhancement has %j is not one', (change) => {
    const work = { kind: 'enhance', parameters: { ...ENHANCE, ...change }, after: null, ...change };
    expect(parseJob(throughStorage({ ...jobIn(STATES.RUNNING), order: { ...ORDER, work } }))).toBeNull();
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'job'],
    ['an array', []],
    ['a newer version', { ...jobIn(STATES.RUNNING), v: 2 }],
    ['an older version', { ...jobIn(STATES.RUNNING), v: 0 }],
    ['an unknown state', { ...jobIn(STATES.RUNNING), state: { name: 'SLEEPING' } }],
    ['an unknown error', { ...jobIn(STATES.FAILED), state: { name: 'FAILED', error: { code: 'odd' } } }],
    ['another id than its order', { ...jobIn(STATES.RUNNING), id: 'x' }],
    [
      'parameters out of range',
      { ...jobIn(STATES.RUNNING), order: { ...ORDER, work: { kind: 'faces', parameters: { strength: 7 } } } },
    ],
    ['a state without its attempt', { ...jobIn(STATES.RUNNING), state: { name: 'RUNNING' } }],
    ['a negative number', { ...jobIn(STATES.RUNNING), attempts: -1 }],
  ])('%s is not one', (_, input) => {
    expect(parseJob(input)).toBeNull();
  });

  it('with any field lost or garbled is null or a whole job, and never throws', () => {
    const garble = fc.oneof(fc.constant(undefined), fc.anything());
    const states = fc.constantFrom(...Object.values(STATES));
    const paths = fc.array(fc.nat(20), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(states, paths, garble, (state, path, value) => {
        const saved = throughStorage(jobIn(state)) as Record<string, unknown>;
        let at = saved;
        for (const [depth, step] of path.entries()) {
          const keys = Object.keys(at);
          const key = keys[step % keys.length]!;
          const inner = at[key];
          if (depth < path.length - 1 && typeof inner === 'object' && inner !== null && Object.keys(inner).length > 0) {
            at = inner as Record<string, unknown>;
          } else {
            at[key] = value;
            break;
          }
        }
        const job = parseJob(saved);
        return job === null || parseJob(throughStorage(job)) !== null;
      }),
      { numRuns: 2000 },
    );
  });
});

describe('work that was done before', () => {
  const now = 2_000_000;
  const done = jobIn(STATES.DONE);
  it('is offered again for the same picture, parameters and service', () => {
    expect(reusable([jobIn(STATES.FAILED), done], ORDER.workKey, ORDER.address, now)).toBe(done);
  });

  it.each<readonly [string, Job, string, number]>([
    ['other work', done, 'other', now],
    ['an unfinished job', jobIn(STATES.RUNNING), ORDER.workKey, now],
    ['a job of last week', done, ORDER.workKey, now + 7 * 24 * 3600_000],
  ])('%s is not', (_, job, key, at) => {
    expect(reusable([job], key, ORDER.address, at)).toBeNull();
  });

  it('of another service is not', () => {
    expect(reusable([done], ORDER.workKey, 'http://localhost:4141', now)).toBeNull();
  });

  it('only what is not over is gone on with', () => {
    const jobs = Object.values(STATES).map((state) => jobIn(state));
    expect(unfinished(jobs).map((job) => job.state.name)).toEqual([
      'PREPARED',
      'SUBMITTING',
      'AMBIGUOUS',
      'ACCEPTED',
      'RUNNING',
      'COMPLETED',
      'PARKED',
      'CANCELLING',
      'ASK',
    ]);
  });
});
