/** Picture files in Node: PNG and JPEG, without a browser. EXIF orientation is not read here. */
import { decode as decodePng, encode as encodePng } from 'fast-png';
import jpeg from 'jpeg-js';
import { sniff } from '../../src/core/format';
import { type RgbaImage, rgbaImage } from '../../src/pixels/image';
import type { PictureCodec } from './pictures';

export function nodeCodec(): PictureCodec {
  return {
    async decode(bytes) {
      try {
        return decoded(bytes);
      } catch {
        // Damaged: Figma keeps such a file too, and shows nothing.
        return null;
      }
    },
    async encode(image, format) {
      if (format === 'png')
        return encodePng({ width: image.width, height: image.height, data: new Uint8Array(image.data), channels: 4 });
      return new Uint8Array(jpeg.encode({ width: image.width, height: image.height, data: image.data }, 92).data);
    },
  };
}

function decoded(bytes: Uint8Array): RgbaImage | null {
  switch (sniff(bytes)) {
    case 'png':
      return fromPng(bytes);
    case 'jpeg': {
      const { width, height, data } = jpeg.decode(bytes, {
        useTArray: true,
        formatAsRGBA: true,
        maxMemoryUsageInMB: 1024,
      });
      return rgbaImage(width, height, new Uint8ClampedArray(data.buffer, data.byteOffset, data.length));
    }
    default:
      return null;
  }
}

function fromPng(bytes: Uint8Array): RgbaImage {
  const { width, height, data, channels, depth, palette } = decodePng(bytes);
  const image = rgbaImage(width, height);
  const full = depth === 16 ? 65535 : (1 << depth) - 1;
  const at = (pixel: number, channel: number): number => ((data[pixel * channels + channel] ?? 0) * 255) / full;
  for (let pixel = 0; pixel < width * height; pixel++) {
    const colour = palette?.[data[pixel] ?? 0];
    const grey = channels < 3;
    const rgba = colour
      ? [colour[0], colour[1], colour[2], colour[3] ?? 255]
      : [
          at(pixel, 0),
          at(pixel, grey ? 0 : 1),
          at(pixel, grey ? 0 : 2),
          channels === 2 || channels === 4 ? at(pixel, channels - 1) : 255,
        ];
    image.data.set(rgba as number[], pixel * 4);
  }
  return image;
}
