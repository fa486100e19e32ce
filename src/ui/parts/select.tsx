/** The native list of choices in Figma's look. */
import { useId } from 'preact/hooks';
import { Icon } from './icon';
import css from './select.module.css';

export interface SelectOption {
  readonly value: string;
  readonly label: string;
  /** Those of one group stand together, under its name. */
  readonly group?: string;
}

export interface SelectProps {
  readonly label: string;
  /** Shown beside the label, such as "changed". */
  readonly note?: string | null;
  readonly value: string;
  readonly options: readonly SelectOption[];
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
          {grouped(options).map(({ name, options: some }) =>
            name === undefined ? (
              some.map(item)
            ) : (
              <optgroup key={name} label={name}>
                {some.map(item)}
              </optgroup>
            ),
          )}
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

const item = ({ value, label }: SelectOption) => (
  <option key={value} value={value}>
    {label}
  </option>
);

interface Group {
  readonly name: string | undefined;
  readonly options: readonly SelectOption[];
}

/** In the order in which the groups first appear. */
function grouped(options: readonly SelectOption[]): readonly Group[] {
  const names = [...new Set(options.map(({ group }) => group))];
  return names.map((name) => ({ name, options: options.filter(({ group }) => group === name) }));
}
