/** A few choices side by side, of which one is on: radio buttons in Figma's look of a segmented control. */
import { useId } from 'preact/hooks';
import { names } from './names';
import css from './segments.module.css';

export interface SegmentsProps<Value extends string> {
  /** Heard, not seen. */
  readonly label: string;
  readonly value: Value;
  readonly options: readonly { readonly value: Value; readonly label: string }[];
  readonly onChoose: (value: Value) => void;
}

export function Segments<Value extends string>({ label, value, options, onChoose }: SegmentsProps<Value>) {
  const id = useId();
  return (
    <div class={css['segments']} role="radiogroup" aria-label={label}>
      {options.map((option) => (
        <label key={option.value} class={names(css['segment'], option.value === value && css['chosen'])}>
          <input type="radio" name={id} checked={option.value === value} onChange={() => onChoose(option.value)} />
          <span class={css['words']}>{option.label}</span>
        </label>
      ))}
    </div>
  );
}
