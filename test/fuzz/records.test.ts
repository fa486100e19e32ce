import { describe, expect, it } from 'vitest';
import { parseBatch } from '../../src/core/batch';
import { isOver, type Job, type JobState } from '../../src/core/job/job';
import { nextAct } from '../../src/core/job/nextAct';
import { parseJob } from '../../src/core/job/parseJob';
import { type JobEvent, step } from '../../src/core/job/step';
import { isFree, parseLease } from '../../src/core/lease';
import { parseLedgerPage, spendingOf, withSpendings } from '../../src/core/money/ledger';
import { spentIn } from '../../src/core/money/spent';
import { STANDARD_PARAMETERS } from '../../src/core/parameters';
import { parseRecipe } from '../../src/core/recipe';
import { endpoint, parseSettings, STANDARD_SETTINGS } from '../../src/core/settings';
import { sentence } from '../../src/core/words/sentences';
import { order } from '../api/jobs';
import { chance, mutateJson } from './mutate';

const ORDER = {
  ...order(chance(1), () => 1_767_225_600_000),
  boxes: [
    [1, 2, 30, 40],
    [50, 60, 70, 80],
  ],
  batch: 'b',
};
const ATTEMPT = { number: 1, tag: 'Team~abcdefghijkl-1.png', submittedAt: 1_767_225_600_000 };
const ACCEPTANCE = { processId: 'p-1', acceptedAt: 1_767_225_601_000, duration: 12 };
const COMPLETION = { credits: 1, output: { width: 8, height: 8 }, completedAt: 1_767_225_620_000 };
const STATES: readonly unknown[] = [
  { name: 'PREPARED' },
  { name: 'SUBMITTING', attempt: ATTEMPT },
  { name: 'AMBIGUOUS', attempt: ATTEMPT, since: 1_767_225_600_000 },
  { name: 'RUNNING', attempt: ATTEMPT, acceptance: ACCEPTANCE },
  { name: 'DONE', attempt: ATTEMPT, acceptance: ACCEPTANCE, completion: COMPLETION, placedAt: 1_767_225_630_000 },
  { name: 'PARKED', error: { code: 'key-refused' }, accepted: { attempt: ATTEMPT, acceptance: ACCEPTANCE } },
  { name: 'REJECTED', error: { code: 'request-refused', message: 'No.' } },
  { name: 'CANCELLING', attempt: ATTEMPT, acceptance: null },
  { name: 'ASK', attempt: ATTEMPT },
];
const JOBS = STATES.map((state) => ({
  v: 1,
  id: ORDER.id,
  order: ORDER,
  state,
  attempts: 1,
  resubmits: 0,
  changedAt: 1_767_225_600_000,
}));
const EVENTS: readonly JobEvent['type'][] = [
  'reopened',
  'cancel',
  'lost',
  'absent',
  'unknowable',
  'cancelled',
  'vanished',
];

/** Reads, and does with what was read whatever the panel would do next. Null: refused. */
const KINDS: readonly {
  readonly name: string;
  readonly examples: readonly unknown[];
  readonly read: (saved: unknown) => unknown;
}[] = [
  {
    name: 'jobs',
    examples: JOBS,
    read: (saved) => {
      const job = parseJob(saved);
      if (job !== null) live(job);
      return job;
    },
  },
  {
    name: 'settings',
    examples: [
      { ...STANDARD_SETTINGS, service: 'topaz', key: 'k' },
      { ...STANDARD_SETTINGS, service: 'relay', relayAddress: 'https://r.example' },
    ],
    read: (saved) => {
      const settings = parseSettings(saved);
      endpoint(settings);
      return settings;
    },
  },
  {
    name: 'batches',
    examples: [
      {
        v: 1,
        id: 'b',
        fileId: 'f',
        plan: { parameters: STANDARD_PARAMETERS, preset: null, form: 'overlay', address: 'https://api.example' },
        createdAt: 5,
        entries: [{ imageHash: 'h', job: 'j', places: [{ target: ORDER.target, layerName: 'L' }] }],
      },
    ],
    read: parseBatch,
  },
  {
    name: 'ledger pages',
    examples: [{ v: 1, spendings: [spendingOf(JOBS[4] as unknown as Job)] }],
    read: (saved) => {
      const read = parseLedgerPage(saved);
      // Of a damaged page the lines that can be read go on.
      if (read.kind === 'newer') return null;
      const spendings = read.kind === 'page' ? read.page.spendings : read.left;
      return withSpendings({ v: 1, spendings: [] }, spendings);
    },
  },
  {
    name: 'leases',
    examples: [
      { v: 1, holder: 'me', at: 1_767_225_600_000 },
      { v: 1, holder: 'me', window: '7', at: 1_767_225_600_000 },
    ],
    read: (saved) => {
      const lease = parseLease(saved);
      isFree(lease, { holder: 'me', window: '7' }, 1_767_225_600_000);
      return lease;
    },
  },
  {
    name: 'recipes',
    examples: [
      {
        v: 1,
        form: 'overlay',
        sourceHash: 's',
        resultHash: 'r',
        jobId: 'j',
        work: ORDER.work,
        preset: null,
        faces: 2,
        credits: 1,
        service: 'Topaz Labs',
        appliedAt: 5,
      },
    ],
    read: parseRecipe,
  },
];

function live(job: Job): void {
  for (const type of EVENTS) step(job, { type } as JobEvent, 1_767_300_000_000);
  const act = nextAct(job, true);
  const spent = spentIn(job.state);
  const said: JobState = job.state;
  if ('error' in said) expect(sentence(said.error, spent).length).toBeLessThan(10_000);
  if (act.do === 'end') sentence(act.error, spent);
  isOver(job.state);
}

describe('10,000 spoiled records', () => {
  it.each(KINDS)(
    '$name: each is read as something whole or refused, and what was read is read again as the same',
    ({ name, examples, read }) => {
      const random = chance(name.length * 104_729);
      let whole = 0;
      for (let count = 0; count < 1_700; count++) {
        const spoiled = mutateJson(examples[count % examples.length], random);
        const once = read(spoiled);
        if (once === null) continue;
        whole++;
        const text = JSON.stringify(once);
        expect(JSON.stringify(read(JSON.parse(text)))).toBe(text);
      }
      expect(whole).toBeGreaterThan(20);
    },
  );
});
