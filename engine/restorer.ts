/** What can restore the faces of a picture: the engine's own way, a network from an ONNX file, or a test's own. */
import type { FaceParameters } from '../src/core/parameters';
import type { RgbaImage } from '../src/pixels/image';
import type { DecodedPicture } from './picture/decode';

export interface RestoreOrder {
  readonly picture: DecodedPicture;
  readonly parameters: FaceParameters;
  /** Result pixels over input pixels, a side. */
  readonly scale: 1 | 2 | 4;
}

export interface RestoreWatcher {
  /** 0..1 of the work, never going back. */
  readonly onProgress: (fraction: number) => void;
  /** Looked at between steps of at most about half a second. */
  readonly isCancelled: () => boolean;
}

export interface Restored {
  /** `scale` times the input's size. */
  readonly image: RgbaImage;
  /** How many faces were found. */
  readonly faces: number;
}

export interface Restorer {
  /** What it is, in a few honest words: the `model_type` of every status answer. */
  readonly kind: string;
  /** Throws `Cancelled` when it was told to stop, and nothing else that is not a bug. */
  restore(order: RestoreOrder, watcher: RestoreWatcher): Promise<Restored>;
}

export class Cancelled extends Error {
  constructor() {
    super('The job was cancelled.');
  }
}
