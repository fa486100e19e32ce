import { describe, expect, it } from 'vitest';
import type { ErrorCode, ErrorOf, PluginError } from '../../../src/core/errors';
import { spentIn } from '../../../src/core/money/spent';
import { ERRORS, explain, sentence } from '../../../src/core/words/sentences';
import { MONEY } from '../../../src/core/words/sentences/entry';
import { jobIn, STATES } from '../jobs';

const host = 'api.example';
const size = { width: 640, height: 480 };
/** One error of every code: the compiler refuses the table while one is missing. */
const ONE_OF_EACH: { readonly [Code in ErrorCode]: ErrorOf<Code> } = {
  'key-missing': { code: 'key-missing' },
  'key-refused': { code: 'key-refused' },
  'key-not-permitted': { code: 'key-not-permitted' },
  'credits-missing': { code: 'credits-missing' },
  'plan-missing': { code: 'plan-missing' },
  'request-refused': { code: 'request-refused', message: 'Invalid output height.' },
  'upload-too-large': { code: 'upload-too-large' },
  'format-refused': { code: 'format-refused' },
  'picture-refused': { code: 'picture-refused', message: '' },
  'service-busy': { code: 'service-busy', seconds: 8 },
  'service-wrong-address': { code: 'service-wrong-address', host },
  'service-failing': { code: 'service-failing', status: 500 },
  'answer-unreadable': { code: 'answer-unreadable', host },
  'timed-out': { code: 'timed-out', host },
  offline: { code: 'offline' },
  'host-blocked': { code: 'host-blocked', host },
  'host-unreachable': { code: 'host-unreachable', host: 'localhost:4141', local: true },
  'job-failed': { code: 'job-failed', message: '' },
  'job-cancelled': { code: 'job-cancelled', spent: false },
  'job-gone': { code: 'job-gone' },
  'job-unsent': { code: 'job-unsent' },
  'job-elsewhere': { code: 'job-elsewhere', address: 'http://localhost:4141' },
  'job-uncertain': { code: 'job-uncertain' },
  'job-waiting': { code: 'job-waiting' },
  'decision-needed': { code: 'decision-needed', credits: 2 },
  'charged-twice': { code: 'charged-twice', credits: 1, processId: '8d1c3c1e-9f4a-4f9c-b7c5-0b9b0d7f1a11' },
  'window-elsewhere': { code: 'window-elsewhere' },
  'work-under-way': { code: 'work-under-way', fileName: 'Campaign' },
  'result-not-picture': { code: 'result-not-picture', content: 'html' },
  'result-damaged': { code: 'result-damaged' },
  'result-wrong-size': { code: 'result-wrong-size', expected: size, actual: { width: 320, height: 240 } },
  'result-misaligned': { code: 'result-misaligned', reason: 'shifted' },
  'picture-empty': { code: 'picture-empty' },
  'picture-damaged': { code: 'picture-damaged', format: 'jpeg' },
  'picture-unsupported': { code: 'picture-unsupported', content: 'avif' },
  'picture-too-large': { code: 'picture-too-large', size: { width: 20000, height: 1 }, limit: 4096 },
  'picture-too-small': { code: 'picture-too-small', size: { width: 1, height: 1 } },
  'picture-missing': { code: 'picture-missing' },
  'no-face': { code: 'no-face' },
  'layer-gone': { code: 'layer-gone' },
  'layer-changed': { code: 'layer-changed' },
  'layer-elsewhere': { code: 'layer-elsewhere' },
  'layer-in-instance': { code: 'layer-in-instance' },
  'layer-read-only': { code: 'layer-read-only' },
  'image-refused': { code: 'image-refused', reason: 'too-large' },
  'nothing-to-revert': { code: 'nothing-to-revert' },
  'storage-full': { code: 'storage-full' },
  'storage-silent': { code: 'storage-silent' },
  'storage-unreadable': { code: 'storage-unreadable' },
  'presets-newer': { code: 'presets-newer' },
  'shared-unwritten': { code: 'shared-unwritten' },
  'spending-unwritten': { code: 'spending-unwritten' },
  'host-silent': { code: 'host-silent' },
  unexpected: { code: 'unexpected', detail: 'TypeError: x is not a function at foo.js:1' },
};

