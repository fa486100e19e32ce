/**
 * A batch of 100 pictures through the panel's own session and the real client, on a clock on which hours pass in
 * milliseconds: only the host, the pixels and the service are stand-ins, and they take the time that they take.
 */
import { balance } from '../../src/api/balance';
import { readInput } from '../../src/api/input';
import { resumeJob, startJob } from '../../src/api/restore';
import { createTraffic } from '../../src/api/traffic';
import type { World } from '../../src/api/world';
import { MOST_IN_FLIGHT } from '../../src/core/pace/throttle';
import type { Studio } from '../../src/pixels/studio';
import { createSession, type Session } from '../../src/ui/store/session';
import type { Ready } from '../../src/ui/store/state';
import { FILES } from '../../test/api/jobs';
import { withLightSignals } from '../../test/api/schedules/lightSignals';
import { createService } from '../../test/api/service';
import { virtualWorld } from '../../test/api/virtualWorld';
import { report, selected } from '../../test/ui/fakes/data';
import { fakeHost } from '../../test/ui/fakes/host';
import { fakeStudio } from '../../test/ui/fakes/studio';
import { randomOf } from '../client/plan';
import { mean, type Report } from '../table';

/** Seconds that a job takes at the service, any in between as often as any other. */
const JOB = { from: 6, to: 30 } as const;
/** Seconds: one upload of 1 MB at 16 Mbit/s. */
const UPLOAD = 0.5;
/** Milliseconds of the pixel work on one picture, about those of 12 MP in `bench:pixels`. */
const PIXELS = { open: 150, faces: 150, addResult: 500, crop: 10 } as const;
const SEEDS = [1, 2, 3] as const;

export interface BatchRun {
  /** Seconds from the press to the last checked result. */
  readonly seconds: number;
  /** Seconds below which no client can stay: see `idealOf`. */
  readonly ideal: number;
  readonly charges: number;
  readonly requests: number;
  /** Submits that the service refused as too many. */
  readonly refused: number;
  /** Decoded pictures at once, the most. */
  readonly decoded: number;
}

/**
 * Below this no client can stay that has so many places: the work of all jobs shared evenly, or the longest one, as if
 * nothing else took any time. A real best schedule may be longer.
 */
export function idealOf(durations: readonly number[], places: number): number {
  const sum = durations.reduce((total, duration) => total + duration, 0);
  return Math.max(sum / places, ...durations);
}

/** `limit`: jobs that the service takes at once, which the client does not know; Infinity: any number. */
export async function runBatch(pictures: number, limit: number, seed: number): Promise<BatchRun> {
  const world = virtualWorld((clock) => createService(clock, FILES), seed);
  const { service } = world;
  service.limit = limit;
  service.credits = 10 * pictures;
  world.uploadSteps = [{ fraction: 1, seconds: UPLOAD }];
  const random = randomOf(seed);
  Object.defineProperty(service, 'duration', { get: () => JOB.from + (JOB.to - JOB.from) * random() });
  const names = Array.from({ length: pictures }, (_, index) => `Layer ${index + 1}`);
  const { host } = fakeHost({ selection: report(...names.map((name) => selected(name))) });
  const pixels = timed(world);
  const client = { balance, startJob, resumeJob, readInput, traffic: createTraffic };
  const session = createSession({ host, studio: pixels.studio, world, service: client });
  const until = (reached: (state: Ready) => boolean): Promise<void> => world.until(stateOf(session, reached));
  void session.deeds.open();
  await until(
    ({ batch, lease }) =>
      lease === 'held' && batch?.phase === 'survey' && batch.rows.every(({ found }) => found.state === 'known'),
  );
  const asked = service.log.length;
  const pressed = world.now();
  void session.deeds.batch.start();
  await until(
    ({ batch }) => batch?.rows.every(({ work }) => work.state === 'ready' || work.state === 'failed') ?? false,
  );
  const seconds = (world.now() - pressed) / 1000;
  const log = service.log.slice(asked);
  return {
    seconds,
    ideal: idealOf(
      service.jobs.map(({ duration }) => duration),
      Math.min(limit, MOST_IN_FLIGHT),
    ),
    charges: service.charged(),
    requests: log.length,
    refused: log.filter((line) => /^POST .*restore-gen/.test(line)).length - service.jobs.length,
    decoded: pixels.most(),
  };
}

