/**
 * The way into the engine's two servers: every request is seen here first, and goes wrong here when the plan says so.
 * Below HTTP's framework, because a connection that is dropped halfway is nothing that a framework can answer with.
 */
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type Server,
  type ServerResponse,
} from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EngineJob } from '../job';
import type { EngineOptions } from '../options';
import { type Answer, bodyOf, send, sendBytes, withoutCors, withRetryAfter } from './answer';
import { spoil } from './content';
import { editJson } from './edit';
import { createIntake, type Intake } from './intake';
import { faultyList } from './list';
import type { FaultMachine } from './machine';
import type { Fault } from './plan';
import { askedBy } from './requests';

/** What the door must know of the engine behind it. */
export interface Behind {
  readonly options: Pick<EngineOptions, 'log' | 'onRequest' | 'now' | 'latency'>;
  readonly machine: FaultMachine;
  readonly modelType: string;
  /** Newest first. */
  readonly jobs: () => readonly EngineJob[];
  /** What a page may read an answer to this request with. */
  readonly cors: (request: IncomingMessage) => OutgoingHttpHeaders;
  /** Addresses at which nothing ever goes wrong. */
  readonly isOwn: (address: string) => boolean;
  /** Both servers refuse connections for so many seconds. */
  readonly goDown: (seconds: number) => void;
  /** Aborted when the engine closes. */
  readonly closing: AbortSignal;
}

/** One request put to the handlers past all faults. */
export type Inject = (request: {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly payload: Buffer;
}) => Promise<{ readonly statusCode: number; readonly headers: OutgoingHttpHeaders; readonly rawPayload: Buffer }>;

interface Visit {
  readonly origin: 'api' | 'files';
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly intake: Intake;
  /** Does what was asked, at this address or the request's own, and gives the true answer. */
  readonly answer: (address?: string) => Promise<Answer>;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/**
 * Not listening yet. While the machine is idle a request goes to `handler` untouched; else the body is read here as
 * far as a rule needs it.
 */
export function openDoor(origin: 'api' | 'files', behind: Behind, inject: Inject, handler: Handler): Server {
  const server = createServer((request, response) => {
    watch(origin, request, response, behind.options);
    const address = request.url ?? '/';
    if (behind.machine.idle() || behind.isOwn(address)) return handler(request, response);
    receive(origin, request, response, behind, inject, handler).catch((thrown: unknown) => {
      // The client or the engine went away in the middle; anything else is a bug and must be seen.
      const gone = request.socket.destroyed || behind.closing.aborted;
      request.socket.destroy();
      if (!gone) behind.options.log(`fault machine: ${thrown instanceof Error ? thrown.stack : String(thrown)}`);
    });
  });
  // As the framework has it: an idle connection is kept longer than any pause between two requests, an upload may take
  // as long as it takes.
  server.keepAliveTimeout = KEEP_ALIVE;
  server.requestTimeout = 0;
  return server;
}

/** Milliseconds. */
const KEEP_ALIVE = 72_000;

async function receive(
  origin: 'api' | 'files',
  request: IncomingMessage,
  response: ServerResponse,
  behind: Behind,
  inject: Inject,
  handler: Handler,
): Promise<void> {
  const { machine } = behind;
  const [method, path] = [request.method ?? 'GET', request.url ?? '/'];
  const { kind, id } = askedBy(origin, method, path);
  const intake = createIntake(request);
  const job =
    behind.jobs().find(({ processId, sourceId }) => processId === id?.toLowerCase() || sourceId === id) ?? null;
  const named = kind === 'submit' && machine.needsTag() ? await intake.find(FILE_NAME, HEAD_BYTES) : null;
  const tag = named?.[1] ?? job?.filename ?? null;
  const fault = machine.pick({
    origin,
    kind,
    method,
    path,
    process: job?.processId ?? id,
    tag,
    state: job?.status ?? null,
  });
  const answer = async (address = path): Promise<Answer> => {
    const given = await inject({ method, url: address, headers: request.headers, payload: await intake.rest() });
    return { status: given.statusCode, headers: withoutFraming(given.headers), body: given.rawPayload };
  };
  if (fault !== null) return act(fault, { origin, request, response, intake, answer }, behind);
  if (intake.untouched()) return handler(request, response);
  return send(response, await answer());
}

/** The head of a multipart file part; the fields before it are a few words each. */
const FILE_NAME = /filename="([^"]*)"/;
const HEAD_BYTES = 64 * 1024;

