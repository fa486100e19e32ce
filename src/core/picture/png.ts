/**
 * Walks the chunks of a PNG (PNG 1.2, sections 3 to 5) and checks every CRC, so that a cut or flipped file is known
 * before anybody decodes it. Knows nothing of pixels: the deflate stream inside IDAT is not read.
 */
import type { Size } from '../money/price';
import { failed, ok, type Result } from '../result';
import { crc32 } from './crc32';

export interface PngFacts extends Size {
  /** 1, 2, 4, 8 or 16 bits a sample. */
  readonly bitDepth: number;
  /** 0 grey, 2 RGB, 3 palette, 4 grey + alpha, 6 RGBA. */
  readonly colourType: number;
  readonly interlaced: boolean;
  /** True for an animated PNG (chunk acTL). */
  readonly animated: boolean;
  /** True when the file carries an ICC profile (chunk iCCP). */
  readonly profile: boolean;
}

/** 'signature': not a PNG. 'cut': ends before IEND. 'crc': a chunk's bytes changed. 'header': IHDR makes no sense. */
export type PngFault = 'signature' | 'cut' | 'crc' | 'header';

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const BIT_DEPTHS: { readonly [colourType: number]: readonly number[] } = {
  0: [1, 2, 4, 8, 16],
  2: [8, 16],
  3: [1, 2, 4, 8],
  4: [8, 16],
  6: [8, 16],
};

/** The facts of a whole, undamaged PNG, or what is wrong with it. Bytes after IEND are allowed, as decoders do. */
export function inspectPng(bytes: Uint8Array): Result<PngFacts, PngFault> {
  if (!SIGNATURE.every((value, index) => bytes[index] === value)) return failed('signature');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let header: Omit<PngFacts, 'animated' | 'profile'> | null = null;
  let animated = false;
  let profile = false;
  let pixels = false;
  let at = 8;
  while (at + 12 <= bytes.length) {
    const length = view.getUint32(at);
    const end = at + 12 + length;
    if (end > bytes.length) return failed('cut');
    if (crc32(bytes, at + 4, end - 4) !== view.getUint32(end - 4)) return failed('crc');
    const name = String.fromCharCode(bytes[at + 4]!, bytes[at + 5]!, bytes[at + 6]!, bytes[at + 7]!);
    if (header === null) {
      if (name !== 'IHDR' || length !== 13) return failed('header');
      header = readHeader(view, at + 8);
      if (header === null) return failed('header');
    }
    if (name === 'IDAT') pixels = true;
    if (name === 'acTL') animated = true;
    if (name === 'iCCP') profile = true;
    if (name === 'IEND') return pixels ? ok({ ...header, animated, profile }) : failed('header');
    at = end;
  }
  return failed('cut');
}

function readHeader(view: DataView, at: number): Omit<PngFacts, 'animated' | 'profile'> | null {
  const width = view.getUint32(at);
  const height = view.getUint32(at + 4);
  const bitDepth = view.getUint8(at + 8);
  const colourType = view.getUint8(at + 9);
  const interlace = view.getUint8(at + 12);
  if (width < 1 || height < 1 || width > 0x7fffffff || height > 0x7fffffff || interlace > 1) return null;
  if (BIT_DEPTHS[colourType]?.includes(bitDepth) !== true) return null;
  return { width, height, bitDepth, colourType, interlaced: interlace === 1 };
}
