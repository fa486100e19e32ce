/** Restores the faces of a picture with a network from a file. The background stays as it is. */
import { packWeights } from '../../scripts/pack-weights';
import { ok, type Result } from '../../src/core/result';
import { detectFaces } from '../../src/pixels/detect/detect';
import { loadNetwork } from '../../src/pixels/detect/network';
import { Cancelled, type Restorer } from '../restorer';
import type { ModelFault } from './fault';
import { type Model, openModel } from './model';
import { withFaces } from './withFaces';

/** The share of looking for faces in the work. */
const DETECTED = 0.1;

/** The file is looked at, loaded and tried; nothing of it can be wrong later but for its taste. */
export async function loadNeuralRestorer(file: string): Promise<Result<Restorer, ModelFault>> {
  const model = await openModel(file);
  if (!model.ok) return model;
  const detector = loadNetwork(await packWeights());
  return ok({
    kind: kindOf(model.value),
    restore: async ({ picture, parameters, scale }, { onProgress, isCancelled }) => {
      const check = (): void => {
        if (isCancelled()) throw new Cancelled();
      };
      const faces = await detectFaces(picture.image, detector, { pause: async () => check() });
      onProgress(DETECTED);
      const image = await withFaces(picture.image, faces, parameters, scale, model.value, (fraction) => {
        check();
        onProgress(DETECTED + (1 - DETECTED) * fraction);
      });
      return { image, faces: faces.length };
    },
  });
}

/** Said wherever the engine introduces itself. */
function kindOf({ name, family }: Model): string {
  const like = family === 'weighted' ? 'CodeFormer' : 'GFPGAN or RestoreFormer';
  return `Neural restorer on this machine (${name}, of the kind of ${like}); it makes up what it cannot see`;
}
