/** Where the relay goes, and where it can be brought to go: to the service, and to what the service itself named. */
import { request } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { isPublicAddress } from '../../../engine/relay/address';
import { FILE_PATH } from '../../../engine/relay/route';
import { seal } from '../../../engine/relay/sealed';
import { formOf, type Json, picture, SUBMIT } from '../running';
import { type Fronted, inFrontOf, type Opened, server, tableNetwork, usualService } from './fake';
import { ADA, eventually, setting, TEAM_KEY } from './setting';

const PUBLIC = '93.184.216.34';

describe('an address', () => {
  it.each([
    [PUBLIC, true],
    ['2606:2800:220:1:248:1893:25c8:1946', true],
    ['127.0.0.1', false],
    ['127.8.9.1', false],
    ['0.0.0.0', false],
    ['10.1.2.3', false],
    ['100.64.0.1', false],
    ['169.254.169.254', false],
    ['172.16.0.1', false],
    ['172.32.0.1', true],
    ['192.168.1.1', false],
    ['198.18.0.1', false],
    ['224.0.0.1', false],
    ['255.255.255.255', false],
    ['::', false],
    ['::1', false],
    ['::ffff:127.0.0.1', false],
    ['::ffff:93.184.216.34', false],
    ['64:ff9b::a00:1', false],
    ['fc00::1', false],
    ['fd12::1', false],
    ['fe80::1', false],
    ['fe80::1%eth0', false],
    ['ff02::1', false],
    ['2001::1', false],
    ['2001:db8::1', false],
    ['2002:7f00:1::', false],
    ['localhost', false],
    ['', false],
  ])('%s is public: %s', (address, expected) => {
    expect(isPublicAddress(address)).toBe(expected);
  });
});

/** A relay whose service hands out this link. */
async function withLink(
  link: string,
  storage: Parameters<typeof server>[0] = (_request, response) => void response.end('picture'),
  names: Readonly<Record<string, () => readonly string[]>> = {},
): Promise<{ readonly answer: Response; readonly opened: Opened[]; readonly resolved: string[] }> {
  const service = await server(
    usualService((asked, response) => {
      if (asked.url !== '/image/v1/download/job-1') return false;
      response.end(JSON.stringify({ download_url: link, head_url: link, expiry: 4e9 }));
      return true;
    }),
  );
  const table = tableNetwork(
    {
      'files.example': () => [PUBLIC],
      'inside.example': () => ['10.0.0.5'],
      'mixed.example': () => [PUBLIC, '192.168.0.1'],
      'six.example': () => ['::ffff:10.0.0.1'],
      localhost: () => ['127.0.0.1'],
      ...names,
    },
    await server(storage),
    service,
  );
  const { call } = await inFrontOf(service, { network: table.network });
  await submitted(call);
  const links = (await (await call('/image/v1/download/job-1')).json()) as Json;
  return { answer: await fetch(links.download_url, { redirect: 'manual' }), ...table };
}

async function submitted(call: Fronted['call']): Promise<void> {
  const body = formOf({ model: 'Faces' }, picture(), 'a~abcdefghijkl-1.png');
  expect((await call(SUBMIT, { method: 'POST', body })).status).toBe(200);
}

