/** Large pictures, slow readers, cut connections and what the service says when it refuses: passed on as they come. */
import { createHash, randomBytes } from 'node:crypto';
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { describe, expect, it } from 'vitest';
import { formOf, type Json, picture, SUBMIT } from '../running';
import { type Handler, inFrontOf, server, tableNetwork, usualService } from './fake';
import { ADA, eventually } from './setting';

const MEGABYTE = 1024 * 1024;
/** More than all sockets' buffers on the way together. */
const LARGE = 96;
/** What they may hold, and the relay besides them. */
const BUFFERS = 56;

const form = (bytes = picture()): FormData => formOf({ model: 'Faces' }, bytes, 'a~abcdefghijkl-1.png');

/** Until the count stands still. */
async function still(count: () => number): Promise<number> {
  for (let last = -1; last !== count(); ) {
    last = count();
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
  return count();
}

/** An upload by hand, whose pace can be seen. */
function upload(address: string, onAnswer: (answer: IncomingMessage) => void): ClientRequest {
  const sending = request(address + SUBMIT, {
    method: 'POST',
    headers: { 'X-API-Key': ADA, 'Content-Type': 'multipart/form-data; boundary=b' },
  });
  sending.on('response', onAnswer);
  sending.on('error', () => undefined);
  sending.write('--b\r\nContent-Disposition: form-data; name="model"\r\n\r\nFaces\r\n');
  sending.write('--b\r\nContent-Disposition: form-data; name="image"; filename="a~abcdefghijkl-1.png"\r\n\r\n');
  return sending;
}

describe('a large picture', () => {
  it('goes up at the pace of the service, is never held whole, and arrives as it was sent', async () => {
    let incoming: IncomingMessage | null = null;
    const hash = createHash('sha256');
    let reply: (() => void) | null = null;
    const service = await server(
      usualService((asked, response) => {
        if (asked.method !== 'POST') return false;
        incoming = asked;
        reply = () => void response.end(JSON.stringify({ process_id: 'job-1' }));
        return true;
      }),
    );
    const { relay } = await inFrontOf(service);
    const sent = createHash('sha256');
    let megabytes = 0;
    const answered = new Promise<IncomingMessage>((resolve) => {
      const sending = upload(relay.address, resolve);
      const next = (): void => {
        if (megabytes === LARGE) return void sending.end('\r\n--b--\r\n');
        const block = randomBytes(MEGABYTE);
        sent.update(block);
        megabytes++;
        if (sending.write(block)) setImmediate(next);
        else sending.once('drain', next);
      };
      next();
    });
    await eventually(() => incoming !== null);
    expect(await still(() => megabytes)).toBeLessThan(BUFFERS);
    const chunks: Buffer[] = [];
    for await (const chunk of incoming!) chunks.push(chunk as Buffer);
    const whole = Buffer.concat(chunks);
    const from = whole.lastIndexOf('\r\n\r\n', 400) + 4;
    hash.update(whole.subarray(from, whole.length - '\r\n--b--\r\n'.length));
    reply!();
    expect((await answered).statusCode).toBe(200);
    expect(hash.digest('hex')).toBe(sent.digest('hex'));
  });

  it('comes down at the pace of its reader, and ends before its time where the storage host fails', async () => {
    let megabytes = 0;
    let cut = false;
    const storage = await server((_asked, response) => {
      response.writeHead(200, { 'Content-Length': String(LARGE * MEGABYTE) });
      const next = (): void => {
        if (cut) return void response.destroy();
        megabytes++;
        if (response.write(Buffer.alloc(MEGABYTE))) setImmediate(next);
        else response.once('drain', next);
      };
      next();
    });
    const service = await server(withResult('https://files.example/a'));
    const { network } = tableNetwork({ 'files.example': () => ['93.184.216.34'] }, storage, service);
    const { call } = await inFrontOf(service, { network });
    await call(SUBMIT, { method: 'POST', body: form() });
    const { download_url } = (await (await call('/image/v1/download/job-1')).json()) as Json;
    const answer = await new Promise<IncomingMessage>((resolve) => request(download_url, resolve).end());
    answer.pause();
    expect(await still(() => megabytes)).toBeLessThan(BUFFERS);
    cut = true;
    const ended = new Promise((resolve) => answer.on('error', resolve));
    answer.resume();
    expect(await ended).toMatchObject({ message: 'aborted' });
  });
});

function withResult(link: string): Handler {
  return usualService((asked, response) => {
    if (asked.url !== '/image/v1/download/job-1') return false;
    response.end(JSON.stringify({ download_url: link, expiry: 4e9 }));
    return true;
  });
}

describe('a connection that is cut', () => {
  it('in the middle of an upload leaves the service without a whole form', async () => {
    const ends: string[] = [];
    const service = await server(
      usualService((asked) => {
        if (asked.method !== 'POST') return false;
        asked.resume();
        asked.on('end', () => ends.push('whole'));
        asked.on('error', () => ends.push('cut'));
        return true;
      }),
    );
    const { relay } = await inFrontOf(service);
    const sending = upload(relay.address, () => undefined);
    sending.write(randomBytes(MEGABYTE), () => setTimeout(() => sending.destroy(), 50));
    await eventually(() => ends.length > 0);
    expect(ends).toEqual(['cut']);
  });

  it('after the upload does not lose the number of the job', async () => {
    let reply: (() => void) | null = null;
    const service = await server(
      usualService((asked, response) => {
        if (asked.method !== 'POST') return false;
        asked.resume();
        asked.on('end', () => {
          reply = () => void response.end(JSON.stringify({ process_id: 'job-1' }));
        });
        return true;
      }),
    );
    const { call } = await inFrontOf(service);
    const closing = new AbortController();
    const lost = call(SUBMIT, { method: 'POST', body: form(), signal: closing.signal }).catch(() => 'lost');
    await eventually(() => reply !== null);
    closing.abort();
    expect(await lost).toBe('lost');
    reply!();
    await eventually(async () => (await call('/image/v1/status/job-1')).status === 200);
  });
});

describe('what the service answers', () => {
  it.each([
    [429, { 'Retry-After': '7', 'Content-Type': 'application/json' }, '{"message":"Slow down."}'],
    [425, { 'Retry-After': 'Fri, 01 May 2026 12:00:00 GMT' }, '{"message":"Too early."}'],
    [402, { 'Content-Type': 'application/json' }, '{"message":"Insufficient funds."}'],
    [401, {}, ''],
    [412, {}, '{"message":"cut'],
    [500, { 'Content-Type': 'text/html' }, '<h1>Oops</h1>'],
    [503, { 'Retry-After': '30' }, ''],
  ])('%i is passed on with its body and its time to wait', async (status, headers, body) => {
    const service = await server((asked, response) => {
      asked.resume();
      asked.on('end', () => response.writeHead(status, headers as Record<string, string>).end(body));
    });
    const { call } = await inFrontOf(service);
    const answers = [
      await call('/account/v1/credits/balance'),
      await call('/image/v1/status?paginated=true&limit=100'),
      await call(SUBMIT, { method: 'POST', body: form() }),
    ];
    for (const answer of answers) {
      expect(answer.status).toBe(status);
      expect(answer.headers.get('retry-after')).toBe((headers as Record<string, string>)['Retry-After'] ?? null);
      expect(await answer.text()).toBe(body);
    }
  });

  it.each<[string, Handler, number]>([
    ['nothing, for the connection drops', (asked) => void asked.socket.destroy(), 502],
    ['a redirect', (_asked, response) => void response.writeHead(307, { Location: 'http://127.0.0.1:1/' }).end(), 502],
    ['no list', (_asked, response) => void response.end('{"data":1}'), 502],
    [
      'half an answer',
      (_asked, response) => {
        response.writeHead(200, { 'Content-Length': '100' }).write('half', () => response.destroy());
      },
      502,
    ],
    ['never', () => undefined, 504],
  ])('%s: an error of the service’s own, which costs nothing', async (_name, handler, status) => {
    const service = await server(handler);
    const { call } = await inFrontOf(service, { patience: 200 });
    const answer = await call('/image/v1/status?paginated=true&limit=100');
    expect([answer.status, answer.headers.get('location')]).toEqual([status, null]);
  });

  it('before the upload is over reaches the client', async () => {
    const service = await server((_asked, response) => void response.writeHead(415).end('{"message":"No picture."}'));
    const { call } = await inFrontOf(service);
    const answer = await call(SUBMIT, { method: 'POST', body: form(randomBytes(3 * MEGABYTE)) });
    expect([answer.status, await answer.text()]).toEqual([415, '{"message":"No picture."}']);
  });

  it('as a list without names holds back what may be somebody else’s, and says that something is there', async () => {
    const entries = [{ process_id: 'job-9', status: 'Processing' }, 'what?'];
    let takes = false;
    const service = await server((asked, response) => {
      asked.resume();
      if (asked.method === 'POST')
        asked.on('end', () => (takes ? response.end('{"process_id":"job-1"}') : response.destroy()));
      else response.end(JSON.stringify({ data: entries, pagination: { has_next_page: false } }));
    });
    const { call } = await inFrontOf(service);
    const list = async (): Promise<Json> =>
      (await (await call('/image/v1/status?paginated=true&limit=100')).json()) as Json;
    expect((await list()).data).toEqual([]);
    expect((await call(SUBMIT, { method: 'POST', body: form() })).status).toBe(502);
    expect((await list()).data).toEqual([null, null]);
    takes = true;
    expect((await call(SUBMIT, { method: 'POST', body: form() })).status).toBe(200);
    expect((await list()).data).toEqual([]);
  });
});
