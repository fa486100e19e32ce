/** What a stage that shows a picture hears: its own size, the wheel over it, and keys. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Size } from '../../../core/money/price';
import type { Point } from '../../../pixels/face';

/** An element of the page, once it is there. */
export interface Held {
  readonly current: HTMLElement | null;
}

/** CSS pixels; a likely size until the element has been laid out. */
export function useSize(element: Held): Size {
  const [size, setSize] = useState<Size>({ width: 320, height: 240 });
  // Before the first picture is asked for: it would be made for the guess.
  useLayoutEffect(() => {
    const found = element.current;
    if (found === null || typeof ResizeObserver === 'undefined') return;
    const measure = (): void => {
      const { clientWidth: width, clientHeight: height } = found;
      if (width > 0) setSize((last) => (last.width === width && last.height === height ? last : { width, height }));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(found);
    return () => observer.disconnect();
  }, [element]);
  return size;
}

/** `turn` says whether it used the wheel; `at` is from the stage's middle. */
export function useWheel(element: Held, turn: (event: WheelEvent, at: Point) => boolean): void {
  const latest = useRef(turn);
  latest.current = turn;
  useEffect(() => {
    const found = element.current;
    if (found === null) return;
    const heard = (event: WheelEvent): void => {
      const frame = found.getBoundingClientRect();
      const at = {
        x: event.clientX - frame.left - frame.width / 2,
        y: event.clientY - frame.top - frame.height / 2,
      };
      if (latest.current(event, at)) event.preventDefault();
    };
    // Not passive: a pinch would zoom the whole page otherwise.
    found.addEventListener('wheel', heard, { passive: false });
    return () => found.removeEventListener('wheel', heard);
  }, [element]);
}

const TYPED = 'select, textarea, input:not([type=checkbox], [type=radio], [type=range])';

/** Keys pressed anywhere in the panel, but for those that are typed into a field. `press` says whether it used the key. */
export function useKeys(press: (event: KeyboardEvent) => boolean): void {
  const latest = useRef(press);
  latest.current = press;
  useEffect(() => {
    const heard = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.closest(TYPED) !== null) return;
      if (latest.current(event)) event.preventDefault();
    };
    window.addEventListener('keydown', heard);
    return () => window.removeEventListener('keydown', heard);
  }, []);
}
