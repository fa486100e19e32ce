/**
 * The team relay: the service's own paths, for people with a token instead of a key. It passes everything through as
 * it comes; what it keeps is whose job is whose and what each cost, and no picture.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { failed, ok, type Result } from '../../src/core/result';
import { lockFolder } from '../lock';
import { allowPages, answerPreflight, drain, refuse } from './answer';
import { createBudget } from './budget';
import type { RelayContext } from './context';
import { relayFile } from './filing';
import { openJournal } from './journal';
import { type Network, realNetwork } from './network';
import { createOutbound } from './outbound';
import { createPace } from './pace';
import { openRegister, type Person } from './people';
import { relayBalance, relayCancel, relayLinks, relayList, relayStatus } from './reading';
import { type Route, routeOf } from './route';
import { type Settling, startSettling } from './settling';
import { openSpending } from './spending';
import { relaySubmission } from './submitting';

export interface RelayOptions {
  /** Origin (and path) of the service, without a trailing slash. */
  readonly service: string;
  /** The team's key: it goes to the service and nowhere else. */
  readonly key: string;
  /** Folder for the journal, the spend log and the links' secret. */
  readonly data: string;
  /** File of the people who may use it. */
  readonly people: string;
  /** 0 = any free one. */
  readonly port: number;
  /** Address of this machine to listen at. */
  readonly host: string;
  /** Where designers reach it, without a trailing slash; null = at the host and port above. */
  readonly publicAddress: string | null;
  /** One line a request: person, method, kind, status, milliseconds. */
  readonly log: (line: string) => void;
  readonly network: Network;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly uploadLimit: number;
  readonly downloadLimit: number;
  /** Milliseconds without a byte from the service after which it is given up. */
  readonly patience: number;
  /** Milliseconds between two rounds through the jobs that run. */
  readonly settleEvery: number;
}

export const RELAY_PORT = 4143;

const STANDARD_RELAY = {
  port: RELAY_PORT,
  host: '127.0.0.1',
  publicAddress: null,
  log: (): void => undefined,
  now: () => Date.now(),
  // The service's own limit, and room for the fields.
  uploadLimit: 500 * 1024 * 1024 + 100_000,
  downloadLimit: 1024 * 1024 * 1024,
  patience: 90_000,
  settleEvery: 30_000,
} as const;

export interface Relay {
  /** Origin, without a trailing slash. */
  readonly address: string;
  close(): Promise<void>;
}

/** `text` is a sentence for the terminal. */
export type RelayFault = { readonly code: 'folder-taken' | 'port-taken' } | { readonly code: 'people'; text: string };

/** Resolves when it listens. One relay to a data folder: a second one is 'folder-taken'. */
export async function startRelay(
  given: Partial<RelayOptions> & Pick<RelayOptions, 'service' | 'key' | 'data' | 'people'>,
): Promise<Result<Relay, RelayFault>> {
  const options: RelayOptions = { ...STANDARD_RELAY, network: realNetwork(), ...given };
  const { data, key, now } = options;
  const register = openRegister(options.people, options.log);
  if (!register.ok) return failed({ code: 'people', text: register.error });
  const unlock = lockFolder(data);
  if (unlock === null) return failed({ code: 'folder-taken' });
  const [journal, spending] = [openJournal(data, now), openSpending(data)];
  let address = '';
  const context: RelayContext = {
    service: options.service,
    key,
    ownAddress: () => options.publicAddress ?? address,
    secret: readSecret(data),
    register: register.value,
    journal,
    spending,
    pace: createPace(now),
    outbound: createOutbound(options.network, new URL(options.service), options.patience),
    budget: createBudget(journal, spending, now),
    uploadLimit: options.uploadLimit,
    downloadLimit: options.downloadLimit,
    now,
  };
  const settling = startSettling(context, options.settleEvery, options.log);
  const server = createServer((request, response) => {
    void handle(context, settling, request, response, options.log);
  });
  // A large picture over a slow line takes its time; what counts is that something moves.
  server.requestTimeout = 0;
  server.headersTimeout = 20_000;
  server.setTimeout(options.patience + 30_000);
  const port = await listen(server, options.port, options.host);
  if (port === null) {
    settling.close();
    journal.close();
    spending.close();
    unlock();
    return failed({ code: 'port-taken' });
  }
  address = `http://${options.host.includes(':') ? `[${options.host}]` : options.host}:${port}`;
  const close = async (): Promise<void> => {
    settling.close();
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
    journal.close();
    spending.close();
    unlock();
  };
  return ok({ address, close });
}

