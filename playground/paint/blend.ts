/**
 * How a colour mixes with what is below. Formulas: W3C Compositing and Blending Level 1 (sections 9 and 10), and for
 * the linear pair Figma's "linear burn" = b + s - 1, "linear dodge" = b + s.
 */
import type { BlendMode } from '../document/node';

/** Backdrop and source channel, 0..1 each, not premultiplied. */
type Separable = (backdrop: number, source: number) => number;

const SEPARABLE: { readonly [Mode in BlendMode]?: Separable } = {
  DARKEN: Math.min,
  LIGHTEN: Math.max,
  MULTIPLY: (b, s) => b * s,
  SCREEN: (b, s) => b + s - b * s,
  LINEAR_BURN: (b, s) => Math.max(0, b + s - 1),
  LINEAR_DODGE: (b, s) => Math.min(1, b + s),
  COLOR_BURN: (b, s) => (b >= 1 ? 1 : s <= 0 ? 0 : 1 - Math.min(1, (1 - b) / s)),
  COLOR_DODGE: (b, s) => (b <= 0 ? 0 : s >= 1 ? 1 : Math.min(1, b / (1 - s))),
  HARD_LIGHT: hardLight,
  OVERLAY: (b, s) => hardLight(s, b),
  SOFT_LIGHT: softLight,
  DIFFERENCE: (b, s) => Math.abs(b - s),
  EXCLUSION: (b, s) => b + s - 2 * b * s,
};

function hardLight(b: number, s: number): number {
  return s <= 0.5 ? b * 2 * s : b + (2 * s - 1) - b * (2 * s - 1);
}

function softLight(b: number, s: number): number {
  if (s <= 0.5) return b - (1 - 2 * s) * b * (1 - b);
  const d = b <= 0.25 ? ((16 * b - 12) * b + 4) * b : Math.sqrt(b);
  return b + (2 * s - 1) * (d - b);
}

type Colour = readonly [number, number, number];
type Whole = (backdrop: Colour, source: Colour) => Colour;

const WHOLE: { readonly [Mode in BlendMode]?: Whole } = {
  HUE: (b, s) => withLuminosity(withSaturation(s, saturation(b)), luminosity(b)),
  SATURATION: (b, s) => withLuminosity(withSaturation(b, saturation(s)), luminosity(b)),
  COLOR: (b, s) => withLuminosity(s, luminosity(b)),
  LUMINOSITY: (b, s) => withLuminosity(b, luminosity(s)),
};

const luminosity = ([r, g, b]: Colour): number => 0.3 * r + 0.59 * g + 0.11 * b;
const saturation = (colour: Colour): number => Math.max(...colour) - Math.min(...colour);

function withLuminosity(colour: Colour, target: number): Colour {
  const shift = target - luminosity(colour);
  const moved: Colour = [colour[0] + shift, colour[1] + shift, colour[2] + shift];
  const l = luminosity(moved);
  const low = Math.min(...moved);
  const high = Math.max(...moved);
  const clipped = (channel: number): number => {
    if (low < 0) return l + ((channel - l) * l) / (l - low);
    return high > 1 ? l + ((channel - l) * (1 - l)) / (high - l) : channel;
  };
  return [clipped(moved[0]), clipped(moved[1]), clipped(moved[2])];
}

function withSaturation(colour: Colour, target: number): Colour {
  const low = Math.min(...colour);
  const range = Math.max(...colour) - low;
  const scaled = (channel: number): number => (range === 0 ? 0 : ((channel - low) * target) / range);
  return [scaled(colour[0]), scaled(colour[1]), scaled(colour[2])];
}

/** Mixes a premultiplied colour into four floats of a raster. */
export type Mix = (data: Float32Array, at: number, r: number, g: number, b: number, a: number) => void;

/** Modes that it does not know, PASS_THROUGH among them, are NORMAL. */
export function mixer(mode: BlendMode): Mix {
  const separable = SEPARABLE[mode];
  if (separable !== undefined) {
    return blending((b, s) => [separable(b[0], s[0]), separable(b[1], s[1]), separable(b[2], s[2])]);
  }
  const whole = WHOLE[mode];
  return whole === undefined ? over : blending(whole);
}

/** The usual way: the source lies over the backdrop. */
export const over: Mix = (data, at, r, g, b, a) => {
  const rest = 1 - a;
  data[at] = r + data[at]! * rest;
  data[at + 1] = g + data[at + 1]! * rest;
  data[at + 2] = b + data[at + 2]! * rest;
  data[at + 3] = a + data[at + 3]! * rest;
};

function blending(blend: Whole): Mix {
  return (data, at, r, g, b, a) => {
    const below = data[at + 3]!;
    if (a === 0) return;
    if (below === 0) return over(data, at, r, g, b, a);
    const mixed = blend([data[at]! / below, data[at + 1]! / below, data[at + 2]! / below], [r / a, g / a, b / a]);
    data[at] = r * (1 - below) + data[at]! * (1 - a) + a * below * mixed[0];
    data[at + 1] = g * (1 - below) + data[at + 1]! * (1 - a) + a * below * mixed[1];
    data[at + 2] = b * (1 - below) + data[at + 2]! * (1 - a) + a * below * mixed[2];
    data[at + 3] = a + below * (1 - a);
  };
}
