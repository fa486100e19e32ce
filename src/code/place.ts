/** Writes one result onto the canvas as one undo step, after checking that its target is still what it was. */
import type { PluginError } from '../core/errors';
import { type FileId, imageHash, nodeId } from '../core/ids';
import { failed, ok, type Result } from '../core/result';
import type { Placement, PlacementNote, PlaceRequest } from '../protocol/messages';
import { sameData } from './equal';
import { attemptAsync } from './errors';
import { isBlended, isImage } from './fills';
import { newLayerAvailability } from './forms';
import { placeFreely } from './freeLayer';
import { label, recipeOf } from './label';
import { type FilledLayer, instancesOf, isInsideInstance } from './layers';
import { isMade, writeMadeFrom, writeMarks } from './marks';
import { earlierLayer, makeLayer } from './newLayer';
import { planned } from './plan';
import { type Checked, check, findLayer } from './recheck';
import { resultOn } from './stack';
import { asOneStep } from './undo';
import { writeFills } from './writeFills';

/**
 * Errors: layer-elsewhere, -gone, -changed, -read-only, -in-instance, image-refused. A new layer is made in the middle
 * of the view where the target's is gone or changed.
 */
export async function place(request: PlaceRequest, here: FileId): Promise<Result<Placement, PluginError>> {
  return attemptAsync(async () => {
    const layer = await findLayer(request.target, here);
    if (!layer.ok) return placeFreely(request, layer.error);
    const node = layer.value;
    // Whatever takes time comes before the check: from there to the write nobody else gets a turn.
    const instances = await instancesOf(node);
    const checked = check(node, request.target);
    if (!checked.ok) return placeFreely(request, checked.error);
    const makesLayer = request.form === 'layer' && !isMade(node);
    const placed = makesLayer
      ? await placeAbove(node, checked.value, request)
      : await placeOn(node, checked.value, request);
    if (!placed.ok || instances === 0) return placed;
    return ok({ ...placed.value, notes: [...placed.value.notes, 'reaches-instances' as const] });
  });
}

/** What the user should know of writing to these fills. */
function notesOn(node: FilledLayer, checked: Checked, request: PlaceRequest): PlacementNote[] {
  const paint = checked.bare as ImagePaint;
  const notes: PlacementNote[] = [];
  if (resultOn(checked.fills, checked.marks, checked.at) !== null) notes.push('overlay-replaced');
  if (node.fillStyleId !== '') notes.push('style-detached');
  if (paint.scaleMode === 'TILE' && request.scale !== 1) notes.push('tile-adjusted');
  if (request.form === 'overlay' && isBlended(paint)) notes.push('fill-blended');
  if (paint.visible === false) notes.push('source-hidden');
  return notes;
}

/**
 * True for a layer in an instance that already shows the result, which its main component has handed down: of several
 * layers that show one picture, one may be the original of another. Written again, it would lie there twice.
 */
function cameFromMain(node: FilledLayer, { fills, at }: Checked, resultHash: string): boolean {
  if (node.type !== 'INSTANCE' && !isInsideInstance(node)) return false;
  return fills.slice(at, at + 2).some((paint) => isImage(paint) && paint.imageHash === resultHash);
}

/** Overlay or replaced fill, on the layer itself. */
async function placeOn(
  node: FilledLayer,
  checked: Checked,
  request: PlaceRequest,
): Promise<Result<Placement, PluginError>> {
  const { hash } = figma.createImage(request.bytes);
  if (cameFromMain(node, checked, hash)) {
    return ok({ nodeId: nodeId(node.id), form: request.form, resultHash: imageHash(hash), notes: [] });
  }
  const notes = notesOn(node, checked, request);
  const recipe = recipeOf(request, hash);
  const next = planned(checked, checked.at, recipe, request.scale, String(node.fillStyleId));
  await asOneStep(async () => {
    // The fills first: what Figma refuses is refused here, and then nothing else is written either.
    // The same result once more is no write: in an instance it would end the following of the main component.
    if (!sameData(next.fills, checked.fills)) await writeFills(node, next.fills);
    writeMarks(node, next.marks);
    label(node, recipe);
  }, request.undo);
  return ok({ nodeId: nodeId(node.id), form: request.form, resultHash: recipe.resultHash, notes });
}

/** True for a layer that lets what is below it through, whatever its fills are. */
function isSeeThrough(node: FilledLayer): boolean {
  if (!('opacity' in node)) return false;
  return node.opacity < 1 || (node.blendMode !== 'NORMAL' && node.blendMode !== 'PASS_THROUGH');
}

/** A new layer above the source; the source itself stays as it is. */
async function placeAbove(
  node: FilledLayer,
  checked: Checked,
  request: PlaceRequest,
): Promise<Result<Placement, PluginError>> {
  const available = newLayerAvailability(node);
  if (available === 'in-instance') return failed({ code: 'layer-in-instance' });
  if (available !== 'yes') return failed({ code: 'layer-read-only' });
  const earlier = earlierLayer(node, request.target);
  const again = earlier === null ? null : check(earlier, request.target);
  if (earlier !== null && again?.ok) return placeOn(earlier, again.value, request);
  const { hash } = figma.createImage(request.bytes);
  const notes = notesOn(node, checked, request).filter(
    (note) => note !== 'style-detached' && note !== 'overlay-replaced',
  );
  if (isBlended(checked.bare as ImagePaint) || isSeeThrough(node)) notes.push('both-translucent');
  const recipe = recipeOf(request, hash);
  const next = planned(checked, checked.at, recipe, request.scale, '');
  const made = await asOneStep(async () => {
    const layer = makeLayer(node);
    try {
      writeMarks(layer, next.marks);
      writeMadeFrom(layer, request.target);
      await writeFills(layer, next.fills);
      label(layer, recipe);
      return layer;
    } catch (thrown) {
      layer.remove();
      throw thrown;
    }
  }, request.undo);
  return ok({ nodeId: nodeId(made.id), form: 'layer', resultHash: recipe.resultHash, notes });
}
