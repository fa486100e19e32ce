/**
 * A picture with numbered boxes on it. Drag on the picture draws one, drag on a box moves it, its corners resize it;
 * Tab goes from box to box, and the keys of `boxKey` change the one in hand. A pinch zooms, the wheel then pans.
 */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Size } from '../../../core/money/price';
import type { Point } from '../../../pixels/face';
import type { Box } from '../../../pixels/image';
import type { Corner } from '../../boxes';
import { Bitmap } from '../bitmap';
import { names } from '../names';
import { useSize, useWheel } from '../stage/hooks';
import {
  corner,
  detail,
  fitted,
  inside,
  moved,
  pictureAt,
  revealed,
  seen,
  type Viewport,
  zoomed,
} from '../stage/viewport';
import { panWay, zoomFactor } from '../stage/wheel';
import { boxKey } from './boxKey';
import { type Drag, dragged, SLACK } from './drag';
import css from './faceBoxes.module.css';

export interface ShownBox {
  readonly box: Box;
  readonly label: string;
  readonly warning: boolean;
}

export interface FaceBoxesProps {
  readonly label: string;
  readonly picture: Size;
  /** Says which picture it is: it is drawn anew when this changes. */
  readonly of: string;
  /** `longSide`: how many pixels the screen can show of it. */
  readonly load: (longSide: number) => Promise<ImageBitmap>;
  readonly boxes: readonly ShownBox[];
  readonly selected: number | null;
  /** Id of the text that tells the keys. */
  readonly describedBy: string;
  /** CSS pixels a picture pixel; null shows the whole picture. */
  readonly zoom: number | null;
  readonly onZoom: (zoom: number | null) => void;
  /** The part of the picture that can be seen, after every change of it. */
  readonly onSeen: (part: Box) => void;
  readonly onSelect: (index: number | null) => void;
  readonly onAdd: (box: Box) => void;
  readonly onChange: (index: number, box: Box) => void;
  readonly onRemove: (index: number) => void;
}

const CORNERS: readonly Corner[] = [
  { across: -1, down: -1 },
  { across: 1, down: -1 },
  { across: -1, down: 1 },
  { across: 1, down: 1 },
];

/** How far one press of an arrow key goes on the screen, in CSS pixels. */
const KEY_WAY = 2;

export function FaceBoxes(props: FaceBoxesProps) {
  const { label, picture, of, load, boxes, selected, describedBy, zoom, onZoom, onSeen } = props;
  const stage = useRef<HTMLDivElement>(null);
  const size = useSize(stage);
  const [middle, setMiddle] = useState<Point>({ x: picture.width / 2, y: picture.height / 2 });
  const view = inside(zoom === null ? fitted(picture, size) : { zoom, ...middle }, picture, size);
  const longSide = detail(picture, view.zoom, window.devicePixelRatio || 1);
  const { draft, handlers } = useDrag(stage, view, size, props);
  const inHand = selected === null ? undefined : boxes[selected];

  const setView = (next: Viewport): void => {
    setMiddle({ x: next.x, y: next.y });
    onZoom(next.zoom <= fitted(picture, size).zoom * 1.001 ? null : next.zoom);
  };
  useWheel(stage, (event, at) => {
    const pinch = event.ctrlKey || event.metaKey;
    if (!pinch && zoom === null) return false;
    const { right, down } = panWay(event);
    setView(pinch ? zoomed(view, zoomFactor(event), at, picture, size) : moved(view, right, down, picture, size));
    return true;
  });
  // What is in hand is in sight: it may have been chosen or moved by keys.
  useEffect(() => {
    if (inHand === undefined || zoom === null) return;
    const next = revealed(view, inHand.box, picture, size);
    setMiddle({ x: next.x, y: next.y });
  }, [selected, inHand?.box, zoom]);
  const part = seen(view, picture, size);
  useEffect(() => onSeen(part), [part.x, part.y, part.width, part.height]);
  useFocus(stage, selected, boxes.length);

  const at = corner(view, size);
  const placed = ({ x, y, width, height }: Box): string =>
    `--left: ${at.x + x * view.zoom}; --top: ${at.y + y * view.zoom}; --width: ${width * view.zoom}; --height: ${height * view.zoom}`;
  const area = ({ width, height }: Box): number => width * height;

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be the place that pointers draw in
    <div ref={stage} class={css['stage']} role="group" aria-label={label} tabIndex={-1} {...handlers}>
      <div class={css['picture']} style={placed({ x: 0, y: 0, ...picture })}>
        <Bitmap of={`${of} ${longSide}`} load={() => load(longSide)} alt="" class={css['bitmap']} />
      </div>
      {boxes.map((shown, index) => {
        const box = draft?.index === index ? draft.box : shown.box;
        // A box inside a larger one must be reachable.
        const above = boxes.filter((other) => area(other.box) > area(shown.box)).length;
        return (
          <button
            key={index}
            type="button"
            class={names(css['face'], index === selected && css['selected'], shown.warning && css['warning'])}
            style={`${placed(box)}; --above: ${index === selected ? boxes.length : above}`}
            aria-label={shown.label}
            aria-pressed={index === selected}
            aria-describedby={describedBy}
            data-face={index}
            onFocus={() => {
              if (index !== selected) props.onSelect(index);
            }}
            onKeyDown={(event) => {
              if (event.ctrlKey || event.metaKey || event.altKey) return;
              const step = Math.max(1, Math.round(KEY_WAY / view.zoom));
              const next = boxKey(shown.box, event.key, event.shiftKey, step, picture);
              if (next === null) return;
              event.preventDefault();
              if (next !== 'remove') props.onChange(index, next);
              // A key that is held takes one face and not all of them.
              else if (!event.repeat) props.onRemove(index);
            }}
          >
            <span class={css['ring']} />
            <span class={css['number']} aria-hidden="true">
              {index + 1}
            </span>
            {index === selected &&
              CORNERS.map(({ across, down }) => (
                <span
                  key={`${across} ${down}`}
                  class={names(css['corner'], across === down && css['falling'])}
                  style={`--across: ${across}; --down: ${down}`}
                  data-corner={`${across} ${down}`}
                />
              ))}
          </button>
        );
      })}
      {draft !== null && draft.index === null && <span class={css['draft']} style={placed(draft.box)} />}
    </div>
  );
}

