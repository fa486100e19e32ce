/** The relay as the plugin and a team see it, in front of an engine that plays the service. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addPerson } from '../../../engine/relay/people';
import { formOf, type Json, newFolder, picture, SUBMIT, slowRestorer } from '../running';
import { ADA, BOB, eventually, type Setting, setting, TEAM_KEY } from './setting';

const TAG = 'portrait~abcdefghijkl-1.png';

const json = async (answer: Response): Promise<Json> => answer.json();

async function send(set: Setting, token: string, name = TAG, shade = 100): Promise<string> {
  const answer = await set.call(token, SUBMIT, {
    method: 'POST',
    body: formOf({ model: 'Faces', output_format: 'png' }, picture(shade), name),
  });
  expect(answer.status).toBe(200);
  return (await json(answer)).process_id;
}

async function completed(set: Setting, token: string, id: string): Promise<Json> {
  for (;;) {
    const status = await json(await set.call(token, `/image/v1/status/${id}`));
    if (status.status === 'Completed') return status;
  }
}

const list = async (set: Setting, token: string): Promise<Json[]> =>
  (await json(await set.call(token, '/image/v1/status?paginated=true&limit=100'))).data;

describe('a job through the relay', () => {
  it('is sent, watched and fetched with a token alone, and its bytes are those of the service', async () => {
    const set = await setting();
    const id = await send(set, ADA);
    await completed(set, ADA, id);
    for (const what of ['', 'input/']) {
      const links = await json(await set.call(ADA, `/image/v1/download/${what}${id}`));
      const direct = await set.service.json(`/image/v1/download/${what}${id}`, { headers: { 'X-API-Key': TEAM_KEY } });
      expect(links.download_url.startsWith(`${set.relay.address}/relay/v1/files/`)).toBe(true);
      const through = await fetch(links.download_url);
      expect(through.headers.get('content-type')).toBe('image/png');
      const expected = await (await fetch(direct.download_url)).arrayBuffer();
      expect(Buffer.from(await through.arrayBuffer()).equals(Buffer.from(expected))).toBe(true);
      const head = await fetch(links.head_url, { method: 'HEAD' });
      expect(head.headers.get('content-length')).toBe(String(expected.byteLength));
    }
  });

  it('shows the key, the tokens and the links of the service to nobody and in no file', async () => {
    const set = await setting();
    const id = await send(set, ADA);
    await completed(set, ADA, id);
    const links = await json(await set.call(ADA, `/image/v1/download/${id}`));
    await set.call('wrong', '/account/v1/credits/balance');
    await set.call(ADA, '/account/v1/credits/balance');
    await set.call(ADA, `/image/v1/cancel/${id}`, { method: 'DELETE' });
    const kept = set.kept();
    const all = [...set.heard, ...set.log, ...Object.values(kept)].join('\n');
    expect(Object.keys(kept).sort()).toEqual(['journal.jsonl', 'lock', 'secret', 'spend.jsonl']);
    expect(all).toContain(id);
    for (const secret of [TEAM_KEY, ADA, BOB, set.service.engine.filesAddress]) expect(all).not.toContain(secret);
    expect(JSON.stringify(kept)).not.toContain('portrait');
    // The service saw the key at its API alone, and the token nowhere.
    const seen = set.service.seen.map(({ origin, path, headers }) => [origin, `${path} ${JSON.stringify(headers)}`]);
    expect(links.download_url).toBeTypeOf('string');
    await fetch(links.download_url);
    for (const [origin, text] of seen) {
      expect(text).not.toContain(ADA);
      expect(text!.includes(TEAM_KEY)).toBe(origin === 'api');
    }
  });

  it('takes the key out of an answer of the service that repeats it', async () => {
    const set = await setting();
    // The engine repeats the upload's name.
    const id = await send(set, ADA, `${TEAM_KEY}~abcdefghijkl-1.png`);
    const status = await completed(set, ADA, id);
    expect(status.filename).toBe('[key]~abcdefghijkl-1.png');
    expect(set.heard.join()).not.toContain(TEAM_KEY);
  });

  it('is logged when it completes: who, when, how much, once, although its client never asks', async () => {
    const set = await setting({ relay: { settleEvery: 20 } });
    const id = await send(set, ADA);
    await eventually(() => set.kept()['spend.jsonl']!.includes(id));
    await completed(set, ADA, id);
    await list(set, ADA);
    const lines = set
      .kept()
      ['spend.jsonl']!.trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Json);
    expect(lines).toEqual([
      { at: expect.stringMatching(/^\d{4}-\d\d-\d\dT/), person: 'Ada', processId: id, credits: 1 },
    ]);
  });
});

describe('two people at one relay', () => {
  it('do not see, fetch or cancel each other’s jobs, nor those that the account has beside the relay', async () => {
    const held = slowRestorer();
    const set = await setting({ engine: { restorer: held } });
    const own = await send(set, ADA);
    const other = await send(set, BOB, 'portrait~zyxwvutsrqpo-1.png', 50);
    const beside = await set.service.json(SUBMIT, {
      method: 'POST',
      headers: { 'X-API-Key': TEAM_KEY },
      body: formOf({ model: 'Faces' }, picture(20), 'portrait~bbbbbbbbbbbb-1.png'),
    });
    expect((await list(set, ADA)).map(({ process_id }) => process_id)).toEqual([own]);
    expect((await list(set, BOB)).map(({ process_id }) => process_id)).toEqual([other]);
    const plain = await json(await set.call(ADA, '/image/v1/status'));
    expect(plain.map((entry: Json) => entry.process_id)).toEqual([own]);
    for (const id of [other, beside.process_id]) {
      for (const path of [`/image/v1/status/${id}`, `/image/v1/download/${id}`, `/image/v1/download/input/${id}`]) {
        expect((await set.call(ADA, path)).status).toBe(404);
      }
      expect((await set.call(ADA, `/image/v1/cancel/${id}`, { method: 'DELETE' })).status).toBe(404);
    }
    expect((await set.call(ADA, `/image/v1/cancel/${own}`, { method: 'DELETE' })).status).toBe(204);
    held.finish();
    held.finish();
  });

  it('cannot take a name that the other has used, nor reach a picture by number, address or call-back', async () => {
    const set = await setting();
    await send(set, ADA);
    const taken = await set.call(BOB, SUBMIT, { method: 'POST', body: formOf({ model: 'Faces' }, picture(), TAG) });
    expect(taken.status).toBe(400);
    const before = set.service.engine.jobs().length;
    for (const field of ['source_id', 'source_url', 'webhook_url', 'Source_ID']) {
      const form = formOf({ model: 'Faces', [field]: 'https://example.com/x' }, picture(), 'a~cccccccccccc-1.png');
      expect((await set.call(BOB, SUBMIT, { method: 'POST', body: form })).status, field).toBe(400);
    }
    const after = formOf({ model: 'Faces' }, picture(), 'a~dddddddddddd-1.png');
    after.append('source_id', 'x');
    expect((await set.call(BOB, SUBMIT, { method: 'POST', body: after })).status).toBe(400);
    expect(set.service.engine.jobs()).toHaveLength(before);
  });

  it('loses access at once when the person is taken out of the file, links included', async () => {
    const set = await setting();
    const id = await send(set, ADA);
    await completed(set, ADA, id);
    const { download_url } = await json(await set.call(ADA, `/image/v1/download/${id}`));
    expect((await fetch(download_url)).status).toBe(200);
    writeFileSync(join(set.folder, '../people.json'), '{ "people": [] }');
    expect((await set.call(ADA, `/image/v1/status/${id}`)).status).toBe(401);
    expect((await fetch(download_url)).status).toBe(403);
  });
});

describe('limits', () => {
  it('stop a person at the day’s credits, count what still runs, and are the balance they see', async () => {
    const held = slowRestorer();
    let clock = Date.UTC(2026, 4, 1, 12);
    const set = await setting({
      engine: { restorer: held, parallel: 2 },
      relay: { now: () => clock },
      limits: { creditsPerDay: 2 },
    });
    const balance = async (token: string): Promise<Json> => json(await set.call(token, '/account/v1/credits/balance'));
    expect(await balance(ADA)).toEqual({ available_credits: 2, reserved_credits: 0, total_credits: 2 });
    const first = await send(set, ADA, 'a~aaaaaaaaaaaa-1.png');
    const second = await send(set, ADA, 'a~aaaaaaaaaaaa-2.png', 50);
    expect(await balance(ADA)).toEqual({ available_credits: 0, reserved_credits: 2, total_credits: 2 });
    const third = formOf({ model: 'Faces' }, picture(20), 'a~aaaaaaaaaaaa-3.png');
    const refused = await set.call(ADA, SUBMIT, { method: 'POST', body: third });
    expect([refused.status, (await json(refused)).message]).toEqual([
      402,
      "The relay's limit of 2 credits a day is reached.",
    ]);
    // Bob has no limit.
    await send(set, BOB, 'b~aaaaaaaaaaab-1.png', 10);
    expect((await balance(BOB)).total_credits).toBe(10_000);
    await set.call(ADA, `/image/v1/cancel/${second}`, { method: 'DELETE' });
    expect((await balance(ADA)).available_credits).toBe(1);
    held.finish();
    held.finish();
    await completed(set, ADA, first);
    expect((await balance(ADA)).available_credits).toBe(1);
    await set.restart();
    expect((await balance(ADA)).available_credits).toBe(1);
    clock += 12 * 3_600_000;
    expect((await balance(ADA)).available_credits).toBe(2);
  });

  it('hold the requests of a minute, say when there is room again, and let others be', async () => {
    let clock = Date.UTC(2026, 4, 1);
    const set = await setting({ relay: { now: () => clock }, limits: { requestsPerMinute: 6 } });
    const ask = (token: string) => set.call(token, '/account/v1/credits/balance');
    for (let time = 0; time < 6; time++) expect((await ask(ADA)).status).toBe(200);
    const refused = await ask(ADA);
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '10']);
    expect((await ask(BOB)).status).toBe(200);
    clock += 10_000;
    expect((await ask(ADA)).status).toBe(200);
    expect((await ask(ADA)).status).toBe(429);
  });

  it('let no upload past the size, announced or not, and the service never takes a part for the whole', async () => {
    const set = await setting({ relay: { uploadLimit: 20_000 } });
    const noise = new Uint8Array(50_000).fill(7);
    const form = formOf({ model: 'Faces' }, noise);
    // Announced: refused before the body.
    expect((await set.call(ADA, SUBMIT, { method: 'POST', body: form })).status).toBe(413);
    const asked = new Request('http://x', { method: 'POST', body: formOf({ model: 'Faces' }, noise) });
    const unannounced = await set.call(ADA, SUBMIT, {
      method: 'POST',
      headers: { 'Content-Type': asked.headers.get('content-type')! },
      body: asked.body,
      duplex: 'half',
    } as RequestInit);
    expect(unannounced.status).toBe(413);
    expect(set.service.engine.jobs()).toEqual([]);
    await send(set, ADA);
  });
});

describe('a relay that is stopped and started again', () => {
  it('knows whose each job is, and its links open still', async () => {
    const set = await setting();
    const id = await send(set, ADA);
    await completed(set, ADA, id);
    const { download_url } = await json(await set.call(ADA, `/image/v1/download/${id}`));
    await set.restart();
    expect((await list(set, ADA)).map(({ process_id }) => process_id)).toEqual([id]);
    expect(await list(set, BOB)).toEqual([]);
    expect((await fetch(download_url)).status).toBe(200);
    expect((await set.call(ADA, `/image/v1/status/${id}`)).status).toBe(200);
  });
});

describe('a page of any origin', () => {
  it('may ask and may read when to ask again', async () => {
    const set = await setting();
    const preflight = await set.call(ADA, SUBMIT, {
      method: 'OPTIONS',
      headers: {
        Origin: 'null',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'x-api-key',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('null');
    expect(preflight.headers.get('access-control-allow-headers')).toContain('X-API-Key');
    expect(preflight.headers.get('access-control-allow-methods')).toContain('DELETE');
    for (const token of [ADA, 'wrong']) {
      const answer = await set.call(token, '/account/v1/credits/balance', { headers: { Origin: 'null' } });
      expect(answer.headers.get('access-control-allow-origin')).toBe('null');
      expect(answer.headers.get('access-control-expose-headers')).toContain('Retry-After');
    }
  });
});

describe('the people’s file', () => {
  it('gets a person with a token that is nowhere in it, and a new one in place of the old', async () => {
    const file = join(await newFolder(), 'people.json');
    const [first, second] = [addPerson(file, 'Ada'), addPerson(file, 'Ada')];
    if (!first.ok || !second.ok) throw new Error('not added');
    expect(first.value).not.toBe(second.value);
    const text = readFileSync(file, 'utf8');
    expect(JSON.parse(text).people).toHaveLength(1);
    expect(text).not.toContain(second.value);
    expect(addPerson(file, '').ok).toBe(false);
  });
});
