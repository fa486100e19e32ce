/** The looks that there is no result of yet: how far each is, or why there is none, and what can be done about it. */
import { lookLetter, placeOf, seedOf } from '../../../core/job/looks';
import { spentIn } from '../../../core/money/spent';
import { creditText } from '../../../core/words/names';
import { ERRORS } from '../../../core/words/sentences';
import { progressText } from '../../../core/words/words';
import { Button } from '../../parts/button';
import { Coin } from '../../parts/coin';
import { Notice } from '../../parts/notice';
import { ProgressBar } from '../../parts/progressBar';
import { mayCost, type Remedy, remedies } from '../../store/remedies';
import type { ProblemRun, ReadyRun, Run, RunningRun } from '../../store/runs/run';
import { LABELS } from '../../words';
import { LOOKS } from '../../words/looks';
import type { Panel } from '../panel';
import { REMEDY_LABELS } from '../run/problem';
import { Said } from '../said';
import css from './list.module.css';

type PendingRun = RunningRun | ReadyRun | ProblemRun;

/** Looks of which nothing can be seen yet. */
export const isPending = (run: Run): run is PendingRun =>
  run.state === 'running' || run.state === 'ready' || run.state === 'problem';

export function LooksList({ panel, runs }: { readonly panel: Panel; readonly runs: readonly PendingRun[] }) {
  if (runs.length === 0) return null;
  return (
    <ul class={css['list']}>
      {runs.map((run) => (
        <li key={run.id}>
          {run.state === 'problem' ? <Failed panel={panel} run={run} /> : <Going panel={panel} run={run} />}
        </li>
      ))}
    </ul>
  );
}

function Name({ run }: { readonly run: PendingRun }) {
  const seed = seedOf(run.order.work);
  return (
    <p class={css['name']}>
      {LOOKS.name(placeOf(run.order))}
      {seed !== null && <span class={css['quiet']}> · {LOOKS.seed(seed)}</span>}
    </p>
  );
}

function Going({ panel, run }: { readonly panel: Panel; readonly run: RunningRun | ReadyRun }) {
  const place = placeOf(run.order);
  const text = run.state === 'ready' ? LOOKS.opening : run.cancelling ? LOOKS.cancelling : progressText(run.progress);
  return (
    <div class={css['tile']}>
      <span class={css['letter']} aria-hidden="true">
        {lookLetter(place)}
      </span>
      <div class={css['facts']}>
        <Name run={run} />
        <p class={css['text']}>{text}</p>
        <ProgressBar label={LOOKS.progress(place)} fraction={run.state === 'ready' ? null : run.progress.fraction} />
      </div>
      {run.state === 'running' && (
        <Button
          disabled={run.cancelling}
          label={LOOKS.about(LABELS.cancel, place)}
          onPress={() => panel.deeds.cancel(run.id)}
        >
          {LABELS.cancel}
        </Button>
      )}
    </div>
  );
}

function Failed({ panel, run }: { readonly panel: Panel; readonly run: ProblemRun }) {
  const { deeds, dispatch } = panel;
  const { error, order, job } = run;
  const place = placeOf(order);
  const offered = remedies(error).filter((remedy) => remedy !== 'new-layer');
  const act = (remedy: Remedy): void => {
    if (remedy === 'settings') dispatch({ type: 'page', page: 'settings' });
    else if (remedy === 'send-again') void deeds.sendAgain(run.id);
    else void deeds.retry(run.id);
  };
  return (
    <Notice
      live
      kind={error.code === 'job-cancelled' ? 'info' : 'error'}
      actions={
        <>
          {offered.map((remedy) => (
            <Button
              key={remedy}
              label={LOOKS.about(
                mayCost(remedy, job)
                  ? `${REMEDY_LABELS[remedy]} · ${creditText(order.estimate)}`
                  : REMEDY_LABELS[remedy],
                place,
              )}
              onPress={() => act(remedy)}
            >
              {mayCost(remedy, job) ? (
                <>
                  <Coin /> {REMEDY_LABELS[remedy]} · {creditText(order.estimate)}
                </>
              ) : (
                REMEDY_LABELS[remedy]
              )}
            </Button>
          ))}
          <Button
            label={LOOKS.about(LABELS.dismiss, place)}
            onPress={() => dispatch({ type: 'run-closed', id: run.id })}
          >
            {LABELS.dismiss}
          </Button>
        </>
      }
    >
      <Name run={run} />
      <Said error={error} spent={spentOf(run)} />
    </Notice>
  );
}

/** What the record says of the credit wins over what the error could know. */
function spentOf({ job, error }: ProblemRun) {
  if (job === null) return undefined;
  const known = spentIn(job.state);
  return known === 'no' && ERRORS[error.code].spent === 'unknown' ? 'unknown' : known;
}
