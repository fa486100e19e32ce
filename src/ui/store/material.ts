/** Reads the picture of a job that was found at the opening: its faces are needed before the result can be shown. */
import type { PluginError } from '../../core/errors';
import type { JobId } from '../../core/ids';
import type { JobOrder } from '../../core/job';
import { type Context, ready } from './context';
import type { Pictures } from './pictures';
import { type Material, wholePicture } from './run';

/** Null when the layer or its picture is not what it was; the run then says so. */
export async function readMaterial(
  context: Context,
  pictures: Pictures,
  id: JobId,
  order: JobOrder,
): Promise<Material | null> {
  const { store, host, studio, life } = context;
  const refuse = (error: PluginError): null => {
    store.dispatch({ type: 'run-failed', id, error });
    return null;
  };
  const stored = await host.call('picture.read', { target: order.target, anyway: false });
  if (!stored.ok) return refuse(stored.error);
  if (stored.value.imageHash !== order.target.imageHash) return refuse({ code: 'layer-changed' });
  const opened = await studio.open(stored.value.bytes, life);
  if (!opened.ok) return refuse(opened.error);
  const picture = opened.value;
  const found = await studio.faces(picture.id, life);
  const material = { picture, faces: found.length > 0 ? found : [wholePicture(picture)] };
  store.dispatch({ type: 'run-material', id, material });
  pictures.opened(picture);
  return ready(context)?.runs.some((run) => run.id === id) ? material : null;
}
