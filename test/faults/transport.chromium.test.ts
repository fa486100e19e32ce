/**
 * The faults that only a real network stack shows: the real client in a real Chromium, the engine as the fault machine.
 * Each row says what was charged, what a reopened panel would find in the storage, and what the user gets or reads.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { encode } from 'fast-png';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Engine, startEngine } from '../../engine/engine';
import type { Fault, Match, Rule } from '../../engine/faults/plan';
import { isFinished } from '../../engine/job';
import type { SeenRequest } from '../../engine/options';
import { spentIn } from '../../src/core/money/spent';
import { sentence } from '../../src/core/words/sentences';
import { KEY, order } from '../api/jobs';
import { brighten } from '../flows/restorer';
import { type ClientFrame, type Ended, type Frames, startFrames } from './frame';

/** Noise does not compress: `side` 500 is a megabyte, so that half of a body is not all of it. */
function noise(side: number): Uint8Array {
  let state = 1;
  const data = Uint8Array.from({ length: side * side * 4 }, (_, at) => {
    state = (state * 48271) % 0x7fffffff;
    return at % 4 === 3 ? 255 : state & 255;
  });
  return encode({ width: side, height: side, data, channels: 4, depth: 8 });
}

const [LARGE, SMALL] = [noise(500), noise(64)];

let frames: Frames;
beforeAll(async () => {
  frames = await startFrames();
});
afterAll(() => frames.close());

interface Scene {
  readonly engine: Engine;
  readonly client: ClientFrame;
  readonly seen: readonly SeenRequest[];
  /** Jobs begun from now on, and the one that is running, wait until `release`. */
  readonly hold: () => void;
  readonly release: () => void;
  start(picture?: Uint8Array): Promise<Ended>;
  /** Waits for this to become true; the test's own time limit ends the wait. */
  until(what: () => boolean | Promise<boolean>): Promise<void>;
  stateIs(name: string): Promise<boolean>;
}

/** Runs a story on an engine, a window and a profile of its own. */
async function scene(rules: readonly Rule[], story: (scene: Scene) => Promise<void>): Promise<void> {
  const data = await mkdtemp(join(tmpdir(), 'faults-'));
  const held = brighten({ x: 10, y: 10, width: 40, height: 40 });
  const seen: SeenRequest[] = [];
  const onRequest = (request: SeenRequest): number => seen.push(request);
  const started = await startEngine({ data, restorer: held.restorer, faults: { rules }, onRequest });
  if (!started.ok) throw new Error(JSON.stringify(started.error));
  const engine = started.value;
  const { address, filesAddress } = engine;
  const client = await frames.open([address, filesAddress]);
  // A client that breaks ends every wait.
  let broken: Promise<never> | null = null;
  const until: Scene['until'] = async (what) => {
    while (!(await what())) {
      await Promise.race([new Promise((resolve) => setTimeout(resolve, 10)), ...(broken === null ? [] : [broken])]);
    }
  };
  try {
    await story({
      engine,
      client,
      seen,
      hold: held.hold,
      release: held.release,
      start: (picture = SMALL) => {
        const endpoint = { address, key: KEY, name: 'Topaz Labs' };
        const ended = client.run(endpoint, order(Math.random, Date.now, address), picture);
        broken = ended.then(() => new Promise<never>(() => undefined));
        broken.catch(() => undefined);
        return ended;
      },
      until,
      stateIs: async (name) => (await client.saved()).at(-1)?.name === name,
    });
  } finally {
    await client.close();
    await engine.close();
    await rm(data, { recursive: true, force: true });
  }
}

/** Every job at the service has ended, and this is what they cost. */
async function charged({ engine, until }: Scene): Promise<number> {
  await until(() => engine.jobs().every(({ status }) => isFinished(status)));
  return engine.charges().length;
}

/** A quick job may be completed before the list was searched for twins: RUNNING is left out. */
const names = async ({ client }: Scene): Promise<readonly string[]> =>
  (await client.saved()).map(({ name }) => name).filter((name) => name !== 'RUNNING');

const rule = (fault: Fault, match: Match = { kind: 'submit' }): Rule => ({ match, fault });
const submits = ({ seen }: Scene): number =>
  seen.filter(({ method, path }) => method === 'POST' && path.includes('restore-gen')).length;

