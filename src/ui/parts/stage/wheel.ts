/** What a turn of the wheel means. Pure. As in Figma: with Ctrl or Cmd (and so by a pinch on a touchpad) it zooms, else it pans. */

/** The part of a wheel event that counts. */
export interface Turn {
  readonly deltaX: number;
  readonly deltaY: number;
  /** 0: pixels, 1: lines, 2: pages. */
  readonly deltaMode: number;
  readonly shiftKey: boolean;
}

/** Pixels a line or a page. */
const UNITS: readonly number[] = [1, 16, 400];
/** One notch of a mouse wheel is 120 px and one step of a pinch a few: a notch must not be many steps. */
const NOTCH = 30;

const pixels = (length: number, { deltaMode }: Turn): number => length * (UNITS[deltaMode] ?? 1);

/** The factor by which it zooms: a hundred pixels of a pinch are e. */
export function zoomFactor(turn: Turn): number {
  return Math.exp(-Math.min(NOTCH, Math.max(-NOTCH, pixels(turn.deltaY, turn))) / 100);
}

/** How far the picture goes, in CSS pixels. A wheel that only turns one way goes sideways with Shift. */
export function panWay(turn: Turn): { readonly right: number; readonly down: number } {
  const sideways = turn.shiftKey && turn.deltaX === 0;
  const right = -pixels(sideways ? turn.deltaY : turn.deltaX, turn);
  return { right: right || 0, down: sideways ? 0 : -pixels(turn.deltaY, turn) || 0 };
}
