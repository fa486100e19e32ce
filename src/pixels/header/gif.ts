/** Walks the blocks of a GIF (GIF89a, appendix A): size, transparency, more than one frame, and whether it is whole. */
import { failed, ok } from '../../core/result';
import type { HeaderResult } from './header';

const IMAGE = 0x2c;
const EXTENSION = 0x21;
const TRAILER = 0x3b;
const GRAPHIC_CONTROL = 0xf9;

/** The bytes begin with a GIF's signature. 'damaged' also without a single frame or without a trailer. */
export function readGif(bytes: Uint8Array): HeaderResult {
  if (bytes.length < 13) return failed('damaged');
  const width = bytes[6]! | (bytes[7]! << 8);
  const height = bytes[8]! | (bytes[9]! << 8);
  let at = 13 + tableBytes(bytes[10]!);
  let frames = 0;
  let alpha = false;
  while (at < bytes.length) {
    const block = bytes[at]!;
    if (block === TRAILER) {
      if (frames === 0) return failed('damaged');
      return ok({ size: { width, height }, animated: frames > 1, orientation: 1, cmyk: false, alpha, profile: false });
    }
    if (block === EXTENSION) {
      if (bytes[at + 1] === GRAPHIC_CONTROL && (bytes[at + 3]! & 1) === 1) alpha = true;
      at = endOfBlocks(bytes, at + 2);
    } else if (block === IMAGE) {
      frames += 1;
      // A frame smaller than the screen leaves the rest transparent.
      const full =
        (bytes[at + 5]! | (bytes[at + 6]! << 8)) >= width && (bytes[at + 7]! | (bytes[at + 8]! << 8)) >= height;
      if (!full) alpha = true;
      at = endOfBlocks(bytes, at + 10 + tableBytes(bytes[at + 9] ?? 0) + 1);
    } else {
      return failed('damaged');
    }
  }
  return failed('damaged');
}

/** Length of the colour table that follows a packed field. */
const tableBytes = (packed: number): number => ((packed & 0x80) === 0 ? 0 : 3 << ((packed & 7) + 1));

/** After the terminator of a run of data sub-blocks; past the end when it is missing. */
function endOfBlocks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && bytes[at] !== 0) at += bytes[at]! + 1;
  return at + 1;
}
