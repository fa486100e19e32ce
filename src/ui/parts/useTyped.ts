/** The text that a user is typing, until it is handed over or taken back. Null: nothing is being typed. */
import { useRef, useState } from 'preact/hooks';

export interface Typed {
  readonly text: string | null;
  type(text: string | null): void;
  /** What was typed last, and forgets it. Reads past a drawing that is still to come: two keys may be faster. */
  take(): string | null;
}

/** One for each field. */
export function useTyped(): Typed {
  const [text, setText] = useState<string | null>(null);
  const newest = useRef<string | null>(null);
  const type = (next: string | null): void => {
    newest.current = next;
    setText(next);
  };
  return {
    text,
    type,
    take() {
      const taken = newest.current;
      type(null);
      return taken;
    },
  };
}
