/** The picture as the result begins: itself, or enlarged by a whole factor. */
import { type RgbaImage, rgbaImage } from '../../src/pixels/image';
import { lanczosTaps } from '../../src/pixels/scale/lanczos';
import { newPlane, type Plane } from './plane';

/** Always a copy. Lanczos with three lobes, alpha like the colours. */
export function enlarged(image: RgbaImage, scale: 1 | 2 | 4): RgbaImage {
  if (scale === 1) return rgbaImage(image.width, image.height, image.data.slice());
  const out = rgbaImage(image.width * scale, image.height * scale);
  for (let channel = 0; channel < 4; channel++) {
    const plane = newPlane(image.width, image.height);
    for (let at = 0; at < plane.data.length; at++) plane.data[at] = image.data[at * 4 + channel]!;
    resized(plane, out.width, out.height).data.forEach((value, at) => {
      out.data[at * 4 + channel] = value;
    });
  }
  return out;
}

/** Lanczos with three lobes, widened on reduction. */
export function resized(plane: Plane, width: number, height: number): Plane {
  if (width === plane.width && height === plane.height) return plane;
  const across = lanczosTaps(plane.width, 0, plane.width, width);
  const rows = newPlane(width, plane.height);
  for (let y = 0; y < plane.height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      const from = y * plane.width + across.first[x]!;
      for (let k = 0; k < across.count; k++) sum += across.weights[x * across.count + k]! * plane.data[from + k]!;
      rows.data[y * width + x] = sum;
    }
  }
  const down = lanczosTaps(plane.height, 0, plane.height, height);
  const out = newPlane(width, height);
  for (let y = 0; y < height; y++) {
    for (let k = 0; k < down.count; k++) {
      const weight = down.weights[y * down.count + k]!;
      if (weight === 0) continue;
      const from = (down.first[y]! + k) * width;
      const to = y * width;
      for (let x = 0; x < width; x++) out.data[to + x]! += weight * rows.data[from + x]!;
    }
  }
  return out;
}
