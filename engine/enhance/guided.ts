/**
 * Takes noise from a plane and leaves its edges: He, Sun, Tang, "Guided image filtering", ECCV 2010, with the plane as
 * its own guide. Its time does not depend on the radius, which is what makes it fit for whole pictures.
 */
import { mapPlane, newPlane, type Plane } from '../restore/plane';

/** Pixels to each side of a pixel that are looked at. */
const GUIDED_RADIUS = 3;
/** A pixel's value depends on what lies within so many pixels: means of means. */
export const GUIDED_REACH = 2 * GUIDED_RADIUS;

/** `deviation`: differences up to about this much, in the plane's units, are smoothed away; 0 changes nothing. */
export function guided(plane: Plane, deviation: number): Plane {
  if (deviation <= 0) return plane;
  const least = deviation * deviation;
  const mean = boxMean(plane);
  const square = boxMean(mapPlane(plane, (value) => value * value));
  const slope = mapPlane(mean, (average, at) => {
    const variance = Math.max(0, square.data[at]! - average * average);
    return variance / (variance + least);
  });
  const offset = mapPlane(mean, (average, at) => average * (1 - slope.data[at]!));
  const [slopes, offsets] = [boxMean(slope), boxMean(offset)];
  return mapPlane(plane, (value, at) => slopes.data[at]! * value + offsets.data[at]!);
}

/** Means over squares of 2 x radius + 1 pixels; at the borders over what there is of them. */
function boxMean(plane: Plane): Plane {
  return alongColumns(alongRows(plane));
}

function alongRows({ width, height, data }: Plane): Plane {
  const out = newPlane(width, height);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    let sum = 0;
    for (let x = 0; x < Math.min(GUIDED_RADIUS, width); x++) sum += data[row + x]!;
    for (let x = 0; x < width; x++) {
      if (x + GUIDED_RADIUS < width) sum += data[row + x + GUIDED_RADIUS]!;
      if (x > GUIDED_RADIUS) sum -= data[row + x - GUIDED_RADIUS - 1]!;
      out.data[row + x] = sum / (Math.min(width - 1, x + GUIDED_RADIUS) - Math.max(0, x - GUIDED_RADIUS) + 1);
    }
  }
  return out;
}

function alongColumns({ width, height, data }: Plane): Plane {
  const out = newPlane(width, height);
  const sums = new Float64Array(width);
  const add = (y: number, sign: 1 | -1): void => {
    for (let x = 0; x < width; x++) sums[x]! += sign * data[y * width + x]!;
  };
  for (let y = 0; y < Math.min(GUIDED_RADIUS, height); y++) add(y, 1);
  for (let y = 0; y < height; y++) {
    if (y + GUIDED_RADIUS < height) add(y + GUIDED_RADIUS, 1);
    if (y > GUIDED_RADIUS) add(y - GUIDED_RADIUS - 1, -1);
    const count = Math.min(height - 1, y + GUIDED_RADIUS) - Math.max(0, y - GUIDED_RADIUS) + 1;
    for (let x = 0; x < width; x++) out.data[y * width + x] = sums[x]! / count;
  }
  return out;
}
