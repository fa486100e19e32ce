import { describe, expect, it } from 'vitest';
import { type Json, KEY, runEngine, submit, until } from './running';

/** Undici's fetch forbids some of these headers to pages, not to Node. */
const preflight = (address: string, headers: Record<string, string>) =>
  fetch(address, { method: 'OPTIONS', headers: { 'Access-Control-Request-Method': 'POST', ...headers } });

describe('a page in a frame with the origin null', () => {
  it('may send the key: the preflight allows it, without credentials', async () => {
    const { engine } = await runEngine();
    const response = await preflight(`${engine.address}/image/v1/restore-gen/async`, {
      Origin: 'null',
      'Access-Control-Request-Headers': 'x-api-key',
    });
    expect(response.status).toBe(204);
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('null');
    expect(response.headers.get('Access-Control-Allow-Headers')?.toLowerCase()).toContain('x-api-key');
    for (const method of ['GET', 'POST', 'DELETE']) {
      expect(response.headers.get('Access-Control-Allow-Methods')).toContain(method);
    }
    expect(response.headers.get('Access-Control-Allow-Credentials')).toBeNull();
  });

  it('may not send a header that the service would not allow either', async () => {
    const { engine } = await runEngine();
    const response = await preflight(engine.address, { Origin: 'null' });
    expect(response.headers.get('Access-Control-Allow-Headers')?.toLowerCase()).not.toContain('idempotency-key');
  });

  it('may call from a public page to this machine', async () => {
    const { engine } = await runEngine();
    const response = await preflight(engine.address, {
      Origin: 'null',
      'Access-Control-Request-Private-Network': 'true',
    });
    expect(response.headers.get('Access-Control-Allow-Private-Network')).toBe('true');
  });

  it('may read refusals too', async () => {
    const { engine } = await runEngine();
    const response = await fetch(`${engine.address}/image/v1/status`, { headers: { Origin: 'null' } });
    expect(response.status).toBe(401);
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('null');
  });

  it('reads the headers that it is told to expose, and no others', async () => {
    const ask = async (exposeHeaders: readonly string[]) => {
      const { call } = await runEngine({ exposeHeaders });
      return (await call('/image/v1/status', { headers: { Origin: 'null' } })).headers.get(
        'Access-Control-Expose-Headers',
      );
    };
    expect(await ask([])).toBeNull();
    expect(await ask(['Retry-After', 'X-Process-ID'])).toBe('Retry-After, X-Process-ID');
  });
});

describe('other pages', () => {
  it.each([
    ['http://localhost:4242', 'http://localhost:4242'],
    ['http://127.0.0.1:80', 'http://127.0.0.1:80'],
    ['https://evil.example', null],
    ['https://localhost.evil.example', null],
  ])('%s may read: %s', async (origin, allowed) => {
    const { call } = await runEngine();
    const response = await call('/image/v1/status', { headers: { Origin: origin } });
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe(allowed);
  });

  it('get no answer under a foreign name that points at this machine', async () => {
    const { engine } = await runEngine();
    const { get } = await import('node:http');
    const status = await new Promise((resolve) => {
      get(`${engine.address}/image/v1/status`, { headers: { Host: 'evil.example', 'X-API-Key': KEY } }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
    });
    expect(status).toBe(421);
  });
});

describe('download links', () => {
  const done = async (now: () => number = () => Date.now()) => {
    const running = await runEngine({ now });
    const id = await submit(running);
    await until(running, id, 'Completed');
    const links = (await running.json(`/image/v1/download/${id}`)) as Json;
    return { running, links };
  };

  it('lead to another origin, which never sees the key', async () => {
    const { running, links } = await done();
    expect(new URL(links.download_url).origin).toBe(running.engine.filesAddress);
    expect(running.engine.filesAddress).not.toBe(running.engine.address);
    expect((await fetch(links.download_url)).status).toBe(200);
    expect(JSON.stringify(links)).not.toContain(KEY);
    const files = running.seen.filter(({ origin }) => origin === 'files');
    expect(files).toHaveLength(1);
    expect(JSON.stringify(files)).not.toContain(KEY);
    // The eyes work: a client that did send it would be seen.
    await fetch(links.download_url, { headers: { 'X-API-Key': KEY } });
    expect(JSON.stringify(running.seen.filter(({ origin }) => origin === 'files'))).toContain(KEY);
  });

  it('do not let a page send the key there', async () => {
    const { links } = await done();
    const response = await preflight(links.download_url, {
      Origin: 'null',
      'Access-Control-Request-Headers': 'x-api-key',
    });
    expect(response.headers.get('Access-Control-Allow-Headers')?.toLowerCase()).not.toContain('x-api-key');
  });

  it('can be read from the frame', async () => {
    const { links } = await done();
    const response = await fetch(links.download_url, { headers: { Origin: 'null' } });
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('null');
  });

  it('tell size and type of the file by HEAD, each signature for its own method', async () => {
    const { links } = await done();
    const body = await (await fetch(links.download_url)).arrayBuffer();
    const head = await fetch(links.head_url, { method: 'HEAD' });
    expect(head.status).toBe(200);
    expect(head.headers.get('content-length')).toBe(String(body.byteLength));
    expect(head.headers.get('content-type')).toBe('image/jpeg');
    expect((await fetch(links.head_url)).status).toBe(403);
    expect((await fetch(links.download_url, { method: 'HEAD' })).status).toBe(403);
  });

  it('are refused in XML after their hour', async () => {
    let now = 1_800_000_000_000;
    const { links } = await done(() => now);
    now += 3_599_000;
    expect((await fetch(links.download_url)).status).toBe(200);
    now += 1000;
    const late = await fetch(links.download_url);
    expect(late.status).toBe(403);
    expect(late.headers.get('content-type')).toContain('xml');
    expect(await late.text()).toContain('<Message>Request has expired</Message>');
  });

  it.each([
    ['a later expiry', (link: URL) => link.searchParams.set('expires', '9999999999')],
    ['another signature', (link: URL) => link.searchParams.set('signature', '0'.repeat(64))],
    ['no signature', (link: URL) => link.searchParams.delete('signature')],
    [
      'another file',
      (link: URL) => {
        link.pathname = link.pathname.replace('result', 'other');
      },
    ],
  ])('are refused with %s', async (_, change) => {
    const { links } = await done();
    const link = new URL(links.download_url);
    change(link);
    expect((await fetch(link)).status).toBe(403);
  });

  it('cannot be made to leave the folder', async () => {
    const { running } = await done();
    const response = await fetch(
      `${running.engine.filesAddress}/sources/..%2f..%2fsecret/x?expires=9999999999&signature=0`,
    );
    expect([403, 404]).toContain(response.status);
  });
});

describe('the log', () => {
  it('has one line a request, without key, query, signature or body', async () => {
    const running = await runEngine();
    const id = await submit(running, { reference_uri: 'https://a.example/reference' }, undefined, 'secret-name.png');
    await until(running, id, 'Completed');
    const { download_url } = await running.json(`/image/v1/download/${id}`);
    await (await fetch(download_url)).arrayBuffer();
    await running.json('/image/v1/status?paginated=true&cursor=');
    // The line is written when the answer has left, which its reader may notice first.
    await expect.poll(() => running.log.length).toBe(running.seen.length);
    const text = running.log.join('\n');
    expect(running.log.every((line) => /^\d\d:\d\d:\d\d (api|files) [A-Z]+ \/\S* \d{3} \d+ ms$/.test(line))).toBe(true);
    for (const word of [KEY, 'signature', 'paginated', 'secret-name', 'a.example']) expect(text).not.toContain(word);
  });
});
