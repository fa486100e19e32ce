/** One face: what is wrong with it is measured, then undone in the order in which it came last: noise first. */
import type { FaceParameters } from '../../src/core/parameters';
import type { RgbaImage } from '../../src/pixels/image';
import type { Region } from '../../src/pixels/region';
import type { DecodedPicture } from '../picture/decode';
import { denoise } from './collaborative';
import { resized } from './enlarge';
import { jpegNoise } from './jpegNoise';
import { noiseOf } from './noise';
import { imageOf, mixed, type Planes, planesOf } from './plane';

/** `scale` times the region's size. `onProgress` 0..1; it may throw to stop. */
export async function restoreFace(
  picture: DecodedPicture,
  region: Region,
  parameters: FaceParameters,
  scale: 1 | 2 | 4,
  onProgress: (fraction: number) => void,
): Promise<RgbaImage> {
  const source = planesOf(picture.image, region);
  const stored = picture.tables === null ? [0, 0, 0] : jpegNoise(picture.tables);
  const sigmas = source.map((plane, index) => Math.max(0.3, Math.hypot(noiseOf(plane), stored[index]!)));
  const clean = denoise(source, { sigmas, onProgress });
  const planes = source.map((plane, index) => mixed(plane, clean[index]!, parameters.strength)) as unknown as Planes;
  const { width, height } = region;
  return imageOf(planes.map((plane) => resized(plane, width * scale, height * scale)) as unknown as Planes);
}
