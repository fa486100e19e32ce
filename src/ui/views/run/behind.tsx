/** What goes on or waits behind the view: results, runs that are not shown, jobs elsewhere, and an error of a deed without a view. */
import type { ErrorCode } from '../../../core/errors';
import { explain } from '../../../core/words/sentences';
import { progressText } from '../../../core/words/words';
import { Button } from '../../parts/button';
import { Notice } from '../../parts/notice';
import { remedies } from '../../store/remedies';
import type { ProblemRun, Run, RunningRun } from '../../store/runs/run';
import { runsBehind } from '../../store/view';
import { LABELS } from '../../words';
import { BatchNotice } from '../batch/notice';
import type { Panel } from '../panel';
import { Said } from '../said';
import { Watched } from '../watched';
import css from './behind.module.css';
import { JobsElsewhere } from './jobsElsewhere';
import { ReadyResults } from './readyResults';

export function Behind({ panel }: { readonly panel: Panel }) {
  const { state } = panel;
  const going = runsBehind(state).filter(isGoing);
  return (
    // Empty, it takes no room.
    <div class={css['behind']}>
      <Trouble panel={panel} />
      <Watched panel={panel} />
      <ReadyResults panel={panel} />
      <BatchNotice panel={panel} />
      {going.map((run) => (
        <RunNotice key={run.id} panel={panel} run={run} />
      ))}
      <JobsElsewhere panel={panel} />
    </div>
  );
}

/** What the user has asked for, or is asked. */
const NO_FAULTS: readonly ErrorCode[] = ['job-cancelled', 'decision-needed'];

function Trouble({ panel: { state, dispatch } }: { readonly panel: Panel }) {
  if (state.trouble === null) return null;
  return (
    <Notice
      live
      kind={NO_FAULTS.includes(state.trouble.code) ? 'info' : 'error'}
      actions={
        <>
          {remedies(state.trouble).includes('settings') && (
            <Button onPress={() => dispatch({ type: 'page', page: 'settings' })}>{LABELS.settings}</Button>
          )}
          <Button onPress={() => dispatch({ type: 'trouble', error: null })}>{LABELS.dismiss}</Button>
        </>
      }
    >
      <Said error={state.trouble} />
    </Notice>
  );
}

const isGoing = (run: Run): run is RunningRun | ProblemRun => run.state === 'running' || run.state === 'problem';

function RunNotice({ panel, run }: { readonly panel: Panel; readonly run: RunningRun | ProblemRun }) {
  const { deeds, dispatch } = panel;
  return (
    <Notice
      live
      kind={run.state === 'problem' ? 'warning' : 'info'}
      actions={
        <>
          <Button onPress={() => dispatch({ type: 'run-shown', id: run.id })}>{LABELS.show}</Button>
          <Button onPress={() => void deeds.show(run.order.target.nodeId)}>{LABELS.showLayer}</Button>
        </>
      }
    >
      <p class={css['line']}>
        {run.state === 'problem' ? explain(run.error).happened : progressText(run.progress, run.order.work.kind)}
      </p>
      <p class={css['layer']}>{run.order.layerName}</p>
    </Notice>
  );
}
