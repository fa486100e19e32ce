/** The codec's place taken by Node libraries, so that the studio's own work is tested without a browser. Bitmaps are the pixels themselves. */
import type { Codec } from '../../src/pixels/codec';
import type { RgbaImage } from '../../src/pixels/image';
import { NO_PACE } from '../../src/pixels/pace';
import { encodePng } from '../../src/pixels/png/encode';
import type { Studio } from '../../src/pixels/studio';
import { createWorkshop, type Tools } from '../../src/pixels/workshop';
import { decoded } from './pictures';

export const nodeCodec: Codec = {
  decode: async (bytes) => {
    try {
      return decoded(bytes);
    } catch {
      return null;
    }
  },
  encodeOpaquePng: (image) => encodePng(image, null, NO_PACE),
  // Only the tests look into it, through `pixelsOf`.
  bitmap: async (image) => image as unknown as ImageBitmap,
};

export const pixelsOf = (bitmap: ImageBitmap): RgbaImage => bitmap as unknown as RgbaImage;

export function nodeStudio(tools: Partial<Tools> = {}): Studio {
  return createWorkshop({ codec: nodeCodec, pace: () => NO_PACE, findFaces: async () => [], ...tools });
}
