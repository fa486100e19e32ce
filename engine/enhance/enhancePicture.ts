/** One enhancement: the faces first, if they are asked for, then the picture as a whole. */
import type { EnhanceParameters } from '../../src/core/enhance';
import type { Size } from '../../src/core/money/price';
import { type FaceParameters, RANGES } from '../../src/core/parameters';
import type { DecodedPicture } from '../picture/decode';
import { Cancelled, type Restored, type Restorer, type RestoreWatcher } from '../restorer';
import { enlargePicture } from './enlargePicture';

/** The share of the faces in the work, where they are restored. */
const FACES = 0.6;

/**
 * The result has exactly the ordered output's size. Progress 0..1, by shares and not by time. Throws `Cancelled`,
 * at the next step after it was asked for.
 */
export async function enhancePicture(
  picture: DecodedPicture,
  parameters: EnhanceParameters,
  restorer: Restorer,
  { onProgress, isCancelled }: RestoreWatcher,
): Promise<Restored> {
  const withFaces = parameters.faceEnhancement && parameters.faceStrength > 0;
  const restored = withFaces
    ? await restorer.restore(
        { picture, parameters: faceParametersOf(parameters), scale: scaleOf(picture.image, parameters.output) },
        { onProgress: (fraction) => onProgress(fraction * FACES), isCancelled },
      )
    : { image: picture.image, faces: 0 };
  const begun = withFaces ? FACES : 0;
  const image = enlargePicture(
    { ...picture, image: restored.image },
    parameters.output,
    parameters.model,
    (fraction) => {
      if (isCancelled()) throw new Cancelled();
      onProgress(begun + fraction * (1 - begun));
    },
  );
  return { image, faces: restored.faces };
}

/** The whole factor at which faces are restored: the largest that does not go beyond the result. */
function scaleOf(source: Size, output: Size): 1 | 2 | 4 {
  const ratio = output.width / source.width;
  if (ratio >= 4) return 4;
  return ratio >= 2 ? 2 : 1;
}

/** Noise and blur reckoned with, from the preset Realistic (`faceCreativity` 0) to Creative (1); both by ratio. */
const NOISE = [0.008, 0.03] as const;
const BLUR = [0.25, 0.8] as const;

function faceParametersOf({ faceStrength, faceCreativity }: EnhanceParameters): FaceParameters {
  const between = ([low, high]: readonly [number, number]): number => low * (high / low) ** faceCreativity;
  return {
    strength: faceStrength,
    noiseSigma: between(NOISE),
    blurSigma: between(BLUR),
    noiseSeed: RANGES.noiseSeed.standard,
    referenceUri: null,
  };
}