interface Draft {
  /** Null for a box that is being drawn. */
  readonly index: number | null;
  readonly box: Box;
}

/** One pointer at a time. What it does is shown as a draft and handed over when it comes up; Esc drops it. */
function useDrag(stage: { readonly current: HTMLElement | null }, view: Viewport, size: Size, props: FaceBoxesProps) {
  const { picture, boxes, onSelect, onAdd, onChange } = props;
  const drag = useRef<(Drag & { readonly x: number; readonly y: number }) | null>(null);
  const newest = useRef<Draft | null>(null);
  const [draft, setShown] = useState<Draft | null>(null);
  const setDraft = (next: Draft | null): void => {
    newest.current = next;
    setShown(next);
  };
  const drop = (): void => {
    drag.current = null;
    setDraft(null);
  };

  useEffect(() => {
    const heard = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape' || drag.current === null) return;
      // Only this level: the view stays.
      event.preventDefault();
      drop();
    };
    window.addEventListener('keydown', heard, true);
    return () => window.removeEventListener('keydown', heard, true);
  }, []);

  const point = (event: PointerEvent): Point => {
    const frame = stage.current?.getBoundingClientRect();
    return pictureAt(view, size, event.clientX - (frame?.left ?? 0), event.clientY - (frame?.top ?? 0));
  };

  return {
    draft,
    handlers: {
      onPointerDown(event: PointerEvent): void {
        if (event.button !== 0 || drag.current !== null) return;
        const from = point(event);
        const target = event.target as Element;
        const index = Number(target.closest<HTMLElement>('[data-face]')?.dataset['face'] ?? Number.NaN);
        const held = target.closest<HTMLElement>('[data-corner]')?.dataset['corner'];
        const shown = boxes[index];
        const found = CORNERS.find(({ across, down }) => `${across} ${down}` === held);
        const begun: Drag =
          shown === undefined
            ? { kind: 'draw', from }
            : found === undefined
              ? { kind: 'move', from, index, box: shown.box }
              : { kind: 'corner', from, index, box: shown.box, corner: found };
        drag.current = { ...begun, x: event.clientX, y: event.clientY };
        stage.current?.setPointerCapture(event.pointerId);
        onSelect(begun.kind === 'draw' ? null : begun.index);
      },
      onPointerMove(event: PointerEvent): void {
        const held = drag.current;
        if (held === null) return;
        const still = Math.hypot(event.clientX - held.x, event.clientY - held.y) < SLACK;
        if (still && newest.current === null) return;
        setDraft({ index: held.kind === 'draw' ? null : held.index, box: dragged(held, point(event), picture) });
      },
      onPointerUp(): void {
        const made = newest.current;
        drop();
        if (made === null) return;
        if (made.index === null) onAdd(made.box);
        else onChange(made.index, made.box);
      },
      onPointerCancel: drop,
    },
  };
}

/** The face in hand has the focus. When the one that had it goes away, the stage takes it, so that the keyboard is not lost. */
function useFocus(stage: { readonly current: HTMLElement | null }, selected: number | null, count: number): void {
  // Before the next key can be heard.
  useLayoutEffect(() => {
    if (!document.hasFocus()) return;
    const face = selected === null ? null : stage.current?.querySelector<HTMLElement>(`[data-face="${selected}"]`);
    if (face) return face.focus({ preventScroll: true });
    const at = document.activeElement;
    if (at === null || at === document.body || at.matches('[data-face]')) stage.current?.focus({ preventScroll: true });
  }, [selected, count, stage]);
}
