/**
 * Whether a target is still what it was. Asked again before every write: while a job ran, somebody may have deleted the
 * layer, changed its picture or moved its fills.
 */
import type { PluginError } from '../core/errors';
import type { FileId } from '../core/ids';
import { failed, ok, type Result } from '../core/result';
import type { Target } from '../core/target';
import { type Fills, isImage } from './fills';
import { type FilledLayer, isFilled } from './layers';
import { type Mark, readMarks } from './marks';
import { type Base, bases } from './stack';

/** A fill of the user's and its number among them, 0 = lowest: what a target calls its paint index. */
export interface Found {
  readonly base: Base;
  readonly index: number;
}

/** Where the target's fill is in this list. A fill that has moved is found by its picture, if only one fits. */
export function findFill(fills: Fills, marks: readonly Mark[], target: Target): Result<Found, PluginError> {
  const all = bases(fills, marks).map((base, index) => ({ base, index }));
  const fits = ({ base: { paint, original } }: Found): boolean =>
    isImage(paint) && (original === target.imageHash || paint.imageHash === target.imageHash);
  const there = all[target.paintIndex];
  if (there !== undefined && fits(there)) return ok(there);
  const elsewhere = all.filter(fits);
  return elsewhere.length === 1 ? ok(elsewhere[0]!) : failed({ code: 'layer-changed' });
}

/** The target's layer, or why it cannot be reached. */
export async function findLayer(target: Target, here: FileId): Promise<Result<FilledLayer, PluginError>> {
  if (target.fileId !== here) return failed({ code: 'layer-elsewhere' });
  const node = await figma.getNodeByIdAsync(target.nodeId);
  if (node === null || node.removed) return failed({ code: 'layer-gone' });
  return isFilled(node) ? ok(node) : failed({ code: 'layer-changed' });
}

export interface Checked {
  readonly fills: Fills;
  readonly marks: readonly Mark[];
  /** The target's paint index as it is now. */
  readonly index: number;
  /** Position in `fills` of what stands for the target's fill. */
  readonly at: number;
  /** The fill as it is without a result of ours. */
  readonly bare: Paint;
}

/** The fills as they are at this moment. Synchronous, so that a write in the same turn meets what was checked. */
export function check(node: FilledLayer, target: Target): Result<Checked, PluginError> {
  if (node.removed) return failed({ code: 'layer-gone' });
  const { fills } = node;
  if (fills === figma.mixed) return failed({ code: 'layer-changed' });
  const marks = readMarks(node);
  const found = findFill(fills, marks, target);
  if (!found.ok) return found;
  const { base, index } = found.value;
  return ok({ fills, marks, index, at: base.at, bare: base.bare });
}

/** Whether the target is still what it was, without writing. */
export async function checkTarget(target: Target, here: FileId): Promise<Result<null, PluginError>> {
  const layer = await findLayer(target, here);
  if (!layer.ok) return layer;
  const checked = check(layer.value, target);
  return checked.ok ? ok(null) : checked;
}
