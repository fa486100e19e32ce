import { describe, expect, it } from 'vitest';
import type { PluginError } from '../../src/core/errors';
import { spentIn } from '../../src/core/money/spent';
import { bench, KEY, UPLOAD } from './jobs';
import { type Fault, RESULT, reply } from './service';

const SUBMIT = /^POST .*restore-gen/;
const LIST = /^GET \/image\/v1\/status\?/;
const STATUS = /^GET \/image\/v1\/status\/\w/;
const LINK = /^GET \/image\/v1\/download\/[^i]/;
const BYTES = /^GET \/files/;
const CANCEL = /^DELETE .*cancel/;
const count = (log: readonly string[], matches: RegExp): number => log.filter((line) => matches.test(line)).length;
const times = <Value>(number: number, value: Value): Value[] => Array.from({ length: number }, () => value);

describe('a job that meets no trouble', () => {
  it('goes from intent to verified bytes, and every step is written down', async () => {
    const { world, service, start, states, saved } = bench();
    const outcome = await world.until(start().outcome);
    expect(outcome).toMatchObject({ ok: true, value: { completion: { credits: 1 } } });
    if (outcome.ok) expect(outcome.value.bytes).toEqual(RESULT);
    expect(states()).toEqual(['SUBMITTING', 'ACCEPTED', 'RUNNING', 'COMPLETED']);
    expect(service.charged()).toBe(1);
    expect(JSON.stringify(saved)).not.toMatch(/s3cret|the-secret-key/);
  });

  it('sends exactly the documented fields, and its tag as the file name', async () => {
    const { world, service, start } = bench();
    await world.until(start().outcome);
    expect(service.jobs[0]?.fields).toEqual({
      model: 'Faces',
      output_format: 'png',
      strength: '0.8',
      noise_sigma: '0.015',
      blur_sigma: '0.4',
      noise_seed: '1',
    });
    expect(service.jobs[0]?.fileName).toMatch(/^Team-photo-3~[0-9a-z]{12}-1\.png$/);
    expect(service.jobs[0]?.input).toEqual(UPLOAD.bytes);
  });

  it('has the result in hand within 1.2 s of its being ready, with at most 14 requests', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { world, service, start } = bench(seed);
      service.duration = 8 + (seed % 5);
      await world.until(start().outcome);
      const ready = service.jobs[0]!.createdAt + service.duration * 1000;
      expect(world.clock() - ready).toBeLessThan(1200);
      expect(service.log.length).toBeLessThanOrEqual(14);
    }
  });

  it('tells the stages in their order', async () => {
    const { world, start, progress } = bench();
    await world.until(start().outcome);
    const stages = progress.map((now) => now.stage).filter((stage, index, all) => stage !== all[index - 1]);
    expect(stages).toEqual(['preparing', 'uploading', 'queued', 'restoring', 'downloading', 'checking']);
    expect(progress.filter((now) => now.stage === 'restoring').some((now) => (now.secondsLeft ?? 0) > 3)).toBe(true);
  });
});

describe('what the service refuses at the submit', () => {
  const cases: readonly (readonly [number, PluginError['code'], string])[] = [
    [400, 'request-refused', 'REJECTED'],
    [401, 'key-refused', 'PARKED'],
    [402, 'credits-missing', 'PARKED'],
    [403, 'key-not-permitted', 'PARKED'],
    [404, 'service-wrong-address', 'REJECTED'],
    [412, 'plan-missing', 'PARKED'],
    [413, 'upload-too-large', 'REJECTED'],
    [415, 'format-refused', 'REJECTED'],
    [422, 'picture-refused', 'REJECTED'],
  ];
  it.each(cases)('%i ends in %s, is %s, and costs nothing', async (status, code, state) => {
    const { world, service, start, states } = bench();
    service.script(SUBMIT, reply(status, { message: 'Because.' }));
    const outcome = await world.until(start().outcome);
    expect(outcome).toMatchObject({ ok: false, error: { code } });
    expect(states()).toEqual(['SUBMITTING', state]);
    expect(count(service.log, SUBMIT)).toBe(1);
    expect(service.charged()).toBe(0);
  });

  it('a wrong key is known before anything is uploaded', async () => {
    const { world, service, start, states } = bench();
    service.script(/balance/, reply(401, {}));
    expect(await world.until(start().outcome)).toMatchObject({ ok: false, error: { code: 'key-refused' } });
    expect(count(service.log, SUBMIT)).toBe(0);
    expect(states()).toEqual(['PARKED']);
  });

  it.each([425, 429])('%i three times is waited for, each attempt with a tag of its own, paid once', async (status) => {
    const { world, service, start, saved } = bench();
    service.script(SUBMIT, ...times(3, reply(status, {})));
    expect(await world.until(start().outcome)).toMatchObject({ ok: true });
    const tags = saved.flatMap((job) => (job.state.name === 'SUBMITTING' ? [job.state.attempt.tag] : []));
    expect(new Set(tags).size).toBe(4);
    expect(service.charged()).toBe(1);
  });

  it('a service that stays busy for ten minutes is told so, and nothing is charged', async () => {
    const { world, service, start, progress } = bench();
    service.script(SUBMIT, ...times(1000, reply(429, {})));
    expect(await world.until(start().outcome)).toMatchObject({ ok: false, error: { code: 'service-busy' } });
    expect(count(service.log, SUBMIT)).toBeLessThan(100);
    expect(progress.some((now) => now.stage === 'waiting' && (now.secondsLeft ?? 0) > 1)).toBe(true);
    expect(service.jobs).toHaveLength(0);
  });

  it('a readable Retry-After is kept to', async () => {
    const { world, service, start } = bench();
    service.script(SUBMIT, { status: 429, headers: { 'Retry-After': '90' } });
    await world.until(start().outcome);
    expect((service.jobs[0]!.createdAt - world.clock() + world.now()) / 1000).toBeGreaterThan(90);
  });
});

