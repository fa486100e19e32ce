/** What Figma takes as fills: exactly these fields. Source: the typings of Paint; unknown keys are refused. */
import type { Paint } from '@figma/plugin-typings/plugin-api-standalone';
import { arrayOf, boolean, type Check, multipleOf, nullable, number, object, oneOf, string, typeName } from './check';

export const BLEND_MODES = [
  'PASS_THROUGH',
  'NORMAL',
  'DARKEN',
  'MULTIPLY',
  'LINEAR_BURN',
  'COLOR_BURN',
  'LIGHTEN',
  'SCREEN',
  'LINEAR_DODGE',
  'COLOR_DODGE',
  'OVERLAY',
  'SOFT_LIGHT',
  'HARD_LIGHT',
  'DIFFERENCE',
  'EXCLUSION',
  'HUE',
  'SATURATION',
  'COLOR',
  'LUMINOSITY',
] as const;

export const transform: Check = arrayOf(arrayOf(number(), 3), 2);
const unit = number(0, 1);
const filter = number(-1, 1);

const SHARED = {
  type: string,
  'visible?': boolean,
  'opacity?': unit,
  'blendMode?': oneOf(...BLEND_MODES.filter((mode) => mode !== 'PASS_THROUGH')),
} satisfies Readonly<Record<string, Check>>;

const bound: Check = (value, at) =>
  typeName(value) === 'object' ? null : `Expected object, received ${typeName(value)} at ${at}`;
const SCALE_MODE = oneOf('FILL', 'FIT', 'CROP', 'TILE');
const MEDIA = {
  ...SHARED,
  scaleMode: SCALE_MODE,
  'scalingFactor?': number(0.01),
  'rotation?': multipleOf(90),
  'filters?': object({
    'exposure?': filter,
    'contrast?': filter,
    'saturation?': filter,
    'temperature?': filter,
    'tint?': filter,
    'highlights?': filter,
    'shadows?': filter,
  }),
};
const gradient = object({
  ...SHARED,
  gradientTransform: transform,
  gradientStops: arrayOf(
    object({ position: number(), color: object({ r: unit, g: unit, b: unit, a: unit }), 'boundVariables?': bound }),
  ),
});

const CHECKS: { readonly [type: string]: Check } = {
  SOLID: object({ ...SHARED, color: object({ r: unit, g: unit, b: unit }), 'boundVariables?': bound }),
  GRADIENT_LINEAR: gradient,
  GRADIENT_RADIAL: gradient,
  GRADIENT_ANGULAR: gradient,
  GRADIENT_DIAMOND: gradient,
  IMAGE: object({ ...MEDIA, imageHash: nullable(string), 'imageTransform?': transform }),
  VIDEO: object({ ...MEDIA, videoHash: nullable(string), 'videoTransform?': transform }),
  PATTERN: object({
    ...SHARED,
    sourceNodeId: string,
    tileType: oneOf('RECTANGULAR', 'HORIZONTAL_HEXAGONAL', 'VERTICAL_HEXAGONAL'),
    scalingFactor: number(),
    spacing: object({ x: number(), y: number() }),
    horizontalAlignment: oneOf('START', 'CENTER', 'END'),
  }),
};

const paint: Check = (value, at) => {
  if (typeof value !== 'object' || value === null) return `Expected object, received ${typeName(value)} at ${at}`;
  const { type } = value as Record<string, unknown>;
  const check = typeof type === 'string' ? CHECKS[type] : undefined;
  const names = Object.keys(CHECKS)
    .map((name) => `'${name}'`)
    .join(' | ');
  return check === undefined ? `Invalid discriminator value. Expected ${names} at ${at}.type` : check(value, at);
};

export const paints: Check = arrayOf(paint);

/** The paint with every field that Figma gives when it is read back. Call it only on what passed the check. */
export function completed(paint: Paint): Paint {
  const shared = { visible: true, opacity: 1, blendMode: 'NORMAL' };
  if (paint.type !== 'IMAGE' && paint.type !== 'VIDEO') return { ...shared, ...paint } as Paint;
  const noFilters = { exposure: 0, contrast: 0, saturation: 0, temperature: 0, tint: 0, highlights: 0, shadows: 0 };
  const identity = [
    [1, 0, 0],
    [0, 1, 0],
  ];
  const full = { ...shared, scalingFactor: 0.5, rotation: 0, ...paint, filters: { ...noFilters, ...paint.filters } };
  return (
    paint.type === 'IMAGE' ? { imageTransform: identity, ...full } : { videoTransform: identity, ...full }
  ) as Paint;
}
