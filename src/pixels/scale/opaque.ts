/** Pictures without transparency are worked on without their alpha. */
import type { RgbaImage } from '../image';

/** True when no pixel is even partly transparent. */
export function isOpaque({ data }: RgbaImage): boolean {
  // A whole pixel at a time where it lies on a word boundary (it always does but for views into other buffers).
  if (data.byteOffset % 4 === 0 && LITTLE_ENDIAN) {
    const pixels = new Uint32Array(data.buffer, data.byteOffset, data.length / 4);
    for (let i = 0; i < pixels.length; i++) if (pixels[i]! < 0xff000000) return false;
    return true;
  }
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return false;
  return true;
}

const LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;
