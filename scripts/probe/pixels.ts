/** How a result differs from what was sent, in words with numbers. */
import { resized } from '../../engine/restore/enlarge';
import { newPlane, type Plane } from '../../engine/restore/plane';
import { align } from '../../src/pixels/align/align';
import { luminance } from '../../src/pixels/align/plane';
import type { RgbaImage } from '../../src/pixels/image';
import type { Pictures } from './job';

type Face = Pick<Pictures['face'], 'image' | 'box'>;

/** Levels of 255 below which two decoders of the same JPEG may differ. */
const DECODERS = 4;

export interface Compared {
  readonly outside: string;
  readonly inside: string;
}

/** A larger result is brought down to the input's size first. */
export function compare({ image, box }: Face, result: RgbaImage): Compared {
  const before = luminance(image);
  const after = sized(result, image.width, image.height);
  const [far, near] = [newCount(), newCount()];
  for (let y = 0; y < image.height; y++) {
    for (let x = 0; x < image.width; x++) {
      const across = Math.abs(x - box.x - box.width / 2) / box.width;
      const down = Math.abs(y - box.y - box.height / 2) / box.height;
      const at = y * image.width + x;
      const apart = Math.abs(before.data[at]! - after.data[at]!);
      // Hair and chin lie within a face's size of its middle: between the two nothing is counted.
      if (across < 0.5 && down < 0.5) add(near, apart);
      else if (across > 1 || down > 1) add(far, apart);
    }
  }
  return { outside: words(far), inside: words(near) };
}

/** Of two results; the second is brought to the first one's size. */
export function difference(one: RgbaImage, other: RgbaImage): string {
  const [a, b] = [luminance(one), sized(other, one.width, one.height)];
  const all = newCount();
  for (let at = 0; at < a.data.length; at++) add(all, Math.abs(a.data[at]! - b.data[at]!));
  return words(all);
}

/** By the client's own measurement; the face is left out of it. */
export async function shiftWords({ image, box }: Face, result: RgbaImage): Promise<string> {
  const lies = await align(image, result, [{ box, score: 1, points: null }]);
  if (!lies.ok) return `No: ${lies.error === 'size' ? 'another aspect ratio' : lies.error}.`;
  const { x, y } = lies.value;
  return x === 0 && y === 0 ? 'Yes, within half a pixel.' : `Shifted by ${x.toFixed(2)}, ${y.toFixed(2)} pixels.`;
}

interface Count {
  pixels: number;
  sum: number;
  changed: number;
}

const newCount = (): Count => ({ pixels: 0, sum: 0, changed: 0 });

function add(count: Count, apart: number): void {
  count.pixels += 1;
  count.sum += apart;
  if (apart > DECODERS) count.changed += 1;
}

function words({ pixels, sum, changed }: Count): string {
  if (pixels === 0) return 'Nothing to compare';
  const share = (100 * changed) / pixels;
  return `${share.toFixed(1)} % of pixels by more than ${DECODERS} of 255, ${(sum / pixels).toFixed(2)} on average`;
}

function sized(image: RgbaImage, width: number, height: number): Plane {
  const { data } = luminance(image);
  return resized(newPlane(image.width, image.height, data as Float32Array<ArrayBuffer>), width, height);
}
