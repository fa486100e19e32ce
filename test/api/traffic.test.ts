import { describe, expect, it } from 'vitest';
import { type Bench, bench, UPLOAD } from './jobs';
import { reply, type ServiceJob } from './service';

const SUBMIT = /^POST .*restore-gen/;
const BALANCE = /balance/;
const LIST = /^GET \/image\/v1\/status\?/;
const STATUS = /^GET \/image\/v1\/status\/\w/;
const count = (log: readonly string[], matches: RegExp): number => log.filter((line) => matches.test(line)).length;
const many = <Thing>(number: number, make: () => Thing): Thing[] => Array.from({ length: number }, make);

/** Starts this many jobs at once and answers when all are over. */
async function crowd(jobs: number, seed: number, prepare: (service: Bench['service']) => void = () => undefined) {
  const made = bench(seed);
  prepare(made.service);
  const { world, service, start } = made;
  const outcomes = await world.until(Promise.all(many(jobs, () => start().outcome)));
  return { ...made, outcomes, seconds: world.now() / 1000, refused: count(service.log, SUBMIT) - service.jobs.length };
}

/** Jobs of 5 to 15 s. */
function vary(service: Bench['service'], seed: number): void {
  let chance = seed * 7919;
  const duration = () => {
    chance = (chance * 1_103_515_245 + 12_345) % 2 ** 31;
    return 5 + (chance / 2 ** 31) * 10;
  };
  Object.defineProperty(service, 'duration', { get: duration });
}

/** The most jobs that ran at one time. */
function most(jobs: readonly ServiceJob[]): number {
  const during = (at: number) =>
    jobs.filter(({ createdAt, duration }) => createdAt <= at && at < createdAt + duration * 1000).length;
  return Math.max(...jobs.map(({ createdAt }) => during(createdAt)));
}

describe('many jobs at once', () => {
  it('thirty under a hidden limit of three: all delivered, refused less than ten times, near the shortest time', async () => {
    for (let seed = 1; seed <= 10; seed++) {
      const { outcomes, service, refused, seconds } = await crowd(30, seed, (of) => {
        of.limit = 3;
      });
      expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
      expect(service.charged()).toBe(30);
      expect(refused).toBeLessThan(7);
      expect(seconds).toBeLessThan(1.15 * (30 / 3) * service.duration);
    }
  });

  it('a hundred take at most 1.1 times as long as six at once without a pause, with less than 7 requests each', async () => {
    for (let seed = 1; seed <= 3; seed++) {
      const { service, seconds } = await crowd(100, seed, (of) => vary(of, seed));
      const shortest = service.jobs.reduce((sum, job) => sum + job.duration, 0) / 6;
      expect(service.charged()).toBe(100);
      expect(most(service.jobs)).toBe(6);
      expect(seconds).toBeLessThan(1.1 * shortest);
      expect(service.log.length).toBeLessThan(700);
    }
  });

  it('begin with two', async () => {
    const { world, service, start, progress } = bench();
    world.uploadSteps = [{ fraction: 1, seconds: 5 }];
    for (let index = 0; index < 5; index++) start();
    await world.pass(5.5);
    expect(service.jobs).toHaveLength(2);
    expect(progress.filter(({ stage }) => stage === 'in-line')).toHaveLength(3);
    await world.pass(60);
    expect(service.charged()).toBe(5);
  });

  it('never upload more than two pictures at a time', async () => {
    const { world, service, start } = bench();
    const { upload } = world;
    let now = 0;
    let worst = 0;
    const counted: typeof upload = async (...all) => {
      worst = Math.max(worst, ++now);
      return await upload(...all).finally(() => now--);
    };
    Object.assign(world, { upload: counted });
    world.uploadSteps = [{ fraction: 1, seconds: 3 }];
    await world.until(Promise.all(many(12, () => start().outcome)));
    expect(worst).toBe(2);
    expect(service.charged()).toBe(12);
  });

  it('hold no picture while they are in line, and let it go when it is sent', async () => {
    const { world, start } = bench();
    let asked = 0;
    const running = many(20, () =>
      start(undefined, async () => {
        asked++;
        return { ok: true, value: { bytes: new Uint8Array(10), format: 'png' } };
      }),
    );
    await world.pass(5);
    expect(asked).toBe(6);
    for (const job of running) job.cancel();
    await world.until(Promise.all(running.map((job) => job.outcome)));
    expect(asked).toBe(6);
  });

  it('ask for the account once a minute, not once each', async () => {
    const { service, seconds } = await crowd(30, 1);
    expect(seconds).toBeGreaterThan(50);
    expect(count(service.log, BALANCE)).toBe(1 + Math.floor(seconds / 60));
  });

  it('that are opened again go on beside each other, and are in nobody’s way in line', async () => {
    const { world, service, start, saved } = bench();
    const watching = new AbortController();
    for (let index = 0; index < 6; index++) start(watching.signal);
    await world.pass(3);
    watching.abort(new Error('closed'));
    await world.pass(1);
    const last = [...new Map(saved.map((job) => [job.id, job])).values()];
    const again = bench(2, undefined, Object.assign(world, { service }));
    const outcomes = [...last.map((job) => again.resume(job, null).outcome), again.start().outcome];
    await world.pass(2);
    // Six are there, which is more than the two that a new panel begins with: the seventh waits.
    expect(service.jobs).toHaveLength(6);
    expect((await world.until(Promise.all(outcomes))).every((outcome) => outcome.ok)).toBe(true);
    expect(service.charged()).toBe(7);
  });
});

