/** What goes on or waits behind the view: runs that are not shown, and an error of a deed without a view. */
import { explain } from '../../core/sentences';
import { progressText } from '../../core/words';
import { Button } from '../parts/button';
import { Notice } from '../parts/notice';
import { remedies } from '../store/remedies';
import type { Run } from '../store/run';
import { runsBehind } from '../store/view';
import { LABELS } from '../words';
import css from './behind.module.css';
import type { Panel } from './panel';
import { Said } from './said';

export function Behind({ panel }: { readonly panel: Panel }) {
  const { state, dispatch } = panel;
  const runs = runsBehind(state).filter((run) => run.state !== 'applied');
  if (runs.length === 0 && state.trouble === null) return null;
  return (
    <div class={css['behind']}>
      {state.trouble !== null && (
        <Notice
          live
          kind={state.trouble.code === 'job-cancelled' ? 'info' : 'error'}
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
      )}
      {runs.map((run) => (
        <RunNotice key={run.id} panel={panel} run={run} />
      ))}
    </div>
  );
}

function RunNotice({ panel, run }: { readonly panel: Panel; readonly run: Run }) {
  const { deeds, dispatch } = panel;
  const ready = run.state === 'review';
  const show = (
    <Button onPress={() => dispatch({ type: 'run-shown', id: run.id })}>{ready ? LABELS.review : LABELS.show}</Button>
  );
  const layer = <Button onPress={() => void deeds.show(run.order.target.nodeId)}>{LABELS.showLayer}</Button>;
  return (
    <Notice
      live
      kind={ready ? 'good' : run.state === 'problem' ? 'warning' : 'info'}
      actions={
        <>
          {show}
          {layer}
        </>
      }
    >
      <p class={css['line']}>{line(run)}</p>
      <p class={css['layer']}>{run.order.layerName}</p>
    </Notice>
  );
}

function line(run: Run): string {
  switch (run.state) {
    case 'review':
      return LABELS.oneReady;
    case 'running':
      return progressText(run.progress);
    case 'problem':
      return explain(run.error).happened;
    case 'applied':
      return LABELS.applied;
  }
}
