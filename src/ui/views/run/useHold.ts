/** Holding something up: by the Space key wherever it has no other meaning, or by a pointer on a button. */
import { useEffect, useRef, useState } from 'preact/hooks';

export interface Hold {
  readonly held: boolean;
  readonly handlers: {
    readonly onPointerDown: () => void;
    readonly onPointerUp: () => void;
    readonly onPointerLeave: () => void;
    readonly onKeyDown: (event: KeyboardEvent) => void;
    readonly onKeyUp: () => void;
  };
}

const PRESSED_BY_SPACE = 'button, input, select, textarea, summary, a';

/** Listens on the whole window, for as long as the component that uses it is there. */
export function useHold(): Hold {
  const [held, setHeld] = useState(false);
  const clicked = useRef<Element | null>(null);
  useEffect(() => {
    // A control that a pointer has given the focus to is not the keyboard's: Space still means the picture.
    const point = (event: PointerEvent): void => {
      clicked.current = event.target instanceof Element ? event.target.closest('button') : null;
    };
    const down = (event: KeyboardEvent): void => {
      // Once the keyboard has moved on, what it comes back to is its own.
      if (event.key === 'Tab') clicked.current = null;
      if (event.key !== ' ') return;
      const control = event.target instanceof Element ? event.target.closest(PRESSED_BY_SPACE) : null;
      if (control !== null && control !== clicked.current) return;
      // Repeated too: each one would scroll the panel.
      event.preventDefault();
      if (!event.repeat) setHeld(true);
    };
    const up = (event: KeyboardEvent): void => {
      // A button is pressed by Space when it comes up again.
      if (event.key === ' ' && clicked.current !== null && event.target === clicked.current) event.preventDefault();
      setHeld(false);
    };
    const blur = (): void => setHeld(false);
    window.addEventListener('pointerdown', point, true);
    window.addEventListener('keydown', down);
    window.addEventListener('keyup', up);
    // A window that loses the focus never hears the key come up.
    window.addEventListener('blur', blur);
    return () => {
      window.removeEventListener('pointerdown', point, true);
      window.removeEventListener('keydown', down);
      window.removeEventListener('keyup', up);
      window.removeEventListener('blur', blur);
    };
  }, []);
  return {
    held,
    handlers: {
      onPointerDown: () => setHeld(true),
      onPointerUp: () => setHeld(false),
      onPointerLeave: () => setHeld(false),
      onKeyDown: (event) => {
        if (event.key === ' ' || event.key === 'Enter') setHeld(true);
      },
      onKeyUp: () => setHeld(false),
    },
  };
}
