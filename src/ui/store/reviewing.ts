/** Opens a result that is ready beside its picture, as soon as its run is shown; and what the layer shows by now. */
import type { Delivered } from '../../api/running';
import type { PluginError } from '../../core/errors';
import type { JobId } from '../../core/ids';
import { ok, type Result } from '../../core/result';
import type { Face } from '../../pixels/face';
import type { OpenPicture } from '../../pixels/studio';
import { type Context, ready } from './context';
import { type Material, type ReadyRun, type Run, wholePicture } from './run';
import { facesOf } from './savedFaces';
import { originalFile, storedFile } from './sources';

export interface ReviewingDeeds {
  /** Call it whenever another run may be shown. */
  follow(): void;
  /** Opens it behind the view. True when it can be reviewed now. */
  open(id: JobId): Promise<boolean>;
  /** Sees again what has become of the layer. */
  look(id: JobId): Promise<void>;
  /** Opens the picture that the layer shows now, to compare the result with it. */
  compare(id: JobId): Promise<void>;
}

export interface Fetching {
  /** Fetches a result that has been paid for once more. */
  fetch(run: ReadyRun): Promise<Result<Delivered, PluginError>>;
  fail(id: JobId, error: PluginError): void;
}

export function reviewingDeeds(context: Context, { fetch, fail }: Fetching): ReviewingDeeds {
  const { store, host, studio, desk, life } = context;
  const find = (id: JobId): Run | undefined => ready(context)?.runs.find((run) => run.id === id);
  /** Null when it was closed, or another window took it meanwhile. */
  const waiting = (id: JobId): ReadyRun | null => {
    const run = find(id);
    return run?.state === 'ready' ? run : null;
  };

  const look = async (id: JobId): Promise<void> => {
    const target = find(id)?.order.target;
    if (target === undefined) return;
    const answer = await host.call('target.look', { target });
    // A host that cannot tell now is asked again when the result is placed.
    if (answer.ok) store.dispatch({ type: 'run-standing', id, standing: answer.value });
  };

  const facesIn = async ({ faces, order }: ReadyRun, picture: OpenPicture): Promise<readonly Face[]> => {
    if (faces !== null) return faces;
    const found = await studio.faces(picture.id, life);
    const meant = order.boxes === null ? found : facesOf(order.boxes, found);
    return meant.length > 0 ? meant : [wholePicture(picture)];
  };

  const readMaterial = async (run: ReadyRun): Promise<Result<Material | null, PluginError>> => {
    if (run.material !== null) return ok(run.material);
    const bytes =
      run.job === null ? await storedFile(context, run.order.target, true) : await originalFile(context, run.job);
    if (!bytes.ok) return bytes;
    let material: Material | null = null;
    const opened = await desk.open(
      bytes.value,
      async (picture) => {
        material = { picture, faces: await facesIn(run, picture) };
        store.dispatch({ type: 'run-material', id: run.id, material });
      },
      life,
    );
    return opened.ok ? ok(material) : opened;
  };

  const bring = async (run: ReadyRun): Promise<Result<null, PluginError>> => {
    const { id } = run;
    await look(id);
    const fetched = run.bytes === null ? await fetch(run) : ok(run);
    if (!fetched.ok) return fetched;
    const known = waiting(id);
    const material = known === null ? ok(null) : await readMaterial(known);
    if (!material.ok) return material;
    const { bytes } = fetched.value;
    if (material.value === null || bytes === null || waiting(id) === null) return ok(null);
    const { picture, faces } = material.value;
    const result = await studio.addResult(picture.id, bytes, faces, life);
    if (!result.ok) return result;
    store.dispatch({ type: 'run-opened', id, material: material.value, result: result.value });
    return ok(null);
  };

  const open = async (id: JobId): Promise<boolean> => {
    const run = waiting(id);
    if (run !== null && !run.opening) {
      store.dispatch({ type: 'run-opening', id });
      try {
        const brought = await bring(run);
        if (!brought.ok) fail(id, brought.error);
      } catch (thrown) {
        if (life.aborted) return false;
        fail(id, { code: 'unexpected', detail: String(thrown) });
      }
    }
    return find(id)?.state === 'review';
  };

  return {
    open,
    look,
    follow() {
      const front = ready(context)?.front ?? null;
      const run = front === null ? null : waiting(front);
      if (run !== null && !run.opening) void open(run.id);
    },
    async compare(id) {
      const run = find(id);
      if (run?.state !== 'review' || run.now !== null || run.standing?.state !== 'changed') return;
      const target = run.standing.now?.target;
      if (target === undefined) return;
      const stored = await storedFile(context, target, true);
      const show = (picture: OpenPicture): void => store.dispatch({ type: 'run-now', id, picture });
      const answer = stored.ok ? await desk.open(stored.value, show, life) : stored;
      if (!answer.ok) store.dispatch({ type: 'trouble', error: answer.error });
    },
  };
}
