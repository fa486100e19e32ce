/** What an enhancement is asked to do: the model, the faces, and how large the result is to be. All of it costs a credit to try. */
import { ENHANCE_MODELS, ENHANCE_RANGES, ENHANCE_WIRE, type EnhanceNumber } from '../../../core/enhance';
import type { Size } from '../../../core/money/price';
import { sizeText } from '../../../core/words/names';
import { valueText } from '../../figures';
import { Checkbox } from '../../parts/checkbox';
import { Coin } from '../../parts/coin';
import { Field } from '../../parts/field';
import { Section } from '../../parts/page';
import { Select } from '../../parts/select';
import { Slider } from '../../parts/slider';
import { type EnhanceDraft, isCapped, outputFor, recoversFaces, TIMES } from '../../store/enhance/enhance';
import { LABELS } from '../../words';
import { ENHANCE, MODEL_HINTS } from '../../words/enhance';
import type { Panel } from '../panel';
import css from './enhance.module.css';

interface EnhanceParametersProps {
  readonly panel: Panel;
  /** Of the picture that is enhanced; null while it is being read. */
  readonly source: Size | null;
  /** Its faces have been restored before. */
  readonly restored: boolean;
}

export function EnhanceParameters({ panel, source, restored }: EnhanceParametersProps) {
  const { dispatch } = panel;
  const { draft } = panel.state.enhance;
  const on = recoversFaces(draft, restored);
  return (
    <>
      <Section>
        <Select
          label={ENHANCE.model}
          value={draft.model}
          hint={MODEL_HINTS[draft.model]}
          options={ENHANCE_MODELS.map((model) => ({ value: model, label: model }))}
          onChoose={(value) => {
            const model = ENHANCE_MODELS.find((known) => known === value);
            if (model !== undefined) dispatch({ type: 'enhance-model', model });
          }}
        />
        {source !== null && <SizeChoice panel={panel} draft={draft} source={source} />}
      </Section>
      <Section>
        <Checkbox
          label={ENHANCE.faces}
          checked={on}
          onChange={(checked) => dispatch({ type: 'enhance-faces', on: checked })}
        />
        {restored && on && <p class={css['quiet']}>{ENHANCE.facesAfter}</p>}
        {on && (
          <>
            <NumberSlider panel={panel} name="faceStrength" label={ENHANCE.strength} help={ENHANCE.strengthHelp} />
            <NumberSlider
              panel={panel}
              name="faceCreativity"
              label={ENHANCE.creativity}
              help={ENHANCE.creativityHelp}
              ends={[ENHANCE.realistic, ENHANCE.creative]}
            />
          </>
        )}
      </Section>
    </>
  );
}

interface NumberProps {
  readonly panel: Panel;
  readonly name: EnhanceNumber;
  readonly label: string;
  readonly help: string;
  readonly ends?: readonly [string, string];
}

function NumberSlider({ panel, name, label, help, ends }: NumberProps) {
  const { min, max, standard } = ENHANCE_RANGES[name];
  return (
    <Slider
      label={label}
      aside={<Coin />}
      value={panel.state.enhance.draft[name]}
      min={min}
      max={max}
      standard={standard}
      text={valueText}
      hint={`${LABELS.reset} ${valueText(standard)}.`}
      help={`${help} ${LABELS.range(valueText(min), valueText(max), valueText(standard))} (${ENHANCE_WIRE[name]})`}
      {...(ends === undefined ? {} : { ends })}
      onChange={(value) => panel.dispatch({ type: 'enhance-number', name, value })}
    />
  );
}

const OTHER = 'long';

interface SizeChoiceProps {
  readonly panel: Panel;
  readonly draft: EnhanceDraft;
  readonly source: Size;
}

function SizeChoice({ panel: { dispatch }, draft, source }: SizeChoiceProps) {
  const { size, correction } = draft;
  const output = outputFor(size, source);
  const long = Math.max(output.width, output.height);
  const options = TIMES.map((times) => ({
    value: String(times),
    label: ENHANCE.times(times, sizeText(outputFor({ kind: 'times', times }, source))),
  }));
  return (
    <>
      <Select
        label={ENHANCE.size}
        value={size.kind === 'times' ? String(size.times) : OTHER}
        options={[...options, { value: OTHER, label: ENHANCE.otherSize }]}
        {...(isCapped(size, source) ? { hint: ENHANCE.capped } : {})}
        onChoose={(value) => {
          const times = TIMES.find((known) => String(known) === value);
          if (times !== undefined) dispatch({ type: 'enhance-times', times });
          else dispatch({ type: 'enhance-long', pixels: long, source });
        }}
      />
      {size.kind === 'long' && (
        <>
          <Field
            label={ENHANCE.longSide}
            value={String(long)}
            hint={ENHANCE.longHint(Math.max(source.width, source.height))}
            error={correction === null ? null : ENHANCE.longCorrected(correction.from, correction.to)}
            onCommit={(text) => dispatch({ type: 'enhance-long', pixels: numberIn(text), source })}
          />
          <p class={css['quiet']}>{sizeText(output)}</p>
        </>
      )}
    </>
  );
}

/** "2400", "2400 px"; not a number for anything else. */
function numberIn(text: string): number {
  const match = /^\s*(\d+(?:[.,]\d+)?)\s*(?:px)?\s*$/i.exec(text);
  return match === null ? Number.NaN : Number((match[1] ?? '').replace(',', '.'));
}
