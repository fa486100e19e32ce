/** Closes a decoded picture as soon as nothing in the state shows it any more: decoded pictures are large. */
import type { OpenPicture, Studio } from '../../pixels/studio';
import type { State } from './state';
import type { Store } from './store';

export interface Pictures {
  /** Call it when a picture has been opened and its action dispatched: closes it at once if nobody took it. */
  opened(picture: OpenPicture): void;
}

export function keepPictures(store: Store, studio: Studio): Pictures {
  const open = new Set<number>();
  const sweep = (): void => {
    const shown = shownPictures(store.get());
    for (const id of [...open]) {
      if (shown.has(id)) continue;
      open.delete(id);
      studio.close(id);
    }
  };
  store.subscribe(sweep);
  return {
    opened(picture) {
      open.add(picture.id);
      sweep();
    },
  };
}

function shownPictures(state: State): ReadonlySet<number> {
  const shown = new Set<number>();
  if (state.phase !== 'ready') return shown;
  if (state.subject !== null && 'picture' in state.subject) shown.add(state.subject.picture.id);
  for (const { material } of state.runs) if (material !== null) shown.add(material.picture.id);
  return shown;
}
