/** A paid result whose layer is gone or changed: it goes onto a layer of its own, and nothing is overwritten. */
import type { PluginError } from '../core/errors';
import { imageHash, nodeId } from '../core/ids';
import type { Recipe } from '../core/recipe';
import { failed, ok, type Result } from '../core/result';
import { newLayerName } from '../core/words/hostWords';
import type { Placement, PlaceRequest } from '../protocol/messages';
import { label, recipeOf } from './label';
import { writeMadeFrom, writeMarks } from './marks';
import { planned, type Stack } from './plan';
import { asOneStep } from './undo';

/** Places a request for a new layer in the middle of the view, one unit a pixel; gives `error` back for other forms. */
export async function placeFreely(request: PlaceRequest, error: PluginError): Promise<Result<Placement, PluginError>> {
  const lost = error.code === 'layer-gone' || error.code === 'layer-changed';
  if (request.form !== 'layer' || !lost) return failed(error);
  const image = figma.createImage(request.bytes);
  const { width, height } = await image.getSizeAsync();
  const { x, y } = figma.viewport.center;
  const recipe = recipeOf(request, image.hash);
  const made = await asOneStep(async () => {
    const layer = figma.createRectangle();
    figma.currentPage.appendChild(layer);
    layer.name = newLayerName(request.layerName);
    layer.resize(width, height);
    layer.x = Math.round(x - width / 2);
    layer.y = Math.round(y - height / 2);
    const { fills, marks } = stackOf(recipe);
    layer.fills = fills;
    writeMarks(layer, marks);
    writeMadeFrom(layer, request.target);
    label(layer, recipe);
    return layer;
  }, request.undo);
  return ok({
    nodeId: nodeId(made.id),
    form: 'layer',
    resultHash: imageHash(image.hash),
    notes: ['placed-freely'],
  });
}

/** The result above its hidden original, as on any layer; alone where this file no longer holds the original. */
function stackOf(recipe: Recipe): Stack {
  const filled = (hash: string): ImagePaint => ({ type: 'IMAGE', scaleMode: 'FILL', imageHash: hash });
  const { sourceHash, resultHash } = recipe;
  if (figma.getImageByHash(sourceHash) !== null) {
    return planned({ fills: [filled(sourceHash)], marks: [] }, 0, recipe, 1, '');
  }
  return { fills: [filled(resultHash)], marks: [{ recipe, tile: null, kept: null, style: '' }] };
}
