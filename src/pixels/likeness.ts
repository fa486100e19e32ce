/**
 * How much a face changed in its structure: eyes, nose, mouth, outline. Noise, grain and fine detail do not count,
 * for both faces are compared small: 24 pixels across, where a person is still recognised.
 */
import type { RgbaImage } from './image';
import { resample } from './scale/resample';

/** Pixels across the face at which structure is compared. */
const SIDE = 24;
/** A window of the comparison, as in SSIM (Wang et al. 2004), in pixels. */
const WINDOW = 6;
/** Steadies the ratio in flat windows: 0.03 of full scale, squared (SSIM's C2 / 2). */
const FLAT = (0.03 * 255) ** 2 / 2;
/** Mean structural similarity of two different people's faces laid on each other. Measured: see test/pixels/likeness. */
const STRANGERS = 0.35;

/** 0 = nothing changed, 1 = another face. Both crops show the same part of the picture: the face's box. */
export async function change(before: RgbaImage, after: RgbaImage): Promise<number> {
  const height = Math.max(WINDOW, Math.round((SIDE * before.height) / before.width));
  const a = luminance(await small(before, height));
  const b = luminance(await small(after, height));
  let sum = 0;
  let windows = 0;
  for (let y = 0; y + WINDOW <= height; y += WINDOW / 2) {
    for (let x = 0; x + WINDOW <= SIDE; x += WINDOW / 2) {
      sum += structure(a, b, x, y);
      windows += 1;
    }
  }
  return Math.min(1, Math.max(0, (1 - sum / windows) / (1 - STRANGERS)));
}

async function small(image: RgbaImage, height: number): Promise<RgbaImage> {
  const frame = { x: 0, y: 0, width: image.width, height: image.height };
  return resample(image, frame, { width: SIDE, height });
}

/** Rec. 709 weights on the stored values, 0..255. */
function luminance(image: RgbaImage): Float32Array {
  const out = new Float32Array(image.width * image.height);
  for (let i = 0; i < out.length; i++) {
    const at = i * 4;
    out[i] = 0.2126 * image.data[at]! + 0.7152 * image.data[at + 1]! + 0.0722 * image.data[at + 2]!;
  }
  return out;
}

/** SSIM's structure term of one window: how far light and dark go together, -1..1. */
function structure(a: Float32Array, b: Float32Array, left: number, top: number): number {
  let sumA = 0;
  let sumB = 0;
  let squaresA = 0;
  let squaresB = 0;
  let products = 0;
  const count = WINDOW * WINDOW;
  for (let y = top; y < top + WINDOW; y++) {
    for (let x = left; x < left + WINDOW; x++) {
      const p = a[y * SIDE + x]!;
      const q = b[y * SIDE + x]!;
      sumA += p;
      sumB += q;
      squaresA += p * p;
      squaresB += q * q;
      products += p * q;
    }
  }
  const varianceA = Math.max(0, squaresA / count - (sumA / count) ** 2);
  const varianceB = Math.max(0, squaresB / count - (sumB / count) ** 2);
  const covariance = products / count - (sumA / count) * (sumB / count);
  return (covariance + FLAT) / (Math.sqrt(varianceA * varianceB) + FLAT);
}