describe('a link that the service hands out', () => {
  it('is fetched from the host it names, at the address that was checked, with neither key nor token', async () => {
    let asked = 0;
    const names = { 'turning.example': () => [asked++ === 0 ? PUBLIC : '127.0.0.1'] };
    const { answer, opened } = await withLink('https://turning.example/a?sig=1', undefined, names);
    expect([answer.status, await answer.text()]).toEqual([200, 'picture']);
    expect(opened).toEqual([{ host: 'turning.example', address: PUBLIC, headers: {} }]);
  });

  it.each([
    'http://files.example/a',
    'https://files.example:8443/a',
    'https://user:word@files.example/a',
    'https://127.0.0.1/a',
    'https://2130706433/a',
    'https://0x7f.1/a',
    'https://[::1]/a',
    'https://[::ffff:7f00:1]/a',
    'https://169.254.169.254/latest/meta-data',
    'https://localhost/a',
    'https://inside.example/a',
    'https://mixed.example/a',
    'https://six.example/a',
  ])('%s is not fetched', async (link) => {
    const { answer, opened } = await withLink(link);
    expect(answer.status).toBe(502);
    expect(opened).toEqual([]);
  });

  it('is not followed elsewhere', async () => {
    const { answer, opened } = await withLink('https://files.example/a', (_request, response) => {
      response.writeHead(302, { Location: 'http://169.254.169.254/' }).end('secret');
    });
    expect([answer.status, answer.headers.get('location')]).toEqual([502, null]);
    expect(await answer.text()).not.toContain('secret');
    expect(opened).toHaveLength(1);
  });

  it.each(['ftp://files.example/a', 'file:///etc/passwd', 'javascript:1', '', 7, null, 'https://'])(
    '%s is no link',
    async (link) => {
      const service = await server(
        usualService((asked, response) => {
          if (asked.url !== '/image/v1/download/job-1') return false;
          response.end(JSON.stringify({ download_url: link }));
          return true;
        }),
      );
      const { call } = await inFrontOf(service);
      await submitted(call);
      expect((await call('/image/v1/download/job-1')).status).toBe(502);
    },
  );

  it('cannot be made, changed or used past its time by anybody else', async () => {
    let clock = Date.UTC(2026, 4, 1);
    const set = await setting({ relay: { now: () => clock } });
    const body = formOf({ model: 'Faces' }, picture(), 'a~abcdefghijkl-1.png');
    const { process_id: id } = (await (await set.call(ADA, SUBMIT, { method: 'POST', body })).json()) as Json;
    await eventually(async () => (await set.call(ADA, `/image/v1/download/${id}`)).status === 200);
    const links = (await (await set.call(ADA, `/image/v1/download/${id}`)).json()) as Json;
    const sealed: string = links.download_url.split(FILE_PATH)[1];
    const own = { address: 'https://files.example/', method: 'GET', expires: 4e9, person: 'Ada' } as const;
    const flipped = (at: number) => sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1);
    const before = set.service.seen.length;
    for (const wrong of [
      seal(new Uint8Array(32), own),
      flipped(0),
      flipped(20),
      flipped(60),
      sealed.slice(0, 30),
      'A',
    ]) {
      expect((await fetch(set.relay.address + FILE_PATH + wrong)).status).toBe(403);
    }
    expect((await fetch(links.download_url, { method: 'HEAD' })).status).toBe(403);
    expect(set.service.seen.length).toBe(before);
    expect((await fetch(links.download_url)).status).toBe(200);
    clock += 3_601_000;
    expect((await fetch(links.download_url)).status).toBe(403);
  });
});

