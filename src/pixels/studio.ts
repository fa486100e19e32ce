/**
 * The one door through which the panel works on pictures. Decoded pictures live behind it (in a worker where
 * that works, on the panel's own thread in slices where it does not, with the same results); the panel holds ids.
 */
import type { PluginError } from '../core/errors';
import type { Size } from '../core/money/price';
import type { PictureFormat } from '../core/picture/format';
import type { Result } from '../core/result';
import type { Face } from './face';

/** A picture from the document, decoded and upright. */
export interface OpenPicture {
  readonly id: number;
  readonly format: PictureFormat;
  /** Upright, in pixels: what the user sees and what the service gets. */
  readonly size: Size;
  /** True for a GIF or WebP with more than one frame: only the first is worked on. */
  readonly animated: boolean;
  /** What goes to the service: the stored bytes when they are an upright JPEG or PNG, else a lossless PNG made once. */
  readonly upload: { readonly bytes: Uint8Array; readonly format: 'jpeg' | 'png'; readonly converted: boolean };
}

/** A verified, aligned result of a picture. */
export interface OpenResult {
  readonly id: number;
  readonly pictureId: number;
  /** As it came, in pixels. */
  readonly size: Size;
  /** Result pixels over source pixels. */
  readonly scale: number;
  /** True when pixels outside the faces were changed by the service (they are not taken over). */
  readonly wholeFrameChanged: boolean;
  /** Per face, in the order they were handed in: 0 = nothing changed, 1 = another face. */
  readonly change: readonly number[];
}

/** What is taken of one face. */
export interface FaceChoice {
  readonly face: Face;
  /** Whose pixels: mixing faces of several results is free. */
  readonly resultId: number;
  readonly on: boolean;
  /** 0 = the original, 1 = the result. */
  readonly blend: number;
}

/** What is taken of a result as a whole. */
export interface WholeChoice {
  readonly resultId: number;
  /** 0 = the original, 1 = the result. */
  readonly blend: number;
}

export interface EncodedResult {
  readonly bytes: Uint8Array;
  readonly format: 'png' | 'jpeg';
  readonly size: Size;
  /** Encoded pixels over source pixels. */
  readonly scale: number;
}

export interface Studio {
  /** Sniffs, decodes and turns upright. Errors: picture-empty, -damaged, -unsupported, -too-large, -too-small. */
  open(bytes: Uint8Array, signal: AbortSignal): Promise<Result<OpenPicture, PluginError>>;
  faces(pictureId: number, signal: AbortSignal): Promise<readonly Face[]>;
  /** For the screen. The caller closes the bitmap. `longSide` bounds it, in pixels. */
  bitmap(pictureId: number, longSide: number): Promise<ImageBitmap>;
  /** A square round one face, `side` pixels, for the faces strip; with choices: as they make it look. */
  crop(pictureId: number, face: Face, side: number, choices?: readonly FaceChoice[]): Promise<ImageBitmap>;
  /** Errors: result-not-picture, -damaged, -wrong-size, -misaligned. */
  addResult(
    pictureId: number,
    bytes: Uint8Array,
    faces: readonly Face[],
    signal: AbortSignal,
  ): Promise<Result<OpenResult, PluginError>>;
  /** The original with the choices composited in, for the screen. */
  preview(pictureId: number, choices: readonly FaceChoice[], longSide: number): Promise<ImageBitmap>;
  /** 'overlay': PNG, transparent outside the faces. 'baked': outside the faces bit-identical to the decoded source. */
  encode(
    pictureId: number,
    what: 'overlay' | 'baked',
    choices: readonly FaceChoice[],
    signal: AbortSignal,
  ): Promise<Result<EncodedResult, PluginError>>;
  /** The result as a whole over the original, for the screen: as large as the result at most. */
  wholePreview(pictureId: number, choice: WholeChoice, longSide: number): Promise<ImageBitmap>;
  /** The result as a whole over the original: one picture of the result's size, up to what Figma holds. */
  encodeWhole(pictureId: number, choice: WholeChoice, signal: AbortSignal): Promise<Result<EncodedResult, PluginError>>;
  /** Frees a picture and its results. */
  close(pictureId: number): void;
}
