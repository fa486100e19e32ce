/** What time, cameras and file formats do to pictures, each as a pure function with its seed handed in. */
import { type Box, type RgbaImage, rgbaImage } from '../../src/pixels/image';

/** Uniform 0 <= x < 1 from a 32-bit seed (mulberry32, public domain, Tommy Ettinger). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** Standard normal numbers by Box and Muller. */
function normal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

function eachColour(image: RgbaImage, change: (value: number, place: number) => number): RgbaImage {
  const out = rgbaImage(image.width, image.height, image.data.slice());
  for (let place = 0; place < out.data.length; place++) {
    if (place % 4 !== 3) out.data[place] = change(image.data[place]!, place);
  }
  return out;
}

/** Gaussian noise of the same deviation (of 255) in every channel; `grey` gives all three channels the same value. */
export function noisy(image: RgbaImage, sigma: number, seed: number, kind: 'grey' | 'colour'): RgbaImage {
  const random = seeded(seed);
  let last = 0;
  return eachColour(image, (value, place) => {
    if (kind === 'colour' || place % 4 === 0) last = sigma * normal(random);
    return value + last;
  });
}

/** Rec. 601 luma in all three channels. */
export function blackAndWhite(image: RgbaImage): RgbaImage {
  return eachColour(image, (_, place) => {
    const at = place - (place % 4);
    return 0.299 * image.data[at]! + 0.587 * image.data[at + 1]! + 0.114 * image.data[at + 2]!;
  });
}

/** Gaussian blur; sigma in pixels. */
export function blurred(image: RgbaImage, sigma: number): RgbaImage {
  const reach = Math.ceil(3 * sigma);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)));
  const sum = weights.reduce((total, weight) => total + weight, 0);
  const { width, height } = image;
  const pass = (data: ArrayLike<number>, dx: number, dy: number): Float32Array => {
    const out = new Float32Array(data.length);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let i = -reach; i <= reach; i++) {
          const fromX = Math.min(width - 1, Math.max(0, x + i * dx));
          const fromY = Math.min(height - 1, Math.max(0, y + i * dy));
          const weight = weights[i + reach]! / sum;
          for (let c = 0; c < 4; c++) out[(y * width + x) * 4 + c]! += weight * data[(fromY * width + fromX) * 4 + c]!;
        }
      }
    }
    return out;
  };
  return rgbaImage(width, height, new Uint8ClampedArray(pass(pass(image.data, 1, 0), 0, 1)));
}

/** A part of the picture; whole pixels, inside the picture. */
export function cropped(image: RgbaImage, box: Box): RgbaImage {
  const out = rgbaImage(box.width, box.height);
  for (let y = 0; y < box.height; y++) {
    const from = ((box.y + y) * image.width + box.x) * 4;
    out.data.set(image.data.subarray(from, from + box.width * 4), y * box.width * 4);
  }
  return out;
}

/** Left and right changed. */
export function mirrored(image: RgbaImage): RgbaImage {
  const out = rgbaImage(image.width, image.height);
  for (let place = 0; place < image.width * image.height; place++) {
    const x = place % image.width;
    const from = (place - x + (image.width - 1 - x)) * 4;
    out.data.set(image.data.subarray(from, from + 4), place * 4);
  }
  return out;
}

/** Lays `part` on `image` at whole pixels, changing `image`. */
export function paste(image: RgbaImage, part: RgbaImage, x: number, y: number): void {
  for (let row = 0; row < part.height; row++) {
    const line = part.data.subarray(row * part.width * 4, (row + 1) * part.width * 4);
    image.data.set(line, ((y + row) * image.width + x) * 4);
  }
}
