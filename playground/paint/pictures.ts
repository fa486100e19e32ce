/** Decoded pictures of the document, each decoded once; the codec is Node's or the browser's. */
import type { RgbaImage } from '../../src/pixels/image';
import type { ImageStore } from '../document/document';
import { type Mipmaps, mipmaps } from './mipmaps';

export interface PictureCodec {
  /** Upright, sRGB; null when the bytes cannot be decoded. */
  decode(bytes: Uint8Array): Promise<RgbaImage | null>;
  encode(image: RgbaImage, format: 'png' | 'jpeg'): Promise<Uint8Array>;
}

export interface Pictures {
  readonly codec: PictureCodec;
  /** Null when the document has no such picture or it cannot be decoded. */
  load(hash: string): Promise<Mipmaps | null>;
  /** What `load` has already given; undefined before. */
  peek(hash: string): Mipmaps | null | undefined;
}

/** Decoded pictures are kept as long as the document is open. */
export function createPictures(images: ImageStore, codec: PictureCodec): Pictures {
  const loading = new Map<string, Promise<Mipmaps | null>>();
  const loaded = new Map<string, Mipmaps | null>();
  const decode = async (hash: string): Promise<Mipmaps | null> => {
    const bytes = images.get(hash);
    const image = bytes === null ? null : await codec.decode(bytes);
    const result = image === null ? null : mipmaps(image);
    loaded.set(hash, result);
    return result;
  };
  return {
    codec,
    load(hash) {
      const known = loading.get(hash);
      if (known !== undefined) return known;
      const begun = decode(hash);
      loading.set(hash, begun);
      return begun;
    },
    peek: (hash) => loaded.get(hash),
  };
}
