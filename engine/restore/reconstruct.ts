/** Detail for a blown-up face: the trained network at the resolution at which the face was recorded. */
import { type RgbaImage, rgbaImage } from '../../src/pixels/image';
import { ENLARGEMENT, type Network } from './network';
import { imageOf, mapPlane, newPlane, type Plane, type Planes, planesOf } from './plane';

/** Pixels of input the network may work on in all, over several views: about three seconds on one core. */
const BUDGET = 20_000;
/** A face of more recorded pixels is left to the cubic kernel: the network would take minutes and add little. */
const MOST = 60_000;
/** Root mean square, of 255, by which the network's answer may differ from what was recorded. */
const CONSISTENT = 8;

/**
 * `ENLARGEMENT` times the planes, or null where the network does not help: the face is too large for it, or what it
 * made does not lead back to what was recorded.
 */
export async function reconstructed(
  planes: Planes,
  network: Network,
  onProgress: (fraction: number) => void,
): Promise<Planes | null> {
  const image = imageOf(planes);
  const pixels = image.width * image.height;
  if (pixels > MOST) return null;
  // Turned and mirrored views have other errors of the same size: their mean is nearer the truth (Timofte 2016).
  const views = Math.min(8, Math.max(1, Math.floor(BUDGET / pixels)));
  const size = { width: image.width * ENLARGEMENT, height: image.height * ENLARGEMENT };
  const whole = { x: 0, y: 0, ...size };
  const sums: Planes = [
    newPlane(size.width, size.height),
    newPlane(size.width, size.height),
    newPlane(size.width, size.height),
  ];
  for (let view = 0; view < views; view++) {
    const seen = await network.enlarge(turnedView(image, view), (fraction) => onProgress((view + fraction) / views));
    planesOf(turnedBack(seen, view), whole).forEach((plane, index) => {
      const sum = sums[index]!.data;
      for (let at = 0; at < sum.length; at++) sum[at]! += plane.data[at]! / views;
    });
  }
  return difference(planes[0], sums[0]) <= CONSISTENT ? sums : null;
}

/** Root mean square between a plane and the means of its enlargement's squares. */
function difference(small: Plane, large: Plane): number {
  let sum = 0;
  const means = mapPlane(small, (_, at) => {
    const left = (at % small.width) * ENLARGEMENT;
    const top = Math.floor(at / small.width) * ENLARGEMENT;
    let total = 0;
    for (let y = 0; y < ENLARGEMENT; y++) {
      for (let x = 0; x < ENLARGEMENT; x++) total += large.data[(top + y) * large.width + left + x]!;
    }
    return total / ENLARGEMENT ** 2;
  });
  for (let at = 0; at < small.data.length; at++) sum += (means.data[at]! - small.data[at]!) ** 2;
  return Math.sqrt(sum / small.data.length);
}

/** View 0..7: bit 0 mirrors, bit 1 flips, bit 2 swaps rows and columns afterwards. */
function turnedView(image: RgbaImage, view: number): RgbaImage {
  const { width, height } = image;
  const out = (view & 4) !== 0 ? rgbaImage(height, width) : rgbaImage(width, height);
  const [from, to] = [pixelsOf(image), pixelsOf(out)];
  eachPixel(width, height, (x, y) => {
    to[placeOf(x, y, width, height, view)] = from[y * width + x]!;
  });
  return out;
}

function turnedBack(image: RgbaImage, view: number): RgbaImage {
  const [width, height] = (view & 4) !== 0 ? [image.height, image.width] : [image.width, image.height];
  const out = rgbaImage(width, height);
  const [from, to] = [pixelsOf(image), pixelsOf(out)];
  eachPixel(width, height, (x, y) => {
    to[y * width + x] = from[placeOf(x, y, width, height, view)]!;
  });
  return out;
}

const pixelsOf = (image: RgbaImage): Uint32Array => new Uint32Array(image.data.buffer);

function eachPixel(width: number, height: number, visit: (x: number, y: number) => void): void {
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) visit(x, y);
}

/** Where the pixel x, y of an upright picture of this size lies in its turned view. */
function placeOf(x: number, y: number, width: number, height: number, view: number): number {
  const column = (view & 1) !== 0 ? width - 1 - x : x;
  const row = (view & 2) !== 0 ? height - 1 - y : y;
  return (view & 4) !== 0 ? column * height + row : row * width + column;
}
