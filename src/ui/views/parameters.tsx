/** What the service is asked to do: a preset, and its parameters for those who want to see them. All of it costs a credit to try. */
import { useState } from 'preact/hooks';
import { presetId } from '../../core/ids';
import { NUMBER_PARAMETERS, type NumberParameter, RANGES, REFERENCE_WIRE_NAME } from '../../core/parameters';
import { BUILT_IN_PRESETS } from '../../core/presets';
import { correctionText, PARAMETER_HELP, PARAMETER_NAMES } from '../../core/words';
import { valueText } from '../figures';
import { Field } from '../parts/field';
import { Icon } from '../parts/icon';
import { Section } from '../parts/page';
import { Select } from '../parts/select';
import { Slider } from '../parts/slider';
import { isChanged, presetOf } from '../store/draft';
import { LABELS, PARAMETER_ENDS } from '../words';
import type { Panel } from './panel';
import css from './parameters.module.css';

/** Equal ways on these sliders are equal factors: their small values matter as much as their large ones. */
const LOGARITHMIC: readonly NumberParameter[] = ['noiseSigma', 'blurSigma'];

export function Parameters({ panel }: { readonly panel: Panel }) {
  const { state, dispatch } = panel;
  const { draft } = state;
  const preset = presetOf(draft);
  const [open, setOpen] = useState(isChanged(draft) || draft.corrections.length > 0);
  const problem = (name: string): string | null => {
    const found = draft.corrections.find((correction) => correction.name === name);
    return found === undefined ? null : correctionText(found);
  };
  return (
    <>
      <Section>
        <Select
          label={LABELS.preset}
          note={isChanged(draft) ? LABELS.changed : null}
          value={preset.id}
          hint={preset.hint}
          options={BUILT_IN_PRESETS.map(({ id, name }) => ({ value: id, label: name }))}
          onChoose={(id) => dispatch({ type: 'preset', id: presetId(id) })}
        />
      </Section>
      <Section>
        <details class={css['details']} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary class={css['summary']}>
            {LABELS.parameters}
            <Icon name="right" />
          </summary>
          <div class={css['list']}>
            {NUMBER_PARAMETERS.map((name) => {
              const { min, max, whole, wire } = RANGES[name];
              return (
                <Slider
                  key={name}
                  label={PARAMETER_NAMES[name]}
                  aside={<small>{wire}</small>}
                  value={draft.parameters[name]}
                  min={min}
                  max={max}
                  whole={whole}
                  logarithmic={LOGARITHMIC.includes(name)}
                  standard={preset.parameters[name]}
                  text={valueText}
                  ends={PARAMETER_ENDS[name]}
                  hint={`${PARAMETER_HELP[name]} ${LABELS.reset} ${valueText(preset.parameters[name])}.`}
                  problem={problem(name)}
                  onChange={(value) => dispatch({ type: 'parameter', name, value })}
                />
              );
            })}
            <Field
              label={`${PARAMETER_NAMES.referenceUri} (${REFERENCE_WIRE_NAME})`}
              value={draft.parameters.referenceUri ?? ''}
              placeholder="https://"
              hint={PARAMETER_HELP.referenceUri}
              error={problem('referenceUri')}
              onCommit={(text) => dispatch({ type: 'reference', text })}
            />
          </div>
        </details>
      </Section>
    </>
  );
}
