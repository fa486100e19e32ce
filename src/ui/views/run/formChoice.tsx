/** How the result goes onto the canvas; what a layer does not allow says why. */
import { PLACEMENT_FORMS } from '../../../core/target';
import { FORM_HELP, FORM_NAMES, UNAVAILABLE_REASONS } from '../../../core/words/words';
import { Section } from '../../parts/page';
import { RadioGroup } from '../../parts/radioGroup';
import type { ReviewRun } from '../../store/runs/run';
import { LABELS } from '../../words';
import { ENHANCE } from '../../words/enhance';
import type { Panel } from '../panel';

const WHOLE_HELP = { overlay: ENHANCE.noOverlay, replace: ENHANCE.replaceHelp, layer: ENHANCE.layerHelp } as const;

export function FormChoice({ panel, run }: { readonly panel: Panel; readonly run: ReviewRun }) {
  const whole = run.order.work.kind === 'enhance';
  return (
    <Section>
      <RadioGroup
        label={LABELS.form}
        value={run.review.form}
        disabled={run.applying}
        options={PLACEMENT_FORMS.map((form) => {
          const availability = run.forms?.[form] ?? 'yes';
          return {
            value: form,
            label: FORM_NAMES[form],
            text: whole ? WHOLE_HELP[form] : FORM_HELP[form],
            unavailable:
              whole && form === 'overlay'
                ? ENHANCE.noOverlay
                : availability === 'yes'
                  ? null
                  : UNAVAILABLE_REASONS[availability],
          };
        })}
        onChoose={(form) => panel.dispatch({ type: 'form', id: run.id, form })}
      />
    </Section>
  );
}
