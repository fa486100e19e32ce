/** Dragging layers: they follow the pointer in whole pixels, and letting go is one step to undo. */
import { write } from '../../document/edits';
import { multiply, translation, type Vec } from '../../document/transform';
import { find } from '../../document/tree';
import type { Session } from '../session';

export interface Move {
  to(at: Vec): void;
  /** True when anything was moved. */
  end(): boolean;
}

/** Screen pixels that the pointer must travel before it is a drag and not a click. */
const THRESHOLD = 3;

/** `from`: page units. Locked layers and those of instances stay. */
export function beginMove(session: Session, ids: readonly string[], from: Vec): Move {
  const { document } = session;
  // What a running plugin wrote so far is a step of its own.
  document.commit();
  const start = document.tree();
  let moved: Vec | null = null;
  return {
    to(at) {
      const dx = Math.round(at.x - from.x);
      const dy = Math.round(at.y - from.y);
      const far = Math.hypot(at.x - from.x, at.y - from.y) * session.camera().zoom;
      if (moved === null && far < THRESHOLD) return;
      if (moved?.x === dx && moved.y === dy) return;
      moved = { x: dx, y: dy };
      document.change('plugin', (now) =>
        ids.reduce((tree, id) => {
          const node = find(start, id);
          if (node === null || find(tree, id) === null || node.locked || node.id.startsWith('I')) return tree;
          return write(tree, id, { transform: multiply(translation(dx, dy), node.transform) });
        }, now),
      );
    },
    end() {
      if (moved !== null) document.commit();
      return moved !== null;
    },
  };
}
