/** One line of text with its label, hint and error. Enter and leaving the field hand the text over. */
import { useEffect, useId, useRef } from 'preact/hooks';
import css from './field.module.css';
import { useTyped } from './useTyped';

export interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly type?: 'text' | 'password';
  readonly placeholder?: string;
  readonly hint?: string;
  readonly error?: string | null;
  /** Takes the focus as it comes up, with its text selected. */
  readonly focused?: boolean;
  /** At every keystroke. */
  readonly onInput?: (text: string) => void;
  /** When the user is done with it. */
  readonly onCommit?: (text: string) => void;
  readonly onEnter?: () => void;
}

export function Field(props: FieldProps) {
  const { label, value, type = 'text', placeholder, hint, error, focused, onInput, onCommit, onEnter } = props;
  const id = useId();
  const typed = useTyped();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focused) input.current?.select();
  }, []);
  const commit = (): void => {
    const text = typed.take();
    if (text !== null) onCommit?.(text);
  };
  const about = error ? `${id}-error` : hint ? `${id}-hint` : undefined;
  return (
    <div class={css['field']}>
      <label class={css['label']} for={id}>
        {label}
      </label>
      <input
        class={css['input']}
        ref={input}
        id={id}
        // The element's own types tell text and password apart; to this code they are one field.
        type={type as 'text'}
        value={typed.text ?? value}
        placeholder={placeholder}
        autocomplete="off"
        spellcheck={false}
        aria-invalid={error ? true : undefined}
        aria-describedby={about}
        onInput={(event) => {
          typed.type(event.currentTarget.value);
          onInput?.(event.currentTarget.value);
        }}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          // The field's own Enter: it must not also press the view's main button, which may cost a credit.
          event.stopPropagation();
          commit();
          onEnter?.();
        }}
      />
      {error ? (
        <p class={css['error']} id={`${id}-error`}>
          {error}
        </p>
      ) : (
        hint && (
          <p class={css['hint']} id={`${id}-hint`}>
            {hint}
          </p>
        )
      )}
    </div>
  );
}
