/** From pixels to the file that was ordered. Only PNG and TIFF give back every pixel exactly. */
import { encode as encodeJpeg } from 'jpeg-js';
import UTIF from 'utif2';
import { unreachable } from '../../src/core/result';
import type { RgbaImage } from '../../src/pixels/image';
import { NO_PACE } from '../../src/pixels/pace';
import { encodePng } from '../../src/pixels/png/encode';
import type { OutputFormat } from '../job';
import { withJpegProfile, withPngProfile } from './profile';

/** 0..100, jpeg-js's scale (that of libjpeg). */
const JPEG_QUALITY = 95;

/** JPEG drops the transparency, and TIFF the profile. */
export async function encodePicture(
  image: RgbaImage,
  format: OutputFormat,
  profile: Uint8Array | null,
): Promise<Uint8Array> {
  const { width, height, data } = image;
  switch (format) {
    case 'png': {
      const png = await encodePng(image, null, NO_PACE);
      return profile === null ? png : withPngProfile(png, profile);
    }
    case 'jpeg': {
      const jpeg = new Uint8Array(encodeJpeg({ width, height, data }, JPEG_QUALITY).data);
      return profile === null ? jpeg : withJpegProfile(jpeg, profile);
    }
    case 'tiff':
      return new Uint8Array(UTIF.encodeImage(new Uint8Array(data.buffer, data.byteOffset, data.length), width, height));
    default:
      return unreachable(format);
  }
}

export const MIME_TYPES: { readonly [Format in OutputFormat]: string } = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  tiff: 'image/tiff',
};
