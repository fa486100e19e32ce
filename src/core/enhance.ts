/**
 * The parameters of "Also enhance the picture": the service's enhancement of the whole picture, with or without its own
 * recovery of the faces in it. The service ignores a misspelt field and still charges, so the wire names stand here once.
 * Source: the vendor's OpenAPI document "Image API 1.2.0", `/enhance/async`.
 */
import type { Size } from './money/price';

/** By the service's own names, gentlest first. */
export const ENHANCE_MODELS = ['Standard V2', 'High Fidelity V2', 'Low Resolution V2'] as const;
export type EnhanceModel = (typeof ENHANCE_MODELS)[number];

export interface EnhanceParameters {
  readonly model: EnhanceModel;
  /** Whether the model recovers faces on its way. The two numbers below are sent only then. */
  readonly faceEnhancement: boolean;
  /** How strongly, 0..1. */
  readonly faceStrength: number;
  /** From realistic, 0, to creative, 1. */
  readonly faceCreativity: number;
  /** Pixels of the result: never below the source, at most `MOST_SIDE` a side, in the source's proportions. */
  readonly output: Size;
}

export type EnhanceNumber = 'faceStrength' | 'faceCreativity';

export const ENHANCE_RANGES: {
  readonly [Name in EnhanceNumber]: { readonly min: number; readonly max: number; readonly standard: number };
} = {
  faceStrength: { min: 0, max: 1, standard: 0.8 },
  faceCreativity: { min: 0, max: 1, standard: 0 },
};

export const ENHANCE_WIRE = {
  model: 'model',
  width: 'output_width',
  height: 'output_height',
  faceEnhancement: 'face_enhancement',
  faceStrength: 'face_enhancement_strength',
  faceCreativity: 'face_enhancement_creativity',
} as const;

/** Pixels a side: more no image in Figma can have. */
export const MOST_SIDE = 4096;

/** The nearest valid value; the default where it is not a number. */
export function corrected(name: EnhanceNumber, value: number): number {
  const { min, max, standard } = ENHANCE_RANGES[name];
  return Number.isFinite(value) ? Math.min(max, Math.max(min, value)) : standard;
}

/** As the service takes them: name and text of each field, in an order that never changes. */
export function enhanceFields(parameters: EnhanceParameters): readonly (readonly [name: string, text: string])[] {
  const { model, output, faceEnhancement, faceStrength, faceCreativity } = parameters;
  return [
    [ENHANCE_WIRE.model, model],
    [ENHANCE_WIRE.width, String(output.width)],
    [ENHANCE_WIRE.height, String(output.height)],
    [ENHANCE_WIRE.faceEnhancement, String(faceEnhancement)],
    ...(faceEnhancement
      ? ([
          [ENHANCE_WIRE.faceStrength, String(faceStrength)],
          [ENHANCE_WIRE.faceCreativity, String(faceCreativity)],
        ] as const)
      : []),
  ];
}

/** The result's size when its long side is to have this many pixels: within the limits, in the source's proportions. */
export function outputOf(source: Size, longSide: number): Size {
  const long = Math.max(source.width, source.height);
  const wished = Number.isFinite(longSide) ? Math.round(longSide) : long;
  const side = Math.max(long, Math.min(MOST_SIDE, wished));
  const scaled = (pixels: number): number => Math.max(1, Math.round((pixels * side) / long));
  return source.width >= source.height
    ? { width: side, height: scaled(source.height) }
    : { width: scaled(source.width), height: side };
}

/** Saved parameters; null when they are not exactly parameters. */
export function parseEnhance(input: unknown): EnhanceParameters | null {
  if (typeof input !== 'object' || input === null) return null;
  const { model: name, faceEnhancement, faceStrength, faceCreativity, output } = input as Record<string, unknown>;
  const model = ENHANCE_MODELS.find((known) => known === name);
  if (model === undefined || typeof faceEnhancement !== 'boolean') return null;
  if (!isWithin('faceStrength', faceStrength) || !isWithin('faceCreativity', faceCreativity)) return null;
  if (typeof output !== 'object' || output === null) return null;
  const { width, height } = output as Record<string, unknown>;
  if (!isSide(width) || !isSide(height)) return null;
  return { model, faceEnhancement, faceStrength, faceCreativity, output: { width, height } };
}

function isWithin(name: EnhanceNumber, value: unknown): value is number {
  const { min, max } = ENHANCE_RANGES[name];
  return typeof value === 'number' && value >= min && value <= max;
}

function isSide(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= MOST_SIDE;
}
