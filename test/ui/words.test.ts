/** Every word that the panel, the host and the sentences of errors can say, in one style: read from their own modules. */
import { expect, test } from 'vitest';
import * as hostWords from '../../src/core/words/hostWords';
import { CANVAS_ERRORS } from '../../src/core/words/sentences/canvas';
import type { Entries } from '../../src/core/words/sentences/entry';
import { HOST_ERRORS } from '../../src/core/words/sentences/host';
import { JOB_ERRORS } from '../../src/core/words/sentences/job';
import { PICTURE_ERRORS } from '../../src/core/words/sentences/picture';
import { RESULT_ERRORS } from '../../src/core/words/sentences/result';
import { SERVICE_ERRORS } from '../../src/core/words/sentences/service';
import { UNEXPECTED_ERROR } from '../../src/core/words/sentences/unexpected';
import * as coreWords from '../../src/core/words/words';
import * as words from '../../src/ui/words';
import * as batch from '../../src/ui/words/batch';
import * as enhance from '../../src/ui/words/enhance';
import * as history from '../../src/ui/words/history';
import * as ledger from '../../src/ui/words/ledger';
import * as looks from '../../src/ui/words/looks';
import * as presets from '../../src/ui/words/presets';

/** For whoever takes numbers, names or a known list: once as one thing and once as several. */
const ARGUMENTS = [
  [1, 1, 1, 1],
  [3, 3, 3, 3],
  ['Ada', 'Ada', 'Ada', 'Ada'],
] as const;

function said(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return value.flatMap(said);
  if (typeof value === 'function') {
    return ARGUMENTS.flatMap((given) => {
      try {
        const text: unknown = (value as (...all: readonly unknown[]) => unknown)(...given);
        return typeof text === 'string' ? [text] : [];
      } catch {
        // It takes something with parts: what it says is tested beside it.
        return [];
      }
    });
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(said) : [];
}

const ERRORS = {
  host: 'api.example',
  reason: 'type',
  content: 'html',
  message: '',
  address: 'https://a.example',
  processId: 'p',
  fileName: 'File',
  seconds: 8,
  credits: 2,
  limit: 4096,
  format: 'jpeg',
  spent: false,
  local: false,
  size: { width: 2, height: 2 },
  expected: { width: 2, height: 2 },
  actual: { width: 1, height: 1 },
};
const errors = [CANVAS_ERRORS, HOST_ERRORS, JOB_ERRORS, PICTURE_ERRORS, RESULT_ERRORS, SERVICE_ERRORS, UNEXPECTED_ERROR]
  .flatMap((table) => Object.values(table as Entries<'offline'>))
  .flatMap((one) => Object.values(one.say({ code: 'offline', ...ERRORS })));

/** Asked for what it does not know. */
const isNonsense = (text: string): boolean => /\b(undefined|NaN)\b/.test(text);
/** Said of several only. */
const SEVERAL_ONLY: readonly string[] = [words.LABELS.pictures(1)];

const everything = [
  ...new Set([
    ...[hostWords, coreWords, words, batch, enhance, history, ledger, looks, presets].flatMap(said),
    ...errors,
  ]),
].filter((text) => !isNonsense(text) && !SEVERAL_ONLY.includes(text));

/** What a designer does not say, or what is called otherwise everywhere else. */
const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  [
    /\b(request|response|payload|endpoint|server|client|backend|cache|buffer|boolean|string|exception|stack|timeout|URI|URL|JSON|HTTP)\b/,
    'a developer’s word',
  ],
  [/\bAPI\b(?! key)/, 'a developer’s word'],
  [/\bplease\b|\bsorry\b|\boops\b|!/i, 'neither begs nor shouts'],
  [/\binvalid\b|\billegal\b|\berror\b(?! message)|\bfailed to\b|\bunable to\b/i, 'says what happened instead'],
  [/\bimages?\b(?! fill)/i, 'a picture'],
  [/\bcanceled\b|\bcanceling\b/i, 'cancelled'],
  [/\b(retry|retries|resubmit)\b(?! (\d+|Ada) failed)/i, 'try again'],
  [/\btokens? left\b|\bpoints\b|\bcoins?\b/i, 'credits'],
  [/\.\.\./, 'one ellipsis'],
  [/"|\w'\w/, 'quotation marks and apostrophes as printed'],
  [/\d(px|MP|s|min|%)(?![\w-])/, 'a number and its unit stand apart'],
  [/ {2}|^ | $/, 'one blank'],
  [
    /\b1 (credits|faces|layers|pictures|results|jobs|looks|presets)\b|\b3 (credit|face|layer|picture|result|job|look|preset)\b/,
    'one or several',
  ],
];

test('there are words to look at', () => {
  expect(everything.length).toBeGreaterThan(500);
});

test.each(FORBIDDEN)('no sentence has %s: %s', (pattern) => {
  expect(everything.filter((text) => pattern.test(text))).toEqual([]);
});

test('no sentence is longer than a few lines of the panel', () => {
  expect(everything.filter((text) => text.length > 260)).toEqual([]);
});

test('every sentence ends: what has a full stop inside has one at its end', () => {
  expect(everything.filter((text) => /[a-z]\. [A-Z]/.test(text) && !/[.:\u201d]$/.test(text))).toEqual([]);
});