/** The result arrived whole, for one credit, and a reopened panel would find it. */
async function expectDelivered(stage: Scene, ended: Promise<Ended>): Promise<void> {
  expect(await ended).toEqual({ ok: true, length: expect.any(Number) });
  expect(await charged(stage)).toBe(1);
  const state = (await stage.client.saved()).at(-1)!;
  const [charge] = stage.engine.charges();
  expect(state).toMatchObject({ name: 'COMPLETED', acceptance: { processId: charge!.processId } });
}

describe.concurrent('the browser sends again by itself', () => {
  it('when a connection that was used before drops in place of the answer: two jobs, one answer, one charge', () =>
    scene([rule({ kind: 'reset', at: 'answered' }, { kind: 'submit', nth: 1 })], async (stage) => {
      stage.hold();
      const ended = stage.start();
      await stage.until(() => stage.engine.jobs().some(({ status }) => status === 'Cancelled'));
      expect(submits(stage)).toBe(2);
      expect(stage.engine.jobs()).toHaveLength(2);
      stage.release();
      await expectDelivered(stage, ended);
      // The client was told of one request, which was answered; the list showed the other, and it kept the further one.
      expect(await names(stage)).toEqual(['SUBMITTING', 'ACCEPTED', 'ACCEPTED', 'COMPLETED']);
    }));

  it('and the first one is taken only long after the second: the later look at the list cancels it', () =>
    scene([rule({ kind: 'late', seconds: 4, answer: 'reset' }, { kind: 'submit', nth: 1 })], async (stage) => {
      stage.hold();
      const ended = stage.start();
      // Too late for the first look at the list, which comes after two and a half seconds; the second comes after 35.
      await stage.until(() => stage.engine.jobs().length === 2);
      await stage.client.hurry('fast');
      await stage.until(() => stage.engine.jobs().some(({ status }) => status === 'Cancelled'));
      await stage.client.hurry('real');
      expect(submits(stage)).toBe(2);
      stage.release();
      await expectDelivered(stage, ended);
    }));
});

describe.concurrent('an upload that is cut off', () => {
  it.each([0, 0.5, 0.99, 1])('at %d of its body is looked for, found nowhere, sent once more, and paid once', (at) =>
    scene([rule({ kind: 'reset', at })], async (stage) => {
      const ended = stage.start(LARGE);
      await stage.until(() => stage.stateIs('AMBIGUOUS'));
      expect(stage.engine.jobs()).toEqual([]);
      stage.engine.faults.clear();
      await expectDelivered(stage, ended);
      expect(await names(stage)).toEqual([
        'SUBMITTING',
        'AMBIGUOUS',
        'PREPARED',
        'SUBMITTING',
        'ACCEPTED',
        'COMPLETED',
      ]);
    }),
  );

  it('every time is left to the user, who reads that it is open whether a credit was used', () =>
    scene([rule({ kind: 'reset', at: 0.5 })], async (stage) => {
      const ended = await stage.start();
      if (ended.ok) throw new Error('It was delivered');
      const state = (await stage.client.saved()).at(-1)!;
      expect(state.name).toBe('ASK');
      expect(sentence(ended.error, spentIn(state))).toBe(
        'The answer of the service was lost, and the job could not be found there yet. Whether a credit was used is not known yet. Look again in a few minutes, or send it again: that may charge a second time.',
      );
      expect(await charged(stage)).toBe(0);
    }));
});

describe.concurrent('a submission that was taken, whose answer is lost', () => {
  it.each<[string, Fault]>([
    ['to a dropped connection, every time', { kind: 'reset', at: 'answered' }],
    ['to an error that the page may not read', { kind: 'answer', status: 500, cors: false, answered: true }],
    ['to HTML', { kind: 'answer', status: 200, body: 'html', answered: true }],
    ['to half of its JSON', { kind: 'answer', status: 200, body: 'cut', answered: true }],
    ['to silence', { kind: 'silence', answered: true }],
  ])('%s, is found in the list and paid once', (_, fault) =>
    scene([rule(fault)], async (stage) => {
      stage.hold();
      const ended = stage.start();
      await stage.until(() => stage.engine.jobs().length > 0);
      // A silent service is waited for, a minute long.
      if (fault.kind === 'silence') await stage.client.hurry('fast');
      await stage.until(() => stage.stateIs('RUNNING'));
      const living = (): number => stage.engine.jobs().filter(({ status }) => status !== 'Cancelled').length;
      await stage.until(() => living() === 1);
      stage.release();
      await expectDelivered(stage, ended);
      expect(await names(stage)).toEqual(['SUBMITTING', 'AMBIGUOUS', 'ACCEPTED', 'COMPLETED']);
    }),
  );
});

