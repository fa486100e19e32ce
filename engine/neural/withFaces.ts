/**
 * The faces of a picture through the network: each is aligned, put through it, and what the network changed is warped
 * back and added to the picture through a soft edge. The change is pasted, not the face: what 512 x 512 pixels cannot
 * hold of a larger face stays the picture's own, and where the network changes nothing, nothing changes.
 */
import type { FaceParameters } from '../../src/core/parameters';
import type { Face } from '../../src/pixels/face';
import type { RgbaImage } from '../../src/pixels/image';
import { type Region, regionOf } from '../../src/pixels/region';
import { enlarged } from '../restore/enlarge';
import { alignmentOf } from './align';
import { degraded } from './degrade';
import { weightAt } from './feather';
import type { Model } from './model';
import { FACE_SIDE } from './recognise';
import { finer, growth, inverse, type Similarity, span } from './similarity';
import { averaged, blockFor, stretchFor, warped } from './warp';

const FACE: Region = { x: 0, y: 0, width: FACE_SIDE, height: FACE_SIDE };

/** Shares of one face's work. */
const RESTORED = 0.8;

/** `scale` times the picture's size. `step` is told the share of the work that is done, 0..1, and may throw to stop. */
export async function withFaces(
  picture: RgbaImage,
  faces: readonly Face[],
  parameters: FaceParameters,
  scale: 1 | 2 | 4,
  model: Model,
  step: (fraction: number) => void = () => undefined,
): Promise<RgbaImage> {
  const out = enlarged(picture, scale);
  const alignments = faces.map(alignmentOf).filter((alignment) => alignment !== null);
  const placed = alignments.map((toFace) => placedOn(out, finer(toFace, scale)));
  for (const [index, toFace] of alignments.entries()) {
    step(index / alignments.length);
    const change = await changeOf(picture, toFace, parameters, model);
    step((index + RESTORED) / alignments.length);
    const own = placed[index]!;
    layIn(
      out,
      change,
      own,
      placed.filter((other) => other !== own && meet(own, other)),
    );
  }
  return out;
}

/** What the network makes different in one face, on the aligned face's grid. */
async function changeOf(
  picture: RgbaImage,
  toFace: Similarity,
  parameters: FaceParameters,
  model: Model,
): Promise<Float32Array> {
  const face = warped(stretchFor(picture, toFace, FACE), toFace, FACE).map((value) =>
    Math.min(255, Math.max(0, value)),
  );
  // CodeFormer has its own way between quality (0) and the picture (1); the others are mixed with the picture.
  const weighted = model.family === 'weighted';
  const restored = await model.restore(degraded(face, parameters), weighted ? 1 - parameters.strength : 1);
  const blend = weighted ? 1 : parameters.strength;
  return restored.map((value, at) => blend * (value - face[at]!));
}

/** A face on the result's grid. */
interface Placed {
  readonly toFace: Similarity;
  /** The result's pixels that the aligned face covers; null when it lies outside. */
  readonly region: Region | null;
}

function placedOn(out: RgbaImage, toFace: Similarity): Placed {
  const { left, top, right, bottom } = span(inverse(toFace), FACE);
  return { toFace, region: regionOf({ x: left, y: top, width: right - left, height: bottom - top }, out) };
}

function meet({ region: a }: Placed, { region: b }: Placed): boolean {
  if (a === null || b === null) return false;
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

/** Adds the change to `out`, which is changed; alpha stays as it was. */
function layIn(out: RgbaImage, change: Float32Array, { toFace, region }: Placed, others: readonly Placed[]): void {
  if (region === null) return;
  const pixels = warped(averaged(change, FACE, blockFor(growth(toFace))), inverse(toFace), region);
  const alignments = others.map((other) => other.toFace);
  const plane = region.width * region.height;
  for (let y = 0; y < region.height; y++) {
    for (let x = 0; x < region.width; x++) {
      const weight = weightAt(toFace, alignments, { x: region.x + x + 0.5, y: region.y + y + 0.5 });
      if (weight === 0) continue;
      const from = y * region.width + x;
      const to = ((region.y + y) * out.width + region.x + x) * 4;
      for (let colour = 0; colour < 3; colour++) out.data[to + colour]! += weight * pixels[from + colour * plane]!;
    }
  }
}
