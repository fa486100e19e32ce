import { describe, expect, it } from 'vitest';
import { createPatience } from '../../src/api/patience';
import { afterRead, type CallFailure } from '../../src/core/job/failure';
import { failed, ok, type Result } from '../../src/core/result';
import { createService } from './service';
import { virtualWorld } from './virtualWorld';

const forEver = new AbortController().signal;
const answer = (status: number): Result<string, CallFailure> =>
  failed({ kind: 'status', status, host: 'api.example', message: '', retryAfter: null });

function asking(answers: (count: number) => Result<string, CallFailure>) {
  const world = virtualWorld((clock) => createService(clock, ''));
  const waits: number[] = [];
  const patience = createPatience(world, (left) => waits.push(left));
  let count = 0;
  const ask = () => world.until(patience.ask(async () => answers(++count), afterRead, forEver));
  return { world, patience, ask, waits, count: () => count };
}

describe('asking again', () => {
  it('goes on until there is an answer, and tells how long it waits', async () => {
    const { ask, count, waits } = asking((nth) => (nth < 4 ? answer(503) : ok('there')));
    expect(await ask()).toEqual(ok('there'));
    expect(count()).toBe(4);
    expect(waits.length).toBeGreaterThan(2);
  });

  it('is given up after ten minutes, and slows down to once a minute when the ten retries are used up', async () => {
    const { ask, count, world } = asking(() => answer(500));
    expect(await ask()).toMatchObject({ ok: false, error: { why: 'given-up' } });
    expect(world.now()).toBeGreaterThan(600_000);
    expect(count()).toBeGreaterThan(15);
    expect(count()).toBeLessThan(23);
  });

  it.each([
    [401, 'park'],
    [404, 'missing'],
    [409, 'not-ready'],
    [422, 'final'],
  ])('is of no use after %i: %s', async (status, why) => {
    const { ask, count } = asking(() => answer(status));
    expect(await ask()).toMatchObject({ ok: false, error: { why } });
    expect(count()).toBe(1);
  });

  it('remembers that the service was busy, and only that', async () => {
    for (const [status, pressed] of [
      [429, true],
      [503, false],
    ] as const) {
      const { ask, patience } = asking((nth) => (nth === 1 ? answer(status) : ok('there')));
      await ask();
      expect(patience.pressed()).toBe(pressed);
    }
  });
});
