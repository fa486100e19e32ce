/**
 * Walks the markers of a JPEG (ITU T.81, annex B) to its end: size, inks, EXIF orientation, profile, and whether
 * the file is whole. Knows nothing of pixels.
 */
import { failed, ok } from '../../core/result';
import type { HeaderResult } from './header';
import { type Orientation, orientationOf } from './orientation';

const startsWith = (bytes: Uint8Array, at: number, text: string): boolean => {
  for (let i = 0; i < text.length; i++) if (bytes[at + i] !== text.charCodeAt(i)) return false;
  return true;
};

/** SOF0..SOF15 without DHT (C4), JPG (C8) and DAC (CC): T.81 table B.1. */
const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;

/** Markers without a length: TEM, RST0..7, SOI. */
const isBare = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);

/**
 * The bytes begin with SOI. 'damaged' also without a frame, a scan or the end marker; what follows the end is not
 * looked at.
 */
export function readJpeg(bytes: Uint8Array): HeaderResult {
  let orientation: Orientation = 1;
  let profile = false;
  let frame: { width: number; height: number; inks: number } | null = null;
  let scanned = false;
  let at = 2;
  while (at + 1 < bytes.length) {
    if (bytes[at] !== 0xff) return failed('damaged');
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (isBare(marker)) {
      at += 2;
      continue;
    }
    if (marker === 0xd9) {
      if (frame === null || !scanned) return failed('damaged');
      return ok({
        size: { width: frame.width, height: frame.height },
        animated: false,
        orientation,
        cmyk: frame.inks === 4,
        alpha: false,
        profile,
      });
    }
    if (at + 4 > bytes.length) return failed('damaged');
    const length = (bytes[at + 2]! << 8) | bytes[at + 3]!;
    const end = at + 2 + length;
    if (length < 2 || end > bytes.length) return failed('damaged');
    if (isFrame(marker)) {
      if (length < 8) return failed('damaged');
      const height = (bytes[at + 5]! << 8) | bytes[at + 6]!;
      const width = (bytes[at + 7]! << 8) | bytes[at + 8]!;
      frame = { width, height, inks: bytes[at + 9]! };
    } else if (marker === 0xe1 && startsWith(bytes, at + 4, 'Exif\0\0')) {
      orientation = orientationOf(bytes.subarray(at + 10, end));
    } else if (marker === 0xe2 && startsWith(bytes, at + 4, 'ICC_PROFILE\0')) {
      profile = true;
    }
    at = end;
    if (marker === 0xda) {
      scanned = true;
      at = endOfScan(bytes, at);
    }
  }
  return failed('damaged');
}

/** The next marker that is neither a stuffed FF00 nor a restart; the end of the bytes when there is none. */
function endOfScan(bytes: Uint8Array, from: number): number {
  let at = bytes.indexOf(0xff, from);
  while (at >= 0 && at + 1 < bytes.length) {
    const next = bytes[at + 1]!;
    const belongs = next === 0 || (next >= 0xd0 && next <= 0xd7);
    if (!belongs && next !== 0xff) return at;
    at = bytes.indexOf(0xff, next === 0xff ? at + 1 : at + 2);
  }
  return bytes.length;
}
