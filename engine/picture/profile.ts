/**
 * The colour profile of a file goes over into the result: the same numbers must mean the same colours.
 * ICC.1:2010, annex B.4 (JPEG) and PNG 1.2, 4.2.2.4.
 */
import { deflateSync, inflateSync } from 'node:zlib';
import { crc32 } from '../../src/core/picture/crc32';
import { chunks } from '../../src/pixels/header/png';

const SIGNATURE = Buffer.from('ICC_PROFILE\0', 'latin1');
/** What fits beside signature and counters into one segment. */
const PIECE = 65_519;

/**
 * The ICC bytes, put together in the order of their numbers; null when there are none. Segments after the first
 * scan are not looked at.
 */
export function profileOfJpeg(bytes: Uint8Array): Uint8Array | null {
  const pieces: { readonly order: number; readonly data: Uint8Array }[] = [];
  let at = 2;
  while (at + 4 <= bytes.length && bytes[at] === 0xff && bytes[at + 1] !== 0xda) {
    const end = at + 2 + ((bytes[at + 2]! << 8) | bytes[at + 3]!);
    const body = bytes.subarray(at + 4, end);
    if (bytes[at + 1] === 0xe2 && SIGNATURE.equals(body.subarray(0, SIGNATURE.length))) {
      pieces.push({ order: body[12]!, data: body.subarray(14) });
    }
    at = end;
  }
  if (pieces.length === 0) return null;
  return new Uint8Array(Buffer.concat(pieces.sort((a, b) => a.order - b.order).map(({ data }) => data)));
}

/** The inflated ICC bytes, 16 MB at most; null when there are none. */
export function profileOfPng(bytes: Uint8Array): Uint8Array | null {
  for (const { name, data } of chunks(bytes)) {
    if (name !== 'iCCP') continue;
    try {
      // Name, zero, compression method, stream. A profile is a few MB at most.
      return new Uint8Array(inflateSync(data.subarray(data.indexOf(0) + 2), { maxOutputLength: 16 << 20 }));
    } catch {
      // An unreadable profile is no profile: that is how browsers take it.
      return null;
    }
  }
  return null;
}

/** After IHDR, which always ends at byte 33. */
export function withPngProfile(png: Uint8Array, profile: Uint8Array): Uint8Array {
  const data = Buffer.concat([Buffer.from('ICC\0\0', 'latin1'), deflateSync(profile)]);
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write('iCCP', 4, 'latin1');
  data.copy(chunk, 8);
  chunk.writeUInt32BE(crc32(chunk, 4, 8 + data.length), 8 + data.length);
  return new Uint8Array(Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]));
}

/** After SOI. */
export function withJpegProfile(jpeg: Uint8Array, profile: Uint8Array): Uint8Array {
  const count = Math.ceil(profile.length / PIECE);
  const segments = Array.from({ length: count }, (_, index) => {
    const piece = profile.subarray(index * PIECE, (index + 1) * PIECE);
    const head = Buffer.alloc(4);
    head.writeUInt16BE(0xffe2, 0);
    head.writeUInt16BE(2 + SIGNATURE.length + 2 + piece.length, 2);
    return Buffer.concat([head, SIGNATURE, Buffer.from([index + 1, count]), piece]);
  });
  return new Uint8Array(Buffer.concat([jpeg.subarray(0, 2), ...segments, jpeg.subarray(2)]));
}
