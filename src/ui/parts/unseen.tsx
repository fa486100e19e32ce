/** Words that are read out and not seen. */
import type { ComponentChildren } from 'preact';
import css from './unseen.module.css';

interface UnseenProps {
  readonly children: ComponentChildren;
  /** For an element that they describe. */
  readonly id?: string;
  /** Read out whenever they change, and therefore there before they have anything to say. */
  readonly live?: boolean;
}

export function Unseen({ children, id, live = false }: UnseenProps) {
  return (
    <span class={css['unseen']} id={id} aria-live={live ? 'polite' : undefined}>
      {children}
    </span>
  );
}
