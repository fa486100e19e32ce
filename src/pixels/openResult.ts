/**
 * From the service's bytes to what is kept of a result: checked, laid on the source, and reduced to the pixels
 * round each face. The rest of the result is never used, so it is not kept.
 */
import type { PluginError } from '../core/errors';
import { isPicture, sniff } from '../core/picture/format';
import { failed, ok, type Result } from '../core/result';
import { align } from './align/align';
import type { Codec } from './codec';
import { type ChangeMap, changeMap, RESAMPLING } from './difference';
import type { Face } from './face';
import { type Fit, inResult, plainFit } from './fit';
import { readHeader } from './header/read';
import type { RgbaImage } from './image';
import { change } from './likeness';
import { LARGEST_DECODED_AREA, LARGEST_DECODED_SIDE } from './limits';
import { gridOver, matteRegion } from './matte';
import { type Outline, outlines, REACH } from './outline';
import { isFar, ovalOf } from './oval';
import { NO_PACE, type Pace } from './pace';
import { cut, type Region, regionOf } from './region';
import { resample, sizeWithin } from './scale/resample';

/** One face of one result: where its edge runs, and the result's own pixels round it. */
export interface FacePixels {
  readonly face: Face;
  readonly outline: Outline;
  /** Result pixels. Null when the face lies outside the picture. */
  readonly crop: { readonly region: Region; readonly image: RgbaImage } | null;
  /** 0 = nothing changed, 1 = another face. */
  readonly change: number;
}

export interface DecodedResult {
  readonly image: RgbaImage;
  readonly fit: Fit;
  readonly changes: ChangeMap;
  readonly wholeFrameChanged: boolean;
}

/** Pixels a side at which source and result are laid on each other. */
const WORKING_SIDE = 1024;

/** The result's pixels, or why they are none. */
export async function decodeResult(
  bytes: Uint8Array,
  source: RgbaImage,
  codec: Codec,
  pace: Pace,
): Promise<Result<RgbaImage, PluginError>> {
  const format = sniff(bytes);
  if (!isPicture(format)) return failed({ code: 'result-not-picture', content: format });
  if (format === 'tiff' || format === 'heic') return failed({ code: 'result-damaged' });
  const header = readHeader(bytes, format);
  if (!header.ok) return failed({ code: 'result-damaged' });
  const { size } = header.value;
  if (size !== null) {
    const tooLarge =
      Math.max(size.width, size.height) > LARGEST_DECODED_SIDE || size.width * size.height > LARGEST_DECODED_AREA;
    if (tooLarge) return failed({ code: 'result-wrong-size', expected: sizeOf(source), actual: size });
  }
  // Half-transparent pixels of a result may be rounded: only their colours are used, and less the less they show.
  const image = await codec.decode(bytes, { ...header.value, alpha: false }, format, pace);
  return image === null ? failed({ code: 'result-damaged' }) : ok(image);
}

const sizeOf = (image: RgbaImage): { width: number; height: number } => ({ width: image.width, height: image.height });

/** Lays the result on the source and compares them. Errors: result-wrong-size, result-misaligned. */
export async function layOn(
  source: RgbaImage,
  image: RgbaImage,
  faces: readonly Face[],
  pace: Pace,
): Promise<Result<DecodedResult, PluginError>> {
  const plain = plainFit(source, image);
  if (isSource(plain)) {
    // A picture that is the source's, pixel for pixel, wherever no face is needs no measuring.
    const changes = await compare(source, image, plain, pace);
    if (!(await changedOutside(changes, faces, pace)))
      return ok({ image, fit: plain, changes, wholeFrameChanged: false });
  }
  const aligned = await align(source, image, faces, pace);
  if (!aligned.ok) {
    return failed(
      aligned.error === 'size'
        ? { code: 'result-wrong-size', expected: sizeOf(source), actual: sizeOf(image) }
        : { code: 'result-misaligned', reason: aligned.error },
    );
  }
  const fit = aligned.value;
  const changes = await compare(source, image, fit, pace);
  return ok({ image, fit, changes, wholeFrameChanged: await changedOutside(changes, faces, pace) });
}

/** The result's grid is the source's own. */
const isSource = (fit: Fit): boolean => fit.across === 1 && fit.down === 1 && fit.x === 0 && fit.y === 0;

/**
 * On the source's own grid where the result has it. Else both are reduced to half of the source or less: what an
 * enlargement adds and what its kernel takes away lies above that, what the service really changed shows below, too.
 */
async function compare(source: RgbaImage, image: RgbaImage, fit: Fit, pace: Pace): Promise<ChangeMap> {
  if (isSource(fit)) {
    const cell = Math.max(1, Math.round(Math.max(source.width, source.height) / WORKING_SIDE));
    return changeMap(source, image, cell, { pace });
  }
  const size = sizeWithin(source, Math.min(WORKING_SIDE, Math.ceil(Math.max(source.width, source.height) / 2)));
  const whole = { x: 0, y: 0, width: source.width, height: source.height };
  const small = await resample(source, whole, size, { pace, use: 'measuring' });
  const other = await resample(image, inResult(fit, whole), size, { pace, use: 'measuring' });
  return changeMap(small, other, 1, { pixel: source.width / size.width, floor: RESAMPLING, pace });
}

/** True when more than one cell in a hundred far from all faces changed. */
async function changedOutside(changes: ChangeMap, faces: readonly Face[], pace: Pace): Promise<boolean> {
  const ovals = faces.map(ovalOf);
  let outside = 0;
  let changed = 0;
  for (let y = 0; y < changes.height; y++) {
    for (let x = 0; x < changes.width; x++) {
      if (!isFar(ovals, (x + 0.5) * changes.cell, (y + 0.5) * changes.cell, REACH)) continue;
      outside += 1;
      if (changes.largest[y * changes.width + x]! > changes.floor) changed += 1;
    }
    if (pace.due()) await pace.rest();
  }
  return changed > outside * 0.01;
}

/** The pixels kept for each of the faces. `known` are all faces of the picture: neighbours share a changed region out. */
export async function keepFaces(
  source: RgbaImage,
  result: DecodedResult,
  faces: readonly Face[],
  known: readonly Face[],
  pace: Pace = NO_PACE,
): Promise<readonly FacePixels[]> {
  const all = [...faces, ...known.filter((face) => !faces.includes(face))];
  const lines = await outlines(all, result.changes, pace);
  const kept: FacePixels[] = [];
  for (const [index, face] of faces.entries()) kept.push(await keepFace(source, result, face, lines[index]!, pace));
  return kept;
}

async function keepFace(
  source: RgbaImage,
  { image, fit }: DecodedResult,
  face: Face,
  outline: Outline,
  pace: Pace,
): Promise<FacePixels> {
  const reach = matteRegion(outline, gridOver(source, sizeOf(source)));
  if (reach === null) return { face, outline, crop: null, change: 0 };
  // Room for the kernel's lobes, also when the result is reduced.
  const room = Math.ceil(4 * Math.max(1, fit.across)) + 2;
  const frame = inResult(fit, reach);
  const region = regionOf(
    { x: frame.x - room, y: frame.y - room, width: frame.width + 2 * room, height: frame.height + 2 * room },
    image,
  );
  if (pace.due()) await pace.rest();
  const seen = regionOf(face.box, source);
  const crop = region === null ? null : { region, image: cut(image, region) };
  if (seen === null || crop === null) return { face, outline, crop, change: 0 };
  const after = await resample(image, inResult(fit, seen), seen, { pace });
  return { face, outline, crop, change: await change(cut(source, seen), after) };
}
