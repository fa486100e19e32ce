/** What a key does to what a stage shows: Figma's own keys. Pure. */

export type StageWish =
  | { readonly kind: 'fit' }
  | { readonly kind: 'full' }
  | { readonly kind: 'zoom'; readonly factor: number }
  | { readonly kind: 'pan'; readonly right: number; readonly down: number };

/** The part of a keyboard event that counts; `code` names the key whatever the layout writes with it. */
export interface Pressed {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
}

/** One press of + is this factor. */
const STEP = Math.SQRT2;
/** One press of an arrow key, in CSS pixels; with Shift ten times as far. */
const WAY = 16;
const LONG_WAY = 160;

/** Heard wherever the focus is, but for fields that are typed in: + and -, Shift+1 fits, Shift+0 is 100 %. */
export function zoomKey({ key, code, shiftKey }: Pressed): StageWish | null {
  if (key === '+' || key === '=') return { kind: 'zoom', factor: STEP };
  if (key === '-' || key === '_') return { kind: 'zoom', factor: 1 / STEP };
  if (!shiftKey) return null;
  if (code === 'Digit1') return { kind: 'fit' };
  return code === 'Digit0' ? { kind: 'full' } : null;
}

/** Heard while the picture has the focus: the arrow keys look further in their direction. */
export function panKey({ key, shiftKey }: Pressed): StageWish | null {
  const way = shiftKey ? LONG_WAY : WAY;
  switch (key) {
    case 'ArrowLeft':
      return { kind: 'pan', right: way, down: 0 };
    case 'ArrowRight':
      return { kind: 'pan', right: -way, down: 0 };
    case 'ArrowUp':
      return { kind: 'pan', right: 0, down: way };
    case 'ArrowDown':
      return { kind: 'pan', right: 0, down: -way };
    default:
      return null;
  }
}
