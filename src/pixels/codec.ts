/**
 * The browser's decoders, encoders and bitmaps: the only file that knows a canvas. Works in a window and in a worker.
 *
 * A canvas keeps colours premultiplied, so it is exact for opaque pixels only: semi-transparent PNGs are decoded and
 * encoded by our own code in `png/`. Colour profiles are converted to sRGB on purpose here (the browser's default).
 */
import type { Header, ReadableFormat } from './header/header';
import { type RgbaImage, rgbaImage } from './image';
import type { Pace } from './pace';
import { decodePng } from './png/decode';
import { isOpaque } from './scale/opaque';

export interface Codec {
  /** Upright pixels in sRGB; null when the browser cannot decode the bytes. */
  decode(bytes: Uint8Array, header: Header, format: ReadableFormat, pace: Pace): Promise<RgbaImage | null>;
  /** PNG of a picture without transparency. */
  encodeOpaquePng(image: RgbaImage, pace: Pace): Promise<Uint8Array>;
  /** For the screen; the caller closes it. */
  bitmap(image: RgbaImage): Promise<ImageBitmap>;
}

/** Rows moved at a time: 4096 x 128 pixels are 2 MB, about 2 ms. */
const BAND = 128;

type Surface = HTMLCanvasElement | OffscreenCanvas;
type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;

/** In a window the page's own canvas: its encoder works in the background, an OffscreenCanvas' would block. */
function surface(width: number, height: number): Surface {
  if (typeof document === 'undefined') return new OffscreenCanvas(width, height);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

/** A software canvas: reading back from a GPU costs more than drawing, and rounds. */
function context(canvas: Surface): Context {
  const found = (canvas as OffscreenCanvas).getContext('2d', { willReadFrequently: true });
  if (found === null) throw new Error(`No 2D canvas of ${canvas.width} x ${canvas.height}`);
  return found;
}

async function decode(
  bytes: Uint8Array,
  header: Header,
  format: ReadableFormat,
  pace: Pace,
): Promise<RgbaImage | null> {
  const image = await drawn(bytes, format, pace);
  const ownWay = format === 'png' && header.alpha && !header.profile && header.orientation === 1;
  // Most files with an alpha channel are opaque all the same, and then the browser is exact, and faster.
  return image !== null && ownWay && !isOpaque(image) ? decodePng(bytes, pace) : image;
}

/** As the browser decodes and draws it. */
async function drawn(bytes: Uint8Array, format: ReadableFormat, pace: Pace): Promise<RgbaImage | null> {
  let bitmap: ImageBitmap;
  try {
    // The cast drops only the possibility of shared memory, which no bytes of ours live in.
    bitmap = await createImageBitmap(new Blob([bytes as Uint8Array<ArrayBuffer>], { type: `image/${format}` }));
  } catch {
    return null;
  }
  try {
    const { width, height } = bitmap;
    const image = rgbaImage(width, height);
    const band = context(surface(width, Math.min(BAND, height)));
    band.globalCompositeOperation = 'copy';
    for (let y = 0; y < height; y += BAND) {
      const rows = Math.min(BAND, height - y);
      band.drawImage(bitmap, 0, y, width, rows, 0, 0, width, rows);
      image.data.set(band.getImageData(0, 0, width, rows).data, y * width * 4);
      if (pace.due()) await pace.rest();
    }
    return image;
  } finally {
    bitmap.close();
  }
}

/** Shares the pixels, copies nothing. */
function imageData(image: RgbaImage): ImageData {
  return new ImageData(image.data as Uint8ClampedArray<ArrayBuffer>, image.width, image.height);
}

async function encodeOpaquePng(image: RgbaImage, pace: Pace): Promise<Uint8Array> {
  const canvas = surface(image.width, image.height);
  const target = context(canvas);
  const whole = imageData(image);
  for (let y = 0; y < image.height; y += BAND) {
    target.putImageData(whole, 0, 0, 0, y, image.width, Math.min(BAND, image.height - y));
    if (pace.due()) await pace.rest();
  }
  const blob = await blobOf(canvas);
  return new Uint8Array(await blob.arrayBuffer());
}

async function blobOf(canvas: Surface): Promise<Blob> {
  const blob =
    'convertToBlob' in canvas
      ? await canvas.convertToBlob({ type: 'image/png' })
      : await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob === null || blob.type !== 'image/png') throw new Error(`No PNG of ${canvas.width} x ${canvas.height}`);
  return blob;
}

/** Holds nothing: one may be made wherever it is needed. Throws where the browser gives no canvas of that size. */
export function browserCodec(): Codec {
  return {
    decode,
    encodeOpaquePng,
    bitmap: (image) => createImageBitmap(imageData(image), { premultiplyAlpha: 'none', colorSpaceConversion: 'none' }),
  };
}
