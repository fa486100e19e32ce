/**
 * Before and after on one stage with a divider between them. One custom property moves the divider; the pictures are
 * drawn anew only when what they show changes. Drag the divider or use its keys; zoomed in, drag the picture.
 */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Size } from '../../../core/price';
import { Bitmap } from '../bitmap';
import { names } from '../names';
import { useSize, useWheel } from '../stage/hooks';
import { detail, fitted, inside, moved, type Viewport, zoomed } from '../stage/viewport';
import css from './compare.module.css';
import { dividerKey } from './dividerKey';

export interface CompareWords {
  readonly before: string;
  readonly after: string;
  readonly divider: string;
}

/** A point of the picture to be looked at in full size; a new `turn` goes there again. */
export interface Look {
  readonly x: number;
  readonly y: number;
  readonly turn: number;
}

export interface CompareProps {
  readonly words: CompareWords;
  readonly picture: Size;
  /** `longSide`: how many pixels the screen can show of it. */
  readonly before: (longSide: number) => Promise<ImageBitmap>;
  readonly after: (longSide: number) => Promise<ImageBitmap>;
  /** Say what `before` and `after` show: they are drawn anew when this changes. */
  readonly beforeOf: string;
  readonly afterOf: string;
  /** True while the original is held up. */
  readonly original: boolean;
  /** Null shows the whole picture. */
  readonly look: Look | null;
  /** After every change of the zoom: null means the whole picture. */
  readonly onZoom: (zoom: number | null) => void;
}

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

export function Compare(props: CompareProps) {
  const { words, picture, before, after, beforeOf, afterOf, original, look, onZoom } = props;
  const stage = useRef<HTMLDivElement>(null);
  const size = useSize(stage);
  const [divider, setDivider] = useState(0.5);
  const [free, setFree] = useState<Viewport | null>(null);
  const view = inside(free ?? fitted(picture, size), picture, size);
  const longSide = detail(picture, size, free !== null, window.devicePixelRatio || 1);

  const setView = (next: Viewport | null): void => {
    const whole = next === null || next.zoom <= fitted(picture, size).zoom * 1.001;
    setFree(whole ? null : next);
    onZoom(whole ? null : next.zoom);
  };

  useEffect(() => {
    setView(look === null ? null : { zoom: Math.max(1, fitted(picture, size).zoom), x: look.x, y: look.y });
  }, [look?.turn, look === null]);

  useWheel(stage, (event, at) => {
    const pinch = event.ctrlKey || event.metaKey;
    if (!pinch && free === null) return false;
    setView(
      pinch
        ? zoomed(view, Math.exp(-event.deltaY / 100), at, picture, size)
        : moved(view, -event.deltaX, -event.deltaY, picture, size),
    );
    return true;
  });

  const drag = useRef<{ readonly kind: 'divider' | 'picture'; x: number; y: number } | null>(null);
  const place = (clientX: number): void => {
    const frame = stage.current?.getBoundingClientRect();
    if (frame && frame.width > 0) setDivider(clamp((clientX - frame.left) / frame.width));
  };

  return (
    <div
      ref={stage}
      class={names(css['stage'], free !== null && css['zoomed'], original && css['original'])}
      style={`--divider: ${divider}; --width: ${picture.width * view.zoom}; --height: ${picture.height * view.zoom}; --left: ${size.width / 2 - view.x * view.zoom}; --top: ${size.height / 2 - view.y * view.zoom}`}
      onPointerDown={(event) => {
        const onHandle = (event.target as Element).closest('[role=slider]') !== null;
        drag.current = { kind: onHandle || free === null ? 'divider' : 'picture', x: event.clientX, y: event.clientY };
        event.currentTarget.setPointerCapture(event.pointerId);
        if (drag.current.kind === 'divider' && !onHandle) place(event.clientX);
      }}
      onPointerMove={(event) => {
        const held = drag.current;
        if (held === null) return;
        if (held.kind === 'divider') return place(event.clientX);
        setView(moved(view, event.clientX - held.x, event.clientY - held.y, picture, size));
        held.x = event.clientX;
        held.y = event.clientY;
      }}
      onPointerUp={() => {
        drag.current = null;
      }}
      onPointerCancel={() => {
        drag.current = null;
      }}
    >
      <div class={css['layer']}>
        <Bitmap
          of={`${beforeOf} ${longSide}`}
          load={() => before(longSide)}
          alt={words.before}
          class={css['picture']}
        />
      </div>
      <div class={names(css['layer'], css['after'])}>
        <Bitmap of={`${afterOf} ${longSide}`} load={() => after(longSide)} alt={words.after} class={css['picture']} />
      </div>
      <span class={names(css['label'], css['left'])} aria-hidden="true">
        {words.before}
      </span>
      <span class={names(css['label'], css['right'])} aria-hidden="true">
        {original ? words.before : words.after}
      </span>
      <div
        class={css['handle']}
        role="slider"
        tabIndex={0}
        aria-label={words.divider}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(divider * 100)}
        aria-valuetext={`${words.before} ${Math.round(divider * 100)} %`}
        onKeyDown={(event) => {
          const next = dividerKey(divider, event.key, event.shiftKey);
          if (next === null) return;
          event.preventDefault();
          setDivider(next);
        }}
      >
        <span class={css['grip']} />
      </div>
    </div>
  );
}
