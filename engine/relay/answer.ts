/** The relay's answers: readable by a page of any origin, since only the token, which pages must send themselves, opens anything. */
import type { IncomingMessage, ServerResponse } from 'node:http';

const EXPOSED = ['Retry-After', 'X-Process-ID', 'X-Source-ID', 'X-ETA'];

/** On every answer, before anything else is written. */
export function allowPages(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Origin', request.headers.origin === 'null' ? 'null' : '*');
  response.setHeader('Vary', 'Origin');
  response.setHeader('Access-Control-Expose-Headers', EXPOSED.join(', '));
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  // Should somebody open an answer as a page, nothing in it runs.
  response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
}

/** Browsers remember it for 600 s. */
export function answerPreflight(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader('Access-Control-Allow-Methods', 'GET, HEAD, POST, DELETE');
  response.setHeader('Access-Control-Allow-Headers', 'X-API-Key, Content-Type, Accept, Range');
  response.setHeader('Access-Control-Max-Age', '600');
  // Figma's page is public, and a relay may stand in the team's own network: Chromium asks before the one calls the other.
  if (request.headers['access-control-request-private-network'] === 'true') {
    response.setHeader('Access-Control-Allow-Private-Network', 'true');
  }
  response.writeHead(204).end();
}

/** In the service's own form: `{message, code}`. */
export function refuse(
  response: ServerResponse,
  status: number,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8', ...headers });
  response.end(response.req.method === 'HEAD' ? undefined : JSON.stringify({ message, code: status }));
}

/** Lets what is left of an upload come in, unread, so that the sender hears the answer; cuts it off past the limit. */
export function drain(request: IncomingMessage, limit: number): void {
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > limit) request.socket.destroy();
  });
  request.resume();
}
