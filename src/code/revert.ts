/**
 * Takes off a layer exactly what we added, and puts back exactly what was: from what the layer itself remembers, so it
 * works on copies too. What the user changed since stays as they left it.
 */
import type { PluginError } from '../core/errors';
import { type FileId, type NodeId, nodeId } from '../core/ids';
import { failed, ok, type Result } from '../core/result';
import type { UndoStep } from '../protocol/messages';
import { sameData } from './equal';
import { attemptAsync } from './errors';
import { type Fills, isImage } from './fills';
import { type FilledLayer, isFilled, isInsideInstance } from './layers';
import { isMadeFrom, readMarks, writeMadeFrom, writeMarks } from './marks';
import { takeOffAll } from './stack';
import { asOneStep } from './undo';
import { writeFills } from './writeFills';

/**
 * A new layer of ours is removed as long as it lies by its source. Errors: layer-gone, nothing-to-revert,
 * picture-missing, layer-in-instance, layer-read-only.
 */
export async function revert(id: NodeId, here: FileId, undo: UndoStep = 'own'): Promise<Result<null, PluginError>> {
  return attemptAsync(async () => {
    const node = await figma.getNodeByIdAsync(id);
    if (node === null || node.removed) return failed({ code: 'layer-gone' });
    if (!isFilled(node)) return failed({ code: 'nothing-to-revert' });
    if (standsBySource(node, here)) return removeMade(node, undo);
    const style = await formerStyle(node);
    // From here to the write nobody else gets a turn.
    if (node.removed) return failed({ code: 'layer-gone' });
    const { fills } = node;
    const bare = fills === figma.mixed ? null : takeOffAll(fills, readMarks(node));
    if (bare === null) return nothing(node);
    if (!bare.every((paint) => isHere(paint, fills as Fills))) return failed({ code: 'picture-missing' });
    await asOneStep(async () => {
      await writeFills(node, bare);
      forget(node);
      if (style !== null && sameData(style.paints, bare)) await node.setFillStyleIdAsync(style.id);
    }, undo);
    return ok(null);
  });
}

/** True for a new layer of ours that still lies by the layer it was made from; a copy elsewhere gets its original back. */
function standsBySource(node: FilledLayer, here: FileId): boolean {
  const { parent } = node;
  const isSource = ({ id }: BaseNode): boolean => isMadeFrom(node, { fileId: here, nodeId: nodeId(id) });
  return parent !== null && (isSource(parent) || parent.children.some(isSource));
}

async function removeMade(node: FilledLayer, undo: UndoStep): Promise<Result<null, PluginError>> {
  if (isInsideInstance(node)) return failed({ code: 'layer-in-instance' });
  await asOneStep(async () => node.remove(), undo);
  return ok(null);
}

/** The paint style that our writing detached, if it still exists. */
async function formerStyle(node: FilledLayer): Promise<PaintStyle | null> {
  const ids = readMarks(node).map(({ style }) => style);
  const id = ids.reverse().find((style) => style !== '');
  if (id === undefined || node.fillStyleId !== '') return null;
  const style = await figma.getStyleByIdAsync(id);
  return style !== null && style.type === 'PAINT' ? (style as PaintStyle) : null;
}

/**
 * False for a picture that this document does not hold: somebody removed the original that we keep hidden, and the
 * layer was pasted into another file after that.
 */
function isHere(paint: Paint, fills: Fills): boolean {
  if (!isImage(paint) || paint.imageHash === null) return true;
  const { imageHash } = paint;
  return (
    fills.some((fill) => isImage(fill) && fill.imageHash === imageHash) || figma.getImageByHash(imageHash) !== null
  );
}

/** The user has already removed our result by hand: the buttons that promise to do so go as well. */
async function nothing(node: FilledLayer): Promise<Result<null, PluginError>> {
  if (readMarks(node).length > 0) await asOneStep(async () => forget(node));
  return failed({ code: 'nothing-to-revert' });
}

function forget(node: FilledLayer): void {
  writeMarks(node, []);
  writeMadeFrom(node, null);
  node.setRelaunchData({});
}
