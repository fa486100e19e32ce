/** Holds the one state and tells who listens. Knows nothing of the host, the service or the screen. */
import type { Action } from './action';
import { OPENING, type State } from './state';
import { update } from './update';

export interface Store {
  get(): State;
  dispatch(action: Action): void;
  /** Calls back after each change; gives the function that stops it. */
  subscribe(hear: () => void): () => void;
}

/** Who listens is called after the change, once for each action that changes anything, and not for others. */
export function createStore(first: State = OPENING): Store {
  let state = first;
  const hearers = new Set<() => void>();
  return {
    get: () => state,
    dispatch(action) {
      const next = update(state, action);
      if (next === state) return;
      state = next;
      for (const hear of [...hearers]) hear();
    },
    subscribe(hear) {
      hearers.add(hear);
      return () => {
        hearers.delete(hear);
      };
    },
  };
}
