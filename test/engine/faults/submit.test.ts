import { describe, expect, it } from 'vitest';
import type { Fault, Match } from '../../../engine/faults/plan';
import { type Json, KEY, picture, type Running, runEngine, SUBMIT, slowRestorer, until } from '../running';
import { type RawAnswer, type RawRequest, rawCall, rawForm } from './rawClient';

const SUBMITS: Match = { kind: 'submit' };

function send(
  { engine }: Running,
  { name, size = 4, ...more }: RawRequest & { readonly name?: string; readonly size?: number } = {},
): Promise<RawAnswer> {
  const { body, type } = rawForm(picture(100, size, size), name);
  const headers = { 'X-API-Key': KEY, 'Content-Type': type, Origin: 'null', ...more.headers };
  return rawCall(engine.address + SUBMIT, { method: 'POST', body, ...more, headers });
}

const withFault = (fault: Fault, match: Match = SUBMITS): Promise<Running> =>
  runEngine({ faults: { rules: [{ match, fault }] } });

/** Charges once every job there is has ended. */
async function chargesAtTheEnd(running: Running): Promise<number> {
  for (const { processId } of running.engine.jobs()) await until(running, processId, 'Completed');
  return running.engine.charges().length;
}

async function eventually(check: () => boolean): Promise<void> {
  while (!check()) await new Promise((resolve) => setTimeout(resolve, 2));
}

describe('a submission whose connection is dropped', () => {
  it.each([0, 0.5, 0.99, 1])('at %d of its body makes no job and costs nothing', async (at) => {
    const running = await withFault({ kind: 'reset', at });
    // Noise does not compress: a body of more than a socket holds at once.
    const { status, end } = await send(running, { size: 1000 });
    expect(status).toBeNull();
    expect(['ECONNRESET', 'EPIPE']).toContain(end);
    expect(running.engine.jobs()).toEqual([]);
    expect(running.engine.faults.fired()).toMatchObject([{ fired: 1 }]);
  });

  it.each([false, true])('after it was taken makes a job that is charged; gently: %s', async (gently) => {
    const running = await withFault({ kind: 'reset', at: 'answered', gently });
    expect(await send(running)).toMatchObject({ status: null, end: 'ECONNRESET' });
    expect(running.engine.jobs()).toHaveLength(1);
    expect(await chargesAtTheEnd(running)).toBe(1);
  });
});

describe('a submission that is never answered', () => {
  it.each([
    [false, 0],
    [true, 1],
  ])('is acted on: %s, and makes %d jobs', async (answered, jobs) => {
    const running = await withFault({ kind: 'silence', answered });
    const stop = new AbortController();
    let over = false;
    const asked = send(running, { signal: stop.signal }).then((answer) => {
      over = true;
      return answer;
    });
    await eventually(() => running.engine.faults.fired()[0]!.fired === 1 && running.engine.jobs().length === jobs);
    await chargesAtTheEnd(running);
    expect(over).toBe(false);
    stop.abort();
    expect(await asked).toMatchObject({ status: null, end: 'ABORT_ERR' });
    expect(running.engine.charges()).toHaveLength(jobs);
  });
});

const STATUSES = [400, 401, 402, 403, 404, 408, 409, 412, 413, 415, 422, 425, 429, 500, 502, 503, 504];

describe('a submission that is answered with an error', () => {
  it('in place of being taken makes no job, whatever the status', async () => {
    const running = await runEngine();
    for (const status of STATUSES) {
      running.engine.faults.set({ rules: [{ match: SUBMITS, fault: { kind: 'answer', status } }] });
      const answer = await send(running);
      expect([answer.status, answer.end]).toEqual([status, 'whole']);
      expect(JSON.parse(answer.body.toString())).toMatchObject({ code: status });
      expect(answer.headers['access-control-allow-origin']).toBe('null');
    }
    expect(running.engine.jobs()).toEqual([]);
  });

  it('after being taken makes a job and a charge for each', async () => {
    const running = await runEngine();
    for (const status of STATUSES) {
      running.engine.faults.set({ rules: [{ match: SUBMITS, fault: { kind: 'answer', status, answered: true } }] });
      expect((await send(running)).status).toBe(status);
    }
    expect(await chargesAtTheEnd(running)).toBe(STATUSES.length);
  });

  it('three times 425 is taken the fourth time', async () => {
    const running = await withFault({ kind: 'answer', status: 425 }, { kind: 'submit', count: 3 });
    const statuses = [];
    for (let attempt = 0; attempt < 4; attempt += 1) statuses.push((await send(running)).status);
    expect(statuses).toEqual([425, 425, 425, 200]);
    expect(await chargesAtTheEnd(running)).toBe(1);
  });
});

