/**
 * A list whose rows change places: each row's grip is dragged, or moved by Alt and the arrow keys. Who keeps the order
 * is told the new place and draws the list anew; the focus stays with the row that was moved.
 */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { Icon } from './icon';
import { names } from './names';
import css from './sortable.module.css';

export interface SortableProps {
  readonly label: string;
  readonly rows: readonly SortableRow[];
  /** `to`: the place in the list, from 0. */
  readonly onMove: (key: string, to: number) => void;
}

export interface SortableRow {
  readonly key: string;
  /** Of the grip: says which row it moves, and how. */
  readonly grip: string;
  readonly content: ComponentChildren;
}

interface Drag {
  readonly key: string;
  readonly to: number;
}

export function Sortable({ label, rows, onMove }: SortableProps) {
  const list = useRef<HTMLUListElement>(null);
  const moved = useRef<string | null>(null);
  const [drag, setDrag] = useState<Drag | null>(null);
  const order = rows.map(({ key }) => key).join(' ');

  // A row that changes places in the document loses the focus.
  useLayoutEffect(() => {
    if (moved.current === null) return;
    const index = rows.findIndex(({ key }) => key === moved.current);
    moved.current = null;
    list.current?.children[index]?.querySelector('button')?.focus();
  }, [order]);

  const move = (key: string, to: number): void => {
    if (to < 0 || to >= rows.length || to === rows.findIndex((row) => row.key === key)) return;
    moved.current = key;
    onMove(key, to);
  };
  /** The place of a row that is let go at this height: behind all others whose middle is above it. */
  const placeAt = (key: string, y: number): number => {
    const others = [...(list.current?.children ?? [])].filter((_, index) => rows[index]?.key !== key);
    return others.filter((row) => {
      const { top, height } = row.getBoundingClientRect();
      return y > top + height / 2;
    }).length;
  };

  return (
    <ul class={css['list']} aria-label={label} ref={list}>
      {rows.map(({ key, grip, content }, index) => (
        <li
          key={key}
          class={names(css['row'], drag?.key === key && css['held'], mark(rows, drag, index))}
          onKeyDown={(event) => {
            const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
            if (step === 0 || !event.altKey) return;
            event.preventDefault();
            move(key, index + step);
          }}
        >
          <button
            type="button"
            class={css['grip']}
            aria-label={grip}
            title={grip}
            onPointerDown={(event) => {
              event.currentTarget.setPointerCapture(event.pointerId);
              setDrag({ key, to: index });
            }}
            onPointerMove={(event) => {
              if (drag !== null) setDrag({ key, to: placeAt(key, event.clientY) });
            }}
            onPointerUp={() => {
              if (drag !== null) move(key, drag.to);
              setDrag(null);
            }}
            onPointerCancel={() => setDrag(null)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape' || drag === null) return;
              event.preventDefault();
              setDrag(null);
            }}
          >
            <Icon name="grip" />
          </button>
          <div class={css['content']}>{content}</div>
        </li>
      ))}
    </ul>
  );
}

/** Where the row in hand would come to lie: a line above or below another one. */
function mark(rows: readonly SortableRow[], drag: Drag | null, index: number): string | false | undefined {
  if (drag === null) return false;
  const from = rows.findIndex(({ key }) => key === drag.key);
  if (drag.to !== index || drag.to === from) return false;
  return drag.to < from ? css['above'] : css['below'];
}
