/**
 * Reads selected layers: each image fill that can be worked on, and each layer that cannot with the reason. Reads only.
 * Pictures inside a selected group or frame are announced, not opened: the user selects them.
 */
import { type FileId, imageHash, nodeId } from '../core/ids';
import type { SelectedPicture, SelectionReport, UnusableLayer, UnusableReason } from '../protocol/selection';
import { type Fills, isImage } from './fills';
import { forms } from './forms';
import { type FilledLayer, instancesOf, isFilled } from './layers';
import { type Mark, readMarks } from './marks';
import type { Sizes } from './sizes';
import { type Base, bases, resultOn } from './stack';

export async function readSelection(
  layers: readonly SceneNode[],
  here: FileId,
  sizes: Sizes,
): Promise<SelectionReport> {
  const reports = await Promise.all(layers.map((node) => readLayer(node, here, sizes)));
  return {
    pictures: reports.flatMap(({ pictures }) => pictures),
    unusable: reports.flatMap(({ unusable }) => unusable),
    layers: layers.length,
  };
}

type LayerReport = Pick<SelectionReport, 'pictures' | 'unusable'>;

async function readLayer(node: SceneNode, here: FileId, sizes: Sizes): Promise<LayerReport> {
  const reason = unusable(node);
  if (reason !== null) return { pictures: [], unusable: [unusableLayer(node, reason)] };
  // What `unusable` lets pass has fills, and they are a list.
  const layer = node as FilledLayer;
  const fills = layer.fills as Fills;
  const marks = readMarks(layer);
  const about = await aboutLayer(layer);
  const found = bases(fills, marks).map((base, index) => ({ base, index }));
  const shown = found.filter(({ base }) => storedHash(base) !== null);
  const pictures = await Promise.all(
    shown.map(async ({ base, index }): Promise<SelectedPicture> => {
      const hash = storedHash(base)!;
      return {
        target: { fileId: here, nodeId: nodeId(layer.id), paintIndex: index, imageHash: imageHash(hash) },
        ...about,
        size: await sizes.of(hash),
        ...aboutFill(fills, marks, base),
        forms: forms(layer, base.bare as ImagePaint),
      };
    }),
  );
  return { pictures, unusable: [] };
}

/** What is the same for all fills of one layer. */
async function aboutLayer(node: FilledLayer) {
  const style = String(node.fillStyleId);
  const [named, instances] = await Promise.all([
    style === '' ? null : figma.getStyleByIdAsync(style),
    instancesOf(node),
  ]);
  return {
    layerName: node.name,
    layerKind: node.type as string,
    locked: node.locked,
    // A style of a library that is not loaded has an id and no name.
    paintStyle: style === '' ? null : (named?.name ?? ''),
    instances,
  };
}

function aboutFill(fills: Fills, marks: readonly Mark[], { at, bare }: Base) {
  const { scaleMode, opacity, blendMode, visible } = bare as ImagePaint;
  return {
    scaleMode,
    opacity: opacity ?? 1,
    blendMode: (blendMode ?? 'NORMAL') as string,
    visible: visible ?? true,
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
function unusable(node: SceneNode): UnusableReason | null {
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

function hasPictureInside(node: ChildrenMixin): boolean {
  const found = node.findOne((inner) => {
    if (!isFilled(inner)) return false;
    const { fills } = inner;
    return fills !== figma.mixed && fills.some((paint) => isImage(paint) && paint.imageHash !== null);
  });
  return found !== null;
}

function unusableLayer(node: SceneNode, reason: UnusableReason): UnusableLayer {
  return { nodeId: nodeId(node.id), layerName: node.name, layerKind: node.type, reason };
}