describe('a submit whose answer is lost', () => {
  const lost: readonly (readonly [string, Fault])[] = [
    ['a reset after acceptance', 'reset-after'],
    ['no answer at all', 'silence-after'],
    ['a browser that sends it twice', 'twice'],
    ['an acceptance 45 s after the connection broke', { lateBy: 45 }],
  ];
  it.each(lost)('%s: one job, one charge, the result delivered', async (_, fault) => {
    const { world, service, start } = bench();
    service.duration = 20;
    service.script(SUBMIT, fault);
    expect(await world.until(start().outcome)).toMatchObject({ ok: true });
    expect(count(service.log, SUBMIT)).toBe(1);
    expect(service.charged()).toBe(1);
    await world.pass(300);
    expect(service.charged()).toBe(1);
  });

  const unclear: readonly (readonly [string, Fault])[] = [
    ['an empty 200', { status: 200, body: '' }],
    [
      'a web page with 200',
      { status: 200, headers: { 'Content-Type': 'text/html' }, body: '<!doctype html><p>Log in' },
    ],
    ['cut JSON', { status: 200, body: '{"process_id": "0000' }],
    ['JSON without an id', reply(200, { eta: 5 })],
    ['408', reply(408, {})],
    ['409', reply(409, {})],
    ['500', reply(500, {})],
    ['502', { status: 502, body: '<html>Bad gateway' }],
    ['503', reply(503, {})],
    ['504', reply(504, {})],
    ['a reset before acceptance', 'reset'],
  ];
  it.each(unclear)('%s: looked for in the list, absent after two minutes, sent once more', async (_, fault) => {
    const { world, service, start, states } = bench();
    service.script(SUBMIT, fault);
    expect(await world.until(start().outcome)).toMatchObject({ ok: true });
    expect(states().slice(0, 4)).toEqual(['SUBMITTING', 'AMBIGUOUS', 'PREPARED', 'SUBMITTING']);
    const looked = service.log.filter((line) => SUBMIT.test(line) || LIST.test(line)).slice(0, 9);
    expect(looked.map((line) => (SUBMIT.test(line) ? 'submit' : 'list'))).toEqual([
      'submit',
      ...times(7, 'list'),
      'submit',
    ]);
    expect(service.charged()).toBe(1);
  });

  it('that is lost a second time is not sent a third time: the user is asked', async () => {
    const { world, service, start, states } = bench();
    service.script(SUBMIT, 'reset', 'reset', 'reset');
    expect(await world.until(start().outcome)).toMatchObject({ ok: false, error: { code: 'job-uncertain' } });
    expect(count(service.log, SUBMIT)).toBe(2);
    expect(states().at(-1)).toBe('ASK');
  });

  it('is never sent again while the list cannot be read', async () => {
    const { world, service, start, states } = bench();
    service.script(SUBMIT, 'reset-after');
    service.script(LIST, ...times(100, reply(500, {})));
    expect(await world.until(start().outcome)).toMatchObject({ ok: false, error: { code: 'job-uncertain' } });
    expect(count(service.log, SUBMIT)).toBe(1);
    expect(states().at(-1)).toBe('ASK');
  });

  it('is never sent again when the list turns in circles', async () => {
    const { world, service, start } = bench();
    service.script(SUBMIT, 'reset-after');
    service.lag = 1e6;
    const circle = reply(200, { data: [], pagination: { has_next_page: true, next_cursor: 'again' } });
    service.script(LIST, ...times(1000, circle));
    expect(await world.until(start().outcome)).toMatchObject({ ok: false, error: { code: 'job-uncertain' } });
    expect(count(service.log, SUBMIT)).toBe(1);
    expect(service.log.length).toBeLessThan(100);
  });

  it('is found on a later page of a long list', async () => {
    const { world, service, start } = bench();
    service.script(SUBMIT, 'reset-after');
    world.after(0.5, () => {
      const strangers = Array.from({ length: 250 }, (_, index) => ({
        ...service.jobs[0]!,
        id: `stranger-${index}`,
        fileName: `somebody~zzzzzzzzzzz${index % 10}-1.png`,
        createdAt: world.clock(),
        cancelledAt: world.clock(),
      }));
      service.jobs.push(...strangers);
    });
    expect(await world.until(start().outcome)).toMatchObject({ ok: true });
    expect(count(service.log, SUBMIT)).toBe(1);
  });

  it('is found although the list lags by 30 s', async () => {
    const { world, service, start } = bench();
    service.lag = 30;
    service.script(SUBMIT, 'reset-after');
    expect(await world.until(start().outcome)).toMatchObject({ ok: true });
    expect(service.charged()).toBe(1);
  });

  it('is found by the picture itself where the service does not echo file names', async () => {
    const { world, service, start } = bench();
    service.echoesNames = false;
    service.script(SUBMIT, 'reset-after');
    expect(await world.until(start().outcome)).toMatchObject({ ok: true });
    expect(count(service.log, SUBMIT)).toBe(1);
    expect(service.charged()).toBe(1);
  });

  it('is not taken for a nameless job of the same size with another picture, and not sent again either', async () => {
    const { world, service, start } = bench();
    service.echoesNames = false;
    service.script(SUBMIT, 'reset-after');
    world.after(0.5, () => {
      service.jobs[0] = { ...service.jobs[0]!, input: Uint8Array.of(1, 2, 3) };
    });
    expect(await world.until(start().outcome)).toMatchObject({ ok: false, error: { code: 'job-uncertain' } });
    expect(count(service.log, SUBMIT)).toBe(1);
  });

  it('that failed at the service is said to have failed, not sent again', async () => {
    const { world, service, start } = bench();
    service.script(SUBMIT, 'reset-after');
    world.after(0.5, () => {
      service.jobs[0]!.failed = true;
    });
    service.duration = 0.6;
    expect(await world.until(start().outcome)).toMatchObject({ ok: false, error: { code: 'job-failed' } });
    expect(count(service.log, SUBMIT)).toBe(1);
  });
});

