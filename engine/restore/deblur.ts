/** Takes back a known Gaussian blur, as far as what is left of the noise allows. */
import { newPlane, type Plane } from './plane';

/** Sigma in pixels; edges are mirrored. */
export function blurred(plane: Plane, sigma: number): Plane {
  const reach = Math.max(1, Math.ceil(3 * sigma));
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, i) => Math.exp(-((i - reach) ** 2) / (2 * sigma * sigma)));
  const sum = kernel.reduce((total, weight) => total + weight, 0);
  const weights = Float32Array.from(kernel, (weight) => weight / sum);
  return alongColumns(alongRows(plane, weights, reach), weights, reach);
}

/**
 * Van Cittert's iteration (1931): what the blurred estimate lacks is added to the estimate. Each round brings back a
 * finer scale and more noise, so the number of rounds is the regularisation. `gain` 0..1 damps it.
 */
export function deblurred(plane: Plane, sigma: number, rounds: number, gain: number): Plane {
  let estimate = plane;
  for (let round = 0; round < rounds; round++) {
    const again = blurred(estimate, sigma);
    const next = newPlane(plane.width, plane.height);
    for (let at = 0; at < next.data.length; at++) {
      next.data[at] = estimate.data[at]! + gain * (plane.data[at]! - again.data[at]!);
    }
    estimate = next;
  }
  return estimate;
}

function mirror(at: number, length: number): number {
  if (at < 0) return Math.min(length - 1, -1 - at);
  return at < length ? at : Math.max(0, 2 * length - 1 - at);
}

function alongRows({ width, height, data }: Plane, weights: Float32Array, reach: number): Plane {
  const out = newPlane(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let i = -reach; i <= reach; i++) sum += weights[i + reach]! * data[y * width + mirror(x + i, width)]!;
      out.data[y * width + x] = sum;
    }
  }
  return out;
}

function alongColumns({ width, height, data }: Plane, weights: Float32Array, reach: number): Plane {
  const out = newPlane(width, height);
  for (let y = 0; y < height; y++) {
    for (let i = -reach; i <= reach; i++) {
      const from = mirror(y + i, height) * width;
      const weight = weights[i + reach]!;
      for (let x = 0; x < width; x++) out.data[y * width + x]! += weight * data[from + x]!;
    }
  }
  return out;
}

/**
 * `sharp`, held within what its neighbourhood (3 x 3) in `plane` spans and `margin` times that span beyond: a blur that
 * was reckoned too large then steepens edges, but cannot ring.
 */
export function withoutRinging(sharp: Plane, plane: Plane, margin: number): Plane {
  const { width, height, data } = plane;
  const out = newPlane(width, height);
  for (let y = 0; y < height; y++) {
    const [top, bottom] = [Math.max(0, y - 1), Math.min(height - 1, y + 1)];
    for (let x = 0; x < width; x++) {
      const [left, right] = [Math.max(0, x - 1), Math.min(width - 1, x + 1)];
      let low = Number.POSITIVE_INFINITY;
      let high = Number.NEGATIVE_INFINITY;
      for (let row = top; row <= bottom; row++) {
        for (let column = left; column <= right; column++) {
          const value = data[row * width + column]!;
          if (value < low) low = value;
          if (value > high) high = value;
        }
      }
      const room = margin * (high - low);
      out.data[y * width + x] = Math.min(high + room, Math.max(low - room, sharp.data[y * width + x]!));
    }
  }
  return out;
}
