/** One face: what is wrong with it is measured, then undone in the order in which it came last. */
import type { FaceParameters } from '../../src/core/parameters';
import type { RgbaImage } from '../../src/pixels/image';
import type { Region } from '../../src/pixels/region';
import type { DecodedPicture } from '../picture/decode';
import { denoise } from './collaborative';
import { deblurred, withoutRinging } from './deblur';
import { resized } from './enlarge';
import { grainAt } from './grain';
import { jpegNoise } from './jpegNoise';
import { ENLARGEMENT, type Network } from './network';
import { noiseOf } from './noise';
import { imageOf, mapPlane, type Plane, type Planes, planesOf } from './plane';
import { type Reckoned, reckoned } from './reckoned';
import { reconstructed } from './reconstruct';
import { blownUp, type Resolution, recorded, resolutionOf } from './resolution';

export interface FaceOrder {
  readonly picture: DecodedPicture;
  /** The face with its surroundings, in the picture's pixels. */
  readonly region: Region;
  readonly parameters: FaceParameters;
  readonly scale: 1 | 2 | 4;
}

/** Rounds of deblurring: more bring back noise as well. */
const ROUNDS = 2;
/** Room beyond the neighbourhood's span that sharpening may use, in spans. */
const MARGIN = 0.1;
/** In recorded pixels. */
const MOST_BLUR_IN_THUMBNAIL = 0.45;
/** Shares of the work. */
const CLEANED = 0.6;

/** `scale` times the region's size. `onProgress` 0..1; it may throw to stop. */
export async function restoreFace(
  { picture, region, parameters, scale }: FaceOrder,
  network: Network,
  onProgress: (fraction: number) => void,
): Promise<RgbaImage> {
  const wanted = reckoned(parameters);
  const source = planesOf(picture.image, region);
  const clean = cleaned(source, picture, wanted, (fraction) => onProgress(fraction * CLEANED));
  const detailed = await withDetail(clean, wanted, scale, network, (fraction) =>
    onProgress(CLEANED + fraction * (1 - CLEANED)),
  );
  const onGrid = (plane: Plane): Plane => resized(plane, region.width * scale, region.height * scale);
  const planes = each((index) => {
    const [before, between, after] = [onGrid(source[index]!), onGrid(clean[index]!), detailed[index]!];
    return mapPlane(before, (value, at) => {
      const without = between.data[at]!;
      return value + wanted.cleaning * (without - value) + wanted.detail * (after.data[at]! - without);
    });
  });
  return imageOf(withGrain(planes, wanted, region, scale));
}

const each = (make: (index: number) => Plane): Planes => [make(0), make(1), make(2)];

/** Noise and compression, matched to what is measured in this region and said by the file. */
function cleaned(
  source: Planes,
  { tables }: DecodedPicture,
  { noise }: Reckoned,
  onProgress: (fraction: number) => void,
): Planes {
  const stored = tables === null ? [0, 0, 0] : jpegNoise(tables);
  const sigmas = source.map((plane, index) =>
    noise(Math.hypot(noiseOf(plane, index === 0 ? 'luma' : 'difference'), stored[index]!)),
  );
  const clean = denoise(source, { sigmas, onProgress });
  return each((index) => clean[index]!);
}

/** Blur taken back and, where the face was blown up or is to be, detail made: on the result's own grid. */
async function withDetail(
  clean: Planes,
  { blur }: Reckoned,
  scale: 1 | 2 | 4,
  network: Network,
  onProgress: (fraction: number) => void,
): Promise<Planes> {
  const { width, height } = clean[0];
  const resolution = resolutionOf(clean[0]);
  const small = each((index) => recorded(clean[index]!, resolution));
  // A picture that was shrunk before it was blown up is hardly blurred in its recorded pixels.
  const sigma = resolution.factor === 1 ? blur : Math.min(blur, MOST_BLUR_IN_THUMBNAIL);
  // The eye and the recording hold sharpness in luma; in the colour differences it would be noise.
  const luma = withoutRinging(deblurred(small[0], sigma, ROUNDS, 1), small[0], MARGIN);
  const sharp: Planes = [luma, small[1], small[2]];
  if (resolution.factor === 1 && scale === 1) return sharp;
  const large = await reconstructed(sharp, network, onProgress);
  const onGrid = scaled(resolution, scale);
  return each((index) =>
    large === null
      ? blownUp(sharp[index]!, onGrid, width * scale, height * scale)
      : blownUp(large[index]!, onGrid, width * scale, height * scale, ENLARGEMENT),
  );
}

/** The same recorded pixels under a grid `scale` times as fine. */
function scaled({ factor, phaseX, phaseY }: Resolution, scale: number): Resolution {
  const moved = (phase: number): number => (phase + 0.5) * scale - 0.5;
  return { factor: factor * scale, phaseX: moved(phaseX), phaseY: moved(phaseY) };
}

function withGrain([luma, blue, red]: Planes, { grain, seed }: Reckoned, region: Region, scale: number): Planes {
  if (grain === 0) return [luma, blue, red];
  const grained = mapPlane(luma, (value, at) => {
    const x = region.x * scale + (at % luma.width);
    const y = region.y * scale + Math.floor(at / luma.width);
    return value + grain * grainAt(seed, x, y);
  });
  return [grained, blue, red];
}
