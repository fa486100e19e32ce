/** Toasts: one that tells of progress stays, with a button, and gives way to the next one of ours. */
import { toast } from '../core/words/hostWords';

export interface Notices {
  show(text: string, error: boolean): void;
  /** Takes the one away that stays. */
  clear(): void;
  /** `pressed` hears its button. */
  progress(text: string, button: string): void;
}

/** `pressed` hears the button of whichever toast is standing. Toasts that tell no progress go by themselves. */
export function createNotices(pressed: () => void): Notices {
  let standing: NotificationHandler | null = null;
  const clear = (): void => {
    standing?.cancel();
    standing = null;
  };
  return {
    clear,
    show(text, error) {
      clear();
      figma.notify(toast(text), { error });
    },
    progress(text, button) {
      const before = standing;
      standing = figma.notify(toast(text), { timeout: Infinity, button: { text: button, action: pressed } });
      // After the new one is there: between two toasts nothing flickers.
      before?.cancel();
    },
  };
}