describe.concurrent('a result', () => {
  it.each(['length', 'chunked', 'close'] as const)('that is cut off (%s) is fetched again', (ending) =>
    scene([rule({ kind: 'bytes', cut: 0.6, ending }, { kind: 'bytes', nth: 1 })], async (stage) => {
      await expectDelivered(stage, stage.start());
      expect(stage.engine.faults.fired()).toMatchObject([{ matched: 2, fired: 1 }]);
    }),
  );

  it.each([true, false])('whose link is refused in XML, readable: %s, is fetched through a new link', (cors) =>
    scene([rule({ kind: 'answer', status: 403, body: 'xml', cors }, { kind: 'bytes', count: 2 })], async (stage) => {
      await expectDelivered(stage, stage.start());
      expect(stage.engine.faults.fired()).toMatchObject([{ matched: 3, fired: 2 }]);
    }),
  );

  it('that never arrives whole stays paid and is not lost: the user reads so', () =>
    scene([rule({ kind: 'bytes', cut: 0.6, ending: 'close' }, { kind: 'bytes' })], async (stage) => {
      const ended = await stage.start();
      if (ended.ok) throw new Error('It was delivered');
      const state = (await stage.client.saved()).at(-1)!;
      expect(state.name).toBe('COMPLETED');
      expect(sentence(ended.error, spentIn(state))).toBe(
        'The result arrived damaged. The credit is used; the result is kept for 7 days. Asking again costs nothing. Fetch it again.',
      );
      expect(await charged(stage)).toBe(1);
    }));
});

describe.concurrent('answers that the page may not read', () => {
  it('to looks at the status cost nothing but time', () =>
    scene([rule({ kind: 'answer', status: 500, cors: false }, { kind: 'status', count: 3 })], async (stage) => {
      await expectDelivered(stage, stage.start());
    }));

  it('from the start are a service that cannot be reached: nothing is sent, and the user reads so', () =>
    scene([rule({ kind: 'headers', cors: false }, { origin: 'api' })], async (stage) => {
      const ended = await stage.start();
      if (ended.ok) throw new Error('It was delivered');
      expect(sentence(ended.error, 'no').replace(/127\.0\.0\.1:\d+/, 'HOST')).toBe(
        'The local engine does not answer at HOST. Nothing was charged. Start it, or check its address in Settings.',
      );
      expect(submits(stage)).toBe(0);
      expect(await charged(stage)).toBe(0);
    }));

  it('to the preflight of the submission alone are a lost submission, which is sent again', () =>
    scene([rule({ kind: 'headers', cors: false }, { kind: 'preflight', path: 'restore-gen' })], async (stage) => {
      const ended = stage.start();
      await stage.until(() => stage.stateIs('AMBIGUOUS'));
      expect(submits(stage)).toBe(0);
      stage.engine.faults.clear();
      await expectDelivered(stage, ended);
    }));
});

describe.concurrent('a service that is away in the middle', () => {
  it('because the machine is offline for a while delivers when it is back', () =>
    scene([], async (stage) => {
      stage.hold();
      const ended = stage.start();
      await stage.until(() => stage.stateIs('RUNNING'));
      await stage.client.context.setOffline(true);
      stage.release();
      expect(await charged(stage)).toBe(1);
      // What was on its way when the line was cut may still arrive; then nothing does, where a machine with a line
      // makes several looks in that time.
      let seen: number;
      do {
        seen = stage.seen.length;
        await new Promise((resolve) => setTimeout(resolve, 1500));
      } while (stage.seen.length > seen);
      await stage.client.context.setOffline(false);
      await expectDelivered(stage, ended);
    }));

  it('because it is down delivers when it is up again', () =>
    scene([rule({ kind: 'down', seconds: 1 }, { kind: 'status', nth: 1 })], async (stage) => {
      stage.hold();
      const ended = stage.start();
      await stage.until(() => stage.engine.faults.fired()[0]!.fired === 1);
      stage.release();
      await expectDelivered(stage, ended);
    }));
});
