import { describe, expect, it } from 'vitest';
import { parseParameters } from '../../../src/core/parameters';
import { contentName, creditText, megapixelText, sizeText } from '../../../src/core/words/names';
import {
  correctionText,
  PLACEMENT_NOTES,
  progressText,
  UNAVAILABLE_REASONS,
  UNUSABLE_REASONS,
} from '../../../src/core/words/words';
import type { PlacementNote } from '../../../src/protocol/messages';
import type { Availability, UnusableReason } from '../../../src/protocol/selection';

describe('progress in words', () => {
  it.each([
    [{ stage: 'uploading', fraction: 0.4, secondsLeft: null }, 'Uploading 40 %'],
    [{ stage: 'restoring', fraction: 0.6, secondsLeft: 8.3 }, 'Restoring 60 % \u00b7 about 8 s'],
    [{ stage: 'waiting', fraction: null, secondsLeft: 8 }, 'Waiting for the service \u00b7 trying again in 8 s'],
    [{ stage: 'queued', fraction: null, secondsLeft: 150 }, 'Queued \u00b7 about 3 min'],
    [{ stage: 'restoring', fraction: 2, secondsLeft: 0.2 }, 'Restoring 100 % \u00b7 about 1 s'],
    [{ stage: 'looking', fraction: null, secondsLeft: null }, 'Looking for your job'],
  ] as const)('%j', (progress, text) => {
    expect(progressText(progress)).toBe(text);
  });

  it('of a whole picture speak of enhancing', () => {
    expect(progressText({ stage: 'restoring', fraction: 0.6, secondsLeft: null }, 'enhance')).toBe('Enhancing 60 %');
    expect(progressText({ stage: 'queued', fraction: null, secondsLeft: null }, 'enhance')).toBe('Queued');
  });
});

describe('a corrected parameter', () => {
  it.each([
    [{ strength: 3 }, 'Rebuild 3 is above 1; 1 is used.'],
    [{ noiseSigma: 0 }, 'Noise in the picture 0 is below 0.001; 0.001 is used.'],
    [{ noiseSeed: 2.4 }, 'Seed must be a whole number; 2 is used.'],
    [{ blurSigma: 'soft' }, 'Blur in the picture must be a number; 0.4 is used.'],
    [
      { referenceUri: 'ftp://x/y' },
      'The reference picture needs an address that starts with http:// or https://; none is used.',
    ],
  ])('%j', (input, text) => {
    expect(parseParameters(input).corrections.map(correctionText)).toEqual([text]);
  });
});

describe('reasons and notes', () => {
  it('there are words for each that the host can send', () => {
    // The compiler refuses these lines while a word is missing.
    const notes: Record<PlacementNote, string> = PLACEMENT_NOTES;
    const unusable: Record<UnusableReason, string> = UNUSABLE_REASONS;
    const unavailable: Record<Exclude<Availability, 'yes'>, string> = UNAVAILABLE_REASONS;
    for (const text of [notes, unusable, unavailable].flatMap((table) => Object.values(table))) {
      expect(text).toMatch(/^[A-Z].*\.$/);
    }
  });
});

it('sizes, credits and contents are written one way', () => {
  expect(sizeText({ width: 640, height: 480 })).toBe('640 \u00d7 480 px');
  expect(megapixelText({ width: 4096, height: 4096 })).toBe('16.8 MP');
  expect(megapixelText({ width: 64, height: 64 })).toBe('under 0.01 MP');
  expect(megapixelText({ width: 200, height: 300 })).toBe('0.06 MP');
  expect([creditText(1), creditText(3), creditText(0)]).toEqual(['1 credit', '3 credits', '0 credits']);
  expect([contentName('avif'), contentName('tiff'), contentName('html')]).toEqual([
    'an AVIF picture',
    'a TIFF picture',
    'a web page',
  ]);
});