async function handle(
  context: RelayContext,
  settling: Settling,
  request: IncomingMessage,
  response: ServerResponse,
  log: (line: string) => void,
): Promise<void> {
  const begun = performance.now();
  const route = routeOf(request.method ?? '', request.url ?? '');
  let person = '-';
  response.once('close', () => {
    const milliseconds = Math.round(performance.now() - begun);
    log(`${person} ${request.method} ${route?.kind ?? 'nothing'} ${response.statusCode} ${milliseconds} ms`);
  });
  response.on('error', () => response.destroy());
  try {
    person = await answer(context, settling, route, request, response);
  } catch {
    // A bug of the relay, or a full disk: what was being said of it could hold a path or a name.
    refuse(response, 500, 'The relay failed at this request.');
    drain(request, context.uploadLimit);
  }
}

/** Answers, and tells who asked. */
async function answer(
  context: RelayContext,
  settling: Settling,
  route: Route | null,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<string> {
  allowPages(request, response);
  const turnAway = (status: number, message: string, headers: Readonly<Record<string, string>> = {}): void => {
    refuse(response, status, message, headers);
    drain(request, context.uploadLimit);
  };
  if (request.method === 'OPTIONS') {
    answerPreflight(request, response);
    return '-';
  }
  if (route === null) {
    turnAway(404, 'There is nothing at this address.', { Connection: 'close' });
    return '-';
  }
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  if (route.kind === 'home') {
    response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' }).end('Recover Faces, team relay.\n');
    return '-';
  }
  if (route.kind === 'file') return await relayFile(context, route.sealed, request, response, gone.signal);
  const token = request.headers['x-api-key'];
  const person = typeof token === 'string' ? context.register.byToken(token) : null;
  if (person === null) {
    turnAway(401, 'The team token is unknown or missing.');
    return '-';
  }
  const seconds = context.pace.take(person.name, person.requestsPerMinute);
  if (seconds !== null) turnAway(429, 'Too many requests.', { 'Retry-After': String(seconds) });
  else await serve(context, settling, person, route, request, response, gone.signal);
  return person.name;
}

async function serve(
  context: RelayContext,
  settling: Settling,
  person: Person,
  route: Exclude<Route, { readonly kind: 'home' | 'file' }>,
  request: IncomingMessage,
  response: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  switch (route.kind) {
    case 'submit':
      // Its price is asked for at once, so that the day's limit knows it.
      return await relaySubmission(context, person, route.path, request, response, settling.look);
    case 'list':
      return await relayList(context, person, route, response, signal);
    case 'status':
      return await relayStatus(context, person, route.id, response, signal);
    case 'cancel':
      // Asked once, it is carried through.
      return await relayCancel(context, person, route.id, response, new AbortController().signal);
    case 'result':
    case 'input':
      return await relayLinks(context, person, route.kind, route.id, response, signal);
    case 'balance':
      return await relayBalance(context, person, response, signal);
  }
}

function readSecret(folder: string): Uint8Array {
  const file = join(folder, 'secret');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32), { mode: 0o600, flag: 'wx' });
  const secret = readFileSync(file);
  if (secret.length !== 32) throw new Error(`${file} has ${secret.length} bytes instead of 32: delete it.`);
  return secret;
}

function listen(server: ReturnType<typeof createServer>, port: number, host: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(null);
      else reject(error);
    });
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port));
  });
}
