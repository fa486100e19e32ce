/**
 * Where a point of a layer lies in the picture that fills it, for each scale mode. Definitions:
 * FILL / FIT: the picture, turned by `rotation`, is scaled to cover / to fit inside the layer, and centred.
 * CROP: `imageTransform` takes the layer's unit square to the picture's unit square.
 * TILE: the picture, turned, at `scalingFactor` layer pixels a picture pixel, repeats from the layer's top left corner.
 * Turning is clockwise in multiples of 90 degrees (the direction in Figma is not documented).
 */
import type { Transform } from '../document/transform';
import { multiply, scaling, translation } from '../document/transform';

export interface ImageMap {
  /** Layer pixels to picture pixels. */
  readonly toPicture: Transform;
  /** True when the picture repeats; otherwise there is nothing outside of it. */
  readonly repeats: boolean;
}

export interface ImagePlacement {
  readonly scaleMode: 'FILL' | 'FIT' | 'CROP' | 'TILE';
  readonly imageTransform?: Transform;
  readonly scalingFactor?: number;
  readonly rotation?: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * `layer` and `picture` in their own pixels. Left out: no crop, and half a layer pixel to a picture pixel for TILE.
 */
export function imageMap(paint: ImagePlacement, layer: Size, picture: Size): ImageMap {
  if (paint.scaleMode === 'CROP') {
    const unit = paint.imageTransform ?? [
      [1, 0, 0],
      [0, 1, 0],
    ];
    const fromLayer = scaling(1 / layer.width, 1 / layer.height);
    return { toPicture: multiply(scaling(picture.width, picture.height), multiply(unit, fromLayer)), repeats: false };
  }
  const quarters = ((((paint.rotation ?? 0) / 90) % 4) + 4) % 4;
  const turned = quarters % 2 === 0 ? picture : { width: picture.height, height: picture.width };
  const straighten = turnedBack(quarters, picture);
  if (paint.scaleMode === 'TILE') {
    const factor = 1 / (paint.scalingFactor ?? 0.5);
    return { toPicture: multiply(straighten, scaling(factor, factor)), repeats: true };
  }
  const fits = [layer.width / turned.width, layer.height / turned.height];
  const scale = paint.scaleMode === 'FIT' ? Math.min(...fits) : Math.max(...fits);
  const left = (layer.width - turned.width * scale) / 2;
  const top = (layer.height - turned.height * scale) / 2;
  const unscaled = multiply(scaling(1 / scale, 1 / scale), translation(-left, -top));
  return { toPicture: multiply(straighten, unscaled), repeats: false };
}

/** From pixels of the picture turned clockwise by so many quarters to pixels of the picture itself. */
function turnedBack(quarters: number, { width, height }: Size): Transform {
  switch (quarters) {
    case 1:
      return [
        [0, 1, 0],
        [-1, 0, height],
      ];
    case 2:
      return [
        [-1, 0, width],
        [0, -1, height],
      ];
    case 3:
      return [
        [0, -1, width],
        [1, 0, 0],
      ];
    default:
      return [
        [1, 0, 0],
        [0, 1, 0],
      ];
  }
}
