/**
 * The engine's own restorer: finds the faces, restores each in its own region, and lays the result into the picture
 * through a soft matte. Outside of the mattes no pixel changes.
 */
import { packWeights } from '../../scripts/pack-weights';
import { detectFaces } from '../../src/pixels/detect/detect';
import { loadNetwork as loadDetector } from '../../src/pixels/detect/network';
import type { RgbaImage } from '../../src/pixels/image';
import { Cancelled, type Restorer } from '../restorer';
import { enlarged } from './enlarge';
import { ENHANCER_KIND } from './kind';
import { type Matte, matteOf } from './matte';
import { loadNetwork } from './network';
import { restoreFace } from './restoreFace';

/** The share of looking for faces in the work. */
const DETECTED = 0.15;

/** Loads both networks; the restorer may then be used any number of times. Rejects where a package is missing. */
export async function loadEnhancer(): Promise<Restorer> {
  const detector = loadDetector(await packWeights());
  const network = await loadNetwork();
  return {
    kind: ENHANCER_KIND,
    restore: async ({ picture, parameters, scale }, { onProgress, isCancelled }) => {
      const check = async (): Promise<void> => {
        if (isCancelled()) throw new Cancelled();
      };
      const faces = await detectFaces(picture.image, detector, { pause: check });
      const mattes = faces.map(({ box }) => matteOf(box, picture.image)).filter((matte) => matte !== null);
      onProgress(DETECTED);
      const out = enlarged(picture.image, scale);
      const whole = mattes.reduce((sum, { weights }) => sum + weights.length, 0);
      let done = 0;
      for (const matte of mattes) {
        const share = matte.weights.length / whole;
        const face = await restoreFace({ picture, region: matte.region, parameters, scale }, network, (fraction) => {
          if (isCancelled()) throw new Cancelled();
          onProgress(DETECTED + (1 - DETECTED) * (done + share * fraction));
        });
        layIn(out, face, matte, scale);
        done += share;
      }
      return { image: out, faces: mattes.length };
    },
  };
}

/** Mixes the restored region into `out`, which is changed; alpha stays as it was. */
function layIn(out: RgbaImage, face: RgbaImage, { region, weights }: Matte, scale: number): void {
  for (let y = 0; y < face.height; y++) {
    for (let x = 0; x < face.width; x++) {
      const weight = weights[Math.floor(y / scale) * region.width + Math.floor(x / scale)]!;
      if (weight === 0) continue;
      const from = (y * face.width + x) * 4;
      const to = ((region.y * scale + y) * out.width + region.x * scale + x) * 4;
      for (let channel = 0; channel < 3; channel++) {
        const old = out.data[to + channel]!;
        out.data[to + channel] = old + weight * (face.data[from + channel]! - old);
      }
    }
  }
}
