/**
 * The no-shift guarantee: measures where the result lies on the source, outside the faces, and says whether it can
 * be used as it is, used after correction, or not at all. Only shift and scale are corrected; a turned, mirrored or
 * foreign picture is refused.
 */
import type { Misalignment } from '../../core/errors';
import type { Size } from '../../core/money/price';
import { failed, ok, type Result } from '../../core/result';
import type { Face } from '../face';
import { type Fit, inResult, plainFit } from '../fit';
import type { RgbaImage } from '../image';
import { isFar, ovalOf } from '../oval';
import { NO_PACE, type Pace } from '../pace';
import { resample, sizeWithin } from '../scale/resample';
import { agreement } from './agreement';
import { blurred, luminance, type Plane } from './plane';
import { type Displacement, type Registration, register } from './register';

/** Source pixels: nearer than this the result is used as it is. */
const ACCEPTED_SHIFT = 0.5;
/** Share of the long side, and source pixels at least, up to which a shift is taken for one and corrected. */
const CORRECTABLE_SHARE = 0.03;
const CORRECTABLE_LEAST = 8;
/** Sides further apart in proportion than this are another picture. */
const CORRECTABLE_ASPECT = 0.05;
/** Correlation under which source and result do not show the same thing. */
const SAME_PICTURE = 0.5;
/** A correction has to be borne out: laid on rightly, even a much changed picture goes together nearly everywhere. */
const SAME_WHEN_CORRECTED = 0.8;
/** Source pixels at the corners by which a result may be turned or slanted and still be used as it is. */
const ACCEPTED_TURN = 1;
/** Pixels of the long side at which is measured: 0.5 source pixels of 4096 are a sixteenth of a pixel here, measured to about a hundredth. */
const WORKING_SIDE = 512;
/** A displacement counts when it is this many standard deviations from zero. */
const SURE = 3;
/** How far round a face nothing is measured, in units of its oval. */
const FACE_REACH = 1.5;

/** 'size': the aspect ratio is another one; anything else as in `Misalignment`. */
export type AlignFault = 'size' | Misalignment;

/**
 * Faces are in source pixels and left out of the measuring, which happens at `WORKING_SIDE` whatever the size. A picture
 * too flat to measure passes by its aspect ratio alone. Rejects only when `pace` does.
 */
export async function align(
  source: RgbaImage,
  result: RgbaImage,
  faces: readonly Face[],
  pace: Pace = NO_PACE,
): Promise<Result<Fit, AlignFault>> {
  const plain = plainFit(source, result);
  const skew = Math.abs(Math.log(plain.across / plain.down));
  const oneAspect = skew * Math.max(source.width, source.height) <= 2;
  if (skew > CORRECTABLE_ASPECT && !oneAspect) return failed('size');
  const size = sizeWithin(source, WORKING_SIDE);
  const before = blurred(luminance(await resample(source, wholeOf(source), size, { pace, use: 'measuring' })));
  const afterFit = async (fit: Fit): Promise<Plane> =>
    blurred(luminance(await resample(result, inResult(fit, wholeOf(source)), size, { pace, use: 'measuring' })));
  const after = await afterFit(plain);
  let mask = await lookedAt(source, size, faces, pace);
  let asIs = agreement(before, after, mask);
  if (!asIs.telling) {
    mask = await lookedAt(source, size, [], pace);
    asIs = agreement(before, after, mask);
  }
  if (pace.due()) await pace.rest();
  // Too flat or too small to tell: the frame is all there is to go by.
  const measured = asIs.telling ? await register(before, after, mask, pace) : null;
  if (measured === null) return oneAspect ? ok(plain) : failed('size');
  const pixel = source.width / size.width;
  const limit = Math.max(CORRECTABLE_LEAST, CORRECTABLE_SHARE * Math.max(source.width, source.height));
  const cross = crossPart(measured.displacement, size) * pixel;
  const straight = straightPart(measured.displacement, size) * pixel;
  const turned = cross > ACCEPTED_TURN && isSure(measured, cross / pixel);
  const moved = straight > ACCEPTED_SHIFT && isSure(measured, straight / pixel);
  if (!moved && !turned) return asIs.score < SAME_PICTURE ? failed('other-picture') : ok(plain);
  if (straight > limit) return failed(asIs.score < SAME_PICTURE ? 'other-picture' : 'shifted');
  const fit = corrected(plain, measured.displacement, source, size);
  const better = agreement(before, await afterFit(fit), mask);
  if (better.score < (turned ? SAME_PICTURE : SAME_WHEN_CORRECTED)) return failed('other-picture');
  return turned ? failed('turned') : ok(fit);
}

const wholeOf = (size: Size): { x: number; y: number; width: number; height: number } => ({
  x: 0,
  y: 0,
  width: size.width,
  height: size.height,
});

const isSure = ({ deviation }: Registration, pixels: number): boolean => pixels > SURE * Math.max(...deviation);

/** 1 where is measured: visible and away from the faces, which were changed on purpose. */
async function lookedAt(source: RgbaImage, size: Size, faces: readonly Face[], pace: Pace): Promise<Plane> {
  const ovals = faces.map(ovalOf);
  const data = new Float32Array(size.width * size.height);
  for (let y = 0; y < size.height; y++) {
    const sy = ((y + 0.5) * source.height) / size.height;
    for (let x = 0; x < size.width; x++) {
      const sx = ((x + 0.5) * source.width) / size.width;
      const visible = source.data[(Math.floor(sy) * source.width + Math.floor(sx)) * 4 + 3] === 255;
      if (visible && isFar(ovals, sx, sy, FACE_REACH)) data[y * size.width + x] = 1;
    }
    if (pace.due()) await pace.rest();
  }
  return { ...size, data };
}

/** Largest displacement by shift and scale of any pixel, in working pixels. u and v reach `width / long side`. */
function straightPart({ tx, ty, a, d }: Displacement, size: Size): number {
  const { u, v } = corner(size);
  return Math.hypot(Math.abs(tx) + Math.abs(a) * u, Math.abs(ty) + Math.abs(d) * v);
}

/** Largest displacement by turning and slanting. */
function crossPart({ b, c }: Displacement, size: Size): number {
  const { u, v } = corner(size);
  return Math.hypot(b * v, c * u);
}

function corner(size: Size): { u: number; v: number } {
  const long = Math.max(size.width, size.height);
  return { u: size.width / long, v: size.height / long };
}

function corrected(plain: Fit, { tx, ty, a, d }: Displacement, source: Size, size: Size): Fit {
  const half = Math.max(size.width, size.height) / 2;
  const stepX = (plain.across * source.width) / size.width;
  const stepY = (plain.down * source.height) / size.height;
  return {
    across: plain.across * (1 + a / half),
    down: plain.down * (1 + d / half),
    x: plain.x + stepX * (tx - (a * size.width) / 2 / half),
    y: plain.y + stepY * (ty - (d * size.height) / 2 / half),
  };
}
