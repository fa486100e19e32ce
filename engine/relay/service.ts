/** Questions to the service with the real key, and its short answers. The key is taken out of whatever comes back. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { failed, ok, type Result } from '../../src/core/result';
import { refuse } from './answer';
import type { RelayContext } from './context';
import type { Unsent } from './outbound';

export interface ServiceAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** Bytes of an answer that is no picture: the longest is a list of jobs. */
const ANSWER_LIMIT = 16_000_000;
/** What of the service's answer goes on to the client. */
const PASSED = ['content-type', 'retry-after', 'x-process-id', 'x-source-id', 'x-eta'];

export interface Question {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Under the service's address. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Readable;
}

/** Any status of the service is an answer; a redirect is none, for it is not followed. */
export async function askService(
  context: RelayContext,
  { method, path, headers = {}, body }: Question,
  signal: AbortSignal,
): Promise<Result<ServiceAnswer, Unsent>> {
  const { service, key, outbound } = context;
  const opening = { method, headers: { Accept: 'application/json', ...headers, 'X-API-Key': key } };
  const answer = await outbound.send(new URL(service + path), opening, body ?? null, signal);
  if (!answer.ok) return answer;
  const bytes = await readAll(answer.value);
  if (bytes === null) return failed(signal.aborted ? 'stopped' : 'unreachable');
  const status = answer.value.statusCode ?? 0;
  if (status < 200 || (status >= 300 && status < 400)) return failed('refused');
  return ok({ status, headers: passedHeaders(answer.value, key), body: withoutKey(bytes, key) });
}

function passedHeaders(answer: IncomingMessage, key: string): Record<string, string> {
  return Object.fromEntries(
    PASSED.flatMap((name) => {
      const value = answer.headers[name];
      return typeof value === 'string' && !value.includes(key) ? [[name, value]] : [];
    }),
  );
}

/** The service has no reason to say the key again; should it, nobody else hears it. */
function withoutKey(body: Buffer, key: string): Buffer {
  return body.includes(key) ? Buffer.from(body.toString('utf8').replaceAll(key, '[key]')) : body;
}

async function readAll(answer: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of answer) {
      chunks.push(chunk as Buffer);
      length += (chunk as Buffer).length;
      if (length > ANSWER_LIMIT) return null;
    }
  } catch {
    return null;
  }
  return Buffer.concat(chunks, length);
}

/** As it came, with the length that it has here. Nothing happens when the client is gone. */
export function pass(response: ServerResponse, { status, headers, body }: ServiceAnswer): void {
  if (response.destroyed) return;
  response.writeHead(status, status === 204 ? headers : { ...headers, 'Content-Length': String(body.length) });
  response.end(status === 204 ? undefined : body);
}

/** The service's JSON put into other words, with its status and headers. */
export function passJson(response: ServerResponse, answer: ServiceAnswer, body: unknown): void {
  pass(response, { ...answer, body: Buffer.from(JSON.stringify(body)) });
}

const UNSENT: { readonly [Why in Unsent]: readonly [status: number, message: string] } = {
  refused: [502, 'The service pointed to a place where the relay does not go.'],
  'timed-out': [504, 'The service did not answer in time.'],
  unreachable: [502, 'The service cannot be reached from the relay.'],
  stopped: [502, 'The request was stopped.'],
};

/** 502 or 504 in the service's own form. */
export function passUnsent(response: ServerResponse, unsent: Unsent): void {
  refuse(response, ...UNSENT[unsent]);
}

/** Undefined when it is none. */
export function jsonOf({ body }: ServiceAnswer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}
