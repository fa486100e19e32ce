/** What the service is asked to do: a preset, and its parameters for those who want to see them. All of it costs a credit to try. */
import { useState } from 'preact/hooks';
import { NUMBER_PARAMETERS, type NumberParameter, RANGES, REFERENCE_WIRE_NAME } from '../../../core/parameters';
import { correctionText, PARAMETER_HELP, PARAMETER_NAMES } from '../../../core/words/words';
import { valueText } from '../../figures';
import { IconButton } from '../../parts/button';
import { Coin } from '../../parts/coin';
import { Field } from '../../parts/field';
import { Icon } from '../../parts/icon';
import { Section } from '../../parts/page';
import { Slider } from '../../parts/slider';
import { isChanged } from '../../store/draft';
import { LABELS, PARAMETER_ENDS } from '../../words';
import type { Panel } from '../panel';
import { PresetChoice } from '../presets/choice';
import css from './parameters.module.css';

/** Equal ways on these sliders are equal factors: their small values matter as much as their large ones. */
const LOGARITHMIC: readonly NumberParameter[] = ['noiseSigma', 'blurSigma'];

export function Parameters({ panel }: { readonly panel: Panel }) {
  const { state, dispatch } = panel;
  const { draft } = state;
  const { preset } = draft;
  const [open, setOpen] = useState(isChanged(draft) || draft.corrections.length > 0);
  const problem = (name: string): string | null => {
    const found = draft.corrections.find((correction) => correction.name === name);
    return found === undefined ? null : correctionText(found);
  };
  return (
    <>
      <Section>
        <PresetChoice panel={panel} />
      </Section>
      <Section>
        <details class={css['details']} open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
          <summary class={css['summary']}>
            {LABELS.parameters}
            <Icon name="right" />
          </summary>
          <div class={css['list']}>
            <p class={css['cost']}>{LABELS.parametersCost}</p>
            {NUMBER_PARAMETERS.map((name) => {
              const { min, max, whole, wire, standard } = RANGES[name];
              return (
                <Slider
                  key={name}
                  label={PARAMETER_NAMES[name]}
                  aside={
                    <>
                      <Coin /> <small>{wire}</small>
                    </>
                  }
                  {...(name === 'noiseSeed' ? { extra: <Dice panel={panel} /> } : {})}
                  value={draft.parameters[name]}
                  min={min}
                  max={max}
                  whole={whole}
                  logarithmic={LOGARITHMIC.includes(name)}
                  standard={preset.parameters[name]}
                  text={valueText}
                  ends={PARAMETER_ENDS[name]}
                  hint={`${LABELS.reset} ${valueText(preset.parameters[name])}.`}
                  help={`${PARAMETER_HELP[name]} ${LABELS.range(valueText(min), valueText(max), valueText(standard))}`}
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

function Dice({ panel }: { readonly panel: Panel }) {
  return <IconButton icon="dice" label={LABELS.dice} onPress={panel.deeds.presets.rollSeed} />;
}
