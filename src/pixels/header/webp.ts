/** Reads a WebP's RIFF chunks (RFC 9649, sections 2 and 3): size, transparency, animation, orientation, whole or cut. */
import { failed, ok } from '../../core/result';
import type { HeaderResult } from './header';
import { type Orientation, orientationOf } from './orientation';

/** The bytes begin with a WebP's signature. Bytes after the end that RIFF gives are not looked at. */
export function readWebp(bytes: Uint8Array): HeaderResult {
  if (bytes.length < 20) return failed('damaged');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = view.getUint32(4, true) + 8;
  if (end > bytes.length) return failed('damaged');
  let size: { width: number; height: number } | null = null;
  let animated = false;
  let alpha = false;
  let profile = false;
  let orientation: Orientation = 1;
  let at = 12;
  while (at + 8 <= end) {
    const name = String.fromCharCode(...bytes.subarray(at, at + 4));
    const length = view.getUint32(at + 4, true);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (data.length < length) return failed('damaged');
    if (name === 'VP8X' && length >= 10) {
      size = { width: uint24(data, 4) + 1, height: uint24(data, 7) + 1 };
      alpha = (data[0]! & 0x10) !== 0;
      animated = (data[0]! & 0x02) !== 0;
    } else if (name === 'VP8 ' && length >= 10) {
      size ??= { width: (data[6]! | (data[7]! << 8)) & 0x3fff, height: (data[8]! | (data[9]! << 8)) & 0x3fff };
    } else if (name === 'VP8L' && length >= 5) {
      const bits = (data[1]! | (data[2]! << 8) | (data[3]! << 16) | (data[4]! << 24)) >>> 0;
      size ??= { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
      if ((bits & 0x10000000) !== 0) alpha = true;
    } else if (name === 'EXIF') {
      orientation = orientationOf(startsWithExif(data) ? data.subarray(6) : data);
    } else if (name === 'ICCP') {
      profile = true;
    }
    at += 8 + length + (length & 1);
  }
  if (size === null) return failed('damaged');
  return ok({ size, animated, orientation, cmyk: false, alpha, profile });
}

const uint24 = (bytes: Uint8Array, at: number): number => bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);

const startsWithExif = (data: Uint8Array): boolean => String.fromCharCode(...data.subarray(0, 4)) === 'Exif';
