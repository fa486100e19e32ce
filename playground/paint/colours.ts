/** What colour a fill has at a point of its layer: premultiplied RGBA, floats 0..1, without the fill's own opacity. */
import type { GradientPaint, ImagePaint, Paint } from '@figma/plugin-typings/plugin-api-standalone';
import { multiply, scaling, type Transform } from '../document/transform';
import { imageMap } from './imageMap';
import type { Mipmaps } from './mipmaps';

/** Writes r, g, b, a at 0..3 of `out`. x and y are pixels of the canvas, at a pixel's centre. */
export type ColourAt = (x: number, y: number, out: Float64Array) => void;

interface Layer {
  readonly width: number;
  readonly height: number;
  /** Pixels of the canvas to pixels of the layer. */
  readonly fromCanvas: Transform;
}

/** Null for fills that this host does not paint, and for pictures it does not have. */
export function colourOf(paint: Paint, layer: Layer, picture: (hash: string) => Mipmaps | null): ColourAt | null {
  switch (paint.type) {
    case 'SOLID': {
      const { r, g, b } = paint.color;
      return (_x, _y, out) => {
        out[0] = r;
        out[1] = g;
        out[2] = b;
        out[3] = 1;
      };
    }
    case 'GRADIENT_LINEAR':
    case 'GRADIENT_RADIAL':
    case 'GRADIENT_ANGULAR':
    case 'GRADIENT_DIAMOND':
      return gradient(paint, layer);
    case 'IMAGE': {
      const found = paint.imageHash === null ? null : picture(paint.imageHash);
      return found === null ? null : image(paint, layer, found);
    }
    default:
      return null;
  }
}

function gradient(paint: GradientPaint, layer: Layer): ColourAt {
  const unit = multiply(scaling(1 / layer.width, 1 / layer.height), layer.fromCanvas);
  const [[a, c, e], [b, d, f]] = multiply(paint.gradientTransform, unit);
  const along = position(paint.type);
  const stops = [...paint.gradientStops].sort((one, other) => one.position - other.position);
  return (x, y, out) => {
    const at = along(a * x + c * y + e, b * x + d * y + f);
    const next = stops.findIndex((stop) => stop.position >= at);
    const to = stops[next === -1 ? stops.length - 1 : next];
    const from = stops[next <= 0 ? (next === 0 ? 0 : stops.length - 1) : next - 1];
    if (from === undefined || to === undefined) return out.fill(0);
    const span = to.position - from.position;
    const share = span <= 0 ? 1 : Math.min(1, Math.max(0, (at - from.position) / span));
    const mixed = (key: 'r' | 'g' | 'b' | 'a'): number => from.color[key] + (to.color[key] - from.color[key]) * share;
    const alpha = mixed('a');
    out[0] = mixed('r') * alpha;
    out[1] = mixed('g') * alpha;
    out[2] = mixed('b') * alpha;
    out[3] = alpha;
  };
}

/** 0 at the gradient's start, 1 at its end, in the gradient's unit square. */
function position(type: GradientPaint['type']): (x: number, y: number) => number {
  switch (type) {
    case 'GRADIENT_LINEAR':
      return (x) => x;
    case 'GRADIENT_RADIAL':
      return (x, y) => 2 * Math.hypot(x - 0.5, y - 0.5);
    case 'GRADIENT_DIAMOND':
      return (x, y) => 2 * (Math.abs(x - 0.5) + Math.abs(y - 0.5));
    case 'GRADIENT_ANGULAR':
      return (x, y) => (Math.atan2(y - 0.5, x - 0.5) / (2 * Math.PI) + 1) % 1;
  }
}

/**
 * Bilinear between pixel centres, in premultiplied colour, edges held. A canvas pixel shows the picture when its
 * centre lies in it. Below 1:1 the level is the largest whole power of two in the reduction.
 */
function image(paint: ImagePaint, layer: Layer, picture: Mipmaps): ColourAt {
  const { toPicture, repeats } = imageMap(paint, layer, picture);
  const full = multiply(toPicture, layer.fromCanvas);
  const reduction = Math.max(Math.hypot(full[0][0], full[1][0]), Math.hypot(full[0][1], full[1][1]));
  const source = picture.level(Math.max(0, Math.floor(Math.log2(reduction) + 1e-9)));
  const { width, height, data } = source;
  const [[a, c, e], [b, d, f]] = multiply(scaling(width / picture.width, height / picture.height), full);
  const near = (value: number): number => (Math.abs(value - Math.round(value)) < 1e-7 ? Math.round(value) : value);
  return (x, y, out) => {
    let u = a * x + c * y + e;
    let v = b * x + d * y + f;
    out[0] = out[1] = out[2] = out[3] = 0;
    if (repeats) {
      u -= Math.floor(near(u) / width) * width;
      v -= Math.floor(near(v) / height) * height;
    } else if (u < 0 || v < 0 || u >= width || v >= height) return;
    const left = Math.floor(near(u - 0.5));
    const top = Math.floor(near(v - 0.5));
    const right = Math.min(1, Math.max(0, u - 0.5 - left));
    const down = Math.min(1, Math.max(0, v - 0.5 - top));
    for (let corner = 0; corner < 4; corner++) {
      const weight = (corner & 1 ? right : 1 - right) * (corner & 2 ? down : 1 - down);
      if (weight < 1e-7) continue;
      let column = left + (corner & 1);
      let row = top + (corner >> 1);
      if (repeats) {
        column = ((column % width) + width) % width;
        row = ((row % height) + height) % height;
      } else {
        column = column < 0 ? 0 : column >= width ? width - 1 : column;
        row = row < 0 ? 0 : row >= height ? height - 1 : row;
      }
      const at = (row * width + column) * 4;
      const alpha = (data[at + 3]! / 255) * weight;
      out[0]! += (data[at]! / 255) * alpha;
      out[1]! += (data[at + 1]! / 255) * alpha;
      out[2]! += (data[at + 2]! / 255) * alpha;
      out[3]! += alpha;
    }
  };
}
