/** Picture files in Node: PNG and JPEG, without a browser. EXIF orientation is not read here. */
import { decode as decodePng, encode as encodePng } from 'fast-png';
import jpeg from 'jpeg-js';
import { sniff } from '../../src/core/picture/format';
import { type RgbaImage, rgbaImage } from '../../src/pixels/image';
import type { PictureCodec } from './pictures';

/** JPEG at quality 92, as in the page. */
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
  if (channels === 4 && depth === 8) return rgbaImage(width, height, new Uint8ClampedArray(data));
  const image = rgbaImage(width, height);
  const out = image.data;
  const full = depth === 16 ? 65535 : (1 << depth) - 1;
  for (let pixel = 0; pixel < width * height; pixel++) {
    const from = pixel * channels;
    const to = pixel * 4;
    if (palette !== undefined) {
      const colour = palette[data[pixel] ?? 0] ?? [0, 0, 0];
      for (let channel = 0; channel < 3; channel++) out[to + channel] = colour[channel] ?? 0;
      out[to + 3] = colour[3] ?? 255;
      continue;
    }
    const grey = channels < 3;
    for (let channel = 0; channel < 3; channel++) {
      out[to + channel] = ((data[from + (grey ? 0 : channel)] ?? 0) * 255) / full;
    }
    const hasAlpha = channels === 2 || channels === 4;
    out[to + 3] = hasAlpha ? ((data[from + channels - 1] ?? 0) * 255) / full : 255;
  }
  return image;
}
