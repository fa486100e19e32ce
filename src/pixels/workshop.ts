/**
 * The studio itself: holds decoded pictures and what is kept of their results, and answers every question of
 * `Studio` on whatever thread it runs. Knows nothing of workers; codecs, the face finder and time are handed in.
 */
import type { PluginError } from '../core/errors';
import type { Size } from '../core/money/price';
import { ok, type Result } from '../core/result';
import { bake, layIn } from './bake';
import type { Codec } from './codec';
import { composeRegion, type Share } from './compose';
import type { Face } from './face';
import type { Box, RgbaImage } from './image';
import { type KeptPicture, type KeptResult, screen, wholeOf } from './kept';
import { LARGEST_SIDE } from './limits';
import { decodePicture, losslessly } from './openPicture';
import { decodeResult, type FacePixels, keepFaces, layOn } from './openResult';
import { overlay } from './overlay';
import type { Pace } from './pace';
import { encodePng } from './png/encode';
import { cut, grown, regionOf } from './region';
import { resample } from './scale/resample';
import { layerOn, shareOf } from './shares';
import type { EncodedResult, FaceChoice, OpenPicture, OpenResult, Studio } from './studio';
import { wholeMethods } from './wholeStudio';

export interface Tools {
  readonly codec: Codec;
  readonly findFaces: (image: RgbaImage, signal: AbortSignal, pace: Pace) => Promise<readonly Face[]>;
  readonly pace: (signal: AbortSignal | null) => Pace;
}

/** A face crop shows this much more than the face's box. */
const CROP_MARGIN = 1.35;

/** Crossing from another thread copies a face, so it is known by where it is. */
const keyOf = ({ box }: Face): string => `${box.x},${box.y},${box.width},${box.height}`;
const squareRound = ({ box }: Face): Box => {
  const span = Math.max(box.width, box.height) * CROP_MARGIN;
  return { x: box.x + box.width / 2 - span / 2, y: box.y + box.height / 2 - span / 2, width: span, height: span };
};