describe('a browser that sends the paid request twice', () => {
  it('has the twin cancelled by the audit before it costs anything', async () => {
    const { world, service, start } = bench();
    service.script(SUBMIT, 'twice');
    expect(await world.until(start().outcome)).toMatchObject({ ok: true });
    expect(service.jobs.map(service.phase).sort()).toEqual(['Cancelled', 'Completed']);
  });

  it('has the twin cancelled although the list failed at first', async () => {
    const { world, service, start } = bench();
    service.script(SUBMIT, 'twice');
    service.script(LIST, reply(500, {}), reply(503, {}));
    expect(await world.until(start().outcome)).toMatchObject({ ok: true });
    expect(service.charged()).toBe(1);
  });

  it('has the twin cancelled although the list shows it only after 30 s', async () => {
    const { world, service, start } = bench();
    service.duration = 60;
    service.lag = 30;
    service.script(SUBMIT, 'twice');
    expect(await world.until(start().outcome)).toMatchObject({ ok: true });
    expect(service.charged()).toBe(1);
  });
});

describe('a twin that was quicker than every look', () => {
  it('is charged, and written down once with its name', async () => {
    const { world, service, start, saved } = bench();
    service.duration = 0.5;
    service.script(SUBMIT, 'twice');
    const outcome = await world.until(start().outcome);
    expect(outcome.ok).toBe(true);
    await world.pass(60);
    expect(service.charged()).toBe(2);
    const state = saved.at(-1)!.state as { readonly acceptance: { readonly processId: string } };
    const other = service.jobs.find(({ id }) => id !== state.acceptance.processId);
    expect(saved.at(-1)?.twins).toEqual([{ processId: other?.id, credits: 1 }]);
    expect(outcome.ok && outcome.value.job.twins).toHaveLength(1);
  });

  it('is not named where there was none', async () => {
    const { world, start, saved } = bench();
    await world.until(start().outcome);
    expect(saved.some((job) => 'twins' in job)).toBe(false);
  });
});

