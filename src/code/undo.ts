/**
 * One press of Apply is one step of Ctrl+Z. Figma joins all that a plugin does into one step unless it is split: once
 * before the first write, so that the user's own last step stays apart, and once after. Several results of one press
 * are joined: the panel splits before the first and after the last.
 */
import type { UndoStep } from '../protocol/messages';

/**
 * 'joined': within a step that the caller begins and ends. The step is closed too when `write` rejects, and its
 * error is passed on.
 */
export async function asOneStep<Value>(write: () => Promise<Value>, undo: UndoStep = 'own'): Promise<Value> {
  if (undo === 'joined') return write();
  figma.commitUndo();
  try {
    return await write();
  } finally {
    figma.commitUndo();
  }
}