describe('a service that is busy', () => {
  it('is left in peace by all jobs for as long as it says', async () => {
    const { world, service, start } = bench();
    service.script(SUBMIT, { status: 429, headers: { 'Retry-After': '90' } });
    world.uploadSteps = [];
    const running = many(4, () => start());
    await world.pass(85);
    // The other one was in the air already.
    expect(count(service.log, SUBMIT)).toBe(2);
    await world.until(Promise.all(running.map((job) => job.outcome)));
    expect(service.charged()).toBe(4);
  });

  it('is sent nothing more by a job that is cancelled in the pause', async () => {
    const { world, service, start, states } = bench();
    service.script(SUBMIT, { status: 429, headers: { 'Retry-After': '90' } });
    const running = start();
    await world.pass(30);
    running.cancel();
    expect(await world.until(running.outcome)).toMatchObject({ error: { code: 'job-cancelled', spent: false } });
    expect(world.now()).toBeLessThan(31_000);
    expect(count(service.log, SUBMIT)).toBe(1);
    expect(states().at(-1)).toBe('CANCELLED');
  });

  it('is tried again by whoever was refused before those who came later', async () => {
    const { world, service, start, saved } = bench();
    service.script(SUBMIT, reply(429, {}));
    await world.until(Promise.all(many(6, () => start().outcome)));
    const sent = saved.flatMap(({ id, state }) => (state.name === 'SUBMITTING' ? [id] : []));
    expect(sent.indexOf(sent[0]!, 1)).toBe(2);
  });
});

describe('a job in line that is cancelled', () => {
  it('sends nothing, and lets the next one go', async () => {
    const { world, service, start } = bench();
    world.uploadSteps = [{ fraction: 1, seconds: 5 }];
    const running = many(4, () => start());
    await world.pass(1);
    running[2]!.cancel();
    expect(await world.until(running[2]!.outcome)).toMatchObject({ error: { code: 'job-cancelled', spent: false } });
    const outcomes = await world.until(Promise.all(running.map((job) => job.outcome)));
    expect(outcomes.map((outcome) => outcome.ok)).toEqual([true, true, false, true]);
    expect(service.charged()).toBe(3);
  });
});

