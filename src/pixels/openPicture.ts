/** From stored bytes to upright pixels, and to what may be sent: sniffed, checked, decoded, never believed. */
import type { PluginError } from '../core/errors';
import type { Size } from '../core/money/price';
import { isPicture, type PictureFormat, sniff } from '../core/picture/format';
import { failed, ok, type Result } from '../core/result';
import type { Codec } from './codec';
import type { Header } from './header/header';
import { swapsSides } from './header/orientation';
import { readHeader } from './header/read';
import type { RgbaImage } from './image';
import { sizeProblem } from './limits';
import type { Pace } from './pace';
import { encodePng } from './png/encode';
import { isOpaque } from './scale/opaque';

export interface DecodedPicture {
  readonly format: PictureFormat;
  readonly animated: boolean;
  readonly image: RgbaImage;
  readonly opaque: boolean;
  /** Null: the stored bytes go to the service as they are. */
  readonly converted: Uint8Array | null;
}

/** The size a person sees. */
const upright = (header: Header): Size | null =>
  header.size !== null && swapsSides(header.orientation)
    ? { width: header.size.height, height: header.size.width }
    : header.size;

/**
 * Errors: picture-empty, -unsupported, -damaged, and those of `sizeProblem`. The size is checked before anything is
 * decoded, and again after it. Rejects only when `pace` does.
 */
export async function decodePicture(
  bytes: Uint8Array,
  codec: Codec,
  pace: Pace,
): Promise<Result<DecodedPicture, PluginError>> {
  const format = sniff(bytes);
  if (format === 'empty') return failed({ code: 'picture-empty' });
  if (!isPicture(format) || format === 'tiff' || format === 'heic') {
    return failed({ code: 'picture-unsupported', content: format });
  }
  const header = readHeader(bytes, format);
  if (!header.ok) return failed({ code: 'picture-damaged', format });
  const stored = upright(header.value);
  const problem = stored === null ? null : sizeProblem(stored);
  if (problem !== null) return failed(problem);
  const image = await codec.decode(bytes, header.value, format, pace);
  if (image === null) {
    return failed(
      format === 'avif' ? { code: 'picture-unsupported', content: format } : { code: 'picture-damaged', format },
    );
  }
  const decodedProblem = sizeProblem(image);
  if (decodedProblem !== null) return failed(decodedProblem);
  if (stored !== null && (stored.width !== image.width || stored.height !== image.height)) {
    return failed({ code: 'picture-damaged', format });
  }
  const opaque = !header.value.alpha || isOpaque(image);
  const asStored = (format === 'jpeg' && !header.value.cmyk) || format === 'png';
  const converted = asStored && header.value.orientation === 1 ? null : await losslessly(image, opaque, codec, pace);
  return ok({ format, animated: header.value.animated, image, opaque, converted });
}

/** Opaque pictures by the browser's encoder, which is faster; a canvas would round the others. */
export async function losslessly(image: RgbaImage, opaque: boolean, codec: Codec, pace: Pace): Promise<Uint8Array> {
  return opaque ? codec.encodeOpaquePng(image, pace) : encodePng(image, null, pace);
}
