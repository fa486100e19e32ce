import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { send } from '../../../scripts/probe/wire';
import { stranger } from './surroundings';

const endings: (() => Promise<void>)[] = [];
const never = new AbortController().signal;

afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});

const ask = (address: string) => ({ method: 'GET', address, headers: {}, patience: 60_000, limit: 1_000 }) as const;

/** A server that speaks its own bytes. */
async function raw(onConnection: (socket: Socket) => void): Promise<string> {
  const server: Server = createServer((socket) => {
    socket.on('error', () => undefined);
    onConnection(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  endings.push(() => new Promise((resolve) => server.close(() => resolve())));
  const place = server.address();
  if (typeof place !== 'object' || place === null) throw new Error('The server has no port.');
  return `http://127.0.0.1:${place.port}`;
}

it('an answer that breaks off is told as one that is not whole', async () => {
  const address = await raw((socket) =>
    socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf')),
  );
  const heard = await send(ask(address), never);
  expect(heard).toMatchObject({ kind: 'answer', status: 200, whole: false });
});

it('an answer that is no HTTP is a silence with a reason', async () => {
  const address = await raw((socket) => socket.once('data', () => socket.end('GOOD DAY\r\n\r\n')));
  expect(await send(ask(address), never)).toEqual({ kind: 'silence', why: expect.stringMatching(/it failed \(HPE_/) });
});

it('no more than the limit is read', async () => {
  const endless = await stranger((_request, response) => {
    const more = (): void => {
      while (response.write('x'.repeat(500)));
      response.once('drain', more);
    };
    more();
  });
  endings.push(endless.close);
  const heard = await send(ask(endless.address), never);
  expect(heard).toMatchObject({ kind: 'answer', whole: false });
  expect(heard.kind === 'answer' ? heard.bytes.length : 0).toBe(1_000);
});

it('a redirect is an answer and is not followed', async () => {
  const other = await stranger((_request, response) => response.end());
  const sender = await stranger((_request, response) => response.writeHead(302, { location: other.address }).end());
  endings.push(other.close, sender.close);
  expect(await send(ask(sender.address), never)).toMatchObject({ kind: 'answer', status: 302 });
  expect(other.heard).toEqual([]);
});
