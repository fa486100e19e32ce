/** Which forms of a result a layer can take. */
import type { Availability, SelectedPicture } from '../protocol/selection';
import { isBlended } from './fills';
import { type FilledLayer, isInsideInstance } from './layers';
import { isMade } from './marks';

/** Whether a new layer can stand above this one. Its own new layers are written on the spot instead. */
export function newLayerAvailability(node: FilledLayer): Availability {
  if (isMade(node)) return 'yes';
  if (isInsideInstance(node)) return 'in-instance';
  // A variant set holds variants only, and what is inserted into a boolean group becomes part of the shape.
  if (node.type === 'COMPONENT_SET' || node.parent?.type === 'COMPONENT_SET')
    return node.type === 'COMPONENT' ? 'yes' : 'layer-type';
  return node.parent?.type === 'BOOLEAN_OPERATION' ? 'layer-type' : 'yes';
}

/** Fills can always be written; what may stand in the way of the other forms is said in `Availability`. */
export function forms(node: FilledLayer, paint: ImagePaint): SelectedPicture['forms'] {
  return { overlay: isBlended(paint) ? 'fill-blended' : 'yes', replace: 'yes', layer: newLayerAvailability(node) };
}
