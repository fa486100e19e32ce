/**
 * A random schedule: how the service is today, and what the user, the machine, the storage and the wire then do, one
 * after another. It is data, so a counterexample can be read, shrunk and kept.
 */
import fc from 'fast-check';
import { type Fault, reply } from '../service';
import type { Work } from './scene';
import type { SaveTrouble } from './storage';
import type { Kind, Quirks } from './wire';

export type Command =
  | { readonly do: 'start' | 'cancel' | 'apply' | 'consent'; readonly work: Work }
  /** Seconds. */
  | { readonly do: 'wait' | 'suspend'; readonly seconds: number }
  | { readonly do: 'open'; readonly stale: boolean }
  | { readonly do: 'close'; readonly how: 'closed' | 'killed' }
  | { readonly do: 'online'; readonly online: boolean }
  | { readonly do: 'key'; readonly refused: boolean }
  | { readonly do: 'trouble'; readonly kind: Kind; readonly faults: readonly (Fault | null)[] }
  | { readonly do: 'outage'; readonly kind: Kind; readonly seconds: number; readonly status: number }
  | { readonly do: 'storage'; readonly troubles: readonly (SaveTrouble | null)[] };

export interface Schedule {
  readonly seed: number;
  /** Seconds a job takes. */
  readonly duration: number;
  /** Seconds by which the list lags. */
  readonly lag: number;
  readonly quirks: Quirks;
  /** Seconds that an upload takes, of which half the body is out at half the time. */
  readonly upload: number;
  readonly commands: readonly Command[];
}

const DAY = 24 * 3600;

const json = { 'Content-Type': 'application/json' };
/** Answers that say nothing of the job: the fault list of docs/reliability.md, sections 1 to 4. */
const unclear: readonly Fault[] = [
  'reset',
  'silence',
  ...[408, 500, 502, 503, 504].map((status) => reply(status, {})),
  { status: 500, body: '<html>oops' },
  { status: 200, body: '<html>hello' },
  { status: 200, body: '' },
  { status: 200, headers: json, body: '{"process_id": "1' },
  reply(200, {}),
  { status: 429, headers: json, body: '{}' },
  ...['7', '-1', '1000000000', 'Thu, 01 Jan 2026 00:01:00 GMT'].map((after) => ({
    status: 429,
    headers: { 'Retry-After': after },
    body: '',
  })),
];
const refusals = [400, 401, 402, 403, 404, 409, 412, 413, 415, 422, 425, 429].map((status) => reply(status, {}));
/** The service has the job, or will have it, and the client does not hear so. */
const unseen: readonly Fault[] = [
  'reset-after',
  'silence-after',
  'fails-unseen',
  ...[408, 500, 502, 504].map((status) => ({ after: reply(status, {}) })),
  { after: { status: 200, body: '{"process' } },
  { after: reply(200, { eta: 12 }) },
  ...[1, 20, 45].map((lateBy) => ({ lateBy })),
];
const twins: readonly Fault[] = ['twice', ...[5, 20].map((lateTwinBy) => ({ lateTwinBy }))];
const submits: readonly Fault[] = ['fails', ...unclear, ...refusals, ...unseen, ...twins];
const reads: readonly Fault[] = [...unclear, reply(401, {}), reply(402, {}), reply(404, {}), reply(409, {})];
const files: readonly Fault[] = [
  'reset',
  'silence',
  { status: 403, body: '<Error><Code>AccessDenied</Code></Error>' },
  { status: 200, body: '<?xml version="1.0"?><Error/>' },
  { status: 200, body: '' },
  { status: 200, body: Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0) },
  reply(404, {}),
  reply(503, {}),
];
const cancels: readonly Fault[] = [...unclear, 'reset-after', reply(404, {}), reply(409, {})];
const FAULTS: { readonly [K in Kind]: readonly Fault[] } = {
  submit: submits,
  list: unclear,
  status: reads,
  link: [...unclear, reply(404, {}), reply(409, {})],
  bytes: files,
  cancel: cancels,
  balance: [...unclear, ...refusals],
};

