/**
 * What one Recover Faces job costs.
 * Source: the vendor's table for the model, 1 credit up to 24 MP of output, 2 up to 48 MP, and so on;
 * this formula gives every cell of it.
 */
export interface Size {
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
}

const PIXELS_A_CREDIT = 24_000_000;

/** Megapixels, where one is 1,000,000 pixels. */
export function megapixels(size: Size): number {
  return (size.width * size.height) / 1_000_000;
}

/** Credits for one output picture of this size: a whole number, at least 1. */
export function credits(output: Size): number {
  return Math.max(1, Math.ceil((output.width * output.height) / PIXELS_A_CREDIT));
}
