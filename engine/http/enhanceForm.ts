/** The parameters of `/enhance/async`, by their wire names. */
import {
  ENHANCE_MODELS,
  ENHANCE_RANGES,
  ENHANCE_WIRE,
  type EnhanceNumber,
  type EnhanceParameters,
  MOST_SIDE,
} from '../../src/core/enhance';
import type { Size } from '../../src/core/money/price';
import { Refusal } from './refusal';

type Fields = ReadonlyMap<string, string>;

/** What can be checked before the picture is looked at. */
export function enhanceSettingsOf(fields: Fields): Omit<EnhanceParameters, 'output'> {
  const name = fields.get(ENHANCE_WIRE.model);
  const model = ENHANCE_MODELS.find((known) => known === name);
  if (model === undefined) throw new Refusal(400, `Invalid model. This engine knows: ${ENHANCE_MODELS.join(', ')}.`);
  return {
    model,
    faceEnhancement: switchOf(fields),
    faceStrength: numberOf(fields, 'faceStrength'),
    faceCreativity: numberOf(fields, 'faceCreativity'),
  };
}

function switchOf(fields: Fields): boolean {
  const text = (fields.get(ENHANCE_WIRE.faceEnhancement) ?? 'true').toLowerCase();
  if (text === 'true' || text === 'false') return text === 'true';
  throw new Refusal(400, `Invalid ${ENHANCE_WIRE.faceEnhancement}. It must be true or false.`);
}

function numberOf(fields: Fields, name: EnhanceNumber): number {
  const { min, max, standard } = ENHANCE_RANGES[name];
  const text = fields.get(ENHANCE_WIRE[name])?.trim();
  if (text === undefined || text === '') return standard;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) {
    throw new Refusal(400, `Invalid ${ENHANCE_WIRE[name]}. It must be a number.`);
  }
  const value = Number(text);
  if (value < min || value > max) {
    throw new Refusal(422, `Invalid ${ENHANCE_WIRE[name]}. It must be from ${min} to ${max}.`);
  }
  return value;
}

/**
 * The result's size for an upload of this size. One side alone gives the other by the proportions; none gives the
 * picture's own size. Nothing is cropped or reduced.
 */
export function enhanceOutputOf(fields: Fields, size: Size): Size {
  const given = { width: sideOf(fields, 'width'), height: sideOf(fields, 'height') };
  const scale = given.width !== null ? given.width / size.width : (given.height ?? size.height) / size.height;
  const whole = { width: Math.round(size.width * scale), height: Math.round(size.height * scale) };
  const output = { width: given.width ?? whole.width, height: given.height ?? whole.height };
  if (Math.abs(output.height - whole.height) > Math.max(1, scale)) {
    throw new Refusal(422, 'Invalid output height. This engine keeps the proportions of the picture.');
  }
  if (output.width < size.width || output.height < size.height) {
    throw new Refusal(422, 'Invalid output width. This engine makes no picture smaller.');
  }
  if (output.width > MOST_SIDE || output.height > MOST_SIDE) {
    throw new Refusal(422, `Invalid output width. This engine makes at most ${MOST_SIDE} pixels a side.`);
  }
  return output;
}

function sideOf(fields: Fields, side: 'width' | 'height'): number | null {
  const text = fields.get(ENHANCE_WIRE[side])?.trim();
  if (text === undefined || text === '') return null;
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new Refusal(400, `Invalid output ${side}. It must be a whole number.`);
  return Number(text);
}
