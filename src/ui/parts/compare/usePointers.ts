/**
 * What pointers do on the stage: the handle drags the divider, and so does the picture while all of it is shown; zoomed in,
 * or with the middle button, the picture is dragged. Two fingers zoom and pan at once.
 */
import { useRef } from 'preact/hooks';
import type { Point } from '../../../pixels/face';
import type { Held } from '../stage/hooks';
import type { Fingers } from '../stage/viewport';

export interface PointerDeeds {
  /** To this place across the stage, 0..1. */
  readonly divide: (place: number) => void;
  /** By these CSS pixels. */
  readonly pan: (right: number, down: number) => void;
  /** A pinch begins: what is shown now is what it zooms. */
  readonly grasp: () => void;
  /** From where the fingers were when it began; places from the stage's middle. */
  readonly pinch: (from: Fingers, to: Fingers) => void;
}

export interface PointerState {
  readonly whole: boolean;
  readonly divider: number;
}

type Drag = 'divider' | 'picture' | 'pinch';

/** Gives the stage's handlers; the divider's handle lies in the stage. `now` is asked when a pointer goes down. */
export function usePointers(stage: Held, now: () => PointerState, { divide, pan, grasp, pinch }: PointerDeeds) {
  const down = useRef(new Map<number, Point>());
  const drag = useRef<Drag>('divider');
  const grasped = useRef<Fingers | null>(null);
  /** Where the divider was before the first finger: the second one shows that it was not meant. */
  const before = useRef(0.5);

  const divideAt = (clientX: number): void => {
    const frame = stage.current?.getBoundingClientRect();
    if (frame !== undefined && frame.width > 0) divide((clientX - frame.left) / frame.width);
  };
  const fingers = (): Fingers | null => {
    const frame = stage.current?.getBoundingClientRect();
    const [a, b] = [...down.current.values()];
    if (frame === undefined || a === undefined || b === undefined) return null;
    const middle = { x: frame.left + frame.width / 2, y: frame.top + frame.height / 2 };
    const from = ({ x, y }: Point): Point => ({ x: x - middle.x, y: y - middle.y });
    return [from(a), from(b)];
  };

  const up = (event: PointerEvent): void => {
    down.current.delete(event.pointerId);
    // The finger that is left goes on with the picture: the divider would jump to it.
    if (drag.current === 'pinch') drag.current = 'picture';
  };

  return {
    onPointerDown(event: PointerEvent): void {
      if (event.button > 1 || down.current.size > 1) return;
      down.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
      stage.current?.setPointerCapture(event.pointerId);
      if (down.current.size === 2) {
        if (drag.current === 'divider') divide(before.current);
        drag.current = 'pinch';
        grasped.current = fingers();
        grasp();
        return;
      }
      const { whole, divider } = now();
      const onHandle = (event.target as Element).closest('[role=slider]') !== null;
      before.current = divider;
      drag.current = event.button === 0 && (onHandle || whole) ? 'divider' : 'picture';
      if (drag.current === 'divider' && !onHandle) divideAt(event.clientX);
    },
    onPointerMove(event: PointerEvent): void {
      const held = down.current.get(event.pointerId);
      if (held === undefined) return;
      down.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
      if (drag.current === 'pinch') {
        const to = fingers();
        if (grasped.current !== null && to !== null) pinch(grasped.current, to);
      } else if (drag.current === 'picture') pan(event.clientX - held.x, event.clientY - held.y);
      else divideAt(event.clientX);
    },
    onPointerUp: up,
    onPointerCancel: up,
  };
}