/** Small and repeatable (mulberry32). */
function chance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('ten thousand spoiled requests', () => {
  it('reach nothing but the service at its own paths, and the relay goes on', async () => {
    const set = await setting({ limits: { requestsPerMinute: 100_000_000 } });
    const random = chance(7);
    const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
    const PIECES = [
      ...['/image/v1/status', '/image/v1/download/', '/account/v1/credits/balance', FILE_PATH, SUBMIT, '/'],
      ...['..', '%2e%2e', '/../', '//', '\\', '@', ':80', '?', '#', '&', '%00', '%0d%0aHost:x', 'a'.repeat(300)],
      ...[
        '169.254.169.254',
        'http://evil.example/',
        'https://127.0.0.1:22/',
        '[::1]',
        'paginated=true',
        'cursor=',
        'limit=1',
      ],
      ...[
        '/image/v1/cancel/',
        'input/',
        'source_url=http://evil.example',
        '/image/v1/enhance/async',
        ';',
        '*',
        'é',
        '0',
      ],
    ] as const;
    const METHODS = ['GET', 'GET', 'GET', 'POST', 'DELETE', 'PUT', 'HEAD', 'OPTIONS', 'PATCH', 'TRACE', 'CONNECT', 'X'];
    const { port } = new URL(set.relay.address);
    let dropped = 0;
    const ask = (text: string): Promise<void> =>
      new Promise((resolve) => {
        const socket = connect(Number(port), '127.0.0.1', () => socket.write(text));
        // Some never say enough to be answered.
        const bored = setTimeout(() => socket.destroy(), 500);
        socket.on('data', () => socket.destroy());
        socket.on('error', () => dropped++);
        socket.on('close', () => {
          clearTimeout(bored);
          resolve();
        });
      });
    const RIGHT = [
      '/image/v1/status?paginated=true&limit=100&cursor=abc',
      '/account/v1/credits/balance',
      SUBMIT,
    ] as const;
    const anyPath = (): string => Array.from({ length: 1 + Math.floor(random() * 4) }, () => one(PIECES)).join('');
    /** A right one, with something in it replaced, or as it is. */
    const nearly = (): string => {
      const right: string = one(RIGHT);
      if (random() < 0.3) return right;
      const at = Math.floor(random() * (right.length + 1));
      return right.slice(0, at) + one(PIECES) + right.slice(at + Math.floor(random() * 3));
    };
    const RIGHT_FORM =
      '--b\r\nContent-Disposition: form-data; name="model"\r\n\r\nFaces\r\n--b\r\nContent-Disposition: form-data; name="image"; filename="x.png"\r\n\r\nPNG\r\n--b--\r\n';
    const spoiled = (): string => {
      const path = random() < 0.5 ? anyPath() : nearly();
      const token = random() < 0.8 ? ADA : one(['x', TEAM_KEY, '', 'é']);
      const host = one(['localhost', 'evil.example', '169.254.169.254', 'a b', '']);
      const form = random() < 0.5;
      const body =
        random() < 0.3
          ? RIGHT_FORM
          : form
            ? `--b\r\nContent-Disposition: form-data; name="${one(PIECES)}"\r\n\r\n${one(PIECES)}`
            : one(PIECES);
      const headers = [
        `Host: ${host}`,
        `X-API-Key: ${token}`,
        `X-Forwarded-Host: evil.example`,
        ...(random() < 0.3 ? [`Content-Type: multipart/form-data; boundary=${one(['b', '"b"', '', 'x y'])}`] : []),
        ...(random() < 0.9
          ? [`Content-Length: ${random() < 0.9 ? Buffer.byteLength(body) : one(['-1', '5', '99999999999'])}`]
          : []),
        ...(random() < 0.05 ? ['Transfer-Encoding: chunked'] : []),
        'Connection: close',
      ];
      return `${one(METHODS)} ${path} HTTP/1.1\r\n${headers.join('\r\n')}\r\n\r\n${body}`;
    };
    for (let done = 0; done < 10_000; done += 50) await Promise.all(Array.from({ length: 50 }, () => ask(spoiled())));
    expect(dropped).toBeLessThan(10_000);
    const servicePort = new URL(set.service.engine.address).port;
    expect([...set.reached]).toEqual([`127.0.0.1:${servicePort}`]);
    // Enough of them were right enough to be passed on.
    expect(set.service.seen.length).toBeGreaterThan(100);
    const OWN =
      /^\/(account\/v1\/credits\/balance|image\/v1\/(restore-gen|enhance)\/async|image\/v1\/(status|cancel|download|download\/input)\/[\w-]+|image\/v1\/status(\?paginated=true&limit=\d+(&cursor=[^&]*)?)?)$/;
    for (const { path } of set.service.seen) expect(path).toMatch(OWN);
    expect(set.service.engine.jobs()).toEqual([]);
    const body = formOf({ model: 'Faces' }, picture(), 'a~abcdefghijkl-1.png');
    expect((await set.call(ADA, SUBMIT, { method: 'POST', body })).status).toBe(200);
    expect(set.log.join('\n')).not.toContain(TEAM_KEY);
  });

  it('are not helped by a request line that names another host', async () => {
    const set = await setting();
    const { port } = new URL(set.relay.address);
    const status = await new Promise((resolve, reject) => {
      const asked = request({
        port,
        path: `${set.service.engine.address}/image/v1/status`,
        headers: { 'X-API-Key': ADA },
      });
      asked.on('response', (answer) => resolve(answer.resume().statusCode)).on('error', reject);
      asked.end();
    });
    expect(status).toBe(404);
  });
});
