/** A line that opens what belongs to it: a native button that says whether it is open. */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import css from './disclosure.module.css';
import { Icon } from './icon';

export interface DisclosureProps {
  readonly line: ComponentChildren;
  readonly open: boolean;
  readonly onToggle: (open: boolean) => void;
  /** Beside the line, outside the button. */
  readonly aside?: ComponentChildren;
  readonly children: ComponentChildren;
}

export function Disclosure({ line, open, onToggle, aside, children }: DisclosureProps) {
  const id = useId();
  return (
    <div>
      <div class={css['head']}>
        <button
          type="button"
          class={css['line']}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => onToggle(!open)}
        >
          <span class={css['text']}>{line}</span>
          <Icon name="right" />
        </button>
        {aside}
      </div>
      <div id={id} class={css['inside']} hidden={!open}>
        {open && children}
      </div>
    </div>
  );
}
