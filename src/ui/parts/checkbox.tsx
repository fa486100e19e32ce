/** The native checkbox in Figma's look, with its label. */
import type { ComponentChildren } from 'preact';
import css from './checkbox.module.css';

export interface CheckboxProps {
  readonly label: string;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
  /** What is seen in place of the label's words. */
  readonly children?: ComponentChildren;
}

export function Checkbox({ label, checked, disabled = false, onChange, children }: CheckboxProps) {
  return (
    <label class={css['checkbox']}>
      <input
        type="checkbox"
        checked={checked}
        disabled={disabled}
        aria-label={label}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {children ?? label}
    </label>
  );
}
