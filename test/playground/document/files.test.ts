/** Names and sizes of picture files, as Figma tells them. */
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { imageRefusal, imageSize } from '../../../playground/document/imageFile';
import { sha1 } from '../../../playground/document/sha1';
import { GIF, jpegSample, pngHeader, pngOf } from '../scene';

test('the hash of any bytes is their SHA-1', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(sha1(bytes)).toBe(createHash('sha1').update(bytes).digest('hex'));
    }),
  );
});

describe('the size in the header', () => {
  test.for([
    ['PNG', () => pngOf(7, 3), { width: 7, height: 3 }],
    ['JPEG', jpegSample, { width: 512, height: 600 }],
    ['GIF', () => GIF, { width: 1, height: 1 }],
    ['a cut JPEG', () => jpegSample().subarray(0, 40), null],
    ['a cut PNG', () => pngOf(7, 3).subarray(0, 12), null],
    ['text', () => new TextEncoder().encode('<html>'), null],
    ['nothing', () => new Uint8Array(0), null],
  ] as const)('of %s', ([, bytes, size]) => {
    expect(imageSize(bytes())).toEqual(size);
  });
});

test.for([
  [4096, 4096, null],
  [4097, 10, 'Image is too large'],
  [10, 20000, 'Image is too large'],
  [0, 10, 'Image is too small'],
  [1, 1, null],
] as const)('%i x %i: %s', ([width, height, refusal]) => {
  expect(imageRefusal(pngHeader(width, height))).toBe(refusal);
});
