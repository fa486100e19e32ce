/**
 * A picture at 1, 1/2, 1/4 ... of its size, and windows sampled out of it: scaled, turned, reaching past the edge.
 * It knows nothing of faces or of the network.
 */
import type { RgbaImage } from '../image';
import type { Pace } from '../pace';

/** Level 0 is the picture itself, not a copy. Each further level has half the sides, rounded up. */
export interface Pyramid {
  readonly levels: readonly RgbaImage[];
}

/** Halved until the long side is at most this many pixels. */
const SMALLEST = 48;
/** What shines through transparent pixels and lies round the picture: middle grey, 0 for the network. */
const GROUND = 127.5;
/** A level is taken when a window's pixel is at least 2^(1 - this) of its pixels; finer ones would alias more. */
const FINENESS = 0.25;
/** Pixels halved between two looks at the clock. */
const BAND = 60_000;

/** Takes a third more memory than the picture. Rejects only when `pace` does. */
export async function buildPyramid(image: RgbaImage, pace: Pace): Promise<Pyramid> {
  const levels = [image];
  for (let from = image; Math.max(from.width, from.height) > SMALLEST; ) {
    const width = Math.ceil(from.width / 2);
    const height = Math.ceil(from.height / 2);
    const half: RgbaImage = { width, height, data: new Uint8ClampedArray(width * height * 4) };
    const band = Math.max(1, Math.floor(BAND / width));
    for (let row = 0; row < height; row += band) {
      halve(from, half, row, Math.min(height, row + band));
      if (pace.due()) await pace.rest();
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
export async function sample(
  pyramid: Pyramid,
  window: Window,
  width: number,
  height: number,
  out: Float32Array,
  at: number,
  pace: Pace,
): Promise<void> {
  const step = Math.hypot(window.a, window.b);
  const index = Math.min(pyramid.levels.length - 1, Math.max(0, Math.floor(Math.log2(step) + FINENESS)));
  const shrink = 2 ** -index;
  const shrunk = { a: window.a * shrink, b: window.b * shrink, x0: window.x0 * shrink, y0: window.y0 * shrink };
  for (let y = 0; y < height; y++) {
    sampleRow(pyramid.levels[index]!, shrunk, y, width, out, at + y * width * 3);
    if (pace.due()) await pace.rest();
  }
}

function sampleRow(level: RgbaImage, window: Window, y: number, width: number, out: Float32Array, at: number): void {
  const { data, width: across, height: down } = level;
  const { a, b } = window;
  // Pixel centres: the middle of the window's pixel, mapped, less half a pixel of the level.
  let u = a * 0.5 - b * (y + 0.5) + window.x0 - 0.5;
  let v = b * 0.5 + a * (y + 0.5) + window.y0 - 0.5;
  for (let x = 0, to = at; x < width; x++, u += a, v += b, to += 3) {
    let red = 0;
    let green = 0;
    let blue = 0;
    if (u > -1 && v > -1 && u < across && v < down) {
      const left = Math.floor(u);
      const top = Math.floor(v);
      const right = left + 1 < across ? u - left : 0;
      const bottom = top + 1 < down ? v - top : 0;
      const first = (top * across + left) * 4;
      if (left >= 0 && top >= 0) {
        const weight = (1 - u + left) * (1 - v + top) * data[first + 3]!;
        red += weight * (data[first]! - GROUND);
        green += weight * (data[first + 1]! - GROUND);
        blue += weight * (data[first + 2]! - GROUND);
      }
      if (right > 0 && top >= 0) {
        const weight = right * (1 - v + top) * data[first + 7]!;
        red += weight * (data[first + 4]! - GROUND);
        green += weight * (data[first + 5]! - GROUND);
        blue += weight * (data[first + 6]! - GROUND);
      }
      const second = first + across * 4;
      if (left >= 0 && bottom > 0) {
        const weight = (1 - u + left) * bottom * data[second + 3]!;
        red += weight * (data[second]! - GROUND);
        green += weight * (data[second + 1]! - GROUND);
        blue += weight * (data[second + 2]! - GROUND);
      }
      if (right > 0 && bottom > 0) {
        const weight = right * bottom * data[second + 7]!;
        red += weight * (data[second + 4]! - GROUND);
        green += weight * (data[second + 5]! - GROUND);
        blue += weight * (data[second + 6]! - GROUND);
      }
    }
    out[to] = red / (255 * GROUND);
    out[to + 1] = green / (255 * GROUND);
    out[to + 2] = blue / (255 * GROUND);
  }
}
