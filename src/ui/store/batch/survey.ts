/** Looks through the pictures of a batch, one after the other: size, faces, hash. Each is put away again at once. */
import type { PluginError } from '../../../core/errors';
import { hashContent } from '../../../core/picture/contentHash';
import type { Result } from '../../../core/result';
import type { Face } from '../../../pixels/face';
import type { OpenPicture } from '../../../pixels/studio';
import { type Context, ready } from '../context';
import { type Batch, type FoundKnown, MOST_CROPS, type Row } from './batch';
import { readShown } from './material';

/** Pixels of the small pictures in a row: sharp on screens with two pixels a unit. */
export const LOOK = 80;

export interface SurveyDeeds {
  /** Call it whenever the batch may have changed: collects, and looks through what has not been looked through. */
  follow(): void;
  /** What a row shows and needs of its picture, which is open. */
  look(picture: OpenPicture, faces: readonly Face[]): Promise<FoundKnown>;
}

/** A picture that cannot be used becomes a row that says why, and does not stop the others. */
export function surveyDeeds(context: Context): SurveyDeeds {
  const { store, host, studio, world, desk, life } = context;
  /** The empty list of the batch that is being collected: each has its own. */
  let collecting: readonly Row[] | null = null;
  let looking = false;

  const collect = async ({ scope, rows }: Batch): Promise<void> => {
    const answer = await host.call('pictures.collect', { scope });
    // Another collecting was begun meanwhile.
    if (collecting !== rows || life.aborted) return;
    if (answer.ok) return store.dispatch({ type: 'batch-collected', report: answer.value, at: world.clock() });
    store.dispatch({ type: 'batch-closed' });
    store.dispatch({ type: 'trouble', error: answer.error });
  };

  const look: SurveyDeeds['look'] = async (picture, faces) => {
    const crops: ImageBitmap[] = [];
    for (const face of faces.slice(0, MOST_CROPS)) crops.push(await studio.crop(picture.id, face, LOOK));
    const { size, upload } = picture;
    return {
      state: 'known',
      size,
      faces,
      content: await hashContent(upload.bytes, () => world.sleep(0, life)),
      sendAs: upload.converted ? null : upload.format,
      look: await studio.bitmap(picture.id, LOOK),
      crops,
    };
  };

  const lookThrough = async (row: Row): Promise<void> => {
    const { picture: hash } = row;
    store.dispatch({ type: 'batch-read', picture: hash, found: { state: 'reading' } });
    const edits = ready(context)?.faceEdits.get(hash);
    const found: Result<FoundKnown, PluginError> = await desk.work(
      () => readShown(context, row),
      async (picture) => look(picture, edits?.faces ?? (await studio.faces(picture.id, life))),
      life,
    );
    store.dispatch({
      type: 'batch-read',
      picture: hash,
      found: found.ok ? found.value : { state: 'unusable', error: found.error },
    });
  };

  const next = (): Row | undefined => {
    const state = ready(context);
    const batch = state?.batch;
    if (!state || !batch) return undefined;
    return batch.rows.find(
      (row) => needsLooking(batch, row) || isOutdated(row, state.faceEdits.get(row.picture)?.faces),
    );
  };

  const run = async (): Promise<void> => {
    looking = true;
    try {
      for (let row = next(); row !== undefined && !life.aborted; row = next()) {
        try {
          await lookThrough(row);
        } catch (thrown) {
          if (life.aborted) return;
          const error = { code: 'unexpected', detail: String(thrown) } as const;
          store.dispatch({ type: 'batch-read', picture: row.picture, found: { state: 'unusable', error } });
        }
      }
    } finally {
      looking = false;
    }
  };

  return {
    look,
    follow() {
      const batch = ready(context)?.batch ?? null;
      const wanted = batch?.phase === 'collecting' ? batch.rows : null;
      if (wanted !== collecting) {
        collecting = wanted;
        if (batch !== null && wanted !== null) void collect(batch);
      }
      if (!looking && next() !== undefined) void run();
    },
  };
}

/** In a batch that goes on from an earlier opening only what was never sent has to be looked through again. */
function needsLooking({ phase }: Batch, { found, work }: Row): boolean {
  if (found.state !== 'waiting') return false;
  return phase === 'survey' || (phase === 'run' && work.state === 'failed' && work.order === null);
}

/** The user has corrected the faces since. */
function isOutdated({ found, work }: Row, edited: readonly Face[] | undefined): boolean {
  return work.state === 'none' && found.state === 'known' && edited !== undefined && found.faces !== edited;
}
