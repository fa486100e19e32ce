/**
 * Resizing for the samples, with the cubic of Catmull and Rom (Keys 1981, a = -0.5), widened when shrinking so that
 * every source pixel counts. What a browser or an image editor does to a thumbnail is close to this.
 */
import { type RgbaImage, rgbaImage } from '../../src/pixels/image';

function cubic(x: number): number {
  const t = Math.abs(x);
  if (t < 1) return 1.5 * t ** 3 - 2.5 * t ** 2 + 1;
  return t < 2 ? -0.5 * t ** 3 + 2.5 * t ** 2 - 4 * t + 2 : 0;
}

interface Tap {
  readonly from: number;
  readonly weights: readonly number[];
}

function taps(source: number, target: number): readonly Tap[] {
  const step = source / target;
  const stretch = Math.max(1, step);
  return Array.from({ length: target }, (_, index) => {
    const centre = (index + 0.5) * step - 0.5;
    const from = Math.ceil(centre - 2 * stretch);
    const weights: number[] = [];
    for (let at = from; at <= centre + 2 * stretch; at++) weights.push(cubic((at - centre) / stretch));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return { from, weights: weights.map((weight) => weight / sum) };
  });
}

/** The picture at another size; alpha is treated as a fourth colour (the samples are opaque). */
export function resample(image: RgbaImage, width: number, height: number): RgbaImage {
  const across = taps(image.width, width);
  const down = taps(image.height, height);
  const rows = new Float32Array(width * image.height * 4);
  for (let y = 0; y < image.height; y++) {
    across.forEach(({ from, weights }, x) => {
      for (let channel = 0; channel < 4; channel++) {
        let sum = 0;
        weights.forEach((weight, index) => {
          const at = Math.min(image.width - 1, Math.max(0, from + index));
          sum += weight * image.data[(y * image.width + at) * 4 + channel]!;
        });
        rows[(y * width + x) * 4 + channel] = sum;
      }
    });
  }
  const out = rgbaImage(width, height);
  down.forEach(({ from, weights }, y) => {
    for (let place = 0; place < width * 4; place++) {
      let sum = 0;
      weights.forEach((weight, index) => {
        const at = Math.min(image.height - 1, Math.max(0, from + index));
        sum += weight * rows[at * width * 4 + place]!;
      });
      out.data[y * width * 4 + place] = sum;
    }
  });
  return out;
}
