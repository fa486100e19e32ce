/**
 * The EXIF orientation (TIFF tag 0x0112; EXIF 2.3, 4.6.4.A): how stored rows have to be turned to stand upright.
 * Browsers turn JPEGs by themselves, always; a server may not. So a turned picture is never sent as it is.
 */

/** 1 upright, 2 mirrored, 3 half turn, 4 flipped, 5 transposed, 6 quarter turn clockwise, 7 transverse, 8 quarter turn anticlockwise: what has to be done to the stored rows. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

const ORIENTATION_TAG = 0x0112;

/** From a TIFF block (what follows `Exif\0\0` in a JPEG, or the whole of a PNG's eXIf). 1 where nothing readable is said. */
export function orientationOf(tiff: Uint8Array): Orientation {
  if (tiff.length < 14) return 1;
  const little = tiff[0] === 0x49 && tiff[1] === 0x49;
  if (!little && !(tiff[0] === 0x4d && tiff[1] === 0x4d)) return 1;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const directory = view.getUint32(4, little);
  if (directory + 2 > tiff.length) return 1;
  const entries = view.getUint16(directory, little);
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > tiff.length) return 1;
    if (view.getUint16(at, little) !== ORIENTATION_TAG) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? (value as Orientation) : 1;
  }
  return 1;
}

/** True where upright width is stored height. */
export function swapsSides(orientation: Orientation): boolean {
  return orientation >= 5;
}
