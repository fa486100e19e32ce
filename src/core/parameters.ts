import { savedBytes } from './words/names';

/**
 * The five parameters of Recover Faces: their ranges, defaults, and the correction of what lies outside.
 * The service ignores a misspelt field and still charges, so the wire names stand here once.
 */
export interface FaceParameters {
  /** How strongly a face is rebuilt, 0..1. */
  readonly strength: number;
  /** The noise the model reckons with, as a fraction of full scale, 0.001..0.1. */
  readonly noiseSigma: number;
  /** The blur the model reckons with, in pixels, 0.01..2. */
  readonly blurSigma: number;
  /** The seed of the model's noise, a whole number 1..2000. */
  readonly noiseSeed: number;
  /** The http(s) address of a reference picture of the person, or null. */
  readonly referenceUri: string | null;
}

export type NumberParameter = Exclude<keyof FaceParameters, 'referenceUri'>;

export interface ParameterRange {
  /** The name of the multipart field. */
  readonly wire: string;
  readonly min: number;
  readonly max: number;
  readonly standard: number;
  /** True where only whole numbers are valid. */
  readonly whole: boolean;
}

export const RANGES: { readonly [Name in NumberParameter]: ParameterRange } = {
  strength: { wire: 'strength', min: 0, max: 1, standard: 0.8, whole: false },
  noiseSigma: { wire: 'noise_sigma', min: 0.001, max: 0.1, standard: 0.015, whole: false },
  blurSigma: { wire: 'blur_sigma', min: 0.01, max: 2, standard: 0.4, whole: false },
  noiseSeed: { wire: 'noise_seed', min: 1, max: 2000, standard: 1, whole: true },
};

export const NUMBER_PARAMETERS = ['strength', 'noiseSigma', 'blurSigma', 'noiseSeed'] as const;

export const REFERENCE_WIRE_NAME = 'reference_uri';

export const STANDARD_PARAMETERS: FaceParameters = {
  strength: RANGES.strength.standard,
  noiseSigma: RANGES.noiseSigma.standard,
  blurSigma: RANGES.blurSigma.standard,
  noiseSeed: RANGES.noiseSeed.standard,
  referenceUri: null,
};

/** One value that was out of range or unreadable, and what stands in its place. */
export interface Correction {
  readonly name: keyof FaceParameters;
  readonly from: unknown;
  readonly to: number | string | null;
}

/** The nearest valid value; the default where the input is not a finite number. */
export function corrected(name: NumberParameter, value: unknown): number {
  const range = RANGES[name];
  if (typeof value !== 'number' || !Number.isFinite(value)) return range.standard;
  const inside = Math.min(range.max, Math.max(range.min, value));
  return range.whole ? Math.round(inside) : inside;
}

/** A usable reference address, or null. Only http and https are sent: what else the service takes is unknown. */
export function correctedReference(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return /^https?:\/\/[^\s/]+\S*$/i.test(text) && savedBytes(text) <= 2000 ? text : null;
}

/** Parameters from anything at all, with each value that had to be corrected. Missing members become defaults silently. */
export function parseParameters(input: unknown): {
  readonly parameters: FaceParameters;
  readonly corrections: readonly Correction[];
} {
  const given = typeof input === 'object' && input !== null ? (input as Record<string, unknown>) : {};
  const corrections: Correction[] = [];
  const number = (name: NumberParameter): number => {
    const from = given[name];
    const to = corrected(name, from);
    if (from !== undefined && from !== to) corrections.push({ name, from, to });
    return to;
  };
  const uriGiven = given['referenceUri'];
  const referenceUri = correctedReference(uriGiven);
  const uriEmpty = uriGiven === undefined || uriGiven === null || uriGiven === '';
  if (!uriEmpty && referenceUri === null) corrections.push({ name: 'referenceUri', from: uriGiven, to: null });
  const parameters: FaceParameters = {
    strength: number('strength'),
    noiseSigma: number('noiseSigma'),
    blurSigma: number('blurSigma'),
    noiseSeed: number('noiseSeed'),
    referenceUri,
  };
  return { parameters, corrections };
}

/** Equal to the digit: they make the same request, so a paid result can be used again. */
export function sameParameters(a: FaceParameters, b: FaceParameters): boolean {
  return NUMBER_PARAMETERS.every((name) => a[name] === b[name]) && a.referenceUri === b.referenceUri;
}
