/**
 * What `blur_sigma`, `noise_sigma` and `noise_seed` do to a face before the network sees it: the less of it is left to
 * see, the more the network has to make up. In pixels of the aligned face and shares of full scale.
 */
import type { FaceParameters } from '../../src/core/parameters';
import { grainAt } from '../restore/grain';
import { FACE_PIXELS, type FacePlanes } from './model';
import { FACE_SIDE } from './recognise';

export function degraded(face: FacePlanes, { blurSigma, noiseSigma, noiseSeed }: FaceParameters): FacePlanes {
  const blurred = alongColumns(alongRows(face, blurSigma), blurSigma);
  return blurred.map((value, at) => {
    const pixel = at % FACE_PIXELS;
    // Each colour has a noise of its own.
    const x = (pixel % FACE_SIDE) + Math.floor(at / FACE_PIXELS) * FACE_SIDE;
    return value + 255 * noiseSigma * grainAt(noiseSeed, x, Math.floor(pixel / FACE_SIDE));
  });
}

/** Half of a normal distribution: weights of the middle and of what lies 1, 2, ... pixels beside it. */
function bell(sigma: number): readonly number[] {
  const half = Array.from({ length: Math.ceil(3 * sigma) + 1 }, (_, k) => Math.exp(-(k * k) / (2 * sigma * sigma)));
  const sum = half.reduce((total, weight, k) => total + (k === 0 ? weight : 2 * weight), 0);
  return half.map((weight) => weight / sum);
}

const alongRows = (face: FacePlanes, sigma: number): FacePlanes => along(face, sigma, 1);
const alongColumns = (face: FacePlanes, sigma: number): FacePlanes => along(face, sigma, FACE_SIDE);

/** `step`: from one value of a line to the next. Past the ends the line goes on with its last value. */
function along(face: FacePlanes, sigma: number, step: 1 | typeof FACE_SIDE): FacePlanes {
  const weights = bell(sigma);
  return face.map((value, at) => {
    const place = Math.floor(at / step) % FACE_SIDE;
    let sum = weights[0]! * value;
    for (let k = 1; k < weights.length; k++) {
      const before = face[at - Math.min(k, place) * step]!;
      const after = face[at + Math.min(k, FACE_SIDE - 1 - place) * step]!;
      sum += weights[k]! * (before + after);
    }
    return sum;
  });
}
