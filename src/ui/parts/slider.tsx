/**
 * A slider with its value as a typed number beside it. A logarithmic one gives small values as much way as large ones.
 * What is typed out of range is handed over as it is: who keeps the value corrects it and says so.
 */
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import css from './slider.module.css';
import { fromTrack, stepOf, TRACK, toTrack } from './track';
import { useTyped } from './useTyped';

export interface SliderProps {
  readonly label: string;
  /** After the label: a coin, the name in the service's own words. */
  readonly aside?: ComponentChildren;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly logarithmic?: boolean;
  readonly whole?: boolean;
  /** Double-click on the slider sets it. */
  readonly standard: number;
  readonly text: (value: number) => string;
  readonly ends?: readonly [string, string];
  readonly hint?: string;
  /** Stands below it: what it is for, and its range. */
  readonly help?: string;
  /** Stands beside the number, such as a button that sets it. */
  readonly extra?: ComponentChildren;
  readonly problem?: string | null;
  readonly disabled?: boolean;
  readonly onChange: (value: number) => void;
}

export function Slider(props: SliderProps) {
  const {
    label,
    aside,
    value,
    min,
    max,
    logarithmic = false,
    whole = false,
    standard,
    text,
    ends,
    hint,
    help,
    extra,
  } = props;
  const { problem, disabled = false, onChange } = props;
  const id = useId();
  const scale = { min, max, logarithmic, whole };
  const place = toTrack(value, scale);
  return (
    <div class={css['slider']}>
      <label class={css['label']} for={id}>
        {label} {aside}
      </label>
      <span class={css['number']}>
        {extra}
        <Typed label={label} value={value} text={text} disabled={disabled} onChange={onChange} />
      </span>
      <input
        class={css['track']}
        id={id}
        type="range"
        min={0}
        max={TRACK}
        step={stepOf(scale)}
        value={place}
        style={`--place: ${place / TRACK}`}
        title={hint}
        disabled={disabled}
        aria-valuetext={text(value)}
        aria-describedby={problem ? `${id}-problem` : help ? `${id}-help` : undefined}
        onInput={(event) => onChange(fromTrack(Number(event.currentTarget.value), scale))}
        onDblClick={() => onChange(standard)}
      />
      {ends !== undefined && (
        <span class={css['ends']} aria-hidden="true">
          <span>{ends[0]}</span>
          <span>{ends[1]}</span>
        </span>
      )}
      {help && (
        <p class={css['help']} id={`${id}-help`}>
          {help}
        </p>
      )}
      {problem && (
        <p class={css['problem']} id={`${id}-problem`} role="status">
          {problem}
        </p>
      )}
    </div>
  );
}

type TypedProps = Pick<SliderProps, 'label' | 'value' | 'text' | 'onChange'> & { readonly disabled: boolean };

function Typed({ label, value, text, disabled, onChange }: TypedProps) {
  const typed = useTyped();
  const commit = (): void => {
    const given = typed.take()?.trim() ?? '';
    if (given === '') return;
    const number = Number(given.replace(',', '.').replace(/\s*%$/, ''));
    onChange(given.endsWith('%') ? number / 100 : number);
  };
  return (
    <input
      class={css['typed']}
      type="text"
      inputMode="decimal"
      value={typed.text ?? text(value)}
      disabled={disabled}
      aria-label={label}
      onFocus={(event) => event.currentTarget.select()}
      onInput={(event) => typed.type(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key === 'Escape') {
          event.stopPropagation();
          typed.type(null);
        }
        if (event.key !== 'Enter') return;
        // The field's own Enter: it must not also press the view's main button, which may cost a credit.
        event.stopPropagation();
        commit();
      }}
    />
  );
}