describe('a twin at its worst moment', () => {
  const twice = (prepare: (of: ReturnType<typeof bench>) => void) => {
    const made = bench();
    made.service.script(SUBMIT, 'twice');
    prepare(made);
    return made;
  };

  it.each([1.2, 2, 3])('of a job that takes only %d s is cancelled before it is charged', async (duration) => {
    const { world, service, start } = twice((of) => {
      of.service.duration = duration;
    });
    expect(await world.until(start().outcome)).toMatchObject({ ok: true });
    expect(service.charged()).toBe(1);
  });

  it('is looked for at once where the answer took so long that the body may have gone out twice', async () => {
    const { world, service, start } = twice(({ service: of }) => {
      of.duration = 1;
    });
    const { upload } = world;
    Object.assign(world, {
      upload: async (...all: Parameters<typeof upload>) => {
        const answer = await upload(...all);
        // The connection broke, and the browser sent it again: the answer is the second one's.
        for (const job of service.jobs) Object.assign(job, { createdAt: world.clock() + 2_000 });
        await world.sleep(2_000, new AbortController().signal);
        return answer;
      },
    });
    const running = start();
    await world.pass(2.6);
    expect(service.jobs.map(service.phase)).toContain('Cancelled');
    expect(await world.until(running.outcome)).toMatchObject({ ok: true });
    expect(service.charged()).toBe(1);
  });

  it('is looked for until the list shows the job itself', async () => {
    const { world, service, start } = twice((of) => {
      of.service.duration = 20;
      of.service.lag = 12;
    });
    expect(await world.until(start().outcome)).toMatchObject({ ok: true });
    expect(service.charged()).toBe(1);
  });

  it.each([20, 45, 90])('that the service takes only %d s later is cancelled while the job runs', async (late) => {
    const { world, service, start } = bench();
    service.duration = 150;
    service.script(SUBMIT, { lateTwinBy: late });
    expect(await world.until(start().outcome)).toMatchObject({ ok: true });
    await world.pass(200);
    expect(service.jobs).toHaveLength(2);
    expect(service.charged()).toBe(1);
  });
});

describe('requests a job', () => {
  const kinds = {
    account: /balance/,
    submit: SUBMIT,
    list: LIST,
    link: LINK,
    status: STATUS,
    bytes: BYTES,
    cancel: CANCEL,
  };

  it('are its submit, one list, its bytes, and less than nine looks in the mean of 40, the last ones included', async () => {
    const counts = new Map<string, number>();
    const RUNS = 40;
    for (let seed = 1; seed <= RUNS; seed++) {
      const { world, service, start } = bench(seed);
      // The estimate is right, and wrong by a third at the most.
      service.duration = 10 * (0.8 + (seed % 5) / 10);
      await world.until(start().outcome);
      for (const [name, matches] of Object.entries(kinds)) {
        counts.set(name, (counts.get(name) ?? 0) + count(service.log, matches) / RUNS);
      }
    }
    const mean = (name: keyof typeof kinds): number => counts.get(name) ?? 0;
    expect(mean('account')).toBeCloseTo(1);
    expect(mean('submit')).toBeCloseTo(1);
    expect(mean('list')).toBeCloseTo(1);
    expect(mean('bytes')).toBeCloseTo(1);
    expect(mean('cancel')).toBe(0);
    expect(mean('link') + mean('status')).toBeLessThan(9);
  });

  it('stay few when a job sticks at 99 % for an hour', async () => {
    const { world, service, start } = bench();
    const handle = service.handle;
    service.duration = 3600;
    service.handle = async (incoming) => {
      const outgoing = await handle(incoming);
      if (typeof outgoing === 'string' || !/\/status/.test(incoming.path)) return outgoing;
      const body = JSON.parse(outgoing.body as string) as { readonly data?: readonly object[] };
      const stuck = (status: object) => ({
        ...status,
        progress: 99,
        eta: Math.ceil(world.clock() / 1000) + 1,
      });
      return reply(200, body.data === undefined ? stuck(body) : { ...body, data: body.data.map(stuck) });
    };
    expect(await world.until(start().outcome)).toMatchObject({ ok: true });
    expect(service.log.length).toBeLessThan(400);
  });
});

