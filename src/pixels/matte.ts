/** How much of the result is taken at each pixel round one face: whole in the middle, nothing outside, a soft edge between. */
import type { Size } from '../core/money/price';
import { DIRECTIONS, directionOf, type Outline } from './outline';
import { within } from './oval';
import { NO_PACE, type Pace } from './pace';
import { type Region, regionOf } from './region';

export interface Matte {
  readonly region: Region;
  /** Row by row of the region: 0 = the source, 255 = the result. */
  readonly data: Uint8Array;
}

/** A picture's pixels, or more or fewer of them over the same picture. */
export interface Grid {
  readonly size: Size;
  /** Pixels of the grid for each source pixel, across and down: nearly equal, apart by the rounding of the sides. */
  readonly across: number;
  readonly down: number;
}

/** Both sizes cover the same picture, edge to edge. */
export function gridOver(source: Size, size: Size): Grid {
  return { size, across: size.width / source.width, down: size.height / source.height };
}

/** The pixels of the grid that the outline and its soft edge touch; null when they lie outside. */
export function matteRegion({ oval, radii, feather }: Outline, grid: Grid): Region | null {
  const outer = Math.max(...radii) + feather;
  // Half extents of a tilted ellipse's upright box.
  const halfWidth = outer * Math.hypot(oval.across * oval.cos, oval.along * oval.sin);
  const halfHeight = outer * Math.hypot(oval.across * oval.sin, oval.along * oval.cos);
  return regionOf(
    {
      x: (oval.centre.x - halfWidth) * grid.across,
      y: (oval.centre.y - halfHeight) * grid.down,
      width: 2 * halfWidth * grid.across,
      height: 2 * halfHeight * grid.down,
    },
    grid.size,
  );
}

/** The outline drawn on the grid; null when it lies outside. */
export async function drawMatte(outline: Outline, grid: Grid, pace: Pace = NO_PACE): Promise<Matte | null> {
  const { oval, radii, feather } = outline;
  const region = matteRegion(outline, grid);
  if (region === null) return null;
  const inner = Math.min(...radii);
  const outer = Math.max(...radii) + feather;
  const data = new Uint8Array(region.width * region.height);
  // In the oval's own frame a step to the right is the same everywhere.
  const stepX = oval.cos / oval.across / grid.across;
  const stepY = -oval.sin / oval.along / grid.across;
  for (let y = 0; y < region.height; y++) {
    const start = within(oval, (region.x + 0.5) / grid.across, (region.y + y + 0.5) / grid.down);
    for (let x = 0, slot = y * region.width; x < region.width; x++, slot++) {
      const u = start.x + x * stepX;
      const v = start.y + x * stepY;
      const squared = u * u + v * v;
      if (squared >= outer * outer) continue;
      if (squared <= inner * inner) {
        data[slot] = 255;
        continue;
      }
      const past = (Math.sqrt(squared) - radiusAt(radii, u, v)) / feather;
      data[slot] = past <= 0 ? 255 : past >= 1 ? 0 : Math.round(255 * (1 - past * past * (3 - 2 * past)));
    }
    if (pace.due()) await pace.rest();
  }
  return { region, data };
}

function radiusAt(radii: Float32Array, x: number, y: number): number {
  const direction = directionOf(x, y);
  const before = Math.floor(direction) % DIRECTIONS;
  const part = direction - Math.floor(direction);
  return radii[before]! * (1 - part) + radii[(before + 1) % DIRECTIONS]! * part;
}
