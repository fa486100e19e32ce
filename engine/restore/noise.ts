/**
 * How much noise a plane holds, from the plane alone: the finest diagonal wavelet differences are nearly all noise,
 * and their median does not mind the few that are edges (Donoho and Johnstone 1994).
 */
import type { Plane } from './plane';

/** Deviation of white noise, in the plane's units. Too small on pictures that were blurred after the noise came. */
export function noiseOf({ width, height, data }: Plane): number {
  const parts: number[] = [];
  for (let y = 0; y + 1 < height; y += 2) {
    for (let x = 0; x + 1 < width; x += 2) {
      const at = y * width + x;
      parts.push(Math.abs(data[at]! - data[at + 1]! - data[at + width]! + data[at + width + 1]!) / 2);
    }
  }
  if (parts.length === 0) return 0;
  parts.sort((a, b) => a - b);
  // The median of a half-normal distribution is 0.6745 of its deviation.
  return parts[parts.length >> 1]! / 0.6745;
}
