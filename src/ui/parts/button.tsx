/** The native button in Figma's look. `main` is the one thing to do in a view; `danger` takes something away. */
import type { ComponentChildren, Ref } from 'preact';
import css from './button.module.css';
import { Icon, type IconName } from './icon';
import { names } from './names';

export interface ButtonProps {
  readonly kind?: 'main' | 'plain' | 'quiet' | 'danger';
  readonly wide?: boolean;
  readonly large?: boolean;
  readonly disabled?: boolean;
  /** Where the words on it do not say which of several it is; begins with them. */
  readonly label?: string;
  /** Id of the text that says more, such as why it is disabled. */
  readonly describedBy?: string;
  /** Shown when the pointer rests on it: the key that does the same. */
  readonly tip?: string;
  /** For a button that is held or stays down. */
  readonly pressed?: boolean;
  readonly onPress: () => void;
  readonly focusRef?: Ref<HTMLButtonElement>;
  readonly children: ComponentChildren;
}

export function Button(props: ButtonProps) {
  const {
    kind = 'plain',
    wide,
    large,
    disabled = false,
    label,
    describedBy,
    tip,
    pressed,
    onPress,
    focusRef,
    children,
  } = props;
  return (
    <button
      type="button"
      ref={focusRef ?? null}
      class={names(css['button'], css[kind], wide && css['wide'], large && css['large'])}
      aria-disabled={disabled}
      aria-label={label}
      aria-pressed={pressed}
      aria-describedby={describedBy}
      title={tip}
      onKeyDown={(event) => {
        // An Enter that is still held from the view before must not press this one, which may cost a credit.
        if (event.repeat && event.key === 'Enter') event.preventDefault();
      }}
      onClick={() => {
        // Not the native `disabled`: the focus would be lost, and nobody could read why.
        if (!disabled) onPress();
      }}
    >
      {children}
    </button>
  );
}

export interface IconButtonProps {
  readonly icon: IconName;
  readonly label: string;
  readonly pressed?: boolean;
  readonly onPress: () => void;
}

export function IconButton({ icon, label, pressed, onPress }: IconButtonProps) {
  return (
    <button
      type="button"
      class={names(css['button'], css['square'])}
      aria-label={label}
      aria-pressed={pressed}
      title={label}
      onClick={onPress}
    >
      <Icon name={icon} />
    </button>
  );
}
