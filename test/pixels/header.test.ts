import { describe, expect, it } from 'vitest';
import { crc32 } from '../../src/core/picture/crc32';
import { isPicture, sniff } from '../../src/core/picture/format';
import type { HeaderResult } from '../../src/pixels/header/header';
import { orientationOf } from '../../src/pixels/header/orientation';
import { readHeader } from '../../src/pixels/header/read';
import { smallFile } from './pictures';

const read = (bytes: Uint8Array): HeaderResult => {
  const format = sniff(bytes);
  if (!isPicture(format) || format === 'tiff' || format === 'heic') throw new Error(`not readable: ${format}`);
  return readHeader(bytes, format);
};

const landscape = { width: 64, height: 48 };
const portrait = { width: 48, height: 64 };
const plain = { size: landscape, animated: false, orientation: 1, cmyk: false, alpha: false, profile: false };

/** A PNG with one more chunk right after IHDR. */
function withChunk(png: Uint8Array, name: string, data: readonly number[]): Uint8Array {
  const chunk = new Uint8Array(data.length + 12);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  for (let i = 0; i < 4; i++) chunk[4 + i] = name.charCodeAt(i);
  chunk.set(data, 8);
  view.setUint32(data.length + 8, crc32(chunk, 4, data.length + 8));
  return Uint8Array.from([...png.subarray(0, 33), ...chunk, ...png.subarray(33)]);
}

describe('a file header', () => {
  it.each([
    ['upright.png', plain],
    ['sixteen.png', plain],
    ['palette.png', plain],
    ['interlaced.png', plain],
    ['alpha.png', { ...plain, alpha: true }],
    ['alpha-grey.png', { ...plain, alpha: true }],
    ['one-pixel.png', { ...plain, size: { width: 1, height: 1 } }],
    ['progressive.jpg', plain],
    ['grey.jpg', plain],
    ['cmyk.jpg', { ...plain, cmyk: true }],
    ['orientation-1.jpg', plain],
    ['orientation-2.jpg', { ...plain, orientation: 2 }],
    ['orientation-3.jpg', { ...plain, orientation: 3 }],
    ['orientation-4.jpg', { ...plain, orientation: 4 }],
    ['orientation-5.jpg', { ...plain, orientation: 5, size: portrait }],
    ['orientation-6.jpg', { ...plain, orientation: 6, size: portrait }],
    ['orientation-7.jpg', { ...plain, orientation: 7, size: portrait }],
    ['orientation-8.jpg', { ...plain, orientation: 8, size: portrait }],
    ['still.gif', plain],
    ['animated.gif', { ...plain, animated: true }],
    ['lossy.webp', plain],
    ['lossless-alpha.webp', { ...plain, alpha: true }],
    ['animated.webp', { ...plain, animated: true }],
  ])('says what %s is', (name, expected) => {
    const header = read(smallFile(name));
    expect(header).toEqual({ ok: true, value: expected });
  });

  it.each([
    'upright.png',
    'progressive.jpg',
    'orientation-1.jpg',
    'still.gif',
    'animated.gif',
    'lossy.webp',
    'animated.webp',
  ])('calls %s damaged wherever it is cut', (name) => {
    const bytes = smallFile(name);
    for (let cut = 32; cut < bytes.length - 1; cut += Math.ceil(bytes.length / 60)) {
      expect(read(bytes.subarray(0, cut)), `cut at ${cut} of ${bytes.length}`).toEqual({ ok: false, error: 'damaged' });
    }
  });

  it.each(['upright.png', 'progressive.jpg', 'still.gif', 'lossy.webp'])(
    'does not mind bytes after the end of %s',
    (name) => {
      const bytes = smallFile(name);
      expect(read(Uint8Array.from([...bytes, 1, 2, 3, 4])).ok).toBe(true);
    },
  );

  it('finds a PNG damaged when a bit of it is flipped', () => {
    const bytes = smallFile('upright.png');
    for (let at = 16; at < bytes.length - 12; at += 97) {
      const flipped = bytes.slice();
      flipped[at] = flipped[at]! ^ 0x10;
      expect(read(flipped).ok, `byte ${at}`).toBe(false);
    }
  });

  it('reads the orientation that a PNG carries', () => {
    const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0];
    const header = read(withChunk(smallFile('upright.png'), 'eXIf', tiff));
    expect(header.ok && header.value.orientation).toBe(6);
  });

  it.each([
    ['iCCP', [0, 0, 0], true],
    ['gAMA', [0, 0, 0xb1, 0x8f], false],
    ['gAMA', [0, 1, 0x86, 0xa0], true],
  ] as const)('knows whether a PNG with %s %j has colours of its own', (name, data, profile) => {
    const header = read(withChunk(smallFile('upright.png'), name, data));
    expect(header.ok && header.value.profile).toBe(profile);
  });
});

describe('an EXIF block', () => {
  const little = (value: number): Uint8Array =>
    Uint8Array.from([0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, value, 0, 0, 0, 0, 0, 0, 0]);

  it('is read in either byte order', () => {
    expect(orientationOf(little(8))).toBe(8);
  });

  it.each([0, 9, 255])('counts as upright when it says %i', (value) => {
    expect(orientationOf(little(value))).toBe(1);
  });

  it('counts as upright when it points outside itself', () => {
    const far = little(6);
    far[4] = 200;
    expect(orientationOf(far)).toBe(1);
    expect(orientationOf(little(6).subarray(0, 20))).toBe(1);
    expect(orientationOf(new Uint8Array(0))).toBe(1);
  });
});
