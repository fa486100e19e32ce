/** How the result goes onto the canvas; what a layer does not allow says why. */
import { PLACEMENT_FORMS } from '../../core/target';
import { FORM_HELP, FORM_NAMES, UNAVAILABLE_REASONS } from '../../core/words';
import { Section } from '../parts/page';
import { RadioGroup } from '../parts/radioGroup';
import type { ReviewRun } from '../store/run';
import { LABELS } from '../words';
import type { Panel } from './panel';

export function FormChoice({ panel, run }: { readonly panel: Panel; readonly run: ReviewRun }) {
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
            text: FORM_HELP[form],
            unavailable: availability === 'yes' ? null : UNAVAILABLE_REASONS[availability],
          };
        })}
        onChoose={(form) => panel.dispatch({ type: 'form', id: run.id, form })}
      />
    </Section>
  );
}