/** Methods reject, as a bug, for an id that is not open, and with the signal's reason when it is aborted. */
export function createWorkshop(tools: Tools): Studio {
  const pictures = new Map<number, KeptPicture>();
  let lastId = 0;

  const picture = (id: number): KeptPicture => {
    const found = pictures.get(id);
    if (found === undefined) throw new Error(`No open picture ${id}`);
    return found;
  };

  async function open(bytes: Uint8Array, signal: AbortSignal): Promise<Result<OpenPicture, PluginError>> {
    const decoded = await decodePicture(bytes, tools.codec, tools.pace(signal));
    if (!decoded.ok) return decoded;
    signal.throwIfAborted();
    const { image, opaque, format, animated, converted } = decoded.value;
    lastId += 1;
    pictures.set(lastId, { image, opaque, format, results: new Map(), screens: new Map() });
    return ok({
      id: lastId,
      format,
      size: { width: image.width, height: image.height },
      animated,
      upload:
        converted === null
          ? { bytes, format: format === 'jpeg' ? 'jpeg' : 'png', converted: false }
          : { bytes: converted, format: 'png', converted: true },
    });
  }

  async function addResult(
    pictureId: number,
    bytes: Uint8Array,
    faces: readonly Face[],
    signal: AbortSignal,
  ): Promise<Result<OpenResult, PluginError>> {
    const pace = tools.pace(signal);
    const held = picture(pictureId);
    const decoded = await decodeResult(bytes, held.image, tools.codec, pace);
    if (!decoded.ok) return decoded;
    const laid = await layOn(held.image, decoded.value, faces, pace);
    if (!laid.ok) return laid;
    const kept = await keepFaces(held.image, laid.value, faces, faces, pace);
    signal.throwIfAborted();
    lastId += 1;
    const size = { width: decoded.value.width, height: decoded.value.height };
    const faceMap = new Map(kept.map((one) => [keyOf(one.face), one]));
    const { fit } = laid.value;
    held.results.set(lastId, { id: lastId, bytes, fit, size, faces: faceMap, screens: new Map(), layers: new Map() });
    return ok({
      id: lastId,
      pictureId,
      size,
      scale: laid.value.fit.across,
      wholeFrameChanged: laid.value.wholeFrameChanged,
      change: kept.map((one) => one.change),
    });
  }

  /** A face drawn after the result came: the result is decoded once more for its pixels. */
  async function faceOf(held: KeptPicture, result: KeptResult, face: Face, pace: Pace): Promise<FacePixels> {
    const known = result.faces.get(keyOf(face));
    if (known !== undefined) return known;
    const decoded = await decodeResult(result.bytes, held.image, tools.codec, pace);
    const others = [...result.faces.values()].map((one) => one.face);
    const laid = decoded.ok ? await layOn(held.image, decoded.value, others, pace) : decoded;
    if (!laid.ok) throw new Error(`Result ${result.id} was accepted once and is now refused: ${laid.error.code}`);
    const [kept] = await keepFaces(held.image, laid.value, [face], others, pace);
    result.faces.set(keyOf(face), kept!);
    return kept!;
  }

  async function sharesOn(
    held: KeptPicture,
    size: Size,
    choices: readonly FaceChoice[],
    pace: Pace,
  ): Promise<readonly Share[]> {
    const shares: Share[] = [];
    for (const { face, resultId, on, blend } of choices) {
      const result = held.results.get(resultId);
      if (result === undefined) throw new Error(`No result ${resultId} of this picture`);
      const key = `${size.width}:${keyOf(face)}`;
      let layer = result.layers.get(key);
      if (layer === undefined) {
        layer = await layerOn(held.image, size, await faceOf(held, result, face, pace), result.fit, pace);
        result.layers.set(key, layer);
      }
      if (layer !== null) shares.push(shareOf(layer, on, blend));
    }
    return shares;
  }

  /** The overlay carries as many pixels as the finest chosen result, up to what Figma holds. */
  function overlaySize(held: KeptPicture, choices: readonly FaceChoice[]): Size {
    const { width, height } = held.image;
    const scales = choices.filter((choice) => choice.on).map((choice) => held.results.get(choice.resultId)!.fit.across);
    const scale = Math.min(Math.max(1, ...scales), LARGEST_SIDE / Math.max(width, height));
    // A result larger by less than this brings nothing but a resampling.
    if (scale < 1.05) return { width, height };
    return { width: Math.round(width * scale), height: Math.round(height * scale) };
  }

  async function encode(
    pictureId: number,
    what: 'overlay' | 'baked',
    choices: readonly FaceChoice[],
    signal: AbortSignal,
  ): Promise<Result<EncodedResult, PluginError>> {
    const pace = tools.pace(signal);
    const held = picture(pictureId);
    const { image, opaque } = held;
    if (what === 'baked') {
      // PNG also for a JPEG source: a second JPEG generation would change pixels outside the faces.
      const size = { width: image.width, height: image.height };
      const baked = await bake(image, await sharesOn(held, size, choices, pace), pace);
      return ok({ bytes: await losslessly(baked, opaque, tools.codec, pace), format: 'png', size, scale: 1 });
    }
    const size = overlaySize(held, choices);
    const shares = await sharesOn(held, size, choices, pace);
    const alphaAt = (x: number, y: number): number => {
      const sx = Math.min(image.width - 1, Math.floor(((x + 0.5) * image.width) / size.width));
      const sy = Math.min(image.height - 1, Math.floor(((y + 0.5) * image.height) / size.height));
      return image.data[(sy * image.width + sx) * 4 + 3]!;
    };
    const over = await overlay(size, shares, opaque ? null : alphaAt, pace);
    const bytes = await encodePng(over.image, over.regions, pace);
    return ok({ bytes, format: 'png', size, scale: size.width / image.width });
  }

  return {
    open,
    faces: (pictureId, signal) => tools.findFaces(picture(pictureId).image, signal, tools.pace(signal)),
    bitmap: async (pictureId, longSide) =>
      tools.codec.bitmap(await screen(picture(pictureId), longSide, tools.pace(null))),
    crop: async (pictureId, face, side, choices) => {
      const held = picture(pictureId);
      const pace = tools.pace(null);
      const frame = squareRound(face);
      const size = { width: side, height: side };
      if (choices === undefined) {
        return tools.codec.bitmap(await resample(held.image, frame, size, { pace, opaque: held.opaque }));
      }
      const region = regionOf(grown(frame, 1.1), held.image);
      if (region === null) throw new Error('The face lies outside its picture.');
      const shares = await sharesOn(held, wholeOf(held.image), choices, pace);
      const part = cut(held.image, region);
      layIn(part, await composeRegion(region, shares, pace), { ...region, x: 0, y: 0 });
      const inPart = { ...frame, x: frame.x - region.x, y: frame.y - region.y };
      return tools.codec.bitmap(await resample(part, inPart, size, { pace, opaque: held.opaque }));
    },
    addResult,
    preview: async (pictureId, choices, longSide) => {
      const pace = tools.pace(null);
      const held = picture(pictureId);
      const base = await screen(held, longSide, pace);
      return tools.codec.bitmap(await bake(base, await sharesOn(held, base, choices, pace), pace));
    },
    encode,
    ...wholeMethods(tools, picture),
    close: (pictureId) => {
      pictures.delete(pictureId);
    },
  };
}
