/** Opens a result that is ready beside its picture, as soon as its run is shown; and what the layer shows by now. */
import type { Delivered } from '../../../api/running';
import type { PluginError } from '../../../core/errors';
import type { JobId } from '../../../core/ids';
import { ok, type Result } from '../../../core/result';
import type { Face } from '../../../pixels/face';
import type { OpenPicture } from '../../../pixels/studio';
import { type Context, ready } from '../context';
import { facesOf } from '../faces/saved';
import { openLooks, setIn } from './looks';
import { type Material, type OpenLook, type ReadyRun, type ReviewRun, type Run, wholePicture } from './run';
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

/** What cannot be opened fails the run, by `fail`; what was paid for stays to be fetched. */
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
    // Nothing stands for a face where the whole picture is enhanced anyway.
    return meant.length > 0 || order.work.kind === 'enhance' ? meant : [wholePicture(picture)];
  };

  const readMaterial = async (run: ReadyRun): Promise<Result<Material | null, PluginError>> => {
    if (run.material !== null) return ok(run.material);
    const shared = setIn(ready(context)?.runs ?? [], run.order).find(({ material }) => material !== null)?.material;
    if (shared) {
      // Another look has it open: it is handed over.
      store.dispatch({ type: 'run-material', id: run.id, material: shared });
      return ok(shared);
    }
    const bytes =
      run.job === null
        ? await storedFile(context, run.order.target, true)
        : await originalFile(context, { ...run.job, order: run.order });
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
    const others = await openAgain(run, material.value);
    store.dispatch({ type: 'run-opened', id, material: material.value, result: result.value, others });
    return ok(null);
  };

  /** One more result beside a picture that is open. */
  const openLook = async (run: ReadyRun, { picture, faces }: Material): Promise<Result<OpenLook, PluginError>> => {
    const fetched = run.bytes === null ? await fetch(run) : ok(run);
    if (!fetched.ok) return fetched;
    // Bytes that were fetched are never null.
    const result = await studio.addResult(picture.id, fetched.value.bytes ?? new Uint8Array(), faces, life);
    return result.ok ? ok({ order: run.order, result: result.value, credits: run.completion.credits }) : result;
  };

  /** The looks that faces were taken from before the picture was put away: what was chosen stays chosen. */
  const openAgain = async (run: ReadyRun, material: Material): Promise<readonly OpenLook[]> => {
    const looks: OpenLook[] = [];
    for (const id of new Set(run.chosen?.from ?? [])) {
      const look = id === run.id ? null : waiting(id);
      if (look === null) continue;
      const opened = await openLook(look, material);
      if (opened.ok) looks.push(opened.value);
      else fail(id, opened.error);
    }
    return looks;
  };

  const gathering = new Set<JobId>();
  /** The review in front that takes its other looks in; null when it went away. */
  const gatherer = (id: JobId, pictureId: number): ReviewRun | null => {
    const run = find(id);
    return run?.state === 'review' && run.material.picture.id === pictureId ? run : null;
  };

  /** Opens the looks that are ready beside the one that is shown, one after the other. */
  const gather = async (id: JobId): Promise<void> => {
    const run = find(id);
    if (run?.state !== 'review' || gathering.has(id)) return;
    const { material } = run;
    gathering.add(id);
    try {
      for (;;) {
        const now = gatherer(id, material.picture.id);
        const next = now === null ? null : nextLook(ready(context)?.runs ?? [], now);
        if (now === null || next === null) return;
        try {
          const opened = await openLook(next, now.material);
          if (opened.ok) store.dispatch({ type: 'run-look', id, look: opened.value });
          else fail(next.id, opened.error);
        } catch (thrown) {
          // A picture that was put away meanwhile takes no results any more: they stay ready.
          if (life.aborted || gatherer(id, material.picture.id) === null) return;
          fail(next.id, { code: 'unexpected', detail: String(thrown) });
        }
      }
    } finally {
      gathering.delete(id);
    }
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
      if (front !== null) void gather(front);
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

/** The first look of its set that is ready and not open beside it yet. */
function nextLook(runs: readonly Run[], run: ReviewRun): ReadyRun | null {
  const open = new Set(openLooks(run).map(({ order }) => order.id));
  const next = setIn(runs, run.order).find((look) => look.state === 'ready' && !look.opening && !open.has(look.id));
  return next?.state === 'ready' ? next : null;
}
