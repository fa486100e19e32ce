/**
 * What the five parameters mean to this restorer. At the defaults it trusts its own measurements; away from them
 * it reckons with more or less than it measured. `reference_uri` is kept with the job and not used.
 */
import { type FaceParameters, RANGES } from '../../src/core/parameters';

export interface Reckoned {
  /** Share of the noise that is taken away, 0..1. */
  readonly cleaning: number;
  /** Share of the sharpness and detail that is added, 0..1.25. */
  readonly detail: number;
  /** Deviation of the noise reckoned with, of 255, from the measured one. */
  readonly noise: (measured: number) => number;
  /** Deviation of the blur that is taken back, in recorded pixels. */
  readonly blur: number;
  /** Deviation of the grain that is laid over the face, of 255: without any, skin looks like plastic. */
  readonly grain: number;
  readonly seed: number;
}

/** Grain laid over, in shares of noise_sigma: 0.8 of 255 at the default. */
const GRAIN = 0.2;

/** However much is reckoned with, a clean face is not smoothed as if it were a scan: at most so many times the measured. */
const MOST = 1.5;

/** The parameters are within their ranges. */
export function reckoned({ strength, noiseSigma, blurSigma, noiseSeed }: FaceParameters): Reckoned {
  // The default strength is "as measured"; above it detail is exaggerated, by a quarter at most.
  const detail = strength / RANGES.strength.standard;
  const cleaning = Math.min(1, detail);
  const standard = RANGES.noiseSigma.standard;
  return {
    cleaning,
    detail,
    noise: (measured) =>
      noiseSigma <= standard
        ? measured * (noiseSigma / standard)
        : Math.min(Math.hypot(measured, 255 * (noiseSigma - standard)), MOST * measured + 1),
    blur: blurSigma,
    grain: GRAIN * 255 * noiseSigma * cleaning,
    seed: noiseSeed,
  };
}
