/** The header of any format that we read, by the sniffed format, never by a label. */
import { failed, ok, unreachable } from '../../core/result';
import { readGif } from './gif';
import type { HeaderResult, ReadableFormat } from './header';
import { readJpeg } from './jpeg';
import { readPng } from './png';
import { readWebp } from './webp';

/**
 * Never throws. An AVIF's header is left to the browser: its size is null here, and it counts as possibly
 * transparent.
 */
export function readHeader(bytes: Uint8Array, format: ReadableFormat): HeaderResult {
  switch (format) {
    case 'jpeg':
      return readJpeg(bytes);
    case 'png':
      return readPng(bytes);
    case 'gif':
      return readGif(bytes);
    case 'webp':
      return readWebp(bytes);
    case 'bmp':
      return readBmp(bytes);
    case 'avif':
      return ok({ size: null, animated: false, orientation: 1, cmyk: false, alpha: true, profile: false });
    default:
      return unreachable(format);
  }
}

/** BITMAPINFOHEADER: width and height as signed 32 bits, height negative for rows from the top. */
function readBmp(bytes: Uint8Array): HeaderResult {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 26) return failed('damaged');
  const size = { width: Math.abs(view.getInt32(18, true)), height: Math.abs(view.getInt32(22, true)) };
  return ok({ size, animated: false, orientation: 1, cmyk: false, alpha: true, profile: false });
}
