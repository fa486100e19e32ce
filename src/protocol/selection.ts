/** What the host tells of the selection. */
import type { ImageHash, NodeId } from '../core/ids';
import type { Size } from '../core/money/price';
import type { Recipe } from '../core/recipe';
import type { PlacementForm, Target } from '../core/target';

export type ScaleMode = 'FILL' | 'FIT' | 'CROP' | 'TILE';

/**
 * Why a form of placement is not offered, or 'yes'. 'fill-blended': the fill is translucent or has a blend mode, so a
 * second fill above it would let the original shine through the restored faces; a baked form shows them as they are.
 */
export type Availability = 'yes' | 'in-instance' | 'layer-type' | 'fill-blended';

/** One image fill of one selected layer. A layer with three image fills gives three of these. */
export interface SelectedPicture {
  readonly target: Target;
  readonly layerName: string;
  /** The host's word for the kind of layer: `RECTANGLE`, `FRAME`, `INSTANCE`... */
  readonly layerKind: string;
  /** Pixels of the stored picture; null when the host cannot say yet. */
  readonly size: Size | null;
  readonly scaleMode: ScaleMode;
  /** 0..1, of the fill. */
  readonly opacity: number;
  readonly blendMode: string;
  /** False when the fill, its layer or anything around the layer is hidden. */
  readonly visible: boolean;
  readonly locked: boolean;
  /** Name of the paint style that writing the fills detaches, or null. */
  readonly paintStyle: string | null;
  /** How many instances the change reaches when the layer belongs to a main component; 0 otherwise. */
  readonly instances: number;
  readonly forms: { readonly [Form in PlacementForm]: Availability };
  /** The result of ours that this layer carries, if any; `sourceHash` is the original to work on again. */
  readonly applied: Recipe | null;
}

/** A selected layer that cannot be worked on, and why. */
export interface UnusableLayer {
  readonly nodeId: NodeId;
  readonly layerName: string;
  readonly layerKind: string;
  readonly reason: UnusableReason;
}

export type UnusableReason =
  | 'no-image-fill'
  | 'text'
  | 'mixed-fills'
  | 'video'
  | 'pattern'
  | 'image-missing'
  | 'only-inside'
  | 'layer-type';

/** A report names at most this many pictures. */
export const MOST_PICTURES = 500;

export interface SelectionReport {
  readonly pictures: readonly SelectedPicture[];
  readonly unusable: readonly UnusableLayer[];
  /** Layers selected in all. */
  readonly layers: number;
  /** Pictures that were found beyond `MOST_PICTURES` and are not in the list. */
  readonly leftOut: number;
}

/** A picture that carries a result of ours, and where it is. */
export interface PlacedResult extends SelectedPicture {
  readonly pageName: string;
}

export interface ResultsReport {
  readonly results: readonly PlacedResult[];
  /** Results beyond `MOST_PICTURES`. */
  readonly leftOut: number;
  /** Pages of the document that were not looked through. */
  readonly unread: number;
}

export const NOTHING_SELECTED: SelectionReport = { pictures: [], unusable: [], layers: 0, leftOut: 0 };

export interface PictureBytes {
  /** The file as the host stores it: no crop, no filter, and of whatever format it is. */
  readonly bytes: Uint8Array;
  readonly imageHash: ImageHash;
}
