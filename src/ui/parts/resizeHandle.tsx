/** The corner that resizes the panel: by dragging, or with the arrow keys. */
import { useRef } from 'preact/hooks';
import css from './resizeHandle.module.css';

export interface ResizeHandleProps {
  readonly label: string;
  /** Pixels wished for, at each move; `done` with the last one. */
  readonly onResize: (width: number, height: number, done: boolean) => void;
}

const STEP = 16;

export function ResizeHandle({ label, onResize }: ResizeHandleProps) {
  const held = useRef<{ readonly right: number; readonly below: number } | null>(null);
  const to = (event: PointerEvent, done: boolean): void => {
    if (held.current === null) return;
    onResize(event.clientX + held.current.right, event.clientY + held.current.below, done);
  };
  return (
    <button
      type="button"
      class={css['handle']}
      aria-label={label}
      title={label}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        held.current = { right: window.innerWidth - event.clientX, below: window.innerHeight - event.clientY };
      }}
      onPointerMove={(event) => to(event, false)}
      onPointerUp={(event) => {
        to(event, true);
        held.current = null;
      }}
      onKeyDown={(event) => {
        const right = { ArrowRight: STEP, ArrowLeft: -STEP }[event.key] ?? 0;
        const down = { ArrowDown: STEP, ArrowUp: -STEP }[event.key] ?? 0;
        if (right === 0 && down === 0) return;
        event.preventDefault();
        onResize(window.innerWidth + right, window.innerHeight + down, true);
      }}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <path d="m14 6-8 8m8-4-4 4" />
      </svg>
    </button>
  );
}
