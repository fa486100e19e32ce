/**
 * One request: the key's header, time-outs that reckon without progress, a bounded body, and a failure told apart
 * (offline, refused by the page's policy, unreachable, too slow). Knows nothing of jobs.
 */
import type { CallFailure, Lost } from '../core/job/failure';
import { parseRetryAfter } from '../core/pace/backoff';
import { failed, ok, type Result } from '../core/result';
import type { World } from './world';

export interface Ask {
  readonly method: 'GET' | 'DELETE' | 'POST';
  readonly address: string;
  /** Null for a host that must never see it. */
  readonly key: string | null;
  /** Milliseconds without progress after which the request is given up. */
  readonly patience: number;
  /** Bytes of body that are read at most. */
  readonly limit: number;
  readonly onReceived?: (bytes: number, total: number | null) => void;
}

export interface Reply {
  readonly host: string;
  readonly status: number;
  readonly bytes: Uint8Array;
  readonly header: (name: string) => string | null;
}

/** Milliseconds without progress for everything that is small. */
export const READ_PATIENCE = 10_000;
/** Bytes: a list of jobs may be long, nothing else in JSON is. */
export const JSON_LIMIT = 16_000_000;

/** A reply with status 2xx, or why there is none. Throws the signal's reason when it is aborted, and nothing else. */
export function call(world: World, ask: Ask, signal: AbortSignal): Promise<Result<Reply, CallFailure>> {
  const send = (inner: AbortSignal): Promise<Response> =>
    world.fetch(ask.address, {
      method: ask.method,
      headers: ask.key === null ? {} : { 'X-API-Key': ask.key },
      // A redirect would carry the key's header to another host.
      redirect: ask.key === null ? 'follow' : 'error',
      cache: 'no-store',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      signal: inner,
    });
  return exchange(world, ask, send, signal);
}

export type Alive = (patience: number) => void;

/** The frame of every request; `send` starts it, and calls `alive` whenever there is progress. */
export async function exchange(
  world: World,
  ask: Pick<Ask, 'address' | 'patience' | 'limit' | 'onReceived'>,
  send: (inner: AbortSignal, alive: Alive) => Promise<Response>,
  signal: AbortSignal,
): Promise<Result<Reply, CallFailure>> {
  signal.throwIfAborted();
  const { host } = new URL(ask.address);
  if (world.blocked(host)) return lost({ code: 'host-blocked', host });
  const impatience = new AbortController();
  const over = new AbortController();
  let until = world.now() + ask.patience;
  const alive: Alive = (patience) => {
    until = world.now() + patience;
  };
  const watch = async (): Promise<void> => {
    for (let left = ask.patience; left > 0; left = until - world.now()) await world.sleep(left, over.signal);
    impatience.abort();
  };
  watch().catch((thrown: unknown) => {
    if (!over.signal.aborted) throw thrown;
  });
  try {
    const response = await send(AbortSignal.any([signal, impatience.signal]), alive);
    const bytes = await readBody(response, ask, () => alive(ask.patience));
    signal.throwIfAborted();
    if (bytes === null) return lost({ code: 'answer-unreadable', host });
    const header = (name: string): string | null => response.headers.get(name);
    if (response.status >= 200 && response.status < 300) return ok({ host, status: response.status, bytes, header });
    return failed({
      kind: 'status',
      status: response.status,
      host,
      message: messageOf(bytes),
      retryAfter: parseRetryAfter(header('Retry-After'), world.clock()),
    });
  } catch {
    signal.throwIfAborted();
    if (impatience.signal.aborted) return lost({ code: 'timed-out', host });
    return lost(await whyLost(world, host, signal));
  } finally {
    over.abort();
  }
}

/** The JSON of a reply, or undefined when it is none. */
export function json(reply: Reply): unknown {
  return parseJson(reply.bytes);
}

/** Undefined when it is none. Bytes that are not UTF-8 read as replacement characters and do not throw. */
export function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}

const lost = (error: Lost): Result<never, CallFailure> => failed({ kind: 'lost', error });

/** Milliseconds: the page hears of its policy's refusal as an event, which may come after the request has failed. */
const POLICY_LAG = 50;

/** A blocked host, a missing CORS header and no network all look the same to fetch. */
async function whyLost(world: World, host: string, signal: AbortSignal): Promise<Lost> {
  await world.sleep(POLICY_LAG, signal);
  if (world.blocked(host)) return { code: 'host-blocked', host };
  const local = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/.test(host);
  if (!local && !world.online()) return { code: 'offline' };
  return { code: 'host-unreachable', host, local };
}

/** Null when the body is longer than the limit. */
async function readBody(
  response: Response,
  ask: Pick<Ask, 'limit' | 'onReceived'>,
  onProgress: () => void,
): Promise<Uint8Array | null> {
  if (response.body === null) return new Uint8Array(0);
  const announced = Number(response.headers.get('Content-Length') ?? Number.NaN);
  const total = Number.isFinite(announced) && announced > 0 ? announced : null;
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    chunks.push(part.value);
    length += part.value.length;
    onProgress();
    ask.onReceived?.(length, total);
    if (length > ask.limit) {
      await reader.cancel();
      return null;
    }
  }
  return joined(chunks, length);
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    whole.set(chunk, at);
    at += chunk.length;
  }
  return whole;
}

/** The `message` of an error body; empty when there is none. */
function messageOf(bytes: Uint8Array): string {
  const body = parseJson(bytes.subarray(0, 10_000));
  const message = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)['message'] : undefined;
  return typeof message === 'string' ? message.slice(0, 300) : '';
}