describe('what one job meets, the others in line would meet too', () => {
  it('credits that run out park them all, and hardly a picture is uploaded for nothing', async () => {
    const { outcomes, service, saved } = await crowd(30, 1, (of) => {
      of.credits = 9;
    });
    const codes = outcomes.map((outcome) => (outcome.ok ? 'ok' : outcome.error.code));
    expect(codes.filter((code) => code === 'ok')).toHaveLength(9);
    expect(codes.filter((code) => code === 'credits-missing')).toHaveLength(21);
    expect(count(service.log, SUBMIT)).toBeLessThanOrEqual(9 + 3);
    const last = new Map(saved.map((job) => [job.id, job.state.name]));
    expect([...last.values()].filter((name) => name === 'PARKED')).toHaveLength(21);
  });

  it('a job that is started just afterwards asks for the balance and is not uploaded', async () => {
    const { world, service, start } = await crowd(3, 1, (of) => {
      of.credits = 2;
    });
    const sent = count(service.log, SUBMIT);
    expect(await world.until(start().outcome)).toMatchObject({ error: { code: 'credits-missing' } });
    expect(count(service.log, SUBMIT)).toBe(sent);
  });

  it('a balance of nothing alone proves nothing: there may be plans without one', async () => {
    const { world, service, start } = bench();
    service.script(BALANCE, reply(200, { available_credits: 0, reserved_credits: 0, total_credits: 0 }));
    expect(await world.until(start().outcome)).toMatchObject({ ok: true });
  });

  it('parked jobs go on when the credits are there', async () => {
    const { world, service, saved, resume } = await crowd(4, 1, (of) => {
      of.credits = 1;
    });
    const parked = [...new Map(saved.map((job) => [job.id, job])).values()].filter(
      ({ state }) => state.name === 'PARKED',
    );
    expect(parked).toHaveLength(3);
    service.credits = 10;
    const outcomes = await world.until(Promise.all(parked.map((job) => resume(job, UPLOAD).outcome)));
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
    expect(service.charged()).toBe(4);
  });

  it('a wrong key is told once, and nothing is sent', async () => {
    const { outcomes, service } = await crowd(30, 1, (of) => of.script(BALANCE, ...many(99, () => reply(401, {}))));
    expect(outcomes.every((outcome) => !outcome.ok && outcome.error.code === 'key-refused')).toBe(true);
    expect(service.log.length).toBeLessThanOrEqual(2);
  });

  it('a service that is not there is told once, in seconds', async () => {
    const { outcomes, service, seconds } = await crowd(30, 1, (of) =>
      of.script(/./, ...many(99, () => 'reset' as const)),
    );
    expect(outcomes.every((outcome) => !outcome.ok && outcome.error.code === 'host-unreachable')).toBe(true);
    expect(service.log.length).toBeLessThanOrEqual(6);
    expect(seconds).toBeLessThan(5);
  });

  it('but a service that held jobs of ours a moment ago is waited for', async () => {
    const { world, service, start } = bench();
    const running = many(12, () => start());
    await world.pass(61);
    expect(service.charged()).toBe(12);
    const later = many(12, () => start());
    await world.pass(3);
    world.isOnline = false;
    world.after(120, () => {
      world.isOnline = true;
      world.wake();
    });
    const outcomes = await world.until(Promise.all([...running, ...later].map((job) => job.outcome)));
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
    expect(service.charged()).toBe(24);
  });
});

describe('looking at several running jobs', () => {
  it('reads the list for all of them from three on, and the status of none', async () => {
    const { service } = await crowd(6, 1);
    expect(count(service.log, STATUS)).toBe(0);
    expect(count(service.log, LIST)).toBeLessThan(20);
  });

  it('looks at a job by itself that the list does not show', async () => {
    const { outcomes, service } = await crowd(6, 1, (of) => {
      of.lag = 1e6;
    });
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
    expect(count(service.log, STATUS)).toBeGreaterThan(5);
  });

  it('goes on by their status when the list fails', async () => {
    const { outcomes, service } = await crowd(6, 1, (of) => of.script(LIST, ...many(500, () => reply(500, {}))));
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true);
    expect(service.charged()).toBe(6);
    expect(service.log.length).toBeLessThan(150);
  });

  it('cancels a twin that any reading shows', async () => {
    const { service } = await crowd(6, 1, (of) => {
      of.duration = 60;
      of.lag = 20;
      of.script(SUBMIT, null, 'twice', null, 'twice');
    });
    expect(service.jobs).toHaveLength(8);
    expect(service.charged()).toBe(6);
  });

  it('reads no further back than to the oldest of them', async () => {
    const { service } = await crowd(6, 1, (of) => {
      of.credits = 1000;
      const old = Date.UTC(2025, 11, 31);
      const job = { fileName: 'old.png', input: new Uint8Array(1), fields: {}, duration: 1 };
      for (let index = 0; index < 450; index++) {
        of.jobs.push({ ...job, id: `old-${index}`, createdAt: old + index, cancelledAt: null, failed: false });
      }
    });
    const cursors = count(service.log, /cursor/);
    expect(count(service.log, LIST) - cursors).toBeGreaterThan(3);
    expect(cursors).toBe(0);
  });
});
