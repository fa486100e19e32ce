/**
 * One request as a plugin's frame sends it (`Origin: null`), with everything that comes back, headers that a page could
 * not read included. Node's plain client: no redirect is followed, nothing is sent twice, and a request can be cut off.
 */
import { type IncomingMessage, request as plainRequest, type RequestOptions } from 'node:http';
import { request as secureRequest } from 'node:https';

export interface Ask {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'DELETE' | 'OPTIONS';
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
  /** The body goes out in chunks, without its length announced. */
  readonly chunked?: boolean;
  /** The connection is dropped as soon as the whole body has gone out. */
  readonly drop?: boolean;
  /** Bytes that are announced in place of the body's; nothing of it is sent. */
  readonly announce?: number;
  /** Milliseconds without a byte, either way, until it is given up. */
  readonly patience: number;
  /** Bytes of the answer that are read at most. */
  readonly limit: number;
}

export interface Answer {
  readonly kind: 'answer';
  readonly status: number;
  /** By their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
  /** False when the answer was cut or longer than the limit. */
  readonly whole: boolean;
  /** Seconds from the first byte out to the last byte in. */
  readonly seconds: number;
}

export interface Silence {
  readonly kind: 'silence';
  /** In a few plain words. */
  readonly why: string;
}

export type Heard = Answer | Silence;

/** Never rejects but for the signal's reason. */
export function send(ask: Ask, signal: AbortSignal): Promise<Heard> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const began = performance.now();
    const to = new URL(ask.address);
    const start = to.protocol === 'https:' ? secureRequest : plainRequest;
    const { body } = ask;
    const length = ask.announce ?? body?.length ?? (ask.method === 'POST' ? 0 : undefined);
    const options: RequestOptions = {
      method: ask.method,
      // A connection of its own: whatever a request does to it, the next one begins afresh.
      agent: false,
      headers: {
        ...ask.headers,
        ...(ask.chunked === true
          ? { 'Transfer-Encoding': 'chunked' }
          : length === undefined
            ? {}
            : { 'Content-Length': length }),
      },
    };
    const request = start(to, options);
    const end = (heard: Heard): void => {
      signal.removeEventListener('abort', stop);
      request.destroy();
      resolve(heard);
    };
    const stop = (): void => {
      request.destroy();
      reject(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
    request.setTimeout(ask.patience, () => end(silence(`nothing for ${Math.round(ask.patience / 1000)} s`)));
    request.on('error', (problem) => end(silence(wordsOf(problem))));
    request.on('response', (response) => {
      void read(response, ask.limit).then(({ bytes, whole }) =>
        end({
          kind: 'answer',
          status: response.statusCode ?? 0,
          headers: headersOf(response),
          bytes,
          whole,
          seconds: (performance.now() - began) / 1000,
        }),
      );
    });
    if (ask.announce !== undefined) request.flushHeaders();
    else if (ask.drop === true) request.end(body, () => end(silence('dropped on purpose')));
    else request.end(body);
  });
}

export const silence = (why: string): Silence => ({ kind: 'silence', why });

async function read(response: IncomingMessage, limit: number): Promise<{ bytes: Uint8Array; whole: boolean }> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of response as AsyncIterable<Uint8Array>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length > limit) return { bytes: Buffer.concat(chunks).subarray(0, limit), whole: false };
    }
  } catch {
    // Cut off in the middle: what came is what there is.
    return { bytes: Buffer.concat(chunks), whole: false };
  }
  return { bytes: Buffer.concat(chunks), whole: response.complete };
}

function headersOf(response: IncomingMessage): Readonly<Record<string, string>> {
  const entries = Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(', ')] as const);
  return Object.fromEntries(entries);
}

/** The machine's own names of what went wrong: no address, no key. */
function wordsOf(problem: Error): string {
  const { code } = problem as NodeJS.ErrnoException;
  switch (code) {
    case 'ECONNREFUSED':
      return 'the connection was refused';
    case 'ECONNRESET':
    case 'EPIPE':
      return 'the connection was dropped';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'the host has no address';
    default:
      return code === undefined ? 'the answer was no HTTP' : `it failed (${code})`;
  }
}
