/** The scripted service behind real sockets: one origin for the API, another for the files. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createService, type Service } from './service';

export interface HttpService {
  readonly service: Service;
  readonly address: string;
  readonly filesAddress: string;
  /** Headers of every request to the files' origin. */
  readonly fileHeaders: Headers[];
  close(): Promise<void>;
}

export async function httpService(clock: () => number): Promise<HttpService> {
  const fileHeaders: Headers[] = [];
  const service = createService(clock, '');
  const onRequest = (files: boolean) => async (request: IncomingMessage, response: ServerResponse) => {
    if (request.method === 'OPTIONS') return void answerPreflight(response);
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
    if (files) fileHeaders.push(headers);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const type = request.headers['content-type'] ?? '';
    const form = type.startsWith('multipart/form-data')
      ? await new Response(Buffer.concat(chunks), { headers: { 'Content-Type': type } }).formData()
      : null;
    const outgoing = await service.handle({
      method: request.method ?? 'GET',
      path: request.url ?? '/',
      headers,
      form,
    });
    const cors = request.headers.origin === undefined ? {} : { 'Access-Control-Allow-Origin': '*' };
    if (outgoing === 'silence') return;
    if (outgoing === 'reset') return void request.socket.resetAndDestroy();
    response.writeHead(outgoing.status, { ...cors, ...outgoing.headers });
    response.end(outgoing.body);
  };
  const api = createServer((request, response) => void onRequest(false)(request, response));
  const files = createServer((request, response) => void onRequest(true)(request, response));
  const address = await listen(api);
  const filesAddress = await listen(files);
  service.filesAddress = filesAddress;
  return {
    service,
    address,
    filesAddress,
    fileHeaders,
    close: async () => {
      await Promise.all([close(api), close(files)]);
    },
  };
}

/** What a browser asks before it sends the key's header from a frame without an origin. */
function answerPreflight(response: ServerResponse): void {
  response.writeHead(204, {
    'Access-Control-Allow-Origin': '*',
    'Access-Control-Allow-Headers': 'X-API-Key',
    'Access-Control-Allow-Methods': 'GET, POST, DELETE',
  });
  response.end();
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