const work = fc.constantFrom<Work>(0, 0, 0, 1);
const kinds = fc.constantFrom<Kind>('submit', 'submit', 'list', 'status', 'link', 'bytes', 'cancel', 'balance');

const trouble: fc.Arbitrary<Command> = kinds.chain((kind) =>
  fc
    .array(fc.constantFrom<Fault | null>(null, ...FAULTS[kind]), { minLength: 1, maxLength: 4 })
    .map((faults) => ({ do: 'trouble', kind, faults })),
);
const firstSubmits = fc.array(
  fc.oneof(
    { weight: 2, arbitrary: fc.constant(null) },
    { weight: 2, arbitrary: fc.constantFrom<Fault>(...unseen) },
    { weight: 1, arbitrary: fc.constantFrom<Fault>(...twins) },
    { weight: 1, arbitrary: fc.constantFrom<Fault>(...unclear, ...refusals) },
  ),
  { maxLength: 3 },
);
const seconds = fc.oneof(
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 40 }).map((tenths) => tenths / 10) },
  { weight: 3, arbitrary: fc.integer({ min: 5, max: 150 }) },
  { weight: 1, arbitrary: fc.integer({ min: 150, max: 3_600 }) },
);

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ do: fc.constant('wait' as const), seconds }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('start' as const), work }) },
  { weight: 4, arbitrary: trouble },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('close' as const),
      how: fc.constantFrom('closed' as const, 'killed' as const),
    }),
  },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('open' as const), stale: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('cancel', 'cancel', 'apply', 'consent'), work }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('online' as const), online: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('key' as const), refused: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('outage' as const),
      kind: kinds,
      seconds: fc.constantFrom(20, 300),
      status: fc.constantFrom(500, 503, 429),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('storage' as const),
      troubles: fc.array(fc.constantFrom<SaveTrouble | null>(null, 'full', 'slow', 'unacknowledged', 'lost'), {
        minLength: 1,
        maxLength: 3,
      }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('suspend' as const),
      seconds: fc.constantFrom(60, 3_600, 3_600, 3 * DAY, 8 * DAY),
    }),
  },
);

const quirks: fc.Arbitrary<Quirks> = fc.record({
  names: fc.oneof(
    { weight: 8, arbitrary: fc.constant('echoed' as const) },
    { weight: 2, arbitrary: fc.constantFrom('prefixed' as const, 'replaced' as const, 'missing' as const) },
  ),
  list: fc.oneof(
    { weight: 8, arbitrary: fc.constant('newest first' as const) },
    { weight: 2, arbitrary: fc.constantFrom('oldest first' as const, 'turns in circles' as const) },
  ),
  status: fc.oneof(
    { weight: 8, arbitrary: fc.constant('plain' as const) },
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        'unknown words' as const,
        'backwards' as const,
        'no eta' as const,
        'eta 0' as const,
        'eta past' as const,
        'eta far' as const,
        'eta in ms' as const,
      ),
    },
  ),
  skew: fc.constantFrom(0, 0, -90, 90),
  strangers: fc.oneof({ weight: 9, arbitrary: fc.constantFrom(0, 3) }, { weight: 1, arbitrary: fc.constant(130) }),
});

export const schedules: fc.Arbitrary<Schedule> = fc.record({
  seed: fc.nat(1e6),
  duration: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 1, max: 60 }) },
    { weight: 2, arbitrary: fc.constantFrom(300, 600, 1_800) },
  ),
  lag: fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 30 }) }),
  quirks,
  upload: fc.constantFrom(0.1, 0.1, 4),
  // A panel, what the wire does to its first submits, one picture, and then whatever comes.
  commands: fc
    .tuple(firstSubmits, fc.array(command, { maxLength: 12 }))
    .map(([faults, rest]): readonly Command[] => [
      { do: 'open', stale: false },
      { do: 'trouble', kind: 'submit', faults },
      { do: 'start', work: 0 },
      ...rest,
    ]),
});
