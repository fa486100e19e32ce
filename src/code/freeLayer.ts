/** A paid result whose layer is gone or changed: it goes onto a layer of its own, and nothing is overwritten. */
import type { PluginError } from '../core/errors';
import { newLayerName } from '../core/hostWords';
import { imageHash, nodeId } from '../core/ids';
import { failed, ok, type Result } from '../core/result';
import type { Placement, PlaceRequest } from '../protocol/messages';
import { label, recipeOf } from './label';
import { writeMadeFrom, writeMarks } from './marks';
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
    layer.fills = [{ type: 'IMAGE', scaleMode: 'FILL', imageHash: image.hash }];
    writeMarks(layer, [{ recipe, tile: null, style: '' }]);
    writeMadeFrom(layer, request.target.nodeId);
    label(layer, recipe);
    return layer;
  });
  return ok({
    nodeId: nodeId(made.id),
    form: 'layer',
    resultHash: imageHash(image.hash),
    notes: ['placed-freely'],
  });
}
