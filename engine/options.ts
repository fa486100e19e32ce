/** What the engine can be told when it starts, and how the command line says it. */
import { failed, ok, type Result } from '../src/core/result';
import { type FaultPlan, NO_FAULTS } from './faults/plan';
import type { Restorer } from './restorer';
import type { Speed } from './speed';

/** One request, as a test or a fault plan sees it. */
export interface SeenRequest {
  readonly origin: 'api' | 'files';
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
}

export interface EngineOptions {
  /** 0 = any free port. */
  readonly port: number;
  /** Where the links lead; 0 = any free port. */
  readonly filesPort: number;
  readonly data: string;
  /** The only key that is accepted; null = any key that is not empty. */
  readonly key: string | null;
  /** Result pixels over input pixels, a side: the real service may do either. */
  readonly scale: 1 | 2 | 4;
  /** Credits the account begins with. */
  readonly credits: number;
  /** One line a request, without key, query or body. */
  readonly log: (line: string) => void;
  /** Response headers that a page may read. The engine exposes none unless told: the service may not either. */
  readonly exposeHeaders: readonly string[];
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly onRequest: (seen: SeenRequest) => void;
  /** What goes wrong from the start; `Engine.faults` and `/engine/faults` change it later. */
  readonly faults: FaultPlan;
  /** Does the work, in the engine's own thread, in place of the thread with its own restorer. */
  readonly restorer: Restorer | null;
  /** Jobs that are worked on at once. */
  readonly parallel: number;
  /** An ONNX file with a network that restores the faces in place of the engine's own way; null = none. */
  readonly model: string | null;
  /** How long jobs are said to take; null = as long as the last ones took. */
  readonly speed: Speed | null;
  /** Bytes a request may have: 500 MB by the contract. */
  readonly uploadLimit: number;
  /** Jobs pending and processing at once; a submission above is answered with 429. null = no limit. */
  readonly inFlight: number | null;
  /** Milliseconds of a round trip added to every answer, half on the way in and half on the way out. */
  readonly latency: number;
}

export const STANDARD_PORT = 4141;

export const STANDARD_OPTIONS: Omit<EngineOptions, 'data'> = {
  port: 0,
  filesPort: 0,
  key: null,
  scale: 1,
  credits: 10_000,
  log: () => undefined,
  exposeHeaders: [],
  now: () => Date.now(),
  onRequest: () => undefined,
  faults: NO_FAULTS,
  restorer: null,
  parallel: 1,
  model: null,
  speed: null,
  uploadLimit: 500 * 1024 * 1024,
  inFlight: null,
  latency: 0,
};

export const USAGE = `npm run engine -- [options]
  --port N         port of the API (${STANDARD_PORT}; 0 = any free one)
  --files-port N   port that download links lead to (the port after the API's)
  --data DIR       folder for uploads, results and the ledger (.cache/engine)
  --key K          the only key that is accepted (any that is not empty)
  --scale 1|2|4    result pixels over input pixels, a side (1)
  --credits N      credits the account begins with (${STANDARD_OPTIONS.credits})
  --model FILE     an ONNX file that restores the faces: GFPGAN, RestoreFormer(++), CodeFormer
  --in-flight N    jobs that may be pending or processing at once; 429 above (no limit)
  --latency MS     milliseconds of a round trip added to every answer (0)
  --faults FILE    what is to go wrong, as JSON (docs/faults.md); while it runs:
                   GET, PUT and DELETE /engine/faults, GET /engine/ledger
  --relay          the team relay in the engine's place: --relay --help tells more`;

export interface CommandLine {
  readonly port: number;
  readonly filesPort: number;
  readonly data: string | null;
  readonly key: string | null;
  readonly scale: 1 | 2 | 4;
  readonly credits: number;
  readonly inFlight: number | null;
  readonly latency: number;
  /** An ONNX file. */
  readonly model: string | null;
  /** A file with a fault plan. */
  readonly faults: string | null;
}

const OPTION_NAMES = [
  '--port',
  '--files-port',
  '--data',
  '--key',
  '--scale',
  '--credits',
  '--in-flight',
  '--latency',
  '--model',
  '--faults',
];

/** The error is a sentence for the terminal. */
export function parseCommandLine(words: readonly string[]): Result<CommandLine, string> {
  const given = new Map<string, string>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!;
    const [name, inline] = word.split(/=(.*)/s, 2) as [string, string | undefined];
    if (!OPTION_NAMES.includes(name)) {
      return failed(`Unknown option ${word}.`);
    }
    const value = inline ?? words[++at];
    if (value === undefined || value === '') return failed(`${name} needs a value.`);
    given.set(name, value);
  }
  const whole = (name: string, standard: number, max: number): number | null => {
    const text = given.get(name);
    if (text === undefined) return standard;
    return /^\d+$/.test(text) && Number(text) <= max ? Number(text) : null;
  };
  const port = whole('--port', STANDARD_PORT, 65535);
  const filesPort = whole('--files-port', port === null || port === 0 || port === 65535 ? 0 : port + 1, 65535);
  if (port === null || filesPort === null) return failed('A port is a whole number from 0 to 65535.');
  const scale = whole('--scale', 1, 4);
  if (scale !== 1 && scale !== 2 && scale !== 4) return failed('--scale is 1, 2 or 4.');
  const credits = whole('--credits', STANDARD_OPTIONS.credits, 1_000_000_000);
  if (credits === null) return failed('--credits is a whole number.');
  const inFlight = given.has('--in-flight') ? whole('--in-flight', 0, 1_000_000) : null;
  if (given.has('--in-flight') && (inFlight === null || inFlight === 0)) {
    return failed('--in-flight is a whole number from 1.');
  }
  const latency = whole('--latency', 0, 60_000);
  if (latency === null) return failed('--latency is a whole number of milliseconds, at most 60000.');
  const text = (name: string): string | null => given.get(name) ?? null;
  const [data, key, model, faults] = [text('--data'), text('--key'), text('--model'), text('--faults')];
  return ok({ port, filesPort, data, key, scale, credits, inFlight, latency, model, faults });
}
