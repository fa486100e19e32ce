/** Picture files in the page: what the browser decodes, and PNG and JPEG out. */
import { rgbaImage } from '../../src/pixels/image';
import type { PictureCodec } from '../paint/pictures';

/** JPEG at quality 0.92. A canvas premultiplies: half-transparent pixels may come out off by a rounding. */
export function browserCodec(): PictureCodec {
  return {
    async decode(bytes) {
      const bitmap = await createImageBitmap(new Blob([bytes as BlobPart]), {
        premultiplyAlpha: 'none',
        colorSpaceConversion: 'default',
      }).catch(() => null);
      if (bitmap === null) return null;
      const { width, height } = bitmap;
      const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
      context?.drawImage(bitmap, 0, 0);
      bitmap.close();
      return context === null ? null : rgbaImage(width, height, context.getImageData(0, 0, width, height).data);
    },
    async encode(image, format) {
      const canvas = new OffscreenCanvas(image.width, image.height);
      const data = new ImageData(image.width, image.height);
      data.data.set(image.data);
      canvas.getContext('2d')?.putImageData(data, 0, 0);
      const blob = await canvas.convertToBlob({ type: `image/${format}`, quality: 0.92 });
      return new Uint8Array(await blob.arrayBuffer());
    },
  };
}
