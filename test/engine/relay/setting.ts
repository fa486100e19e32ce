/** A relay in front of an engine that plays the service, with everything that goes over the wires written down. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { EngineOptions } from '../../../engine/options';
import { type Network, realNetwork } from '../../../engine/relay/network';
import { hashToken } from '../../../engine/relay/people';
import { type Relay, type RelayOptions, startRelay } from '../../../engine/relay/relay';
import { newFolder, type Running, runEngine } from '../running';

export const TEAM_KEY = 'tk-team-key-that-nobody-sees';
export const ADA = 'ada-token-0123456789';
export const BOB = 'bob-token-0123456789';

export interface Setting {
  readonly service: Running;
  readonly relay: Relay;
  readonly folder: string;
  readonly log: readonly string[];
  /** Hosts that were resolved or connected to, with the port. */
  readonly reached: ReadonlySet<string>;
  /** As a person with this token; every answer's head and body is added to `heard`. */
  call(token: string, path: string, init?: RequestInit): Promise<Response>;
  readonly heard: readonly string[];
  /** The files of the relay, by name. */
  kept(): Readonly<Record<string, string>>;
  /** The same folder and port, after a stop. */
  restart(): Promise<void>;
}

export function writePeople(folder: string, limits: object = {}): string {
  const file = join(folder, 'people.json');
  const people = [
    { name: 'Ada', tokenHash: hashToken(ADA), ...limits },
    { name: 'Bob', tokenHash: hashToken(BOB) },
  ];
  writeFileSync(file, JSON.stringify({ people }));
  return file;
}

/** Real sockets; only where they lead is written down. */
export function recording(reached: Set<string>): Network {
  const real = realNetwork();
  return {
    resolve: (host) => {
      reached.add(host);
      return real.resolve(host);
    },
    open: (url, address, opening) => {
      reached.add(`${address}:${url.port}`);
      return real.open(url, address, opening);
    },
  };
}

export async function setting(
  given: {
    readonly engine?: Partial<EngineOptions>;
    readonly relay?: Partial<RelayOptions>;
    readonly limits?: object;
  } = {},
): Promise<Setting> {
  const service = await runEngine({ key: TEAM_KEY, ...given.engine });
  const folder = await newFolder();
  const data = join(folder, 'relay');
  mkdirSync(data);
  const people = writePeople(folder, given.limits);
  const log: string[] = [];
  const heard: string[] = [];
  const reached = new Set<string>();
  const start = async (port: number): Promise<Relay> => {
    const started = await startRelay({
      service: service.engine.address,
      key: TEAM_KEY,
      data,
      people,
      port,
      network: recording(reached),
      log: (line) => log.push(line),
      ...given.relay,
    });
    if (!started.ok) throw new Error(`The relay did not start: ${JSON.stringify(started.error)}`);
    return started.value;
  };
  let relay = await start(0);
  onTestFinished(() => relay.close());
  return {
    service,
    get relay() {
      return relay;
    },
    folder: data,
    log,
    reached,
    heard,
    async call(token, path, init = {}) {
      const answer = await fetch(relay.address + path, {
        redirect: 'manual',
        ...init,
        headers: { 'X-API-Key': token, ...init.headers },
      });
      heard.push(
        JSON.stringify([...answer.headers]),
        Buffer.from(await answer.clone().arrayBuffer()).toString('latin1'),
      );
      return answer;
    },
    kept: () => Object.fromEntries(readdirSync(data).map((name) => [name, readFileSync(join(data, name), 'latin1')])),
    async restart() {
      const port = Number(new URL(relay.address).port);
      await relay.close();
      relay = await start(port);
      // The test's own kept connections are dead; each is found out by one request.
      await eventually(() =>
        fetch(relay.address).then(
          ({ ok }) => ok,
          () => false,
        ),
      );
      await eventually(() =>
        fetch(relay.address).then(
          ({ ok }) => ok,
          () => false,
        ),
      );
    },
  };
}

/** Until it holds; the test's own time-out ends it otherwise. */
export async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 10));
}
