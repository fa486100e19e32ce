/**
 * Pictures as Figma holds them: sizes, stored files, renderings of layers. Bytes pass through untouched, at most three
 * pictures at a time; nothing here loops over them.
 */
import type { PluginError } from '../core/errors';
import { type FileId, imageHash, type NodeId } from '../core/ids';
import { failed, ok, type Result } from '../core/result';
import type { Target } from '../core/target';
import type { PictureBytes } from '../protocol/selection';
import type { Gate } from './gate';
import { checkTarget } from './recheck';

/**
 * The file of the target's original as Figma stores it: no crop, no filter. `anyway`: also when its layer is gone or
 * shows something else, as long as the document still holds the picture.
 */
export async function readPicture(
  target: Target,
  anyway: boolean,
  here: FileId,
  gate: Gate,
): Promise<Result<PictureBytes, PluginError>> {
  const checked = await checkTarget(target, here);
  const lost = !checked.ok && (checked.error.code === 'layer-gone' || checked.error.code === 'layer-changed');
  if (!checked.ok && !(anyway && lost)) return checked;
  const image = figma.getImageByHash(target.imageHash);
  if (image === null) return failed({ code: 'picture-missing' });
  try {
    const bytes = await gate(() => image.getBytesAsync());
    return ok({ bytes, imageHash: imageHash(image.hash) });
  } catch {
    // Figma could not fetch the file; it says so in words that change.
    return failed({ code: 'picture-missing' });
  }
}

/** A layer this much taller than wide is rendered by its height, so that a thumbnail of a strip stays small. */
const TALLEST = 4;

/** PNG of the layer as the canvas shows it, `width` pixels wide (a very tall one less). */
export async function readThumbnail(id: NodeId, width: number, gate: Gate): Promise<Result<Uint8Array, PluginError>> {
  const node = await figma.getNodeByIdAsync(id);
  if (node === null || node.removed || !('exportAsync' in node)) return failed({ code: 'layer-gone' });
  const tall = 'height' in node && node.height > node.width * TALLEST;
  const constraint = tall
    ? ({ type: 'HEIGHT', value: width * TALLEST } as const)
    : ({ type: 'WIDTH', value: width } as const);
  try {
    return ok(await gate(() => node.exportAsync({ format: 'PNG', constraint })));
  } catch {
    // Hidden and empty layers cannot be rendered.
    return failed({ code: 'picture-missing' });
  }
}
