import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { encode } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { crc32 } from '../../../src/core/picture/crc32';
import { inspectPng } from '../../../src/core/picture/png';

const data = Uint8Array.from({ length: 16 * 12 * 4 }, (_, index) => (index * 31) % 251);
const PNG = encode({ width: 16, height: 12, channels: 4, depth: 8, data });

/** A chunk with its right CRC. */
function chunk(name: string, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + content.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  for (let index = 0; index < 4; index++) bytes[4 + index] = name.charCodeAt(index);
  bytes.set(content, 8);
  view.setUint32(8 + content.length, crc32(bytes, 4, 8 + content.length));
  return bytes;
}
const spliced = (at: number, more: Uint8Array): Uint8Array =>
  Uint8Array.from([...PNG.subarray(0, at), ...more, ...PNG.subarray(at)]);
/** Signature and IHDR. */
const HEAD = 8 + 25;

describe('CRC-32', () => {
  it('of the digits 1 to 9 is CBF43926', () => {
    expect(crc32(new TextEncoder().encode('123456789'), 0, 9)).toBe(0xcbf43926);
  });

  it('is the one of zlib for any bytes and any part of them', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(50), (bytes, skip) => {
        const from = Math.min(skip, bytes.length);
        return crc32(bytes, from, bytes.length) === zlibCrc32(bytes.subarray(from));
      }),
    );
  });
});

describe('a PNG', () => {
  it('that is whole tells its facts', () => {
    expect(inspectPng(PNG)).toEqual({
      ok: true,
      value: { width: 16, height: 12, bitDepth: 8, colourType: 6, interlaced: false, animated: false, profile: false },
    });
  });

  it('inside a larger buffer is read from its own start', () => {
    const larger = new Uint8Array(PNG.length + 7);
    larger.set(PNG, 7);
    expect(inspectPng(larger.subarray(7)).ok).toBe(true);
  });

  it('with an animation or a colour profile says so', () => {
    expect(inspectPng(spliced(HEAD, chunk('acTL', new Uint8Array(8))))).toMatchObject({ value: { animated: true } });
    expect(inspectPng(spliced(HEAD, chunk('iCCP', new Uint8Array(8))))).toMatchObject({ value: { profile: true } });
  });

  it('with bytes behind its end is still whole', () => {
    expect(inspectPng(Uint8Array.from([...PNG, 0, 0, 0])).ok).toBe(true);
  });

  it('is recognised as damaged after any single flipped bit', () => {
    for (let bit = 0; bit < PNG.length * 8; bit++) {
      const flipped = PNG.slice();
      flipped[bit >> 3] = flipped[bit >> 3]! ^ (1 << (bit & 7));
      expect(inspectPng(flipped).ok, `bit ${bit}`).toBe(false);
    }
  });

  it('is recognised as cut at any length', () => {
    for (let length = 0; length < PNG.length; length++) {
      expect(inspectPng(PNG.subarray(0, length)).ok, `${length} bytes`).toBe(false);
    }
  });

  it.each([
    ['no signature', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), 'signature'],
    ['nothing', new Uint8Array(0), 'signature'],
    ['a signature alone', PNG.subarray(0, 8), 'cut'],
    ['another chunk first', Uint8Array.from([...PNG.subarray(0, 8), ...chunk('IDAT', new Uint8Array(4))]), 'header'],
    ['no width', Uint8Array.from([...PNG.subarray(0, 8), ...chunk('IHDR', new Uint8Array(13))]), 'header'],
    ['no pixels', Uint8Array.from([...PNG.subarray(0, HEAD), ...chunk('IEND', new Uint8Array(0))]), 'header'],
  ] as const)('with %s is refused as %s', (_, bytes, fault) => {
    expect(inspectPng(bytes)).toEqual({ ok: false, error: fault });
  });

  it('whose chunk claims 4 GB is cut, not read', () => {
    const huge = PNG.slice();
    huge.set([0xff, 0xff, 0xff, 0xff], HEAD);
    expect(inspectPng(huge)).toEqual({ ok: false, error: 'cut' });
  });
});
