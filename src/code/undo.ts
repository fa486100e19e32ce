/**
 * One press of Apply is one step of Ctrl+Z. Figma joins all that a plugin does into one step unless it is split: once
 * before the first write, so that the user's own last step stays apart, and once after.
 */
export async function asOneStep<Value>(write: () => Promise<Value>): Promise<Value> {
  figma.commitUndo();
  try {
    return await write();
  } finally {
    figma.commitUndo();
  }
}
