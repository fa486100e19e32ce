/** The studio's answers about results that are taken as a whole: on the screen, and as a file. */
import type { PluginError } from '../core/errors';
import type { Size } from '../core/money/price';
import { sniff } from '../core/picture/format';
import { ok, type Result } from '../core/result';
import type { RgbaImage } from './image';
import { type KeptPicture, type KeptResult, SCREENS, screen, wholeOf } from './kept';
import { losslessly } from './openPicture';
import { decodeResult } from './openResult';
import type { Pace } from './pace';
import { resample, sizeWithin } from './scale/resample';
import type { EncodedResult, Studio, WholeChoice } from './studio';
import { isWholeFrame, laidOn, mixed, wholeSize } from './whole';
import type { Tools } from './workshop';

/** Two of the studio's methods. They reject, as a bug, for an id that is not open. */
export function wholeMethods(
  tools: Pick<Tools, 'codec' | 'pace'>,
  picture: (id: number) => KeptPicture,
): Pick<Studio, 'wholePreview' | 'encodeWhole'> {
  const resultOf = (held: KeptPicture, id: number): KeptResult => {
    const found = held.results.get(id);
    if (found === undefined) throw new Error(`No result ${id} of this picture`);
    return found;
  };

  /** The result's pixels on the source's frame. It was decoded once and accepted. */
  async function wholeOn(held: KeptPicture, result: KeptResult, size: Size, pace: Pace): Promise<RgbaImage> {
    const decoded = await decodeResult(result.bytes, held.image, tools.codec, pace);
    if (!decoded.ok) throw new Error(`Result ${result.id} was accepted once and is now refused: ${decoded.error.code}`);
    return laidOn(held.image, decoded.value, result.fit, size, pace);
  }

  /** The source on a grid that may be finer than its own. */
  const sourceOn = (held: KeptPicture, size: Size, pace: Pace): Promise<RgbaImage> =>
    size.width <= held.image.width
      ? screen(held, Math.max(size.width, size.height), pace)
      : resample(held.image, wholeOf(held.image), size, { pace, opaque: held.opaque });

  async function wholeScreen(held: KeptPicture, result: KeptResult, size: Size, pace: Pace): Promise<RgbaImage> {
    const kept = result.screens.get(size.width);
    if (kept !== undefined) return kept;
    const made = await wholeOn(held, result, size, pace);
    if (result.screens.size >= SCREENS) result.screens.delete([...result.screens.keys()][0]!);
    result.screens.set(size.width, made);
    return made;
  }

  async function wholePreview(
    pictureId: number,
    { resultId, blend }: WholeChoice,
    longSide: number,
  ): Promise<ImageBitmap> {
    const pace = tools.pace(null);
    const held = picture(pictureId);
    const result = resultOf(held, resultId);
    const full = wholeSize(held.image, result.size, result.fit);
    const onSource = sizeWithin(held.image, longSide);
    // Up to the source's own size the source's grid: there it is drawn already.
    const size = onSource.width < held.image.width ? onSource : sizeWithin(full, longSide);
    const over = await wholeScreen(held, result, size, pace);
    if (blend === 1 && held.opaque) return tools.codec.bitmap(over);
    return tools.codec.bitmap(mixed(await sourceOn(held, size, pace), over, blend));
  }

  async function encodeWhole(
    pictureId: number,
    { resultId, blend }: WholeChoice,
    signal: AbortSignal,
  ): Promise<Result<EncodedResult, PluginError>> {
    const pace = tools.pace(signal);
    const held = picture(pictureId);
    const { image, opaque } = held;
    const result = resultOf(held, resultId);
    const size = wholeSize(image, result.size, result.fit);
    const scale = size.width / image.width;
    const asCame = isWholeFrame(result.fit, image, result.size) && size.width === result.size.width;
    if (asCame && blend === 1 && opaque && sniff(result.bytes) === 'png') {
      // A copy: what is handed over to the panel is gone here.
      return ok({ bytes: result.bytes.slice(), format: 'png', size, scale });
    }
    const over = await wholeOn(held, result, size, pace);
    signal.throwIfAborted();
    const whole = mixed(await sourceOn(held, size, pace), over, blend);
    return ok({ bytes: await losslessly(whole, opaque, tools.codec, pace), format: 'png', size, scale });
  }

  return { wholePreview, encodeWhole };
}
