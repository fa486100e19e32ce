/**
 * What Figma looks at when it takes an image file: the type by its first bytes and the size in its header.
 * Sources: PNG 1.2 (11.2.2), ITU T.81 (B.2.2), GIF89a (18).
 */
import { sniff } from '../../src/core/picture/format';

export const IMAGE_LIMIT = 4096;

export type ImageRefusal = 'Image type is unsupported' | 'Image is too large' | 'Image is too small';

export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** The size in the header, or null when the bytes are no PNG, JPEG or GIF with a readable one. */
export function imageSize(bytes: Uint8Array): ImageSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  switch (sniff(bytes)) {
    case 'png':
      return bytes.length < 24 ? null : { width: view.getUint32(16), height: view.getUint32(20) };
    case 'gif':
      return bytes.length < 10 ? null : { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    case 'jpeg':
      return jpegSize(view);
    default:
      return null;
  }
}

/** Why `createImage` throws for these bytes, in its words; null when it takes them. */
export function imageRefusal(bytes: Uint8Array): ImageRefusal | null {
  const size = imageSize(bytes);
  if (size === null) return 'Image type is unsupported';
  if (size.width < 1 || size.height < 1) return 'Image is too small';
  return size.width > IMAGE_LIMIT || size.height > IMAGE_LIMIT ? 'Image is too large' : null;
}

function jpegSize(view: DataView): ImageSize | null {
  let at = 2;
  while (at + 9 <= view.byteLength) {
    if (view.getUint8(at) !== 0xff) return null;
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const startsFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (startsFrame) return { width: view.getUint16(at + 7), height: view.getUint16(at + 5) };
    const standsAlone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8);
    at += standsAlone ? 2 : 2 + view.getUint16(at + 2);
  }
  return null;
}
