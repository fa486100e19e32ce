/** Turns stored rows upright, as every viewer shows them. The engine works on, measures and returns upright pictures. */
import type { Orientation } from '../../src/pixels/header/orientation';
import { swapsSides } from '../../src/pixels/header/orientation';
import { type RgbaImage, rgbaImage } from '../../src/pixels/image';

/** The same picture, not a copy, when it is upright already. */
export function upright(image: RgbaImage, orientation: Orientation): RgbaImage {
  if (orientation === 1) return image;
  const { width, height } = image;
  const out = swapsSides(orientation) ? rgbaImage(height, width) : rgbaImage(width, height);
  const from = new Uint32Array(image.data.buffer, image.data.byteOffset, width * height);
  const to = new Uint32Array(out.data.buffer);
  for (let y = 0; y < out.height; y++) {
    for (let x = 0; x < out.width; x++) to[y * out.width + x] = from[source(orientation, x, y, width, height)]!;
  }
  return out;
}

/** Which stored pixel stands upright at x, y; width and height as stored (EXIF 2.3, 4.6.4.A). */
function source(orientation: Orientation, x: number, y: number, width: number, height: number): number {
  const right = width - 1;
  const bottom = height - 1;
  switch (orientation) {
    case 1:
      return y * width + x;
    case 2:
      return y * width + right - x;
    case 3:
      return (bottom - y) * width + right - x;
    case 4:
      return (bottom - y) * width + x;
    case 5:
      return x * width + y;
    case 6:
      return (bottom - x) * width + y;
    case 7:
      return (bottom - x) * width + right - y;
    case 8:
      return x * width + right - y;
  }
}
