/**
 * Lays what the service sent on its original and keeps of both only what a row shows: whether it fits is known before
 * anybody opens it. The pictures are put away again.
 */
import type { Delivered } from '../../../api/running';
import type { PluginError } from '../../../core/errors';
import type { JobOrder } from '../../../core/job/job';
import { ok, type Result } from '../../../core/result';
import type { Context } from '../context';
import { facesOf } from '../faces/saved';
import { wholePicture } from '../runs/run';
import { EVERY_FACE, type FoundKnown, MOST_CROPS, type ReadyWork, type Row } from './batch';
import { readOriginal } from './material';
import { LOOK, type SurveyDeeds } from './survey';

export interface Checked {
  /** What the row knows of its picture from now on; null: it knew before. */
  readonly found: FoundKnown | null;
  readonly ready: Pick<ReadyWork, 'completion' | 'faces' | 'result' | 'crops'>;
}

/**
 * Errors: those of reading and of opening the original, and those of `Studio.addResult`. Takes its turn at the
 * desk.
 */
export async function checkDelivered(
  context: Context,
  look: SurveyDeeds['look'],
  row: Row,
  order: JobOrder,
  { bytes, completion }: Delivered,
): Promise<Result<Checked, PluginError>> {
  const { studio, desk, life } = context;

  /** The faces that were paid for. */
  const facesIn = async (pictureId: number) => {
    if (row.found.state === 'known') return row.found.faces;
    const found = await studio.faces(pictureId, life);
    return order.boxes === null ? found : facesOf(order.boxes, found);
  };

  const checked = await desk.work(
    () => readOriginal(context, row, order.id),
    async (picture): Promise<Result<Checked, PluginError>> => {
      const known = await facesIn(picture.id);
      const faces = known.length > 0 ? known : [wholePicture(picture)];
      const found = row.found.state === 'known' ? null : await look(picture, known);
      const result = await studio.addResult(picture.id, bytes, faces, life);
      if (!result.ok) return result;
      const choices = faces.map((face) => ({ face, resultId: result.value.id, ...EVERY_FACE }));
      const crops: ImageBitmap[] = [];
      for (const face of known.slice(0, MOST_CROPS)) crops.push(await studio.crop(picture.id, face, LOOK, choices));
      const { size, scale, change, wholeFrameChanged } = result.value;
      return ok({ found, ready: { completion, faces, result: { size, scale, change, wholeFrameChanged }, crops } });
    },
    life,
  );
  return checked.ok ? checked.value : checked;
}
