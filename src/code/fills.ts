/**
 * Image fills in a layer's list of fills, 0 = lowest. Pure: takes lists as Figma gives them (frozen) and gives new
 * ones; a paint is copied with one member changed, never rebuilt, and the other fills are passed on as they are.
 */
export type Fills = readonly Paint[];

/** False for a video and for no paint at all. */
export function isImage(paint: Paint | undefined): paint is ImagePaint {
  return paint !== undefined && paint.type === 'IMAGE';
}

/** The fills with one replaced. */
export function replaced(fills: Fills, at: number, paint: Paint): Fills {
  return fills.map((old, index) => (index === at ? paint : old));
}

/** The fills with one more directly above position `at`. */
export function insertedAbove(fills: Fills, at: number, paint: Paint): Fills {
  return [...fills.slice(0, at + 1), paint, ...fills.slice(at + 1)];
}

/** The fills without those at the given positions. */
export function without(fills: Fills, positions: readonly number[]): Fills {
  return positions.length === 0 ? fills : fills.filter((_, index) => !positions.includes(index));
}

/**
 * The paint with another picture that shows the same place at the same size. `scale` is pixels of the new picture over
 * pixels of the old one, the same for both sides. FILL, FIT and CROP reckon in parts of the picture and need nothing;
 * TILE draws each pixel `scalingFactor` units wide, so the factor is divided by the scale.
 */
export function withPicture(paint: ImagePaint, imageHash: string, scale: number): ImagePaint {
  if (paint.scaleMode !== 'TILE' || scale === 1) return { ...paint, imageHash };
  return { ...paint, imageHash, scalingFactor: (paint.scalingFactor ?? 1) / scale };
}

/** True where a second fill above this one cannot look like this one with other pixels: see `Availability`. */
export function isBlended(paint: ImagePaint): boolean {
  return (paint.opacity ?? 1) < 1 || (paint.blendMode ?? 'NORMAL') !== 'NORMAL';
}
