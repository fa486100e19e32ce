/**
 * What a stage shows of its picture. Panning and zooming write numbers on the stage's element, from which its stylesheet
 * places the picture: nothing is rendered or drawn for them. Only what changes by steps renders: see `Marks`.
 */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Size } from '../../../core/money/price';
import { unreachable } from '../../../core/result';
import { type Held, useSize } from './hooks';
import type { StageWish } from './stageKey';
import { CRISP_ZOOM, corner, detail, fitted, inside, moved, type Viewport, zoomed } from './viewport';

export interface Marks {
  /** True when the whole picture is shown. */
  readonly whole: boolean;
  /** True from the zoom on where single pixels are shown as squares. */
  readonly crisp: boolean;
  /** Pixels of the picture's longer side that can be seen. */
  readonly longSide: number;
}

export interface StageView extends Marks {
  readonly size: Size;
  now(): Viewport;
  /** Null fits the whole picture. */
  show(next: Viewport | null): void;
  wish(wish: StageWish): void;
}

const MIDDLE = { x: 0, y: 0 };

/** `onZoom` is told each new zoom: CSS pixels a picture pixel, or null for the whole picture. */
export function useView(stage: Held, picture: Size, onZoom: (zoom: number | null) => void): StageView {
  const size = useSize(stage);
  // Null is the whole picture, however large the stage is.
  const free = useRef<Viewport | null>(null);
  const told = useRef<number | null>(null);

  const now = (): Viewport => inside(free.current ?? fitted(picture, size), picture, size);
  const marksNow = (): Marks => {
    const { zoom } = now();
    return {
      whole: free.current === null,
      crisp: zoom >= CRISP_ZOOM,
      longSide: detail(picture, zoom, window.devicePixelRatio || 1),
    };
  };
  const [, setMarks] = useState(marksNow);
  const marks = marksNow();

  const write = (): void => {
    const view = now();
    const at = corner(view, size);
    const style = stage.current?.style;
    style?.setProperty('--width', String(picture.width));
    style?.setProperty('--height', String(picture.height));
    style?.setProperty('--zoom', String(view.zoom));
    style?.setProperty('--left', String(at.x));
    style?.setProperty('--top', String(at.y));
  };
  // Before the first picture is painted, and whenever the stage has another size.
  useLayoutEffect(write, [picture.width, picture.height, size]);

  const show = (next: Viewport | null): void => {
    const whole = next === null || next.zoom <= fitted(picture, size).zoom * 1.001;
    free.current = whole ? null : next;
    write();
    const zoom = free.current?.zoom ?? null;
    if (zoom !== told.current) {
      told.current = zoom;
      onZoom(zoom);
    }
    const found = marksNow();
    setMarks((before) => (sameMarks(before, found) ? before : found));
  };

  const wish = (wished: StageWish): void => {
    const view = now();
    switch (wished.kind) {
      case 'fit':
        show(null);
        break;
      case 'full':
        show(inside({ ...view, zoom: Math.max(1, fitted(picture, size).zoom) }, picture, size));
        break;
      case 'zoom':
        show(zoomed(view, wished.factor, MIDDLE, picture, size));
        break;
      case 'pan':
        show(moved(view, wished.right, wished.down, picture, size));
        break;
      default:
        unreachable(wished);
    }
  };

  return { ...marks, size, now, show, wish };
}

const sameMarks = (a: Marks, b: Marks): boolean =>
  a.whole === b.whole && a.crisp === b.crisp && a.longSide === b.longSide;