describe('before anything is sent', () => {
  it('a service that is not there is told at once and for certain', async () => {
    const { world, service, start, saved } = bench();
    service.script(/./, ...times(10, 'reset' as const));
    expect(await world.until(start().outcome)).toMatchObject({
      ok: false,
      error: { code: 'host-unreachable', host: 'api.example', local: false },
    });
    expect(world.now()).toBeLessThan(5000);
    expect(count(service.log, SUBMIT)).toBe(0);
    expect(spentIn(saved.at(-1)!.state)).toBe('no');
  });

  it('being offline is told as such', async () => {
    const { world, service, start } = bench();
    world.isOnline = false;
    expect(await world.until(start().outcome)).toMatchObject({ ok: false, error: { code: 'offline' } });
    expect(count(service.log, SUBMIT)).toBe(0);
  });

  it('a host that the page may not reach is named, and no request is made', async () => {
    const { world, service, start } = bench();
    world.blockedHosts.add('api.example');
    expect(await world.until(start().outcome)).toMatchObject({
      ok: false,
      error: { code: 'host-blocked', host: 'api.example' },
    });
    expect(service.log).toEqual([]);
  });

  it.each([
    ['never answers', new Promise<never>(() => undefined), 'storage-silent'],
    ['is full', { ok: false, error: { code: 'storage-full' } } as const, 'storage-full'],
  ] as const)('a storage that %s stops the job: no intent on record, no request', async (_, answer, code) => {
    const { world, service, start, saves } = bench();
    saves.push(answer);
    expect(await world.until(start().outcome)).toMatchObject({ ok: false, error: { code } });
    expect(count(service.log, SUBMIT)).toBe(0);
    expect(world.now()).toBeLessThan(3000);
  });

  it('the intent is on record when the request goes out', async () => {
    const { world, service, start, states, saves } = bench();
    saves.push(new Promise((resolve) => world.after(1.5, () => resolve({ ok: true, value: null }))));
    const running = start();
    await world.pass(1);
    expect(count(service.log, SUBMIT)).toBe(0);
    await world.pass(2);
    expect(count(service.log, SUBMIT)).toBe(1);
    expect(states()[0]).toBe('SUBMITTING');
    await world.until(running.outcome);
  });

  it('a storage that fails later does not lose the result', async () => {
    const { world, start, saves } = bench();
    saves.push({ ok: true, value: null }, ...times(9, { ok: false, error: { code: 'storage-full' } } as const));
    expect(await world.until(start().outcome)).toMatchObject({ ok: true });
  });
});

describe('while the job runs', () => {
  it.each([408, 425, 429, 500, 502, 503, 504])(
    '%i once and four times on the status costs nothing but time',
    async (status) => {
      for (const often of [1, 4]) {
        const { world, service, start } = bench();
        service.script(STATUS, ...times(often, reply(status, {})));
        expect(await world.until(start().outcome)).toMatchObject({ ok: true });
        expect(service.charged()).toBe(1);
      }
    },
  );

  it('survives a service that is away for 30 s', async () => {
    const { world, service, start } = bench();
    const running = start();
    await world.pass(3);
    world.isOnline = false;
    world.after(30, () => {
      world.isOnline = true;
      world.wake();
    });
    expect(await world.until(running.outcome)).toMatchObject({ ok: true });
    expect(service.charged()).toBe(1);
  });

  it('leaves the job to the next opening after ten minutes without any answer', async () => {
    const { world, service, start, states } = bench();
    const running = start();
    await world.pass(3);
    world.isOnline = false;
    expect(await world.until(running.outcome)).toMatchObject({ ok: false, error: { code: 'job-waiting' } });
    expect(states().at(-1)).toBe('RUNNING');
    expect(service.log.length).toBeLessThan(60);
  });

  it('parks on 401 and keeps the id, and goes on when it is opened again', async () => {
    const { world, service, start, resume, saved } = bench();
    service.script(STATUS, reply(401, {}));
    expect(await world.until(start().outcome)).toMatchObject({ ok: false, error: { code: 'key-refused' } });
    expect(saved.at(-1)!.state).toMatchObject({
      name: 'PARKED',
      accepted: { acceptance: { processId: service.jobs[0]!.id } },
    });
    expect(await world.until(resume(saved.at(-1)!, null).outcome)).toMatchObject({ ok: true });
    expect(service.charged()).toBe(1);
  });

  it('a job that fails is said to have failed', async () => {
    const { world, service, start, states } = bench();
    const running = start();
    await world.pass(1);
    service.jobs[0]!.failed = true;
    expect(await world.until(running.outcome)).toMatchObject({ ok: false, error: { code: 'job-failed' } });
    expect(states().at(-1)).toBe('FAILED');
  });

  it('two 404s are forgiven, three and an empty list mean that it is gone', async () => {
    const forgiving = bench();
    // The list shows nothing: it is the third look that counts.
    forgiving.service.lag = 1e6;
    forgiving.service.script(STATUS, ...times(2, reply(404, {})));
    expect(await forgiving.world.until(forgiving.start().outcome)).toMatchObject({ ok: true });
    const { world, service, start, states } = bench();
    const running = start();
    await world.pass(1);
    service.jobs.length = 0;
    expect(await world.until(running.outcome)).toMatchObject({ ok: false, error: { code: 'job-gone' } });
    expect(states().at(-1)).toBe('GONE');
  });

  it.each([
    ['null', null],
    ['0', 0],
    ['past', 1],
    ['far in the future', 9e10],
    ['in milliseconds', Date.UTC(2026, 0, 1, 0, 0, 10)],
  ])('an eta that is %s neither floods the service nor makes the user wait', async (_, eta) => {
    const { world, service, start } = bench();
    const running = start();
    await world.pass(0.5);
    const [job] = service.jobs;
    const answer = service.handle;
    service.handle = async (incoming) => {
      const outgoing = await answer(incoming);
      if (typeof outgoing === 'string' || !STATUS.test(`${incoming.method} ${incoming.path}`)) return outgoing;
      return reply(200, { ...(JSON.parse(outgoing.body as string) as object), eta });
    };
    await world.until(running.outcome);
    expect(world.clock() - job!.createdAt).toBeLessThan(13_000);
    expect(service.log.length).toBeLessThan(25);
  });

  it('a clock that jumps by 90 s changes nothing', async () => {
    const { world, service, start } = bench();
    const { clock } = world;
    const running = start();
    await world.pass(2);
    Object.assign(world, { clock: () => clock() + 90_000 });
    expect(await world.until(running.outcome)).toMatchObject({ ok: true });
    expect(clock() - service.jobs[0]!.createdAt).toBeLessThan(11_500);
  });

  it('looks at once when the machine wakes up', async () => {
    const { world, service, start } = bench();
    service.duration = 60;
    const running = start();
    await world.pass(12);
    const before = service.log.length;
    world.wake();
    await world.pass(0.3);
    expect(service.log.length).toBe(before + 1);
    await world.until(running.outcome);
  });
});

