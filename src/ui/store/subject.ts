/** Follows the selection: takes one picture in hand, reads, decodes and searches it, and fetches the thumbnails. */
import type { ContentHash, NodeId } from '../../core/ids';
import { hashContent } from '../../core/picture/contentHash';
import type { Target } from '../../core/target';
import type { OpenPicture } from '../../pixels/studio';
import { type Context, ready } from './context';

/** Pixels across of the layer thumbnails. */
const THUMBNAIL_WIDTH = 256;
/** The host must not have more than this many exports in flight: it ran out of memory otherwise. */
const THUMBNAILS_AT_ONCE = 3;

export interface SubjectDeeds {
  /** Call it whenever the selection or what is shown may have changed. */
  follow(): void;
  choose(target: Target): void;
  /** Reads the picture in hand again, after it could not be used. */
  readAgain(): void;
  /** The picture's hash: made ahead while the user looks at it. */
  hashOf(picture: OpenPicture): Promise<ContentHash>;
}

/** Reading stops when another picture is taken in hand, and its answer is dropped. */
export function subjectDeeds(context: Context): SubjectDeeds {
  const { store, host, studio, desk, world, life } = context;
  const hashes = new Map<number, Promise<ContentHash>>();
  const asked = new Set<NodeId>();
  let reading: { readonly target: Target; readonly abort: AbortController } | null = null;

  const hashOf = (picture: OpenPicture): Promise<ContentHash> => {
    const known = hashes.get(picture.id);
    if (known !== undefined) return known;
    // One picture is in hand at a time: the others' hashes need not be kept.
    hashes.clear();
    const made = hashContent(picture.upload.bytes, () => world.sleep(0, life));
    hashes.set(picture.id, made);
    return made;
  };

  const read = async (target: Target, signal: AbortSignal): Promise<void> => {
    const stored = await host.call('picture.read', { target, anyway: false });
    if (signal.aborted) return;
    if (!stored.ok) return store.dispatch({ type: 'subject-unusable', target, error: stored.error });
    const shown: OpenPicture[] = [];
    const show = (picture: OpenPicture): void => {
      shown.push(picture);
      store.dispatch({ type: 'subject-read', target, picture });
    };
    const opened = await desk.open(stored.value.bytes, show, signal);
    if (signal.aborted) return;
    if (!opened.ok) return store.dispatch({ type: 'subject-unusable', target, error: opened.error });
    for (const picture of shown) {
      const faces = await studio.faces(picture.id, signal);
      if (signal.aborted) return;
      store.dispatch({ type: 'subject-searched', target, faces });
      const content = await hashOf(picture);
      if (!signal.aborted) store.dispatch({ type: 'subject-hashed', target, content, at: world.clock() });
    }
  };

  const start = (target: Target): void => {
    reading?.abort.abort();
    const abort = new AbortController();
    reading = { target, abort };
    store.dispatch({ type: 'subject-chosen', target });
    read(target, abort.signal).catch((thrown: unknown) => {
      // Let go on purpose: the selection went on. Anything else is a bug, and is said where the picture would be.
      if (abort.signal.aborted || life.aborted) return;
      store.dispatch({ type: 'subject-unusable', target, error: { code: 'unexpected', detail: String(thrown) } });
    });
  };

  const thumbnails = async (): Promise<void> => {
    for (;;) {
      const state = ready(context);
      const next = state?.selection.pictures.find(
        ({ target: { nodeId } }) => !state.thumbnails.has(nodeId) && !asked.has(nodeId),
      );
      if (next === undefined || asked.size >= THUMBNAILS_AT_ONCE) return;
      const { nodeId } = next.target;
      asked.add(nodeId);
      void host.call('thumbnail.read', { nodeId, width: THUMBNAIL_WIDTH }).then((answer) => {
        asked.delete(nodeId);
        // A thumbnail that cannot be made is only a gap on the screen. Empty bytes: it is not asked for again.
        const bytes = answer.ok ? answer.value : new Uint8Array();
        store.dispatch({ type: 'thumbnail', nodeId, bytes });
        void thumbnails();
      });
    }
  };

  return {
    hashOf,
    choose: start,
    readAgain() {
      const subject = ready(context)?.subject;
      if (subject) start(subject.target);
    },
    follow() {
      const state = ready(context);
      if (state === null) return;
      // While a batch or a run fills the panel nobody looks at the selection: it is read when they come back to it.
      if (state.batch?.shown) return;
      void thumbnails();
      if (state.front !== null || state.settings.service === null) return;
      const { subject, selection } = state;
      if (subject !== null) return;
      const first = selection.pictures.find(({ visible }) => visible) ?? selection.pictures[0];
      if (first !== undefined) return start(first.target);
      reading?.abort.abort();
      reading = null;
    },
  };
}
