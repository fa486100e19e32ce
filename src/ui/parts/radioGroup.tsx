/** Radio buttons, each with one line that explains it; those that cannot be had say why. */
import { useId } from 'preact/hooks';
import { names } from './names';
import css from './radioGroup.module.css';

export interface RadioOption<Value extends string> {
  readonly value: Value;
  readonly label: string;
  readonly text?: string;
  /** Why it cannot be chosen, or null when it can. */
  readonly unavailable?: string | null;
}

export interface RadioGroupProps<Value extends string> {
  readonly label: string;
  readonly value: Value | null;
  readonly options: readonly RadioOption<Value>[];
  readonly disabled?: boolean;
  readonly onChoose: (value: Value) => void;
}

export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>) {
  const { label, value, options, disabled = false, onChoose } = props;
  const id = useId();
  return (
    <fieldset class={css['group']} disabled={disabled}>
      <legend class={css['legend']}>{label}</legend>
      {options.map((option) => {
        const away = option.unavailable ?? null;
        const text = away ?? option.text;
        return (
          <label key={option.value} class={names(css['option'], away !== null && css['away'])}>
            <input
              type="radio"
              name={id}
              checked={option.value === value}
              disabled={away !== null}
              aria-describedby={text === undefined ? undefined : `${id}-${option.value}`}
              onChange={() => onChoose(option.value)}
            />
            <span>{option.label}</span>
            {text !== undefined && (
              <small class={css['text']} id={`${id}-${option.value}`}>
                {text}
              </small>
            )}
          </label>
        );
      })}
    </fieldset>
  );
}
