/** Undoes one row's filter in place (PNG 1.2, section 6). */

/**
 * `at` is the place of the row's filter type, its bytes follow; `above` the same of the row above, or -1 for the first.
 * False when the filter type is none of the five.
 */
export function unfilter(raw: Uint8Array, at: number, stride: number, above: number, pixelBytes: number): boolean {
  const type = raw[at]!;
  const start = at + 1;
  const up = above + 1;
  switch (type) {
    case 0:
      return true;
    case 1:
      for (let i = pixelBytes; i < stride; i++) raw[start + i] = raw[start + i]! + raw[start + i - pixelBytes]!;
      return true;
    case 2:
      if (above >= 0) for (let i = 0; i < stride; i++) raw[start + i] = raw[start + i]! + raw[up + i]!;
      return true;
    case 3:
      for (let i = 0; i < stride; i++) {
        const left = i >= pixelBytes ? raw[start + i - pixelBytes]! : 0;
        const over = above >= 0 ? raw[up + i]! : 0;
        raw[start + i] = raw[start + i]! + ((left + over) >> 1);
      }
      return true;
    case 4:
      for (let i = 0; i < stride; i++) {
        const a = i >= pixelBytes ? raw[start + i - pixelBytes]! : 0;
        const b = above >= 0 ? raw[up + i]! : 0;
        const c = above >= 0 && i >= pixelBytes ? raw[up + i - pixelBytes]! : 0;
        const pa = Math.abs(b - c);
        const pb = Math.abs(a - c);
        const pc = Math.abs(a + b - 2 * c);
        raw[start + i] = raw[start + i]! + (pa <= pb && pa <= pc ? a : pb <= pc ? b : c);
      }
      return true;
    default:
      return false;
  }
}
