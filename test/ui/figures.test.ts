import { describe, expect, test } from 'vitest';
import { RANGES } from '../../src/core/parameters';
import { facesText, fitHints, percentText, restoreLabel, sizesText, valueText } from '../../src/ui/figures';
import { face } from './fakes/data';

test.each([
  [0, 1, 'Send anyway · 1 credit'],
  [1, 1, 'Restore 1 face · 1 credit'],
  [3, 2, 'Restore 3 faces · 2 credits'],
])('%i faces at %i credits: %s', (faces, credits, expected) => {
  expect(restoreLabel(faces, credits)).toBe(expected);
});

test('sizes are a range, or one number when they are all the same', () => {
  expect(sizesText([face(0, 96), face(0, 180), face(0, 120)])).toBe('96–180 px');
  expect(sizesText([face(0, 96)])).toBe('96 px');
  expect(facesText(1)).toBe('1 face');
});

describe('whether faces suit the model', () => {
  const LARGE = 'lose detail. Enhance, or the service’s model Detail Faces, suits better.';
  test.each([
    [[511], ['good: Fits: under 512\u00a0px.']],
    [[32, 511], ['good: All fit: under 512\u00a0px.']],
    [[512], [`warning: The face is 512 px. Made for faces under 512 px: it will ${LARGE}`]],
    [[100, 900], [`warning: 1 face is 900 px. Made for faces under 512 px: it will ${LARGE}`]],
    [[900, 901], [`warning: 2 faces are 900–901 px. Made for faces under 512 px: they will ${LARGE}`]],
    [[31], ['warning: The face is only 31 px: it may become someone else.']],
    [[31, 100], ['warning: 1 face is only 31 px: it may become someone else.']],
    [[20, 31, 100], ['warning: 2 faces are only 20–31 px: they may become someone else.']],
    [
      [31, 900],
      [
        `warning: 1 face is 900 px. Made for faces under 512 px: it will ${LARGE}`,
        'warning: 1 face is only 31 px: it may become someone else.',
      ],
    ],
  ])('faces of %o px', (sizes, expected) => {
    const hints = fitHints(sizes.map((size) => face(0, size)));
    expect(hints.map(({ kind, text }) => `${kind}: ${text}`)).toEqual(expected);
  });
});

test.each([
  [RANGES.noiseSigma.standard, '0.015'],
  [0.001, '0.001'],
  [0.4, '0.4'],
  [1.234, '1.23'],
  [2000, '2000'],
])('%d reads %s', (value, expected) => {
  expect(valueText(value)).toBe(expected);
});

test('a share is a whole percentage', () => {
  expect(percentText(0.555)).toBe('56 %');
});
