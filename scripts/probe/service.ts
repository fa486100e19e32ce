/** The service as the probe talks to it: the API with the key, links without, and a few words for what came back. */
import { setMaxListeners } from 'node:events';
import { type Answer, type Ask, type Heard, send } from './wire';

export interface Pace {
  /** Milliseconds: until a silent request is given up, and between a silence and the next request. */
  readonly patience: number;
  readonly rest: number;
  /** Milliseconds between two looks at a job (the list is looked at in multiples of it), and how long one is waited for. */
  readonly look: number;
  readonly job: number;
  /** Milliseconds after the end at which the balance is looked at a last time. */
  readonly settle: number;
}

export const USUAL_PACE: Pace = {
  patience: 30_000,
  rest: 2_000,
  look: 1_000,
  job: 300_000,
  settle: 15_000,
};

type Extra = Partial<Pick<Ask, 'headers' | 'body' | 'chunked' | 'drop' | 'announce' | 'patience'>> & {
  /** In place of the user's; null = none. */
  readonly key?: string | null;
};

export interface Service {
  readonly address: string;
  /** A path under the address, with the key. */
  api(method: Ask['method'], path: string, extra?: Extra): Promise<Heard>;
  /** A link that the service gave: without the key. */
  link(method: 'GET' | 'HEAD', address: string, headers?: Readonly<Record<string, string>>): Promise<Heard>;
  /** Header names of all answers of the API so far, in lower case. */
  headerNames(): ReadonlySet<string>;
  sleep(milliseconds: number): Promise<void>;
  readonly pace: Pace;
}

/** Sent with everything: the origin that a plugin's frame has, and a name, for some gates let nobody nameless in. */
const FRAME = { Origin: 'null', 'User-Agent': 'recover-faces-probe/1' } as const;

const SILENCES = 3;
const JSON_BYTES = 4_000_000;
const FILE_BYTES = 100_000_000;

/** The service has stopped answering: what is not asked yet stays open. */
export class Gone extends Error {}

export function openService(address: string, key: string, pace: Pace, signal: AbortSignal): Service {
  // Every request under way listens, and twenty go at once.
  setMaxListeners(0, signal);
  const names = new Set<string>();
  let silences = 0;
  const sleep = (milliseconds: number): Promise<void> => pause(milliseconds, signal);
  const heard = async (ask: Ask): Promise<Heard> => {
    const answer = await send(ask, signal);
    if (answer.kind === 'answer') {
      silences = 0;
      return answer;
    }
    if (ask.drop === true || ask.announce !== undefined) return answer;
    silences += 1;
    if (silences === SILENCES) throw new Gone(`The service stopped answering: ${answer.why}.`);
    await sleep(pace.rest);
    return answer;
  };
  return {
    address,
    pace,
    sleep,
    headerNames: () => names,
    async api(method, path, { key: other, headers = {}, ...extra } = {}) {
      const given = other === undefined ? key : other;
      const sent = method === 'OPTIONS' || given === null ? headers : { 'X-API-Key': given, ...headers };
      const answer = await heard({
        method,
        address: address + path,
        headers: { ...FRAME, Accept: 'application/json', ...sent },
        patience: pace.patience,
        limit: JSON_BYTES,
        ...extra,
      });
      if (answer.kind === 'answer') for (const name of Object.keys(answer.headers)) names.add(name);
      return answer;
    },
    link: (method, to, headers = {}) =>
      heard({
        method,
        address: to,
        headers: { ...FRAME, ...headers },
        patience: pace.patience,
        limit: FILE_BYTES,
      }),
  };
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const stop = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    signal.addEventListener('abort', stop, { once: true });
  });
}

/** The JSON of an answer; undefined when it is none. */
export function jsonOf(answer: Heard): unknown {
  if (answer.kind === 'silence') return undefined;
  try {
    return JSON.parse(new TextDecoder().decode(answer.bytes));
  } catch {
    return undefined;
  }
}

export function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

export const isGood = (heard: Heard): heard is Answer =>
  heard.kind === 'answer' && heard.status >= 200 && heard.status < 300;

const LONGEST_QUOTE = 120;

/** Status and the service's own words, or that there was no answer. */
export function said(heard: Heard): string {
  if (heard.kind === 'silence') return `no answer (${heard.why})`;
  const message = memberOf(jsonOf(heard), 'message');
  if (typeof message === 'string') return `${heard.status} “${message.slice(0, LONGEST_QUOTE)}”`;
  return `${heard.status} (${kindOf(heard)})`;
}

function kindOf({ bytes, headers, whole }: Answer): string {
  if (bytes.length === 0) return 'empty';
  const type = headers['content-type']?.split(';', 1)[0] ?? 'no type';
  return `${type}, ${bytes.length} bytes${whole ? '' : ', cut'}`;
}
