/**
 * A whole picture, cleaned, sharpened and enlarged with classical means: it makes nothing up, and so can never show
 * what the service's trained models show. Done in bands of rows, so that memory stays small and a cancelled job ends soon.
 */
import type { EnhanceModel } from '../../src/core/enhance';
import type { Size } from '../../src/core/money/price';
import { type RgbaImage, rgbaImage } from '../../src/pixels/image';
import { lanczosTaps } from '../../src/pixels/scale/lanczos';
import type { DecodedPicture } from '../picture/decode';
import { deblurred, withoutRinging } from '../restore/deblur';
import { jpegNoise } from '../restore/jpegNoise';
import { noiseOf } from '../restore/noise';
import { imageOf, newPlane, type Plane, type Planes, planesOf } from '../restore/plane';
import { GUIDED_REACH, guided } from './guided';

interface Way {
  /** Smoothed away: so many times the measured noise. */
  readonly cleaning: number;
  /** Deviation of the blur that is taken back, in source pixels. */
  readonly blur: number;
  readonly rounds: number;
}

/** Chosen on photos at half their size, plain and with noise of 6 and 12 of 255: least error against the photo itself. */
const WAYS: { readonly [Model in EnhanceModel]: Way } = {
  'Standard V2': { cleaning: 1, blur: 0.45, rounds: 1 },
  'High Fidelity V2': { cleaning: 0, blur: 0.42, rounds: 1 },
  'Low Resolution V2': { cleaning: 2, blur: 0.45, rounds: 1 },
};

/** Rows of the result that are made at once. */
const BAND = 128;
/** Source rows beyond a band that its pixels depend on: the filter's, the deconvolution's, the kernel's. */
const BEYOND = GUIDED_REACH + 2 + 3 + 1;
/** Room that sharpening may use beyond what the neighbourhood spans, in spans. */
const MARGIN = 0.08;
/** Noise is measured in a part of the picture: at most so many pixels a side. */
const MEASURED = 1024;

/** `output` is at least as large as the picture, a side. `onProgress` 0..1; it may throw to stop. */
export function enlargePicture(
  { image, tables }: Pick<DecodedPicture, 'image' | 'tables'>,
  output: Size,
  model: EnhanceModel,
  onProgress: (fraction: number) => void,
): RgbaImage {
  const way = WAYS[model];
  const noise = way.cleaning === 0 ? [0, 0, 0] : noiseIn(image, tables);
  const out = rgbaImage(output.width, output.height);
  for (let top = 0; top < output.height; top += BAND) {
    onProgress(top / output.height);
    const rows = Math.min(BAND, output.height - top);
    const [from, span] = [(top * image.height) / output.height, (rows * image.height) / output.height];
    const first = Math.max(0, Math.floor(from) - BEYOND);
    const last = Math.min(image.height, Math.ceil(from + span) + BEYOND);
    const region = { x: 0, y: first, width: image.width, height: last - first };
    const planes = planesOf(image, region);
    const clean = planes.map((plane, index) => guided(plane, way.cleaning * noise[index]!));
    // The eye and the recording hold sharpness in luma; in the colour differences it would be noise.
    const luma = withoutRinging(deblurred(clean[0]!, way.blur, way.rounds, 1), clean[0]!, MARGIN);
    const stretch = { offset: from - first, span, rows };
    const [y, blue, red] = [luma, clean[1]!, clean[2]!].map((plane) => stretched(plane, output.width, stretch));
    out.data.set(imageOf([y!, blue!, red!] satisfies Planes).data, top * output.width * 4);
    layAlpha(out, stretched(alphaOf(image, region), output.width, stretch), top);
  }
  return out;
}

/** Deviation in each plane, 0..255: what is measured, and what the file's own tables say was rounded away. */
function noiseIn(image: RgbaImage, tables: DecodedPicture['tables']): readonly number[] {
  const width = Math.min(MEASURED, image.width);
  const height = Math.min(MEASURED, image.height);
  const middle = { x: (image.width - width) >> 1, y: (image.height - height) >> 1, width, height };
  const stored = tables === null ? [0, 0, 0] : jpegNoise(tables);
  return planesOf(image, middle).map((plane, index) =>
    Math.hypot(noiseOf(plane, index === 0 ? 'luma' : 'difference'), stored[index]!),
  );
}

interface Stretch {
  /** First row and rows of the plane that are shown; fractions count. */
  readonly offset: number;
  readonly span: number;
  /** Rows of the result. */
  readonly rows: number;
}

/** Lanczos with three lobes: a stretch of the plane's rows as so many rows, all of its columns as `width` columns. */
function stretched(plane: Plane, width: number, { offset, span, rows }: Stretch): Plane {
  const across = lanczosTaps(plane.width, 0, plane.width, width);
  const down = lanczosTaps(plane.height, offset, span, rows);
  const wide = newPlane(width, plane.height);
  for (let y = 0; y < plane.height; y++) {
    for (let x = 0; x < width; x++) {
      const from = y * plane.width + across.first[x]!;
      let sum = 0;
      for (let k = 0; k < across.count; k++) sum += across.weights[x * across.count + k]! * plane.data[from + k]!;
      wide.data[y * width + x] = sum;
    }
  }
  const out = newPlane(width, rows);
  for (let y = 0; y < rows; y++) {
    for (let k = 0; k < down.count; k++) {
      const weight = down.weights[y * down.count + k]!;
      if (weight === 0) continue;
      const from = (down.first[y]! + k) * width;
      for (let x = 0; x < width; x++) out.data[y * width + x]! += weight * wide.data[from + x]!;
    }
  }
  return out;
}

function alphaOf(image: RgbaImage, region: { readonly y: number; readonly height: number }): Plane {
  const plane = newPlane(image.width, region.height);
  const from = region.y * image.width;
  for (let at = 0; at < plane.data.length; at++) plane.data[at] = image.data[(from + at) * 4 + 3]!;
  return plane;
}

function layAlpha(out: RgbaImage, alpha: Plane, top: number): void {
  const from = top * out.width;
  for (let at = 0; at < alpha.data.length; at++) out.data[(from + at) * 4 + 3] = alpha.data[at]!;
}
