import { describe, expect, it } from 'vitest';
import { parseFaultPlan } from '../../../engine/faults/parse';
import type { Fault, Match } from '../../../engine/faults/plan';

const plan = (match: unknown, fault: unknown): string => JSON.stringify({ rules: [{ match, fault }] });

describe('a fault plan is read', () => {
  it.each<Fault>([
    { kind: 'reset', at: 0.99 },
    { kind: 'reset', at: 'answered', gently: true },
    { kind: 'silence', answered: true },
    { kind: 'down', seconds: 30 },
    { kind: 'delay', seconds: 1.5, answered: true },
    { kind: 'answer', status: 200, body: { text: '{}' }, headers: { 'X-A': 'b' }, cors: false, answered: true },
    { kind: 'answer', status: 429, body: 'html', retryAfter: { seconds: -5, as: 'date', readable: true } },
    { kind: 'late', seconds: 45, answer: 504 },
    { kind: 'late', seconds: 45, answer: 'reset' },
    { kind: 'twice' },
    { kind: 'json', set: { eta: null }, remove: ['filename'], add: { eta: 90 }, multiply: { eta: 1000 } },
    { kind: 'headers', set: { 'X-A': 'b' }, remove: ['X-B'], cors: false, status: 429 },
    { kind: 'list', lag: 30, order: 'shuffled', cursor: 'loop', foreign: 120, twin: 'Failed' },
    { kind: 'bytes', content: 'noise', length: 5, flip: 0.5, cut: 0.5, ending: 'close', rate: 1000 },
  ])('with the fault %j', (fault) => {
    const read = parseFaultPlan(plan({}, fault));
    expect(read).toEqual({ ok: true, value: { rules: [{ match: {}, fault }] } });
  });

  it.each<Match>([
    {},
    {
      origin: 'files',
      kind: 'bytes',
      method: 'get',
      path: '^/results/',
      process: 'a',
      tag: '~.*-1',
      state: 'Completed',
    },
    { nth: 2 },
    { from: 2, count: 3, after: 0.5, until: 300 },
  ])('with the match %j', (match) => {
    expect(parseFaultPlan(plan(match, { kind: 'twice' })).ok).toBe(true);
  });
});

describe('a mistake in a fault plan is a sentence', () => {
  it.each([
    ['', 'The plan is not JSON: it ends too early, in line 1.'],
    ['{\n  "rules": [', 'The plan is not JSON: it ends too early, in line 2.'],
    ['{\n  "rules": [,]\n}', 'The plan is not JSON: there is a mistake in line 2.'],
    ['{\n  "rules: []\n}', 'The plan is not JSON: there is a mistake in line 2.'],
    ['{\n  "rules":\n  []]\n}', 'The plan is not JSON: there is a mistake in line 3.'],
    ['[]', 'The plan must be an object.'],
    ['{}', 'The plan lacks "rules".'],
    ['{"rules": {}}', 'The plan has a wrong member "rules": it must be a list.'],
    ['{"rules": [], "seed": 1}', 'The plan has an unknown member "seed": a plan has rules.'],
    ['{"rules": [3]}', 'Rule 1 must be an object.'],
    ['{"rules": [{"match": {}}]}', 'Rule 1 lacks "fault".'],
    [
      plan({ kind: 'upload' }, { kind: 'twice' }),
      /^Rule 1 has a match that has a wrong member "kind": it must be submit/,
    ],
    [
      plan({ nht: 1 }, { kind: 'twice' }),
      /^Rule 1 has a match that has an unknown member "nht": a match has origin, kind/,
    ],
    [plan({ nth: 0 }, { kind: 'twice' }), /member "nth": it must be a whole number from 1/],
    [plan({ nth: 1, count: 2 }, { kind: 'twice' }), /gives nth beside from or count/],
    [plan({ path: '(' }, { kind: 'twice' }), /"path": it must be a regular expression\.$/],
    [plan({}, { kind: 'explode' }), /^Rule 1 has a fault whose kind is not reset, silence,/],
    [plan({}, { kind: 'reset' }), 'Rule 1 has a fault that lacks "at".'],
    [plan({}, { kind: 'reset', at: 1.1 }), /"at": it must be from 0 to 1, or "answered"\.$/],
    [plan({}, { kind: 'twice', seconds: 1 }), /unknown member "seconds": the fault "twice" has kind\.$/],
    [plan({}, { kind: 'answer', status: 42 }), /"status": it must be a whole number from 200 to 599\.$/],
    [
      plan({}, { kind: 'answer', status: 200, body: 'xhtml' }),
      /"body": it must be message, empty, html, xml or cut or/,
    ],
    [plan({}, { kind: 'answer', status: 429, retryAfter: { as: 'date' } }), /"retryAfter": it lacks "seconds"\.$/],
    [plan({}, { kind: 'answer', status: 429, headers: { a: 1 } }), /"headers": it has a value that must be a text\.$/],
    [plan({}, { kind: 'json', add: { eta: 'later' } }), /"add": it has a value that must be from/],
    [JSON.stringify({ rules: [{ match: {}, fault: { kind: 'twice' } }, 7] }), 'Rule 2 must be an object.'],
  ])('%j', (text, sentence) => {
    const read = parseFaultPlan(text);
    if (read.ok) throw new Error('It was taken');
    if (typeof sentence === 'string') expect(read.error).toBe(sentence);
    else expect(read.error).toMatch(sentence);
    expect(read.error).toMatch(/^[A-Z].*\.$/);
  });
});
