/** The native list of choices in Figma's look. */
import { useId } from 'preact/hooks';
import { Icon } from './icon';
import css from './select.module.css';

export interface SelectProps {
  readonly label: string;
  /** Shown beside the label, such as "changed". */
  readonly note?: string | null;
  readonly value: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly hint?: string;
  readonly onChoose: (value: string) => void;
}

export function Select({ label, note, value, options, hint, onChoose }: SelectProps) {
  const id = useId();
  return (
    <div class={css['select']}>
      <label class={css['label']} for={id}>
        {label}
        {note && <span class={css['note']}> · {note}</span>}
      </label>
      <span class={css['box']}>
        <select
          id={id}
          value={value}
          aria-describedby={hint === undefined ? undefined : `${id}-hint`}
          onChange={(event) => onChoose(event.currentTarget.value)}
        >
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
        <Icon name="chevron" />
      </span>
      {hint !== undefined && (
        <p class={css['hint']} id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}
