/** An answer before it leaves, and the ways in which it leaves: whole, cut, or drop by drop. */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Body, Fault, RetryAfter } from './plan';

export interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

const HTML = '<!doctype html><html><head><title>502 Bad Gateway</title></head><body><h1>Bad Gateway</h1></body></html>';
const XML =
  '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>';
/** What `cut` is of an answer that was never made. */
const CUT = '{"process_id":"0198c2c2-7d4e';

/** The content of such a body, and its type. `true` is the true answer, where one was made. */
export function bodyOf(
  kind: Body,
  status: number,
  real: Answer | null,
): { readonly type: string; readonly body: Buffer } {
  if (typeof kind === 'object') return { type: 'text/plain; charset=utf-8', body: Buffer.from(kind.text) };
  switch (kind) {
    case 'message':
      return {
        type: 'application/json; charset=utf-8',
        body: Buffer.from(JSON.stringify({ message: `The fault plan answers ${status}.`, code: status })),
      };
    case 'empty':
      return { type: 'application/json; charset=utf-8', body: Buffer.alloc(0) };
    case 'html':
      return { type: 'text/html; charset=utf-8', body: Buffer.from(HTML) };
    case 'xml':
      return { type: 'application/xml', body: Buffer.from(XML) };
    case 'cut':
      return {
        type: 'application/json; charset=utf-8',
        body: real === null ? Buffer.from(CUT) : real.body.subarray(0, Math.floor(real.body.length / 2)),
      };
  }
}

/** Without what would let a page read it. */
export function withoutCors(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !/^access-control-/i.test(name)));
}

/** `now`: unix milliseconds. */
export function withRetryAfter(headers: OutgoingHttpHeaders, wait: RetryAfter, now: number): OutgoingHttpHeaders {
  const text = wait.as === 'date' ? new Date(now + wait.seconds * 1000).toUTCString() : String(wait.seconds);
  const exposed = wait.readable === true ? { 'access-control-expose-headers': 'Retry-After' } : {};
  return { ...headers, 'retry-after': text, ...exposed };
}

/** Whole, with its length; without a body where the status forbids one. Does not wait until it is out. */
export async function send(response: ServerResponse, { status, headers, body }: Answer): Promise<void> {
  const bodyless = status === 204 || status === 304;
  response.writeHead(status, bodyless ? headers : { ...headers, 'content-length': body.length });
  response.end(bodyless ? undefined : body);
}

type Sending = Pick<Extract<Fault, { readonly kind: 'bytes' }>, 'cut' | 'ending' | 'rate'>;

/** Sends a file as the fault wants it. Ends early, and quietly, when the client has gone or the engine closes. */
export async function sendBytes(
  request: IncomingMessage,
  response: ServerResponse,
  { status, headers, body }: Answer,
  { cut = 1, ending = 'length', rate }: Sending,
  signal: AbortSignal,
): Promise<void> {
  const { socket } = request;
  const part = body.subarray(0, Math.floor(body.length * cut));
  if (ending === 'close') {
    // Node does not speak HTTP/1.0 to those who do not, so this one is written by hand.
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${String(value)}\r\n`);
    socket.write(`HTTP/1.0 ${status} OK\r\n${lines.join('')}Connection: close\r\n\r\n`);
    await drip(
      (slice) => socket.write(slice),
      part,
      rate,
      () => socket.destroyed,
      signal,
    );
    socket.end();
    return;
  }
  response.writeHead(status, ending === 'length' ? { ...headers, 'content-length': body.length } : headers);
  await drip(
    (slice) => response.write(slice),
    part,
    rate,
    () => socket.destroyed,
    signal,
  );
  if (cut === 1) response.end();
  else {
    response.flushHeaders();
    // Everything that was written reaches the client before the end does.
    socket.end();
  }
}

const SLICES_A_SECOND = 10;

async function drip(
  write: (slice: Buffer) => void,
  bytes: Buffer,
  rate: number | undefined,
  gone: () => boolean,
  signal: AbortSignal,
): Promise<void> {
  const size = rate === undefined ? Math.max(1, bytes.length) : Math.max(1, Math.ceil(rate / SLICES_A_SECOND));
  for (let at = 0; at < bytes.length && !gone(); at += size) {
    if (at > 0) await sleep(1000 / SLICES_A_SECOND, undefined, { signal });
    write(bytes.subarray(at, at + size));
  }
}
