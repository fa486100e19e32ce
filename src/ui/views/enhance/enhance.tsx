/** Over a run whose faces are restored: the same picture, with them, is enhanced as a whole. */
import { Bitmap } from '../../parts/bitmap';
import { Notice } from '../../parts/notice';
import { Page, Section } from '../../parts/page';
import type { AppliedRun, ReviewRun } from '../../store/runs/run';
import { LABELS } from '../../words';
import { ENHANCE } from '../../words/enhance';
import type { Panel } from '../panel';
import frame from '../run/running.module.css';
import { Said } from '../said';
import { Top } from '../top';
import { EnhanceButton } from './button';
import css from './enhance.module.css';
import { EnhanceParameters } from './parameters';

interface EnhanceViewProps {
  readonly panel: Panel;
  readonly run: ReviewRun | AppliedRun;
}

export function EnhanceView({ panel, run }: EnhanceViewProps) {
  const { dispatch, studio, state } = panel;
  const { material, review } = run;
  const { picture } = material;
  return (
    <>
      <Top
        panel={panel}
        title={ENHANCE.modeEnhance}
        back={{ label: LABELS.back, onPress: () => dispatch({ type: 'enhance-after', id: null }) }}
      />
      <Page
        foot={
          <>
            {state.trouble !== null && (
              <Notice live kind="error">
                <Said error={state.trouble} />
              </Notice>
            )}
            <EnhanceButton panel={panel} source={picture.size} restored />
          </>
        }
      >
        <div class={frame['stage']}>
          <Bitmap
            of={`enhance ${picture.id}`}
            load={() => studio.preview(picture.id, review.choices, 640)}
            alt={run.order.layerName}
            class={frame['picture']}
          />
        </div>
        <Section>
          <p class={css['quiet']}>{ENHANCE.afterText}</p>
        </Section>
        <EnhanceParameters panel={panel} source={picture.size} restored />
      </Page>
    </>
  );
}
