/**
 * The place for decoded pictures, which are large: never more than `MOST_OPEN` at once in the whole panel. A picture that
 * the state shows stays; one that it does not show any more is closed at once; when there is no room, what lies behind the
 * view is put away first. Work that needs a picture for a moment takes turns.
 */
import type { PluginError } from '../../../core/errors';
import { failed, ok, type Result } from '../../../core/result';
import type { OpenPicture, Studio } from '../../../pixels/studio';
import type { Store } from '../store';
import { putAway, shownPictures } from './onDesk';

/** The picture in hand, the one of the run that is shown, and one that is worked on. */
const MOST_OPEN = 3;

export interface Desk {
  /** Opens a picture for the screen; `show` puts it into the state, which keeps it open once `show` has settled. */
  open(
    bytes: Uint8Array,
    show: (picture: OpenPicture) => void | Promise<void>,
    signal: AbortSignal,
  ): Promise<Result<null, PluginError>>;
  /**
   * Opens a picture for a piece of work, one piece after the other. `read` is asked for the bytes when it is its turn.
   * Closed when `use` has settled, unless the state shows it by then.
   */
  work<Value>(
    read: (signal: AbortSignal) => Promise<Result<Uint8Array, PluginError>>,
    use: (picture: OpenPicture) => Promise<Value>,
    signal: AbortSignal,
  ): Promise<Result<Value, PluginError>>;
}

interface Waiting {
  /** Somebody looks at the screen and waits. */
  readonly urgent: boolean;
  readonly enter: () => void;
}

/** `open` and `work` reject with the signal's reason; errors of the picture itself are results. */
export function createDesk(store: Store, studio: Studio): Desk {
  const open = new Set<number>();
  const lent = new Set<number>();
  const waiting: Waiting[] = [];
  let opening = 0;
  let working: Promise<unknown> = Promise.resolve();

  const admit = (): void => {
    while (waiting.length > 0) {
      if (open.size + opening >= MOST_OPEN) {
        const state = store.get();
        const action = state.phase === 'ready' ? putAway(state, lent) : null;
        if (action === null) return;
        // The sweep that follows closes the picture and admits the next.
        store.dispatch(action);
        return;
      }
      const at = Math.max(
        0,
        waiting.findIndex(({ urgent }) => urgent),
      );
      opening++;
      waiting.splice(at, 1)[0]?.enter();
    }
  };

  const sweep = (): void => {
    const shown = shownPictures(store.get());
    let closed = false;
    for (const id of [...open]) {
      if (shown.has(id) || lent.has(id)) continue;
      open.delete(id);
      studio.close(id);
      closed = true;
    }
    if (closed || waiting.length > 0) admit();
  };
  store.subscribe(sweep);

  const place = (urgent: boolean, signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const leave = (): void => {
        waiting.splice(waiting.indexOf(entry), 1);
        reject(signal.reason);
      };
      const entry: Waiting = {
        urgent,
        enter: () => {
          signal.removeEventListener('abort', leave);
          resolve();
        },
      };
      signal.addEventListener('abort', leave, { once: true });
      waiting.push(entry);
      admit();
    });

  /** In a place that was entered: gives it back when there is no picture. */
  const decode = async (
    read: () => Promise<Result<Uint8Array, PluginError>>,
    signal: AbortSignal,
  ): Promise<Result<OpenPicture, PluginError>> => {
    try {
      const bytes = await read();
      if (!bytes.ok) return bytes;
      const opened = await studio.open(bytes.value, signal);
      if (opened.ok) {
        open.add(opened.value.id);
        lent.add(opened.value.id);
      }
      return opened;
    } finally {
      opening--;
      admit();
    }
  };

  const giveBack = (id: number): void => {
    lent.delete(id);
    sweep();
  };

  return {
    async open(bytes, show, signal) {
      await place(true, signal);
      const opened = await decode(async () => ok(bytes), signal);
      if (!opened.ok) return failed(opened.error);
      try {
        if (!signal.aborted) await show(opened.value);
      } finally {
        giveBack(opened.value.id);
      }
      return ok(null);
    },
    async work(read, use, signal) {
      const before = working;
      let done: () => void = () => undefined;
      working = new Promise<void>((resolve) => {
        done = resolve;
      });
      try {
        await before;
        await place(false, signal);
        const opened = await decode(() => read(signal), signal);
        if (!opened.ok) return failed(opened.error);
        try {
          return ok(await use(opened.value));
        } finally {
          giveBack(opened.value.id);
        }
      } finally {
        done();
      }
    },
  };
}
