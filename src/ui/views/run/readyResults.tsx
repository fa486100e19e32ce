/** Results that are paid for and wait for the user; and those that were applied from here. */
import { useId } from 'preact/hooks';
import { Button } from '../../parts/button';
import { Notice } from '../../parts/notice';
import { setIn } from '../../store/runs/looks';
import type { AppliedRun, ReadyRun, ReviewRun, Run } from '../../store/runs/run';
import { runsBehind } from '../../store/view';
import { LABELS } from '../../words';
import { LOOKS } from '../../words/looks';
import type { Panel } from '../panel';
import css from './behind.module.css';

type ResultRun = ReadyRun | ReviewRun | AppliedRun;

export function ReadyResults({ panel }: { readonly panel: Panel }) {
  const results = runsBehind(panel.state).filter(isResult);
  const waiting = results.filter(({ state }) => state !== 'applied');
  if (results.length === 0) return null;
  const [first] = results;
  return (
    <Notice
      live
      kind="good"
      actions={results.length === 1 && first !== undefined && <Actions panel={panel} run={first} />}
    >
      {waiting.length > 0 && <p class={css['line']}>{LABELS.resultsReady(waiting.length)}</p>}
      {results.length === 1 && first !== undefined ? (
        <Layer panel={panel} run={first} />
      ) : (
        <ul class={css['results']}>
          {results.map((run) => (
            <Row key={run.id} panel={panel} run={run} />
          ))}
        </ul>
      )}
    </Notice>
  );
}

function Row({ panel, run }: { readonly panel: Panel; readonly run: ResultRun }) {
  const id = useId();
  return (
    <li class={css['result']}>
      <Layer panel={panel} run={run} id={id} />
      <div class={css['buttons']}>
        <Actions panel={panel} run={run} describedBy={id} />
      </div>
    </li>
  );
}

interface LayerProps {
  readonly panel: Panel;
  readonly run: ResultRun;
  readonly id?: string;
}

function Layer({ panel, run, id }: LayerProps) {
  const { layerName } = run.order;
  const looks = setIn(panel.state.runs, run.order);
  const ready = looks.filter(isResult).length;
  return (
    <p class={css['layer']} id={id} title={layerName}>
      {run.state === 'applied' ? `${LABELS.applied}: ${layerName}` : layerName}
      {looks.length > 1 && ` · ${LOOKS.ready(ready, looks.length)}`}
    </p>
  );
}

interface ActionsProps {
  readonly panel: Panel;
  readonly run: ResultRun;
  /** Id of the text that says which result it is about, where there are several. */
  readonly describedBy?: string;
}

function Actions({ panel: { deeds, dispatch, state }, run, describedBy }: ActionsProps) {
  const about = describedBy === undefined ? {} : { describedBy };
  const applying = (run.state === 'ready' && run.opening) || (run.state === 'review' && run.applying);
  const nodeId = run.state === 'applied' ? run.placement.nodeId : run.order.target.nodeId;
  return (
    <>
      {run.state === 'applied' ? (
        <Button {...about} onPress={() => dispatch({ type: 'run-closed', id: run.id })}>
          {LABELS.done}
        </Button>
      ) : setIn(state.runs, run.order).length > 1 ? (
        // Which look is taken is for the user to say.
        <Button {...about} onPress={() => dispatch({ type: 'run-shown', id: run.id })}>
          {LABELS.review}
        </Button>
      ) : (
        <Button {...about} disabled={applying} onPress={() => void deeds.apply(run.id)}>
          {applying ? LABELS.applying : LABELS.apply}
        </Button>
      )}
      <Button {...about} onPress={() => void deeds.show(nodeId)}>
        {LABELS.showLayer}
      </Button>
      {run.state !== 'applied' && setIn(state.runs, run.order).length === 1 && (
        <Button {...about} onPress={() => dispatch({ type: 'run-shown', id: run.id })}>
          {LABELS.review}
        </Button>
      )}
    </>
  );
}

const isResult = (run: Run): run is ResultRun =>
  run.state === 'ready' || run.state === 'review' || run.state === 'applied';