function stateOf(session: Session, reached: (state: Ready) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = (): void => {
      const state = session.store.get();
      if (state.phase !== 'ready' || !reached(state)) return;
      stop();
      resolve();
    };
    const stop = session.store.subscribe(look);
    look();
  });
}

/** A studio without pixels that takes as long as one with them, and counts the pictures that are open. */
function timed(world: World): { readonly studio: Studio; readonly most: () => number } {
  const studio = fakeStudio();
  const never = new AbortController().signal;
  let most = 0;
  return {
    most: () => most,
    studio: {
      ...studio,
      open: async (...given) => {
        await world.sleep(PIXELS.open, never);
        const opened = await studio.open(...given);
        most = Math.max(most, studio.open_.size);
        return opened;
      },
      faces: async (...given) => {
        await world.sleep(PIXELS.faces, never);
        return studio.faces(...given);
      },
      addResult: async (...given) => {
        await world.sleep(PIXELS.addResult, never);
        return studio.addResult(...given);
      },
      crop: async (...given) => {
        await world.sleep(PIXELS.crop, never);
        return studio.crop(...given);
      },
    },
  };
}

const PICTURES = 100;

export async function benchBatch(): Promise<Report> {
  const cases = [
    ['service takes any number', Number.POSITIVE_INFINITY],
    ['service takes 3, unsaid', 3],
  ] as const;
  const wrong: string[] = [];
  const rows: string[][] = [];
  for (const [name, limit] of cases) {
    const runs: BatchRun[] = [];
    await withLightSignals(async () => {
      for (const seed of SEEDS) runs.push(await runBatch(PICTURES, limit, seed));
    });
    for (const { charges, seconds, ideal } of runs) {
      if (charges !== PICTURES) wrong.push(`${charges} charges for a batch of ${PICTURES}.`);
      if (seconds > 1.1 * ideal)
        wrong.push(`A batch took ${(seconds / ideal).toFixed(2)} of the ideal time: over 1.10.`);
    }
    const of = (value: (run: BatchRun) => number, digits: number): string => mean(runs.map(value)).toFixed(digits);
    const ratios = runs.map(({ seconds, ideal }) => seconds / ideal);
    rows.push([
      name,
      `${of(({ seconds }) => seconds, 0)} s`,
      `${of(({ ideal }) => ideal, 0)} s`,
      mean(ratios).toFixed(3),
      Math.max(...ratios).toFixed(3),
      of(({ requests }) => requests / PICTURES, 1),
      of(({ refused }) => refused, 1),
      String(Math.max(...runs.map(({ decoded }) => decoded))),
    ]);
  }
  return {
    tables: [
      {
        title: `Batch of ${PICTURES} beside the ideal time, from the press to the last checked result`,
        head: ['', 'batch', 'ideal', 'ratio', 'worst', 'requests a job', 'refused (429)', 'decoded at once'],
        rows,
        notes: [
          `Jobs of ${JOB.from} to ${JOB.to} s, ${SEEDS.length} seeds, virtual time: the panel's session and the client are the real ones; the host, the pixels and the service are stand-ins that take time (request 0.1 s, upload ${UPLOAD} s, pixel work ${(PIXELS.open + PIXELS.addResult) / 1000} s a result).`,
          `Ideal: all jobs' time at the service shared evenly among its places (those it takes, at most the client's ${MOST_IN_FLIGHT}), or the longest job if that is longer, as if requests, uploads and pixel work took none. No schedule can be shorter.`,
        ],
      },
    ],
    wrong,
  };
}
