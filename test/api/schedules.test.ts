import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FOUND } from './schedules/found';
import { withLightSignals } from './schedules/lightSignals';
import { play } from './schedules/play';
import { schedules } from './schedules/schedule';

/** How many schedules, and where chance begins: `npm run test:long` asks for 200,000. */
const RUNS = Number(process.env['SCHEDULES'] ?? 5_000);
const SEED = Number(process.env['SEED'] ?? 20_261_122);

const rulesHold = fc.asyncProperty(schedules, async (schedule) => {
  const { violations, log } = await play(schedule);
  if (violations.length > 0) throw new Error(`${violations.join('; ')}\n${log.join('\n')}`);
});

it('under any faults, crashes and naps: paid once, delivered when paid, and nothing sent that was not written down', async () => {
  await withLightSignals(() =>
    fc.assert(rulesHold, {
      numRuns: RUNS,
      seed: SEED,
      ...(process.env['REPEAT'] === undefined ? {} : { path: process.env['REPEAT'] }),
    }),
  );
}, 7_200_000);

it.each(FOUND)('found before and mended: $name', async ({ schedule }) => {
  await withLightSignals(async () => expect((await play(schedule)).violations).toEqual([]));
});

it('plays a schedule alike with the light signals and with those of the platform', async () => {
  for (const schedule of fc.sample(schedules, { numRuns: 40, seed: SEED })) {
    const light = await withLightSignals(() => play(schedule));
    expect(light).toEqual(await play(schedule));
  }
});
