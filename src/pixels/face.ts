/** A face as the detector reports it. */
import type { Box } from './image';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Face {
  /** Source pixels: roughly forehead to chin, ear to ear. */
  readonly box: Box;
  /** 0..1. */
  readonly score: number;
  /** Source pixels, the subject's own right and left; null for a face drawn by hand. */
  readonly points: {
    readonly rightEye: Point;
    readonly leftEye: Point;
    readonly nose: Point;
    readonly mouth: Point;
    readonly rightEar: Point;
    readonly leftEar: Point;
  } | null;
}
