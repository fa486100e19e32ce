/**
 * How often the service is asked for one job, counted in virtual time: what it is now is the budget, so that a change that
 * asks more often is seen. Its estimate is right to the second here, which is where the looks are densest.
 */
import { expect, test } from 'vitest';
import { idealOf, runBatch } from '../../bench/batch/measure';
import { bench } from '../api/jobs';
import { withLightSignals } from '../api/schedules/lightSignals';

test.each([
  [6, 12],
  [18, 15],
  [30, 18],
])('a job of %i s takes at most %i requests, from the submit to the bytes', async (duration, budget) => {
  const { world, service, start } = bench(1);
  service.duration = duration;
  const outcome = await world.until(start().outcome);
  expect(outcome.ok).toBe(true);
  expect(service.log.length).toBeLessThanOrEqual(budget);
});

test('a batch of a hundred takes at most 7.5 requests a job and 1.1 of the shortest time, three decoded pictures at once', async () => {
  await withLightSignals(async () => {
    const { seconds, ideal, charges, requests, refused, decoded } = await runBatch(100, Number.POSITIVE_INFINITY, 1);
    expect(charges).toBe(100);
    expect(refused).toBe(0);
    expect(requests / 100).toBeLessThanOrEqual(7.5);
    expect(seconds / ideal).toBeLessThan(1.1);
    expect(decoded).toBeLessThanOrEqual(3);
  });
});

test.each([
  [[10, 10, 10, 10], 2, 20],
  [[30, 5, 5], 3, 30],
  [[9, 6], 1, 15],
])('the shortest time of jobs of %j s in %i places is %i s', (durations, places, expected) => {
  expect(idealOf(durations, places)).toBe(expected);
});
