/** The selection, and the one picture of it that is in hand. Answers about a picture that is no longer in hand are dropped. */
import { unreachable } from '../../core/result';
import { sameTarget, type Target } from '../../core/target';
import type { SelectionReport } from '../../protocol/selection';
import type { SelectionAction } from './action';
import { closeWithoutPicture, searched } from './faces/update';
import { closed } from './runs/front';
import type { Ready, Subject } from './state';

/** The editor of faces closes with the picture that it was opened for. */
export function updateSelection(state: Ready, action: SelectionAction): Ready {
  return closeWithoutPicture(updated(state, action));
}

function updated(state: Ready, action: SelectionAction): Ready {
  switch (action.type) {
    case 'selection':
      return {
        ...leaveApplied(state, action.selection),
        selection: action.selection,
        subject: stillInHand(state.subject, action.selection),
        thumbnails: new Map(
          [...state.thumbnails].filter(([id]) => action.selection.pictures.some(({ target }) => target.nodeId === id)),
        ),
      };
    case 'thumbnail':
      return { ...state, thumbnails: new Map(state.thumbnails).set(action.nodeId, action.bytes) };
    case 'subject-chosen':
      if (!state.selection.pictures.some(({ target }) => sameTarget(target, action.target))) return state;
      return { ...state, subject: { state: 'reading', target: action.target }, trouble: null };
    case 'subject-read':
      return about(state, action.target, () => ({
        state: 'searching',
        target: action.target,
        picture: action.picture,
      }));
    case 'subject-searched': {
      const { subject } = state;
      if (subject === null || !sameTarget(subject.target, action.target) || !('picture' in subject)) return state;
      return searched(state, { ...subject, state: 'known', faces: action.faces, hashed: null });
    }
    case 'subject-hashed': {
      const { subject } = state;
      if (subject?.state !== 'known' || !sameTarget(subject.target, action.target)) return state;
      return { ...state, subject: { ...subject, hashed: { content: action.content, at: action.at } } };
    }
    case 'subject-rested':
      return { ...state, subject: null };
    case 'subject-unusable':
      return about(state, action.target, () => ({ state: 'unusable', target: action.target, error: action.error }));
    default:
      return unreachable(action);
  }
}

/** A result that is on the canvas keeps nobody from the next picture: selecting another layer closes it. */
function leaveApplied(state: Ready, selection: SelectionReport): Ready {
  const run = state.runs.find(({ id }) => id === state.front);
  if (run?.state !== 'applied' || selection.layers === 0) return state;
  const layers = [run.order.target.nodeId, run.placement.nodeId];
  const selected = [...selection.pictures.map(({ target }) => target), ...selection.unusable];
  if (selected.some(({ nodeId }) => layers.includes(nodeId))) return state;
  return { ...closed(state, run.id), front: null, page: state.page };
}

function about(state: Ready, target: Target, change: (subject: Subject) => Subject): Ready {
  if (state.subject === null || !sameTarget(state.subject.target, target)) return state;
  return { ...state, subject: change(state.subject) };
}

/** The picture stays in hand while it is selected; what was selected beside it does not matter. */
function stillInHand(subject: Subject | null, selection: SelectionReport): Subject | null {
  if (subject === null) return null;
  return selection.pictures.some(({ target }) => sameTarget(target, subject.target)) ? subject : null;
}
