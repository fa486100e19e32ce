/** Holding something up: by the Space key wherever it has no other meaning, or by a pointer on a button. */
import { useEffect, useState } from 'preact/hooks';

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

export function useHold(): Hold {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    const down = (event: KeyboardEvent): void => {
      if (event.key !== ' ' || event.repeat) return;
      if (event.target instanceof Element && event.target.closest('button, input, select, summary, a')) return;
      event.preventDefault();
      setHeld(true);
    };
    const up = (): void => setHeld(false);
    window.addEventListener('keydown', down);
    window.addEventListener('keyup', up);
    // A window that loses the focus never hears the key come up.
    window.addEventListener('blur', up);
    return () => {
      window.removeEventListener('keydown', down);
      window.removeEventListener('keyup', up);
      window.removeEventListener('blur', up);
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
