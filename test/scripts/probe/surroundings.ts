/** A terminal for the probe that remembers, and services that answer badly. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { probeCommand, type Terminal } from '../../../scripts/probe/command';
import type { Pace } from '../../../scripts/probe/service';

export const KEY = 'tk-7f3a9c1e55d04b2a';

/** Jobs of these tests are done at once: short pauses, long patience. */
export const QUICK: Pace = { patience: 60_000, rest: 0, look: 100, job: 60_000, settle: 0 };

export interface Told {
  readonly code: number;
  /** Everything that was printed or kept. */
  readonly text: string;
  /** Null when nothing was kept. */
  readonly kept: string | null;
}

export async function probed(words: readonly string[], change: Partial<Terminal> = {}): Promise<Told> {
  const lines: string[] = [];
  let kept: string | null = null;
  const code = await probeCommand(words, {
    environment: {},
    pace: QUICK,
    clock: Date.now,
    random: Math.random,
    say: (line) => lines.push(line),
    ask: async () => null,
    keep: (markdown) => {
      kept = markdown;
      return 'out/probe.md';
    },
    signal: new AbortController().signal,
    ...change,
  });
  return { code, text: [...lines, kept ?? ''].join('\n'), kept };
}

/** The cells of each row of a kept table. */
export function rowsOf(kept: string | null): readonly (readonly string[])[] {
  const lines = (kept ?? '').split('\n').filter((line) => line.startsWith('| '));
  return lines.slice(2).map((line) =>
    line
      .slice(2, -2)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim()),
  );
}

export interface Stranger {
  readonly address: string;
  /** Method, path and whether the real key came with it. */
  readonly heard: readonly { readonly method: string; readonly path: string; readonly withKey: boolean }[];
  close(): Promise<void>;
}

/** A server on a free port that answers as it is told. */
export async function stranger(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Stranger> {
  const heard: { method: string; path: string; withKey: boolean }[] = [];
  const server: Server = createServer((request, response) => {
    const withKey = request.headers['x-api-key'] === KEY;
    heard.push({ method: request.method ?? '', path: request.url ?? '', withKey });
    request.resume();
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const place = server.address();
  if (typeof place !== 'object' || place === null) throw new Error('The server has no port.');
  return {
    address: `http://127.0.0.1:${place.port}`,
    heard,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
