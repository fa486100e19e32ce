/** Below an enhanced picture: its size, faces that changed a lot, and how much of it is mixed with the original. Free. */
import { sizeText } from '../../../core/words/names';
import { percentText } from '../../figures';
import { Section } from '../../parts/page';
import { Slider } from '../../parts/slider';
import type { ReviewRun } from '../../store/runs/run';
import { LABELS } from '../../words';
import { ENHANCE } from '../../words/enhance';
import { inRange, LARGE_CHANGE } from '../faces/strip';
import type { Panel } from '../panel';
import css from './enhance.module.css';

export function EnhancedStrip({ panel, run }: { readonly panel: Panel; readonly run: ReviewRun }) {
  const { review, id, applying } = run;
  const { result, choices } = review;
  const changed = result.change.filter((change) => change > LARGE_CHANGE).length;
  return (
    <Section title={LABELS.wholePicture}>
      <p class={css['quiet']}>{ENHANCE.result(sizeText(result.size))}</p>
      {changed > 0 && <p class={css['quiet']}>{ENHANCE.facesChanged(changed)}</p>}
      <Slider
        label={LABELS.blend}
        value={choices[0]?.blend ?? 1}
        min={0}
        max={1}
        standard={1}
        text={percentText}
        hint={LABELS.blendHelp}
        ends={[LABELS.original, ENHANCE.enhanced]}
        disabled={applying}
        onChange={(blend) => panel.dispatch({ type: 'choice', id, face: 0, change: { blend: inRange(blend) } })}
      />
    </Section>
  );
}