describe('every error', () => {
  it.each(Object.values(ONE_OF_EACH).map((error) => [error.code, error] as const))(
    '%s says what happened, what it cost and what to do, in whole plain sentences',
    (code, error) => {
      const { happened, money, next } = explain(error);
      for (const part of [happened, money, next]) {
        expect(part).toMatch(/^[A-Z0-9a-z].*[.\u201d]$/s);
        expect(part).not.toMatch(/undefined|null|NaN|\[object|Error:|TypeError|HTTP|JSON|\bAPI\b|\.\.|: \.| {2}/);
      }
      expect(sentence(error).length).toBeLessThan(320);
      if (code.includes('-')) expect(sentence(error)).not.toContain(code);
      expect(ERRORS[code as ErrorCode].spent).toMatch(/^(no|yes|unknown)$/);
    },
  );
});

describe('the sentences of the product', () => {
  const cases: readonly (readonly [PluginError, string])[] = [
    [{ code: 'key-refused' }, 'The key was not accepted. Nothing was charged. Check it in Settings.'],
    [
      { code: 'service-busy', seconds: 8.2 },
      'The service is busy; it can be tried again in 8 s. Nothing was charged. Try again in a little while.',
    ],
    [
      { code: 'host-blocked', host },
      'Figma does not let this plugin reach api.example. Nothing was charged. Choose another service in Settings; a team relay must be at an address that the plugin allows.',
    ],
    [
      { code: 'picture-unsupported', content: 'video' },
      'The fill holds a video, which cannot be restored. Nothing was charged. Use a JPEG or PNG picture.',
    ],
  ];
  it.each(cases)('%j', (error, text) => {
    expect(sentence(error)).toBe(text);
  });

  it("the service's own words are an aside, shortened, without markup", () => {
    const said = explain({ code: 'request-refused', message: `<b>${'very '.repeat(100)}</b>` }).happened;
    expect(said).not.toMatch(/[<>]/);
    expect(said.length).toBeLessThan(180);
    expect(explain({ code: 'request-refused', message: '  ' }).happened).toBe('The service did not accept the job.');
    expect(explain({ code: 'request-refused', message: 'Invalid output height.' }).happened).toBe(
      'The service did not accept the job: \u201cInvalid output height\u201d.',
    );
  });
});

describe('money', () => {
  it('is said by what the state of the job knows', () => {
    const error: PluginError = { code: 'host-blocked', host };
    expect(explain(error, spentIn(STATES.COMPLETED)).money).toBe(MONEY.yes);
    expect(explain(error, spentIn(STATES.RUNNING)).money).toBe(MONEY.unknown);
    expect(explain(error, spentIn(STATES.REJECTED)).money).toBe(MONEY.no);
  });

  it('a state that knows no more than the error changes nothing', () => {
    expect(explain({ code: 'layer-gone' }, 'no').money).toBe('No further credit is used.');
  });

  it.each([
    ['PREPARED', 'no'],
    ['SUBMITTING', 'unknown'],
    ['AMBIGUOUS', 'unknown'],
    ['ACCEPTED', 'unknown'],
    ['RUNNING', 'unknown'],
    ['COMPLETED', 'yes'],
    ['DONE', 'yes'],
    ['REJECTED', 'no'],
    ['PARKED', 'unknown'],
    ['CANCELLING', 'unknown'],
    ['CANCELLED', 'no'],
    ['FAILED', 'no'],
    ['GONE', 'unknown'],
    ['ASK', 'unknown'],
  ] as const)('in %s a credit was used: %s', (name, spent) => {
    expect(spentIn(jobIn(STATES[name]).state)).toBe(spent);
  });

  it('a completed job that cost nothing used no credit', () => {
    const { completion } = STATES.COMPLETED;
    expect(spentIn({ ...STATES.COMPLETED, completion: { ...completion, credits: 0 } })).toBe('no');
    expect(spentIn({ ...STATES.PARKED, accepted: null })).toBe('no');
  });
});
