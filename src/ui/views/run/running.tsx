/** A job under way: stage, time left, whether a credit has been used, and the way out. */
import { spentIn } from '../../../core/money/spent';
import { progressText } from '../../../core/words/words';
import { Button } from '../../parts/button';
import { Page, Section } from '../../parts/page';
import { ProgressBar } from '../../parts/progressBar';
import type { RunningRun } from '../../store/runs/run';
import { LABELS, RUNNING } from '../../words';
import type { Panel } from '../panel';
import { Picture } from '../selection/picture';
import { Top } from '../top';
import css from './running.module.css';

export function RunningView({ panel, run }: { readonly panel: Panel; readonly run: RunningRun }) {
  const { deeds, dispatch } = panel;
  const { progress, order } = run;
  const text = progressText(progress, order.work.kind);
  const money = run.job === null ? 'no' : spentIn(run.job.state);
  return (
    <>
      <Top
        panel={panel}
        title={order.layerName}
        back={{ label: LABELS.back, onPress: () => dispatch({ type: 'run-shown', id: null }) }}
      />
      <Page
        foot={
          <Button large wide disabled={run.cancelling} onPress={() => deeds.cancel(run.id)}>
            {run.cancelling ? LABELS.cancelling : LABELS.cancel}
          </Button>
        }
      >
        <Picture panel={panel} run={run} />
        <Section>
          <p class={css['text']}>{text}</p>
          <ProgressBar label={LABELS.progress} fraction={progress.fraction} />
          <p class={css['quiet']}>{run.cancelling ? RUNNING.cancelling : RUNNING.money[money]}</p>
          <p class={css['quiet']}>{RUNNING.leave}</p>
        </Section>
      </Page>
    </>
  );
}
