/** A result is being opened: a moment, or a little longer when it has to be fetched anew. */
import { Page, Section } from '../../parts/page';
import { ProgressBar } from '../../parts/progressBar';
import type { ReadyRun } from '../../store/runs/run';
import { LABELS, RUNNING } from '../../words';
import type { Panel } from '../panel';
import { Picture } from '../selection/picture';
import { Top } from '../top';
import css from './running.module.css';

export function OpeningView({ panel, run }: { readonly panel: Panel; readonly run: ReadyRun }) {
  const { dispatch } = panel;
  return (
    <>
      <Top
        panel={panel}
        title={run.order.layerName}
        back={{ label: LABELS.back, onPress: () => dispatch({ type: 'run-shown', id: null }) }}
      />
      <Page>
        <Picture panel={panel} run={run} />
        <Section>
          <p class={css['text']}>{LABELS.openingResult}</p>
          <ProgressBar label={LABELS.openingResult} fraction={null} />
          <p class={css['quiet']}>{RUNNING.paid}</p>
        </Section>
      </Page>
    </>
  );
}
