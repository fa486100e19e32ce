/** Reads one layer: each image fill that can be worked on, or why there is none. Reads only. */
import { type FileId, imageHash, nodeId } from '../core/ids';
import type { Size } from '../core/money/price';
import type { SelectedPicture, UnusableLayer, UnusableReason } from '../protocol/selection';
import { type Fills, isImage } from './fills';
import { forms } from './forms';
import { type FilledLayer, isFilled, isShown, mainComponent } from './layers';
import { type Mark, readMarks } from './marks';
import { type Base, bases, resultOn } from './stack';

/** What is the same for all layers of one report: each question goes to Figma once. */
export interface Reading {
  readonly here: FileId;
  /** Pixels of a stored picture; null while Figma has not said. */
  sizeOf(hash: string): Promise<Size | null>;
  /** How many instances a component has. */
  instancesOf(main: ComponentNode): Promise<number>;
  /** The name of a paint style; empty for one of a library that is not loaded. */
  styleName(id: string): Promise<string>;
}

/** For one report only: what it has learned would be stale in the next. */
export function startReading(here: FileId, sizeOf: Reading['sizeOf']): Reading {
  return {
    here,
    sizeOf,
    instancesOf: once(
      async (main: ComponentNode) => (await main.getInstancesAsync()).length,
      ({ id }) => id,
    ),
    styleName: once(
      async (id: string) => (await figma.getStyleByIdAsync(id))?.name ?? '',
      (id) => id,
    ),
  };
}

/** The same function, which asks once for each key. */
function once<Given, Value>(ask: (given: Given) => Promise<Value>, keyOf: (given: Given) => string) {
  const answers = new Map<string, Promise<Value>>();
  return (given: Given): Promise<Value> => {
    const key = keyOf(given);
    const answer = answers.get(key) ?? ask(given);
    answers.set(key, answer);
    return answer;
  };
}

/** The layer's pictures, the lowest fill first. */
export async function picturesOf(layer: FilledLayer, reading: Reading): Promise<readonly SelectedPicture[]> {
  const { fills, marks, shown } = storedPictures(layer);
  if (shown.length === 0) return [];
  const about = await aboutLayer(layer, reading);
  return Promise.all(
    shown.map(
      async ({ base, index, hash }): Promise<SelectedPicture> => ({
        target: { fileId: reading.here, nodeId: nodeId(layer.id), paintIndex: index, imageHash: imageHash(hash!) },
        ...about,
        size: await reading.sizeOf(hash!),
        ...aboutFill(fills, marks, base),
        visible: about.visible && (base.bare.visible ?? true),
        forms: forms(layer, base.bare as ImagePaint),
      }),
    ),
  );
}

/** The layer's fills that can be worked on: those whose picture Figma has. */
function storedPictures(layer: FilledLayer) {
  const fills: Fills = layer.fills === figma.mixed ? [] : layer.fills;
  const marks = readMarks(layer);
  const shown = bases(fills, marks)
    .map((base, index) => ({ base, index, hash: storedHash(base) }))
    .filter(({ hash }) => hash !== null);
  return { fills, marks, shown };
}

/** As many as `picturesOf` would give, without asking Figma for anything. */
export const countPictures = (layer: FilledLayer): number => storedPictures(layer).shown.length;

/** What is the same for all fills of one layer. */
async function aboutLayer(node: FilledLayer, reading: Reading) {
  const style = String(node.fillStyleId);
  const main = mainComponent(node);
  const seen = { layerName: node.name, layerKind: node.type as string, locked: node.locked, visible: isShown(node) };
  const [paintStyle, instances] = await Promise.all([
    style === '' ? null : reading.styleName(style),
    main === null ? 0 : reading.instancesOf(main),
  ]);
  return { ...seen, paintStyle, instances };
}

function aboutFill(fills: Fills, marks: readonly Mark[], { at, bare }: Base) {
  const { scaleMode, opacity, blendMode } = bare as ImagePaint;
  return {
    scaleMode,
    opacity: opacity ?? 1,
    blendMode: (blendMode ?? 'NORMAL') as string,
    applied: resultOn(fills, marks, at)?.recipe ?? null,
  };
}

/** The picture to work on: the original where a result of ours stands for it and Figma still has it. Null = none. */
function storedHash({ paint, original }: Base): string | null {
  if (!isImage(paint)) return null;
  const stored = (hash: string | null): boolean => hash !== null && figma.getImageByHash(hash) !== null;
  if (stored(original)) return original;
  return stored(paint.imageHash) ? paint.imageHash : null;
}

/** Why nothing can be done with this layer, or null. */
export function unusable(node: SceneNode): UnusableReason | null {
  if (node.type === 'TEXT' || node.type === 'TEXT_PATH') return 'text';
  if (!isFilled(node)) {
    if (!('children' in node)) return 'layer-type';
    return hasPictureInside(node) ? 'only-inside' : 'no-image-fill';
  }
  const { fills } = node;
  if (fills === figma.mixed) return 'mixed-fills';
  const found = bases(fills, readMarks(node));
  if (found.some((base) => storedHash(base) !== null)) return null;
  const own = found.map(({ paint }) => paint);
  if (own.some(isImage)) return 'image-missing';
  if (own.some(({ type }) => type === 'VIDEO')) return 'video';
  if (own.some(({ type }) => type === 'PATTERN' || type === 'SHADER')) return 'pattern';
  return 'children' in node && hasPictureInside(node) ? 'only-inside' : 'no-image-fill';
}

/** Whether the layer's fills name a picture, be it one that Figma has or not. */
export function namesPicture(node: BaseNode): node is FilledLayer {
  return imageHashes(node).length > 0;
}

/** Whether the layer shows a picture that Figma has: quick, for looking through many layers. */
export function showsPicture(node: BaseNode): node is FilledLayer {
  return imageHashes(node).some((hash) => figma.getImageByHash(hash) !== null);
}

function imageHashes(node: BaseNode): readonly string[] {
  if (!isFilled(node)) return [];
  const { fills } = node;
  if (fills === figma.mixed) return [];
  return fills.flatMap((paint) => (isImage(paint) && paint.imageHash !== null ? [paint.imageHash] : []));
}

function hasPictureInside(node: ChildrenMixin): boolean {
  return node.findOne(namesPicture) !== null;
}

/** The layer as the report names it. */
export function unusableLayer(node: SceneNode, reason: UnusableReason): UnusableLayer {
  return { nodeId: nodeId(node.id), layerName: node.name, layerKind: node.type, reason };
}
