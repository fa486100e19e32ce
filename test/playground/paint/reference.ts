/**
 * What the canvas shows, written a second time and as plainly as possible, to hold the painter against: no mipmaps,
 * no matrices, one pixel at a time. The picture is really turned first, then looked up.
 */
import { type RgbaImage, rgbaImage } from '../../../src/pixels/image';

export interface ReferencePaint {
  readonly scaleMode: 'FILL' | 'FIT' | 'CROP' | 'TILE';
  readonly rotation: 0 | 90 | 180 | 270;
  readonly opacity: number;
  readonly scalingFactor?: number;
  readonly imageTransform?: readonly (readonly [number, number, number])[];
}

type Rgba = readonly [number, number, number, number];
const NOTHING: Rgba = [0, 0, 0, 0];

const pixel = (image: RgbaImage, x: number, y: number): Rgba => {
  const at = (y * image.width + x) * 4;
  return [image.data[at]!, image.data[at + 1]!, image.data[at + 2]!, image.data[at + 3]!];
};

/** A quarter clockwise: the left column becomes the top row. */
export function quarterTurn(image: RgbaImage): RgbaImage {
  const turned = rgbaImage(image.height, image.width);
  for (let y = 0; y < turned.height; y++) {
    for (let x = 0; x < turned.width; x++) {
      turned.data.set(pixel(image, y, image.height - 1 - x), (y * turned.width + x) * 4);
    }
  }
  return turned;
}

/** The four nearest pixel centres, weighted by nearness and alpha; `wrap` continues at the other edge. */
function between(image: RgbaImage, u: number, v: number, wrap: boolean): Rgba {
  const sum = [0, 0, 0, 0];
  for (const dy of [0, 1]) {
    for (const dx of [0, 1]) {
      const x = Math.floor(u - 0.5) + dx;
      const y = Math.floor(v - 0.5) + dy;
      const weight = (1 - Math.abs(u - 0.5 - x)) * (1 - Math.abs(v - 0.5 - y));
      const hold = (value: number, size: number): number =>
        wrap ? ((value % size) + size) % size : Math.min(size - 1, Math.max(0, value));
      const [r, g, b, a] = pixel(image, hold(x, image.width), hold(y, image.height));
      sum[0]! += weight * r * a;
      sum[1]! += weight * g * a;
      sum[2]! += weight * b * a;
      sum[3]! += weight * a;
    }
  }
  const a = sum[3]!;
  return a === 0 ? NOTHING : [sum[0]! / a, sum[1]! / a, sum[2]! / a, a];
}

/** The fill at the centre of pixel (x, y) of a layer of `width` x `height`, alone: 0..255, alpha with its opacity. */
export function fillAt(
  picture: RgbaImage,
  paint: ReferencePaint,
  width: number,
  height: number,
  x: number,
  y: number,
): Rgba {
  const [r, g, b, a] = colour(picture, paint, width, height, x + 0.5, y + 0.5);
  return [r, g, b, a * paint.opacity];
}

function colour(picture: RgbaImage, paint: ReferencePaint, width: number, height: number, x: number, y: number): Rgba {
  if (paint.scaleMode === 'CROP') {
    const [row0, row1] = paint.imageTransform as readonly [
      readonly [number, number, number],
      readonly [number, number, number],
    ];
    const u = (row0[0] * (x / width) + row0[1] * (y / height) + row0[2]) * picture.width;
    const v = (row1[0] * (x / width) + row1[1] * (y / height) + row1[2]) * picture.height;
    return u < 0 || v < 0 || u >= picture.width || v >= picture.height ? NOTHING : between(picture, u, v, false);
  }
  let turned = picture;
  for (let degrees = 0; degrees < paint.rotation; degrees += 90) turned = quarterTurn(turned);
  if (paint.scaleMode === 'TILE') {
    const factor = paint.scalingFactor ?? 0.5;
    return between(turned, (x / factor) % turned.width, (y / factor) % turned.height, true);
  }
  const ratios = [width / turned.width, height / turned.height];
  const scale = paint.scaleMode === 'FILL' ? Math.max(...ratios) : Math.min(...ratios);
  const u = (x - (width - turned.width * scale) / 2) / scale;
  const v = (y - (height - turned.height * scale) / 2) / scale;
  return u < 0 || v < 0 || u >= turned.width || v >= turned.height ? NOTHING : between(turned, u, v, false);
}

/** The source over the backdrop, both as 0..255 with straight alpha. */
export function overlaid(below: Rgba, above: Rgba): Rgba {
  const a = above[3] / 255;
  const b = (below[3] / 255) * (1 - a);
  const alpha = a + b;
  if (alpha === 0) return NOTHING;
  const mix = (i: 0 | 1 | 2): number => (above[i] * a + below[i] * b) / alpha;
  return [mix(0), mix(1), mix(2), alpha * 255];
}
