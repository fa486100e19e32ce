import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isOver } from '../../src/core/job';
import { bench, UPLOAD } from './jobs';
import { type Fault, RESULT, reply } from './service';

/** More of them for a longer look: `SCHEDULES=5000 npx vitest run test/api/schedules.test.ts`. */
const RUNS = Number(process.env['SCHEDULES'] ?? 200);

const broken: readonly Fault[] = ['reset', reply(500, {}), reply(503, {}), reply(429, {}), { status: 200, body: '{' }];
const trouble = fc.array(fc.constantFrom<Fault | null>(null, null, ...broken), { maxLength: 6 });
const submits = fc.constantFrom<Fault | null>(
  null,
  ...broken,
  reply(425, {}),
  reply(408, {}),
  'reset-after',
  'silence-after',
  { lateBy: 1 },
  { lateBy: 20 },
  { lateBy: 45 },
);
const schedules = fc.record({
  seed: fc.nat(1e6),
  /** Seconds. */
  duration: fc.integer({ min: 1, max: 60 }),
  lag: fc.integer({ min: 0, max: 30 }),
  submit: fc.array(submits, { minLength: 1, maxLength: 3 }),
  list: trouble,
  status: trouble,
  link: trouble,
  bytes: trouble,
  /** Seconds for which each panel lives before it is killed, and for which it stays closed. */
  lives: fc.array(
    fc.record({ open: fc.double({ min: 0, max: 30, noNaN: true }), closed: fc.integer({ min: 0, max: 600 }) }),
    {
      maxLength: 3,
    },
  ),
});

it('under any faults and any closing and reopening: paid once at most, and delivered when paid', async () => {
  await fc.assert(
    fc.asyncProperty(schedules, async (plan) => {
      const { world, service, start, resume, saved } = bench(plan.seed);
      service.duration = plan.duration;
      service.lag = plan.lag;
      service.script(/^POST/, ...plan.submit);
      service.script(/^GET \/image\/v1\/status\?/, ...plan.list);
      service.script(/^GET \/image\/v1\/status\/\w/, ...plan.status);
      service.script(/^GET \/image\/v1\/download/, ...plan.link);
      service.script(/^GET \/files/, ...plan.bytes);
      for (const { open, closed } of plan.lives) {
        const watching = new AbortController();
        const last = saved.at(-1);
        const running = last === undefined ? start(watching.signal) : resume(last, UPLOAD, watching.signal);
        await world.pass(open);
        watching.abort(new Error('closed'));
        await running.outcome.catch(() => undefined);
        await world.pass(closed);
      }
      let ended = false;
      for (let openings = 0; !ended && openings < 5; openings++) {
        const last = saved.at(-1);
        const outcome = await world.until((last === undefined ? start() : resume(last, UPLOAD)).outcome);
        if (outcome.ok) expect(outcome.value.bytes).toEqual(RESULT);
        // Only a job that is over, delivered, or left to the user's decision needs no further opening.
        const state = saved.at(-1)!.state;
        ended = outcome.ok || isOver(state) || state.name === 'ASK';
      }
      expect(ended).toBe(true);
      const delivered = saved.at(-1)?.state.name === 'COMPLETED';
      await world.pass(600);
      expect(service.charged()).toBeLessThanOrEqual(1);
      if (service.charged() === 1) expect(delivered).toBe(true);
    }),
    { numRuns: RUNS },
  );
}, 3_600_000);
