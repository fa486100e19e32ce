/** The faces of the picture in hand while the user corrects them. An index that no face has changes nothing. */
import { unreachable } from '../../../core/result';
import type { FacesAction } from '../action';
import type { KnownSubject, Ready } from '../state';
import {
  broughtBack,
  type FaceDeed,
  type FaceEdits,
  firstEdits,
  withBox,
  withFace,
  withFound,
  withoutFace,
} from './edits';

/** Each change can be undone, one after the other; indices are those shown, from 0. */
export function updateFaces(state: Ready, action: FacesAction): Ready {
  const { subject, faceEditor } = state;
  if (action.type === 'faces-done') return faceEditor === null ? state : { ...state, faceEditor: null };
  if (subject?.state !== 'known') return state;
  const edits = state.faceEdits.get(subject.target.imageHash) ?? firstEdits(subject.faces);
  if (action.type === 'faces-opened') {
    return withEdits({ ...state, faceEditor: { selected: existing(edits, action.selected), said: null } }, edits);
  }
  if (faceEditor === null) return state;
  const size = subject.picture.size;

  const done = (next: FaceEdits, what: FaceDeed, face: number, selected: number | null): Ready =>
    next === edits ? state : withEdits({ ...state, faceEditor: { selected, said: { what, face } } }, next);

  switch (action.type) {
    case 'face-selected':
      return { ...state, faceEditor: { ...faceEditor, selected: existing(edits, action.face) } };
    case 'face-added':
      return done(withFace(edits, action.box, size), 'added', edits.faces.length, edits.faces.length);
    case 'face-removed':
      // Nothing is selected afterwards: a second press must not take the next one too.
      return done(withoutFace(edits, action.face), 'removed', action.face, null);
    case 'face-changed': {
      const { face, box } = action;
      const again = faceEditor.said?.what === 'changed' && faceEditor.said.face === face;
      return done(withBox(edits, face, box, size, again), 'changed', face, face);
    }
    case 'faces-undone':
      if (edits.before === null) return state;
      return withEdits({ ...state, faceEditor: { selected: broughtBack(edits), said: null } }, edits.before);
    default:
      return unreachable(action);
  }
}

/** The detector's answer, with what the user has made of this picture before. */
export function searched(state: Ready, subject: KnownSubject): Ready {
  const kept = state.faceEdits.get(subject.target.imageHash);
  const next = { ...state, subject };
  return kept === undefined ? next : withEdits(next, withFound(kept, subject.faces));
}

/** Leaves the editor with the picture it was opened for. */
export function closeWithoutPicture(state: Ready): Ready {
  return state.faceEditor !== null && state.subject?.state !== 'known' ? { ...state, faceEditor: null } : state;
}

function withEdits(state: Ready, edits: FaceEdits): Ready {
  const { subject } = state;
  if (subject?.state !== 'known') return state;
  const faceEdits = new Map(state.faceEdits).set(subject.target.imageHash, edits);
  return { ...state, subject: { ...subject, faces: edits.faces }, faceEdits };
}

const existing = ({ faces }: FaceEdits, index: number | null): number | null =>
  index !== null && faces[index] !== undefined ? index : null;
