/** A result taken as a whole: every pixel of the picture is the service's, none only the faces'. */
import type { Size } from '../core/money/price';
import { type Fit, inResult } from './fit';
import { type RgbaImage, rgbaImage } from './image';
import { LARGEST_SIDE } from './limits';
import type { Pace } from './pace';
import { resample, sizeWithin } from './scale/resample';

/** True where the result shows exactly the source's frame: its own pixels can be taken as they are. */
export function isWholeFrame(fit: Fit, source: Size, result: Size): boolean {
  return fit.x === 0 && fit.y === 0 && fit.across * source.width === result.width;
}

/** The size in which it is written: the result's own, up to what Figma holds, never below the source's. */
export function wholeSize(source: Size, result: Size, fit: Fit): Size {
  if (isWholeFrame(fit, source, result)) return sizeWithin(result, LARGEST_SIDE);
  const scale = Math.max(1, Math.min(fit.across, LARGEST_SIDE / Math.max(source.width, source.height)));
  return { width: Math.round(source.width * scale), height: Math.round(source.height * scale) };
}

/** The result laid on the source's frame, as `size` pixels. */
export function laidOn(source: Size, result: RgbaImage, fit: Fit, size: Size, pace: Pace): Promise<RgbaImage> {
  const frame = inResult(fit, { x: 0, y: 0, width: source.width, height: source.height });
  return resample(result, frame, size, { pace });
}

/**
 * `blend` of the result over the source (0..1), both of one size. The source's alpha stays: what the service makes of
 * transparency is not told.
 */
export function mixed(source: RgbaImage, result: RgbaImage, blend: number): RgbaImage {
  const { width, height } = source;
  if (result.width !== width || result.height !== height) {
    throw new RangeError(`${width} x ${height} cannot be mixed with ${result.width} x ${result.height}`);
  }
  const share = Math.min(1, Math.max(0, blend));
  const out = rgbaImage(width, height, source.data.slice());
  for (let at = 0; at < out.data.length; at += 4) {
    for (let channel = at; channel < at + 3; channel++) {
      const old = source.data[channel]!;
      out.data[channel] = old + (result.data[channel]! - old) * share;
    }
  }
  return out;
}
