/** The divider's place. Moving it writes one custom property, and what is read out: nothing is rendered or drawn anew. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Held } from '../stage/hooks';

export interface Divider {
  /** 0..1 of the stage's width. */
  readonly at: () => number;
  readonly move: (place: number) => void;
  /** What it is worth to a screen reader, 0..100. */
  readonly percent: () => number;
}

/** `handle`: the slider; `text` says its value in words. */
export function useDivider(stage: Held, handle: Held, text: (percent: number) => string): Divider {
  const place = useRef(0.5);
  const percent = (): number => Math.round(place.current * 100);
  const write = (): void => {
    stage.current?.style.setProperty('--divider', String(place.current));
    handle.current?.setAttribute('aria-valuenow', String(percent()));
    handle.current?.setAttribute('aria-valuetext', text(percent()));
  };
  useLayoutEffect(write, []);
  return {
    at: () => place.current,
    move(next) {
      place.current = Math.min(1, Math.max(0, next));
      write();
    },
    percent,
  };
}