describe('link and bytes', () => {
  const flipped = RESULT.slice();
  flipped[60] = flipped[60]! ^ 4;
  const broken: readonly (readonly [string, Fault])[] = [
    ['a flipped bit', { status: 200, body: flipped }],
    ['a cut file', { status: 200, body: RESULT.subarray(0, 100) }],
    ['an empty file', { status: 200, body: '' }],
    ['a web page', { status: 200, body: '<html>' }],
    ['an error in XML with 200', { status: 200, body: '<?xml version="1.0"?><Error/>' }],
    ['403 in XML', { status: 403, body: '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>' }],
    ['an expired link', { status: 410 }],
    ['a broken connection', 'reset'],
    ['silence', 'silence'],
  ];
  it.each(broken)('%s once: a new link, the same paid result, no second job', async (_, fault) => {
    const { world, service, start } = bench();
    service.script(BYTES, fault);
    const outcome = await world.until(start().outcome);
    expect(outcome.ok && outcome.value.bytes).toEqual(RESULT);
    expect(service.charged()).toBe(1);
    expect(count(service.log, SUBMIT)).toBe(1);
  });

  it('bytes that stay damaged are never handed over, and the job stays completed', async () => {
    const { world, service, start, states } = bench();
    service.script(BYTES, ...times(20, { status: 200, body: flipped }));
    expect(await world.until(start().outcome)).toMatchObject({ ok: false, error: { code: 'result-damaged' } });
    expect(states().at(-1)).toBe('COMPLETED');
  });

  it('a result of another size than the status says is refused', async () => {
    const { world, service, start } = bench();
    const [status] = [{ output_width: 16, output_height: 16 }];
    const answer = service.handle;
    service.handle = async (incoming) => {
      const outgoing = await answer(incoming);
      if (typeof outgoing === 'string' || !STATUS.test(`${incoming.method} ${incoming.path}`)) return outgoing;
      return reply(200, { ...(JSON.parse(outgoing.body as string) as object), ...status });
    };
    expect(await world.until(start().outcome)).toMatchObject({
      ok: false,
      error: { code: 'result-wrong-size', expected: { width: 16, height: 16 }, actual: { width: 8, height: 8 } },
    });
  });

  it('a link that is not ready although the status says Completed is asked for again', async () => {
    const { world, service, start } = bench();
    service.script(LINK, ...times(6, reply(409, {})));
    expect(await world.until(start().outcome)).toMatchObject({ ok: true });
  });
});

