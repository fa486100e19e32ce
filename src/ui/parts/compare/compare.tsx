/**
 * Before and after on one stage with a divider between them. Custom properties move the divider and the picture; the
 * pictures are drawn anew only when what they show changes. Drag the divider or use its keys; zoomed in, drag the picture.
 */
import { useEffect, useRef } from 'preact/hooks';
import type { Size } from '../../../core/money/price';
import type { Point } from '../../../pixels/face';
import { Bitmap } from '../bitmap';
import { names } from '../names';
import { useKeys, useWheel } from '../stage/hooks';
import { panKey, type StageWish, zoomKey } from '../stage/stageKey';
import { useView } from '../stage/useView';
import { fitted, moved, pinched, type Viewport, zoomed } from '../stage/viewport';
import { panWay, zoomFactor } from '../stage/wheel';
import css from './compare.module.css';
import { dividerKey } from './dividerKey';
import { useDivider } from './useDivider';
import { usePointers } from './usePointers';

export interface CompareWords {
  readonly before: string;
  readonly after: string;
  readonly divider: string;
  /** Names the stage with the picture on it. */
  readonly picture: string;
}

/** Where to look: at the whole picture, at it in its own size, or at one of its points in its own size. A new `turn` goes there again. */
export interface Look {
  readonly to: 'whole' | 'full' | Point;
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
  /** Null: nothing was asked for yet. */
  readonly look: Look | null;
  /** After every change of the zoom: null means the whole picture. */
  readonly onZoom: (zoom: number | null) => void;
}

export function Compare(props: CompareProps) {
  const { words, picture, before, after, beforeOf, afterOf, original, look, onZoom } = props;
  const stage = useRef<HTMLDivElement>(null);
  const handle = useRef<HTMLDivElement>(null);
  const view = useView(stage, picture, onZoom);
  const { whole, crisp, longSide, size } = view;
  const valueText = (percent: number): string => `${words.before} ${percent} %`;
  const divider = useDivider(stage, handle, valueText);

  useEffect(() => {
    if (look === null) return;
    if (look.to === 'whole') view.show(null);
    else if (look.to === 'full') view.wish({ kind: 'full' });
    else view.show({ zoom: Math.max(1, fitted(picture, size).zoom), ...look.to });
  }, [look?.turn]);

  useWheel(stage, (event, at) => {
    const pinch = event.ctrlKey || event.metaKey;
    // Over the whole picture the wheel scrolls the panel as ever.
    if (!pinch && whole) return false;
    const { right, down } = panWay(event);
    view.show(
      pinch ? zoomed(view.now(), zoomFactor(event), at, picture, size) : moved(view.now(), right, down, picture, size),
    );
    return true;
  });
  const wish = (wished: StageWish | null): boolean => {
    if (wished !== null) view.wish(wished);
    return wished !== null;
  };
  useKeys((event) => wish(zoomKey(event)));

  const grasped = useRef<Viewport | null>(null);
  const pointers = usePointers(stage, () => ({ whole, divider: divider.at() }), {
    divide: divider.move,
    pan: (right, down) => view.show(moved(view.now(), right, down, picture, size)),
    grasp: () => {
      grasped.current = view.now();
    },
    pinch: (from, to) => view.show(pinched(grasped.current ?? view.now(), from, to, picture, size)),
  });

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be the place that pointers pan and zoom in
    <div
      ref={stage}
      class={names(css['stage'], !whole && css['zoomed'], crisp && css['crisp'], original && css['original'])}
      role="group"
      aria-label={words.picture}
      // Zoomed in it has keys of its own: the arrows pan.
      tabIndex={whole ? -1 : 0}
      onKeyDown={(event) => {
        if (event.target === event.currentTarget && !whole && wish(panKey(event))) event.preventDefault();
      }}
      {...pointers}
    >
      <div class={css['layer']}>
        <Bitmap
          of={`${beforeOf} ${longSide}`}
          load={() => before(longSide)}
          alt={words.before}
          class={css['picture']}
        />
        <span class={names(css['label'], css['left'])} aria-hidden="true">
          {words.before}
        </span>
      </div>
      {/* Its label is cut off with it: what is written is what is seen. */}
      <div class={names(css['layer'], css['after'])}>
        <Bitmap of={`${afterOf} ${longSide}`} load={() => after(longSide)} alt={words.after} class={css['picture']} />
        <span class={names(css['label'], css['right'])} aria-hidden="true">
          {words.after}
        </span>
      </div>
      <div
        ref={handle}
        class={css['handle']}
        role="slider"
        tabIndex={0}
        aria-label={words.divider}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={divider.percent()}
        aria-valuetext={valueText(divider.percent())}
        onKeyDown={(event) => {
          const next = dividerKey(divider.at(), event.key, event.shiftKey);
          if (next === null) return;
          event.preventDefault();
          divider.move(next);
        }}
      >
        <span class={css['grip']} />
      </div>
    </div>
  );
}
