/** How near a picture is to the truth, inside boxes of whole pixels. Colours only; alpha is left out. */
import type { Box, RgbaImage } from '../src/pixels/image';

/** Peak signal to noise ratio in dB over all boxes together, RGB, peak 255. Infinite for equal pictures. */
export function psnr(image: RgbaImage, truth: RgbaImage, boxes: readonly Box[]): number {
  let sum = 0;
  let count = 0;
  for (const box of boxes) {
    for (let y = box.y; y < box.y + box.height; y++) {
      for (let x = box.x; x < box.x + box.width; x++) {
        const at = (y * image.width + x) * 4;
        for (let channel = 0; channel < 3; channel++)
          sum += (image.data[at + channel]! - truth.data[at + channel]!) ** 2;
        count += 3;
      }
    }
  }
  return 10 * Math.log10((255 * 255 * count) / sum);
}

/** Structural similarity of luma (Wang et al. 2004, constants 0.01 and 0.03), 8 x 8 windows, mean over all of them. */
export function ssim(image: RgbaImage, truth: RgbaImage, boxes: readonly Box[]): number {
  const [c1, c2] = [(0.01 * 255) ** 2, (0.03 * 255) ** 2];
  let total = 0;
  let windows = 0;
  for (const box of boxes) {
    for (let top = box.y; top + 8 <= box.y + box.height; top += 4) {
      for (let left = box.x; left + 8 <= box.x + box.width; left += 4) {
        let [a, b, aa, bb, ab] = [0, 0, 0, 0, 0];
        for (let y = top; y < top + 8; y++) {
          for (let x = left; x < left + 8; x++) {
            const at = (y * image.width + x) * 4;
            const [p, q] = [lumaAt(image, at), lumaAt(truth, at)];
            a += p;
            b += q;
            aa += p * p;
            bb += q * q;
            ab += p * q;
          }
        }
        const [ma, mb] = [a / 64, b / 64];
        const [va, vb, vab] = [aa / 64 - ma * ma, bb / 64 - mb * mb, ab / 64 - ma * mb];
        total += ((2 * ma * mb + c1) * (2 * vab + c2)) / ((ma * ma + mb * mb + c1) * (va + vb + c2));
        windows += 1;
      }
    }
  }
  return total / windows;
}

function lumaAt({ data }: RgbaImage, at: number): number {
  return 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;
}
