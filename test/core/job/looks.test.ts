import { describe, expect, test } from 'vitest';
import { jobId } from '../../../src/core/ids';
import type { Job, JobOrder } from '../../../src/core/job/job';
import { freePlace, lookLetter, MOST_LOOKS, parseLook, placeOf, seedsFrom, setOf } from '../../../src/core/job/looks';
import { parseJob } from '../../../src/core/job/parseJob';
import { jobIn, ORDER, STATES } from '../jobs';

const FIRST = jobId('first');
const aJob = (order: JobOrder): Job => ({ ...jobIn(STATES.COMPLETED), order });

describe('a set of looks', () => {
  test('is named by its first job, which need not say so', () => {
    expect(setOf({ id: FIRST })).toBe(FIRST);
    expect(setOf({ id: jobId('second'), look: { of: FIRST, place: 1 } })).toBe(FIRST);
    expect([placeOf({}), placeOf({ look: { of: FIRST, place: 3 } })]).toEqual([0, 3]);
  });

  test('has letters for its places, and room for six', () => {
    expect([0, 1, 5].map(lookLetter)).toEqual(['A', 'B', 'F']);
    expect(freePlace([])).toBe(0);
    expect(freePlace([0, 2])).toBe(1);
    expect(freePlace(Array.from({ length: MOST_LOOKS }, (_, place) => place))).toBeNull();
  });
});

describe('the seeds of further looks', () => {
  test.each([
    [1, [1, 2, 3]],
    [1999, [1999, 2000, 1]],
    [2000, [2000, 1, 2]],
  ])('follow on %i and go round at the end', (first, expected) => {
    const all = [...seedsFrom(first)];
    expect(all.slice(0, 3)).toEqual(expected);
    expect(new Set(all).size).toBe(2000);
  });
});

describe('the record of a look', () => {
  test('is read as it was written', () => {
    const job = aJob({ ...ORDER, look: { of: FIRST, place: 2 } });
    expect(parseJob(JSON.parse(JSON.stringify(job)))).toEqual(job);
  });

  test('of before there were looks is a job on its own', () => {
    expect(parseJob(JSON.parse(JSON.stringify(aJob(ORDER))))?.order.look).toBeUndefined();
  });

  test.each([
    ['no object', 'B'],
    ['no set', { place: 1 }],
    ['an empty set', { of: '', place: 1 }],
    ['a place beyond the last', { of: 'first', place: MOST_LOOKS }],
    ['half a place', { of: 'first', place: 0.5 }],
  ])('with a look that is %s is still a job: only its company is lost', (_, look) => {
    expect(parseLook(look)).toBeNull();
    const parsed = parseJob({ ...aJob(ORDER), order: { ...ORDER, look } });
    expect(parsed?.order.look).toBeUndefined();
    expect(parsed?.id).toBe(ORDER.id);
  });
});
