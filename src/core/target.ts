/** Where a picture is in the document, and how a result goes back there. */
import type { FileId, ImageHash, NodeId } from './ids';

/**
 * One image fill of one layer, as it was when it was read. All four are checked again before anything is written.
 * It names the original: a fill that a result of ours replaced keeps the target it had before.
 */
export interface Target {
  readonly fileId: FileId;
  readonly nodeId: NodeId;
  /** Position in the layer's fills, 0 = lowest, overlays of ours not counted. */
  readonly paintIndex: number;
  readonly imageHash: ImageHash;
}

/**
 * The three ways a result goes onto the canvas.
 * overlay: a second image fill above the original, transparent outside the faces (the default);
 * replace: the original's fill gets the composited picture; layer: a new layer above with the composited picture.
 */
export type PlacementForm = 'overlay' | 'replace' | 'layer';

export const PLACEMENT_FORMS = ['overlay', 'replace', 'layer'] as const;

/** All four: the same fill of the same layer with another picture is another target. */
export function sameTarget(a: Target, b: Target): boolean {
  return a.fileId === b.fileId && a.nodeId === b.nodeId && a.paintIndex === b.paintIndex && a.imageHash === b.imageHash;
}
