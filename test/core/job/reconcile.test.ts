import { describe, expect, it } from 'vitest';
import { processId } from '../../../src/core/ids';
import type { Job } from '../../../src/core/job/job';
import { findJob, nextListing } from '../../../src/core/job/reconcile';
import { jobIn, STATES, status } from '../jobs';

const job = jobIn(STATES.AMBIGUOUS);
const find = (statuses: Parameters<typeof findJob>[0], kept: string | null = null) =>
  findJob(statuses, job, 1, kept === null ? null : processId(kept));
const other = status({ processId: processId('x'), fileName: 'somebody~zzzzzzzzzzzz-1.png' });

describe('a job in the list of all', () => {
  it('is found by its tag, among strangers, renamed or not', () => {
    for (const fileName of ['Portrait~0123456789ab-1.png', 'upload_Portrait~0123456789ab-1-faces.png']) {
      expect(find([other, status({ fileName })])).toMatchObject({ kind: 'found', status: { processId: 'p-1' } });
    }
  });

  it('is absent from an empty list and from a list of strangers', () => {
    expect(find([])).toEqual({ kind: 'absent' });
    expect(find([other])).toEqual({ kind: 'absent' });
  });

  it('that was taken twice: the further one is kept, the other named as its twin', () => {
    const twin = status({ processId: processId('p-2'), phase: 'Pending' });
    expect(find([twin, status({})])).toMatchObject({
      kind: 'found',
      status: { processId: 'p-1' },
      twins: [{ processId: 'p-2' }],
    });
  });

  it('keeps the one that answered when its twin is no further', () => {
    const twin = status({ processId: processId('p-0'), createdAt: 1 });
    expect(find([twin, status({})], 'p-1')).toMatchObject({
      status: { processId: 'p-1' },
      twins: [{ processId: 'p-0' }],
    });
  });

  it('takes a completed twin: it is paid already', () => {
    const twin = status({ processId: processId('p-2'), phase: 'Completed' });
    expect(find([twin, status({})], 'p-1')).toMatchObject({
      status: { processId: 'p-2' },
      twins: [{ processId: 'p-1' }],
    });
  });

  it('does not name a completed twin for cancelling', () => {
    const done = status({ phase: 'Completed' });
    expect(find([done, status({ processId: processId('p-2'), phase: 'Completed' })])).toMatchObject({ twins: [] });
  });

  it('counts an older attempt that came through late', () => {
    const late = status({ fileName: 'Portrait~0123456789ab-1.png' });
    expect(findJob([late], jobIn(STATES.AMBIGUOUS, 1), 2, null)).toMatchObject({ kind: 'found' });
  });

  it('is dead when only this attempt is listed and has failed, absent when only an older one has', () => {
    const failed = status({ phase: 'Failed' });
    expect(find([failed])).toMatchObject({ kind: 'dead' });
    expect(findJob([failed], job, 2, null)).toEqual({ kind: 'absent' });
    expect(find([failed, status({ processId: processId('p-2') })])).toMatchObject({ status: { processId: 'p-2' } });
  });

  it('may be a nameless one of the same size, model and time', () => {
    const nameless = status({ fileName: null });
    expect(find([nameless])).toMatchObject({ kind: 'perhaps', candidates: [nameless] });
    for (const wrong of [
      { input: { width: 641, height: 480 } },
      { model: 'Standard V2' },
      { createdAt: 1_000_100 + 11 * 60_000 },
      { phase: 'Cancelled' as const },
    ]) {
      expect(find([status({ fileName: null, ...wrong })])).toEqual({ kind: 'absent' });
    }
  });

  it('that enhances may be a nameless one of its own model, and of no other', () => {
    const parameters = {
      model: 'Standard V2',
      faceEnhancement: false,
      faceStrength: 0.8,
      faceCreativity: 0,
      output: { width: 1280, height: 960 },
    } as const;
    const enhancing: Job = { ...job, order: { ...job.order, work: { kind: 'enhance', parameters, after: null } } };
    const nameless = (model: string) => status({ fileName: null, model });
    expect(findJob([nameless('Standard V2')], enhancing, 1, null)).toMatchObject({ kind: 'perhaps' });
    expect(findJob([nameless('Faces')], enhancing, 1, null)).toEqual({ kind: 'absent' });
  });

  it('is not a foreign file where names are echoed, but may be one where none of ours ever is', () => {
    const renamed = status({ fileName: 'IMG_1.png' });
    expect(find([renamed, other])).toEqual({ kind: 'absent' });
    expect(find([renamed])).toMatchObject({ kind: 'perhaps' });
  });
});

it('the list is read after 1, 3, 8, 20, 45, 90 and 120 s, then every minute', () => {
  const times = [0];
  while (times.length < 10) times.push(nextListing(times.at(-1)!));
  expect(times.slice(1)).toEqual([1, 3, 8, 20, 45, 90, 120, 180, 240]);
});
