/**
 * A picture at 1, 1/2, 1/4 ... of its size, and windows sampled out of it: scaled, turned, reaching past the edge.
 * It knows nothing of faces or of the network.
 */
import type { RgbaImage } from '../image';
import type { Pace } from './pace';

/** Level 0 is the picture itself, not a copy. Each further level has half the sides, rounded up. */
export interface Pyramid {
  readonly levels: readonly RgbaImage[];
}

/** Halved until the long side is at most this many pixels. */
const SMALLEST = 48;
/** What shines through transparent pixels and lies round the picture: middle grey, 0 for the network. */
const GROUND = 127.5;
/** Pixels halved between two looks at the clock. */
const BAND = 60_000;

export async function buildPyramid(image: RgbaImage, pace: Pace): Promise<Pyramid> {
  const levels = [image];
  for (let from = image; Math.max(from.width, from.height) > SMALLEST; ) {
    const width = Math.ceil(from.width / 2);
    const height = Math.ceil(from.height / 2);
    const half: RgbaImage = { width, height, data: new Uint8ClampedArray(width * height * 4) };
    const band = Math.max(1, Math.floor(BAND / width));
    for (let row = 0; row < height; row += band) {
      halve(from, half, row, Math.min(height, row + band));
      await pace();
    }
    levels.push(half);
    from = half;
  }
  return { levels };
}

/** Means of 2 x 2 pixels, laid over the ground: the smaller levels are opaque. */
function halve(from: RgbaImage, to: RgbaImage, first: number, end: number): void {
  const { data, width, height } = from;
  for (let y = first; y < end; y++) {
    const upper = 2 * y * width * 4;
    const lower = Math.min(2 * y + 1, height - 1) * width * 4;
    let out = y * to.width * 4;
    for (let x = 0; x < to.width; x++, out += 4) {
      const left = 8 * x;
      const right = 2 * x + 1 < width ? left + 4 : left;
      const a = upper + left;
      const b = upper + right;
      const c = lower + left;
      const d = lower + right;
      const [aa, ba, ca, da] = [data[a + 3]!, data[b + 3]!, data[c + 3]!, data[d + 3]!];
      const covered = aa + ba + ca + da;
      for (let i = 0; i < 3; i++) {
        to.data[out + i] =
          covered === 1020
            ? (data[a + i]! + data[b + i]! + data[c + i]! + data[d + i]!) / 4
            : (data[a + i]! * aa + data[b + i]! * ba + data[c + i]! * ca + data[d + i]! * da) / 1020 +
              GROUND * (1 - covered / 1020);
      }
      to.data[out + 3] = 255;
    }
  }
}

/** From the window's pixels to the picture's: x' = a x - b y + x0, y' = b x + a y + y0 (a similarity, a turn and a scale). */
export interface Window {
  readonly a: number;
  readonly b: number;
  readonly x0: number;
  readonly y0: number;
}

/** Bilinear samples of the window into floats, RGB in -1..1, from the level just fine enough; the ground outside. */
export function sample(
  pyramid: Pyramid,
  window: Window,
  width: number,
  height: number,
  out: Float32Array,
  at: number,
  first = 0,
  end = height,
): void {
  const step = Math.hypot(window.a, window.b);
  const index = Math.min(pyramid.levels.length - 1, Math.max(0, Math.floor(Math.log2(step) + 0.25)));
  const level = pyramid.levels[index]!;
  const shrink = 2 ** -index;
  const a = window.a * shrink;
  const b = window.b * shrink;
  const { data } = level;
  for (let y = first; y < end; y++) {
    // Pixel centres: the middle of the window's pixel, mapped, less half a pixel of the level.
    let u = a * 0.5 - b * (y + 0.5) + window.x0 * shrink - 0.5;
    let v = b * 0.5 + a * (y + 0.5) + window.y0 * shrink - 0.5;
    let to = at + y * width * 3;
    for (let x = 0; x < width; x++, u += a, v += b, to += 3) {
      if (u <= -1 || v <= -1 || u >= level.width || v >= level.height) {
        out[to] = 0;
        out[to + 1] = 0;
        out[to + 2] = 0;
        continue;
      }
      const left = Math.floor(u);
      const top = Math.floor(v);
      const fx = u - left;
      const fy = v - top;
      let red = 0;
      let green = 0;
      let blue = 0;
      for (let corner = 0; corner < 4; corner++) {
        const cx = left + (corner & 1);
        const cy = top + (corner >> 1);
        if (cx < 0 || cy < 0 || cx >= level.width || cy >= level.height) continue;
        const pixel = (cy * level.width + cx) * 4;
        const weight = ((corner & 1 ? fx : 1 - fx) * (corner >> 1 ? fy : 1 - fy) * data[pixel + 3]!) / 255;
        red += weight * (data[pixel]! - GROUND);
        green += weight * (data[pixel + 1]! - GROUND);
        blue += weight * (data[pixel + 2]! - GROUND);
      }
      out[to] = red / GROUND;
      out[to + 1] = green / GROUND;
      out[to + 2] = blue / GROUND;
    }
  }
}