describe('cancelling', () => {
  it('a running job is cancelled at the service, and nothing is charged', async () => {
    const { world, service, start, states } = bench();
    const running = start();
    await world.pass(3);
    running.cancel();
    expect(await world.until(running.outcome)).toEqual({ ok: false, error: { code: 'job-cancelled', spent: false } });
    expect(states().slice(-2)).toEqual(['CANCELLING', 'CANCELLED']);
    await world.pass(60);
    expect(service.charged()).toBe(0);
  });

  it('before the submit sends nothing', async () => {
    const { world, service, start } = bench();
    const running = start();
    running.cancel();
    expect(await world.until(running.outcome)).toMatchObject({ ok: false, error: { code: 'job-cancelled' } });
    expect(count(service.log, SUBMIT)).toBe(0);
  });

  it('during the upload stops it, and makes sure that nothing was taken', async () => {
    const { world, service, start } = bench();
    world.uploadSteps = [
      { fraction: 0.5, seconds: 5 },
      { fraction: 1, seconds: 5 },
    ];
    const running = start();
    await world.pass(7);
    running.cancel();
    expect(await world.until(running.outcome)).toMatchObject({ ok: false, error: { code: 'job-cancelled' } });
    expect(service.jobs).toHaveLength(0);
    expect(count(service.log, LIST)).toBeGreaterThan(2);
    expect(world.now()).toBeLessThan(40_000);
  });

  it('a job that the browser has sent twice cancels both', async () => {
    const { world, service, start, states } = bench();
    service.duration = 600;
    service.script(/^POST/, 'twice');
    const running = start();
    await world.pass(1);
    running.cancel();
    const outcome = await world.until(running.outcome);
    expect(outcome).toEqual({ ok: false, error: { code: 'job-cancelled', spent: false } });
    expect(states().at(-1)).toBe('CANCELLED');
    expect(service.jobs.map(service.phase)).toEqual(['Cancelled', 'Cancelled']);
  });

  it('when the body is out waits for the answer and cancels that job', async () => {
    const { world, service, start } = bench();
    world.uploadSteps = [{ fraction: 1, seconds: 0.01 }];
    const running = start();
    await world.pass(0.19);
    expect(service.jobs).toHaveLength(1);
    running.cancel();
    expect(await world.until(running.outcome)).toMatchObject({ ok: false, error: { code: 'job-cancelled' } });
    expect(service.jobs.map(service.phase)).toEqual(['Cancelled']);
    expect(count(service.log, CANCEL)).toBe(1);
    // Whether the browser made a twin of it, which would run on.
    expect(count(service.log, LIST)).toBe(1);
  });

  it('while the answer is lost finds the job and cancels it', async () => {
    const { world, service, start } = bench();
    service.duration = 100;
    service.script(SUBMIT, 'reset-after');
    const running = start();
    await world.pass(0.6);
    running.cancel();
    expect(await world.until(running.outcome)).toMatchObject({ ok: false, error: { code: 'job-cancelled' } });
    expect(service.jobs.map(service.phase)).toEqual(['Cancelled']);
  });

  it('too late delivers what was paid', async () => {
    const { world, service, start } = bench();
    service.duration = 3;
    service.script(/download|status\//, ...times(6, reply(503, {})));
    const running = start();
    await world.pass(4);
    running.cancel();
    service.script(CANCEL, reply(409, {}));
    expect(await world.until(running.outcome)).toMatchObject({ ok: true });
    expect(service.charged()).toBe(1);
  });

  it('that the service refuses while it is at work lets the job run on and delivers it', async () => {
    const { world, service, start, states } = bench();
    service.script(CANCEL, reply(409, {}));
    const running = start();
    await world.pass(3);
    running.cancel();
    expect(await world.until(running.outcome)).toMatchObject({ ok: true });
    expect(states()).toContain('CANCELLING');
  });

  it('over a broken line is repeated, and a second press changes nothing', async () => {
    const { world, service, start } = bench();
    service.duration = 60;
    service.script(CANCEL, 'reset', 'reset-after');
    const running = start();
    await world.pass(3);
    running.cancel();
    running.cancel();
    expect(await world.until(running.outcome)).toMatchObject({ ok: false, error: { code: 'job-cancelled' } });
    expect(service.jobs.map(service.phase)).toEqual(['Cancelled']);
  });

  it('a job that the service no longer knows ends as gone', async () => {
    const { world, service, start } = bench();
    const running = start();
    await world.pass(3);
    service.jobs.length = 0;
    running.cancel();
    expect(await world.until(running.outcome)).toMatchObject({ ok: false, error: { code: 'job-gone' } });
  });
});

describe('when the panel stops watching', () => {
  it('nothing more is asked, nothing is cancelled, and no timer is left', async () => {
    const { world, service, start } = bench();
    const watching = new AbortController();
    const running = start(watching.signal);
    await world.pass(3);
    watching.abort(new Error('closed'));
    await expect(world.until(running.outcome)).rejects.toThrow('closed');
    const asked = service.log.length;
    await world.pass(60);
    expect(service.log.length).toBe(asked);
    expect(world.timers()).toBe(0);
    expect(service.charged()).toBe(1);
  });

  it.each([0.05, 0.12, 0.16, 0.22, 1, 3, 9, 10.05, 10.3])(
    'after %d s, the next opening delivers the job, paid once',
    async (seconds) => {
      const { world, service, start, resume, saved } = bench();
      const watching = new AbortController();
      const running = start(watching.signal);
      await world.pass(seconds);
      watching.abort(new Error('closed'));
      await running.outcome.catch(() => undefined);
      await world.pass(5);
      const last = saved.at(-1);
      const outcome = last === undefined ? null : await world.until(resume(last, UPLOAD).outcome);
      expect(outcome === null || outcome.ok).toBe(true);
      expect(service.charged()).toBe(outcome === null ? 0 : 1);
    },
  );

  it('and opens again in the middle, the looks still go by the time of acceptance', async () => {
    const { world, service, start, resume, saved } = bench();
    service.duration = 95;
    const watching = new AbortController();
    start(watching.signal);
    await world.pass(50);
    watching.abort(new Error('closed'));
    await world.pass(10);
    await world.until(resume(saved.at(-1)!, null).outcome);
    const ready = service.jobs[0]!.createdAt + service.duration * 1000;
    expect(world.clock() - ready).toBeLessThan(2500);
  });

  it('an hour before the next opening the first look is taken at once', async () => {
    const { world, service, start, resume, saved } = bench();
    const watching = new AbortController();
    start(watching.signal);
    await world.pass(3);
    watching.abort(new Error('closed'));
    await world.pass(3600);
    const reopened = world.now();
    expect(await world.until(resume(saved.at(-1)!, null).outcome)).toMatchObject({ ok: true });
    expect(world.now() - reopened).toBeLessThan(1000);
    expect(service.charged()).toBe(1);
  });
});

describe('opening a saved job', () => {
  it('that is done fetches it again for nothing', async () => {
    const { world, service, start, resume, saved } = bench();
    await world.until(start().outcome);
    const done = {
      ...saved.at(-1)!,
      state: { ...saved.at(-1)!.state, name: 'DONE', placedAt: 1 },
    } as (typeof saved)[0];
    const again = await world.until(resume(done, null).outcome);
    expect(again.ok && again.value.bytes).toEqual(RESULT);
    expect(service.charged()).toBe(1);
    expect(count(service.log, SUBMIT)).toBe(1);
  });

  it('of another service asks nobody', async () => {
    const { world, service, start, resume, saved } = bench();
    await world.until(start().outcome);
    const asked = service.log.length;
    const job = saved.at(-1)!;
    const elsewhere = { ...job, order: { ...job.order, address: 'http://localhost:4141' } };
    expect(await world.until(resume(elsewhere, null).outcome)).toMatchObject({
      ok: false,
      error: { code: 'job-elsewhere', address: 'http://localhost:4141' },
    });
    expect(service.log.length).toBe(asked);
  });

  it('that never left, without its picture, says so and sends nothing', async () => {
    const { world, service, start, resume, saved } = bench();
    service.script(SUBMIT, 'reset');
    const watching = new AbortController();
    start(watching.signal);
    await world.pass(1);
    watching.abort(new Error('closed'));
    await world.pass(200);
    expect(await world.until(resume(saved.at(-1)!, null).outcome)).toMatchObject({
      ok: false,
      error: { code: 'job-unsent' },
    });
    expect(saved.at(-1)!.state.name).toBe('REJECTED');
    expect(count(service.log, SUBMIT)).toBe(1);
  });

  it('whose answer was lost yesterday survives a list that fails at first', async () => {
    const { world, service, start, resume, saved } = bench();
    service.script(SUBMIT, 'reset-after');
    const watching = new AbortController();
    start(watching.signal);
    await world.pass(0.5);
    watching.abort(new Error('closed'));
    await world.pass(24 * 3600);
    const reopened = world.now();
    service.script(LIST, reply(503, {}), reply(429, {}));
    expect(await world.until(resume(saved.at(-1)!, null).outcome)).toMatchObject({ ok: true });
    expect(world.now() - reopened).toBeLessThan(10_000);
  });

  it('that is 7 days old and not in the list is asked about, not sent again', async () => {
    const { world, service, start, resume, saved } = bench();
    service.script(SUBMIT, 'reset-after');
    const watching = new AbortController();
    start(watching.signal);
    await world.pass(0.5);
    watching.abort(new Error('closed'));
    await world.pass(7 * 24 * 3600);
    service.jobs.length = 0;
    expect(await world.until(resume(saved.at(-1)!, UPLOAD).outcome)).toMatchObject({
      ok: false,
      error: { code: 'job-uncertain' },
    });
    expect(count(service.log, SUBMIT)).toBe(1);
  });

  it('the key is in no saved record and in no address', async () => {
    const { world, service, start, saved } = bench();
    await world.until(start().outcome);
    expect(JSON.stringify(saved) + service.log.join()).not.toContain(KEY);
  });
});