async function act(fault: Fault, visit: Visit, behind: Behind): Promise<void> {
  const { request, response, intake, answer } = visit;
  const { socket } = request;
  const { latency, now } = behind.options;
  const pause = (seconds: number): Promise<void> =>
    sleep(seconds * 1000, undefined, { signal: behind.closing, ref: false });
  switch (fault.kind) {
    case 'reset':
      if (fault.at === 'answered') await answer();
      else await (fault.at === 1 ? intake.rest() : intake.upTo((intake.announced ?? 0) * fault.at));
      if (fault.gently === true) socket.end();
      else socket.resetAndDestroy();
      return;
    case 'silence':
      await (fault.answered === true ? answer() : intake.rest());
      return;
    case 'down':
      behind.goDown(fault.seconds);
      return;
    case 'delay': {
      if (fault.answered !== true) await pause(fault.seconds);
      const given = await answer();
      if (fault.answered === true) await pause(fault.seconds);
      return send(response, given);
    }
    case 'answer': {
      const real = fault.answered === true ? await answer() : null;
      await intake.rest();
      if (real === null) await pause(latency / 1000);
      const { type, body } = bodyOf(fault.body ?? 'message', fault.status, real);
      const plain = { ...behind.cors(request), 'content-type': type, ...fault.headers };
      const readable = fault.cors === false ? withoutCors(plain) : plain;
      const headers = fault.retryAfter === undefined ? readable : withRetryAfter(readable, fault.retryAfter, now());
      return send(response, { status: fault.status, headers, body });
    }
    case 'late': {
      await intake.rest();
      if (fault.answer === 'reset') socket.resetAndDestroy();
      if (typeof fault.answer === 'number') {
        const { type, body } = bodyOf('message', fault.answer, null);
        await send(response, {
          status: fault.answer,
          headers: { ...behind.cors(request), 'content-type': type },
          body,
        });
      }
      await pause(fault.seconds);
      await answer();
      return;
    }
    case 'twice':
      await answer();
      return send(response, await answer());
    case 'json': {
      const given = await answer();
      return send(response, { ...given, body: Buffer.from(editJson(given.body.toString('utf8'), fault)) });
    }
    case 'headers': {
      const given = await answer();
      if (fault.status !== undefined && fault.status !== given.status) return send(response, given);
      return send(response, { ...given, headers: editHeaders(given.headers, fault, now()) });
    }
    case 'list': {
      // Cursors of a list that is made here say nothing to the true one.
      const given = await answer('/image/v1/status?paginated=true');
      if (given.status !== 200) return send(response, given);
      const facts = { modelType: behind.modelType, now: Math.floor(now() / 1000) };
      const list = faultyList(behind.jobs(), request.url ?? '/', fault, facts);
      return send(response, { ...given, body: Buffer.from(JSON.stringify(list)) });
    }
    case 'bytes': {
      const given = await answer();
      if (given.status !== 200) return send(response, given);
      return sendBytes(request, response, await spoil(given, fault), fault, behind.closing);
    }
  }
}

function editHeaders(
  headers: OutgoingHttpHeaders,
  { set = {}, remove = [], retryAfter, cors }: Extract<Fault, { readonly kind: 'headers' }>,
  now: number,
): OutgoingHttpHeaders {
  const gone = remove.map((name) => name.toLowerCase());
  const kept = Object.fromEntries(Object.entries(headers).filter(([name]) => !gone.includes(name.toLowerCase())));
  const readable = { ...(cors === false ? withoutCors(kept) : kept), ...set };
  return retryAfter === undefined ? readable : withRetryAfter(readable, retryAfter, now);
}

/** Headers that belong to how an answer was sent, not to what it says. */
function withoutFraming(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  const framing = ['connection', 'keep-alive', 'transfer-encoding', 'content-length', 'date'];
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !framing.includes(name.toLowerCase())));
}

/** One line a request in the log, and the test's eyes. Key, query and body never reach the log. */
function watch(
  origin: 'api' | 'files',
  { method = 'GET', url = '/', headers }: IncomingMessage,
  response: ServerResponse,
  { log, onRequest, now }: Pick<EngineOptions, 'log' | 'onRequest' | 'now'>,
): void {
  const begun = performance.now();
  onRequest({ origin, method, path: url, headers });
  let told = false;
  const tell = (): void => {
    if (told) return;
    told = true;
    const time = new Date(now()).toISOString().slice(11, 19);
    const outcome = response.writableFinished ? response.statusCode : 'dropped';
    log(`${time} ${origin} ${method} ${url.split('?', 1)[0]} ${outcome} ${Math.round(performance.now() - begun)} ms`);
  };
  response.once('finish', tell);
  response.once('close', tell);
}
