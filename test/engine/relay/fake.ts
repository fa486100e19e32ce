/** A service and a storage host that answer what the test says, and a network in which names mean what the test says. */
import { mkdirSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Network } from '../../../engine/relay/network';
import { type Relay, type RelayOptions, startRelay } from '../../../engine/relay/relay';
import { newFolder } from '../running';
import { ADA, TEAM_KEY, writePeople } from './setting';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** Its port. */
export async function server(handler: Handler): Promise<number> {
  const made = createServer(handler);
  await new Promise<void>((resolve) => made.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    made.closeAllConnections();
    made.close();
  });
  return (made.address() as AddressInfo).port;
}

export interface Opened {
  readonly host: string;
  readonly address: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Names by a table; whatever is opened is written down and led to one local port, the storage host. */
export function tableNetwork(
  names: Readonly<Record<string, () => readonly string[]>>,
  storage: number,
  service: number,
): { readonly network: Network; readonly opened: Opened[]; readonly resolved: string[] } {
  const opened: Opened[] = [];
  const resolved: string[] = [];
  const network: Network = {
    resolve: async (host) => {
      resolved.push(host);
      const addresses = names[host]?.();
      if (addresses === undefined) throw new Error('ENOTFOUND');
      return addresses;
    },
    open: (url, address, { method, headers }) => {
      const own = url.port === String(service);
      if (!own) opened.push({ host: url.host, address, headers });
      const path = url.pathname + url.search;
      return request({
        host: '127.0.0.1',
        port: own ? service : storage,
        path,
        method,
        headers: { ...headers, Connection: 'keep-alive' },
        agent: false,
      });
    },
  };
  return { network, opened, resolved };
}

export interface Fronted {
  readonly relay: Relay;
  call(path: string, init?: RequestInit): Promise<Response>;
}

/** A relay in front of the service at this port. */
export async function inFrontOf(service: number, options: Partial<RelayOptions> = {}): Promise<Fronted> {
  const folder = await newFolder();
  const data = join(folder, 'relay');
  mkdirSync(data);
  const started = await startRelay({
    service: `http://127.0.0.1:${service}`,
    key: TEAM_KEY,
    data,
    people: writePeople(folder),
    port: 0,
    ...options,
  });
  if (!started.ok) throw new Error(`The relay did not start: ${JSON.stringify(started.error)}`);
  const relay = started.value;
  onTestFinished(() => relay.close());
  return {
    relay,
    call: (path, init = {}) =>
      fetch(relay.address + path, {
        redirect: 'manual',
        ...init,
        headers: { 'X-API-Key': ADA, ...init.headers },
      }),
  };
}

/** The usual answers of a service with one job, where `special` does not answer itself. */
export function usualService(special: (request: IncomingMessage, response: ServerResponse) => boolean): Handler {
  return (asked, response) => {
    if (special(asked, response)) return;
    const json = (body: unknown): void =>
      void response.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(body));
    if (asked.method === 'POST') {
      asked.resume();
      asked.on('end', () => json({ process_id: 'job-1', source_id: 's', eta: 0 }));
    } else if (asked.url?.startsWith('/image/v1/status/')) {
      json({ process_id: 'job-1', status: 'Completed', credits: 1 });
    } else json({ data: [], pagination: { has_next_page: false } });
  };
}
