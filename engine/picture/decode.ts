/** From a file's bytes to upright pixels and what the file knows about itself. JPEG, PNG and TIFF, by their first bytes. */
import { decode as decodeJpeg } from 'jpeg-js';
import UTIF from 'utif2';
import { sniff } from '../../src/core/picture/format';
import { failed, ok, type Result } from '../../src/core/result';
import { readHeader } from '../../src/pixels/header/read';
import { type RgbaImage, rgbaImage } from '../../src/pixels/image';
import { NO_PACE } from '../../src/pixels/pace';
import { decodePng } from '../../src/pixels/png/decode';
import type { InputFormat } from '../job';
import { type JpegTables, readJpegTables } from './jpegTables';
import { upright } from './orient';
import { profileOfJpeg, profileOfPng } from './profile';

export interface DecodedPicture {
  readonly format: InputFormat;
  /** Upright. */
  readonly image: RgbaImage;
  /** Of a JPEG whose rows were stored upright: its blocks lie where the tables say. */
  readonly tables: JpegTables | null;
  readonly profile: Uint8Array | null;
}

/** 'format': not a picture of these formats, or damaged. 'size': more pixels than the engine takes. */
export type DecodeFault = 'format' | 'size';

/** Decoded copies of a picture this large still fit into a few GB. */
const MAX_PIXELS = 50_000_000;

/** Never throws. Transparency is kept; of a TIFF with several pages the first is taken. */
export async function decodePicture(bytes: Uint8Array): Promise<Result<DecodedPicture, DecodeFault>> {
  const format = sniff(bytes);
  try {
    if (format === 'jpeg') return jpeg(bytes);
    if (format === 'png') return await png(bytes);
    if (format === 'tiff') return tiff(bytes);
  } catch {
    // jpeg-js and utif2 throw plain errors (or worse) for files they cannot read: that is what is asked here.
    return failed('format');
  }
  return failed('format');
}

function jpeg(bytes: Uint8Array): Result<DecodedPicture, DecodeFault> {
  const header = readHeader(bytes, 'jpeg');
  if (!header.ok || header.value.size === null) return failed('format');
  const { size, orientation } = header.value;
  if (size.width * size.height > MAX_PIXELS) return failed('size');
  const { width, height, data } = decodeJpeg(bytes, { useTArray: true, maxMemoryUsageInMB: 4096 });
  const image = rgbaImage(width, height, new Uint8ClampedArray(data.buffer, data.byteOffset, data.length));
  return ok({
    format: 'jpeg',
    image: upright(image, orientation),
    tables: orientation === 1 ? readJpegTables(bytes) : null,
    profile: profileOfJpeg(bytes),
  });
}

async function png(bytes: Uint8Array): Promise<Result<DecodedPicture, DecodeFault>> {
  const header = readHeader(bytes, 'png');
  if (!header.ok || header.value.size === null) return failed('format');
  const { size, orientation } = header.value;
  if (size.width * size.height > MAX_PIXELS) return failed('size');
  const image = await decodePng(bytes, NO_PACE);
  if (image === null) return failed('format');
  return ok({ format: 'png', image: upright(image, orientation), tables: null, profile: profileOfPng(bytes) });
}

function tiff(bytes: Uint8Array): Result<DecodedPicture, DecodeFault> {
  const buffer = bytes.slice().buffer;
  const page = UTIF.decode(buffer)[0];
  // TIFF 6.0: 256 ImageWidth, 257 ImageLength, 274 Orientation.
  const tag = (name: number): number => Number((page?.[`t${name}`] as ArrayLike<number> | undefined)?.[0] ?? 0);
  const [width, height] = [tag(256), tag(257)];
  if (page === undefined || width < 1 || height < 1) return failed('format');
  if (width * height > MAX_PIXELS) return failed('size');
  UTIF.decodeImage(buffer, page);
  const rgba = UTIF.toRGBA8(page);
  if (page.width !== width || page.height !== height || rgba.length !== width * height * 4) return failed('format');
  const orientation = tag(274);
  const image = rgbaImage(width, height, new Uint8ClampedArray(rgba));
  const turned =
    orientation >= 2 && orientation <= 8 ? upright(image, orientation as 2 | 3 | 4 | 5 | 6 | 7 | 8) : image;
  return ok({ format: 'tiff', image: turned, tables: null, profile: null });
}
