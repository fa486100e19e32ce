import { describe, expect, it } from 'vitest';
import { afterRefusal, afterTaken, MOST_IN_FLIGHT, START, type Throttle } from '../../../src/core/pace/throttle';

function taking(throttle: Throttle, jobs: number): Throttle {
  return jobs === 0 ? throttle : taking(afterTaken(throttle), jobs - 1);
}

describe('jobs at once', () => {
  it('begin with two, one more for each that is taken, six at the most', () => {
    expect([0, 1, 2, 3, 4, 100].map((jobs) => taking(START, jobs).limit)).toEqual([2, 3, 4, 5, 6, MOST_IN_FLIGHT]);
  });

  it.each([
    [6, 5, 3],
    [4, 3, 2],
    [3, 2, 1],
    [1, 0, 1],
  ])('are halved by a refusal: %i become, with %i at the service, %i', (limit, held, after) => {
    expect(afterRefusal({ ...START, limit }, held).limit).toBe(after);
  });

  it('are soon as many again as the service held, and pass that later each time', () => {
    const passing = (throttle: Throttle): number => {
      let jobs = 0;
      for (let now = throttle; now.limit <= 3; now = afterTaken(now)) jobs++;
      return jobs;
    };
    const once = afterRefusal({ ...START, limit: 4 }, 3);
    expect(afterTaken(once).limit).toBe(3);
    const twice = afterRefusal(taking(once, passing(once)), 3);
    const thrice = afterRefusal(taking(twice, passing(twice)), 3);
    expect([once, twice, thrice].map(passing)).toEqual([7, 13, 25]);
    let often = once;
    for (let refusals = 0; refusals < 20; refusals++) often = afterRefusal({ ...often, limit: 4 }, 3);
    expect(passing(often)).toBe(65);
  });

  it('grow by one for as many as are allowed, above a ceiling that was passed', () => {
    const once = afterRefusal({ ...START, limit: 4 }, 3);
    expect([7, 10, 11, 15, 16].map((jobs) => taking(once, jobs).limit)).toEqual([4, 4, 5, 5, 6]);
  });
});