describe('a submission that is taken but answered with 200 and', () => {
  it.each<[string, Fault & { kind: 'answer' }, RegExp]>([
    ['HTML', { kind: 'answer', status: 200, body: 'html', answered: true }, /^<!doctype html>/],
    ['nothing', { kind: 'answer', status: 200, body: 'empty', answered: true }, /^$/],
    ['half of its JSON', { kind: 'answer', status: 200, body: 'cut', answered: true }, /^\{"process_id":"[^}]*$/],
    ['no id', { kind: 'answer', status: 200, body: { text: '{"eta":1}' }, answered: true }, /^\{"eta":1\}$/],
  ])('%s is charged', async (_, fault, body) => {
    const running = await withFault(fault);
    const answer = await send(running);
    expect(answer.status).toBe(200);
    expect(answer.body.toString()).toMatch(body);
    expect(await chargesAtTheEnd(running)).toBe(1);
  });

  it('no id in its JSON is charged', async () => {
    const running = await withFault({ kind: 'json', remove: ['process_id'] });
    const answer = await send(running);
    expect(JSON.parse(answer.body.toString())).toEqual({ source_id: expect.any(String), eta: expect.any(Number) });
    expect(await chargesAtTheEnd(running)).toBe(1);
  });
});

describe('a wait that an answer asks for', () => {
  const NOW = Date.UTC(2026, 0, 1);
  it.each<[Fault & { kind: 'answer' }, string, string | undefined]>([
    [{ kind: 'answer', status: 429, retryAfter: { seconds: 7 } }, '7', undefined],
    [{ kind: 'answer', status: 425, retryAfter: { seconds: 1e9, readable: true } }, '1000000000', 'Retry-After'],
    [{ kind: 'answer', status: 429, retryAfter: { seconds: -5 } }, '-5', undefined],
    [
      { kind: 'answer', status: 429, retryAfter: { seconds: 60, as: 'date', readable: true } },
      'Thu, 01 Jan 2026 00:01:00 GMT',
      'Retry-After',
    ],
  ])('is written as %j says', async (fault, text, exposed) => {
    const running = await runEngine({ now: () => NOW, faults: { rules: [{ match: SUBMITS, fault }] } });
    const { status, headers } = await send(running);
    expect([status, headers['retry-after'], headers['access-control-expose-headers']]).toEqual([
      fault.status,
      text,
      exposed,
    ]);
  });

  it('comes with the refusals of the limit of jobs in flight, and with nothing else', async () => {
    const fault: Fault = { kind: 'headers', status: 429, retryAfter: { seconds: 3, readable: true } };
    const faults = { rules: [{ match: SUBMITS, fault }] };
    const running = await runEngine({ restorer: slowRestorer(), inFlight: 1, faults });
    const [taken, refused] = [await send(running), await send(running)];
    expect([taken.status, taken.headers['retry-after']]).toEqual([200, undefined]);
    expect([refused.status, refused.headers['retry-after']]).toEqual([429, '3']);
    expect(refused.headers['access-control-expose-headers']).toBe('Retry-After');
  });
});

describe('an answer that a page may not read', () => {
  it('has no CORS headers', async () => {
    const running = await withFault({ kind: 'answer', status: 503, cors: false });
    const { status, headers } = await send(running);
    expect([status, headers['access-control-allow-origin']]).toEqual([503, undefined]);
  });

  it('follows a preflight that is refused', async () => {
    const running = await withFault(
      { kind: 'answer', status: 403, cors: false },
      { kind: 'preflight', path: 'restore-gen' },
    );
    const ask = (path: string) =>
      rawCall(running.engine.address + path, {
        method: 'OPTIONS',
        headers: { Origin: 'null', 'Access-Control-Request-Method': 'POST' },
      });
    const refused = await ask(SUBMIT);
    expect([refused.status, refused.headers['access-control-allow-origin']]).toEqual([403, undefined]);
    expect((await ask('/image/v1/status')).status).toBe(204);
  });
});

describe('a late acceptance', () => {
  it.each<['reset' | 504, number | null]>([
    ['reset', null],
    [504, 504],
  ])('after %s makes the job, and the charge, only later', async (answer, status) => {
    const running = await withFault({ kind: 'late', seconds: 0.2, answer });
    const begun = performance.now();
    expect((await send(running)).status).toBe(status);
    expect(running.engine.jobs()).toEqual([]);
    await eventually(() => running.engine.jobs().length === 1);
    // 195: a timer may fire a little early by this clock.
    expect(performance.now() - begun).toBeGreaterThan(195);
    expect(await chargesAtTheEnd(running)).toBe(1);
  });
});

describe('an answer that takes its time', () => {
  it.each([
    [true, 1],
    [false, 0],
  ])('has been acted on at once: %s', async (answered, jobs) => {
    const running = await withFault({ kind: 'delay', seconds: 0.3, answered });
    let over = false;
    const asked = send(running).then((answer) => {
      over = true;
      return answer;
    });
    await eventually(() => running.engine.faults.fired()[0]!.fired === 1 && running.engine.jobs().length === jobs);
    expect(over).toBe(false);
    expect((await asked).status).toBe(200);
    expect(await chargesAtTheEnd(running)).toBe(1);
  });
});

describe('a submission that arrives twice', () => {
  it('makes two jobs of one name; the answer names the second, both are charged', async () => {
    const running = await withFault({ kind: 'twice' });
    const answer = await send(running, { name: 'portrait~0123456789ab-1.png' });
    const jobs = running.engine.jobs();
    expect(jobs.map(({ filename }) => filename)).toEqual([
      'portrait~0123456789ab-1.png',
      'portrait~0123456789ab-1.png',
    ]);
    expect(JSON.parse(answer.body.toString()).process_id).toBe(jobs[0]!.processId);
    expect(await chargesAtTheEnd(running)).toBe(2);
  });
});

describe('a rule for one file name', () => {
  it('meets that upload and lets the others through, whole', async () => {
    const running = await withFault({ kind: 'answer', status: 500 }, { kind: 'submit', tag: '^poison~' });
    expect((await send(running, { name: 'poison~0123456789ab-1.png', size: 400 })).status).toBe(500);
    expect((await send(running, { name: 'good~0123456789ab-1.png', size: 400 })).status).toBe(200);
    expect(running.engine.jobs().map(({ filename }) => filename)).toEqual(['good~0123456789ab-1.png']);
    expect(await chargesAtTheEnd(running)).toBe(1);
  });
});

describe('an engine that goes down', () => {
  it('refuses connections on both origins, comes back at the same addresses, and has lost nothing', async () => {
    const running = await withFault({ kind: 'down', seconds: 0.2 }, { kind: 'status', nth: 1 });
    const { process_id } = JSON.parse((await send(running)).body.toString()) as Json;
    const { address, filesAddress } = running.engine;
    const ask = () => rawCall(`${address}/image/v1/status/${process_id}`, { headers: { 'X-API-Key': KEY } });
    expect((await ask()).status).toBeNull();
    expect(await ask()).toMatchObject({ status: null, end: 'ECONNREFUSED' });
    expect(await rawCall(filesAddress)).toMatchObject({ status: null, end: 'ECONNREFUSED' });
    let back = await ask();
    while (back.status === null) back = await ask();
    expect(back.status).toBe(200);
    expect((await rawCall(filesAddress)).status).toBe(404);
    expect(await chargesAtTheEnd(running)).toBe(1);
  });

  it('can be closed meanwhile', async () => {
    const running = await withFault({ kind: 'down', seconds: 1000 });
    expect((await send(running)).status).toBeNull();
    await running.engine.close();
    expect((await send(running)).end).toBe('ECONNREFUSED');
  });
});
